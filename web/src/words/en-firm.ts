import type zh from './zh-firm';

/* Accounts and the first page of firms. */
const firm: typeof zh = {
	invite: 'Invite the firm', inviteTitle: 'Invite the firm to its own account', inviteHelp: 'Let them scan the code, or send them the link. They choose a sign-in name and a password; the account sees and tells of this firm alone.', inviteNote: 'For whom (the office, not a name)', inviteNoteHelp: 'Such as factory manager, head of staff',
	inviteMake: 'Make the invitation', inviteUntil: 'Holds until {at}, and for one account', inviteCode: 'QR code of the invitation', inviteList: 'See and take back invitations', invitePassed: 'Not for chat groups: whoever has the link can use it',
	enterTitle: 'An account for your firm', enterFor: '{site}', enterHelp: 'Choose a sign-in name and a password, and begin. From then on you sign in with them.', enterName: 'Sign-in name', enterNameHelp: 'Letters, digits or Chinese characters, no spaces', enterDo: 'Make it and sign in', ended: 'This invitation has ended', endedHelp: 'It works once, and no longer when its time is over or it was taken back. Ask your liaison for a new one.', enterUntil: 'Holds until {at}',
	noKeeping: 'This browser cannot keep what you fill in without a network: do not fill in anything offline, or open this page in the phone’s own browser.', liaisons: 'Liaisons', noLiaison: 'No liaison yet',
};

export default firm;
