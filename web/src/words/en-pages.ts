import desk from './en-desk';
import siteDay from './en-site-day';
import firm from './en-firm';
import health from './en-health';
import mine from './en-mine';
import tests from './en-tests';
import type { Words } from './zh';
import type pagesZh from './zh-pages';

const pages: Words<typeof pagesZh> = {
	firm,
	desk, siteDay, health, tests,
	today: {
		title: 'Today', waits: 'Waiting for me', nothing: 'Nothing waits for you now', figures: 'Figures of the day', due: 'Due', all: 'See all', facts: 'Facts of the firm', need: 'Raise a need',
	},
	overview: {
		title: 'Overview', sinceYesterday: 'Since yesterday', same: 'As yesterday', sinceBefore: 'Since the day before', sameBefore: 'As the day before', children: 'Areas below', asTable: 'Table', asBars: 'Bars', trend: 'Last {n} days', noTrend: 'Nothing to draw yet', missing: '{n} to go', lack: { resumption: '{n} not working', staff_back: '{n} not on duty', linked: '{n} without a liaison', checked: '{n} not checked', reporting: '{n} missing', punctual: '{n} late or missing', solved: '{n} open', in_time: '{n} too late', rectified: '{n} not closed', one_visit: '{n} took longer' }, ofUnder: '{over} of {under}',
		byPart: 'Resumption by', partDue: 'Due to work', partWorking: 'Working', partRate: 'Rate', allParts: 'All {n}', noFirms: 'No firm is due to work here',
		noChildren: 'No areas below', tableBehind: 'Data of the chart', indicator: 'Indicator', gap: 'no data', measures: 'Counts', percentPoints: '{n} pts',
	},
	figure: { title: 'Rows behind the figure', sum: 'The figure is', rows: '{n} row | {n} rows', by: 'Broken down', whole: 'Total', total: 'All', sameAs: 'Figure and rows agree', none: 'The figure is zero: no rows' },
	coverage: {
		title: 'Coverage', sites: 'Firms to be covered', covered: 'With a liaison', gaps: 'Without a liaison', rate: 'Link rate', overloaded: 'Liaisons above load', gapList: 'Firms without a liaison', noGaps: 'Every firm has a liaison', liaisons: 'Liaisons', load: 'Firms', limit: 'Limit',
		since: 'Since', clock: 'As of the time', atMoment: 'As it was at {at}, not as the day ended', assign: 'Assign a liaison', assignFor: 'Assign a liaison to {n} firm | Assign a liaison to {n} firms', personOf: 'Without an account', person: 'Liaison', level: 'Level', from: 'From which day', done: '{n} firm assigned | {n} firms assigned', partly: '{good} assigned, {bad} not', user: 'With an account', days: 'Days without', handOver: 'Hand over', handOverOf: 'Hand over {n} firm of {name} | Hand over {n} firms of {name}', handed: '{n} firm handed over | {n} firms handed over', over: 'That makes {load} firms; the limit is {limit}',
	},
	check: {
		title: 'On-site check', choose: 'Choose a firm', template: 'Checklist', reference: 'reference', start: 'Start the check', continue: 'Continue', drafts: 'Unfinished checks', unsent: '{n} unsent', sendNow: 'Send now', sending: 'Sending', failed: 'Not sent: {why}',
		section: 'Part {n} of {of}', answered: '{n} of {of} answered', yes: 'Yes', no: 'No', na: 'N/A', note: 'Note', photo: 'Photo', fixNow: 'Put right now', fixed: 'Put right on the spot', before: 'Before', after: 'After', fixHelp: 'Needs a photo before and after; closes with this check',
		leaveFinding: 'Not put right: becomes a finding', sign: 'Signature', inspectors: 'Inspectors', addInspector: 'Add an inspector with an account', name: 'Name', clearSign: 'Sign again', signHere: 'Sign here', enterprise: 'Confirmed by the firm', enterpriseName: 'For the firm', submit: 'Submit the check', review: 'Review and sign',
		noAnswers: '{n} item not answered | {n} items not answered', nextOpen: 'Go to the next open item', sum: '{yes} yes, {fixed} put right, {no} to findings, {na} not applicable', keptHere: 'Kept on this device; sent when the line is back', sent: 'The check is submitted', dropDraft: 'Delete this draft', dropAsk: 'It cannot be brought back.', offlineNoList: 'No network, and no register kept on this device',
		signHelp: 'Everyone who took part signs here. Submitting counts as the signature of your account.', addSigner: 'Add a signature', accounts: 'Inspectors who have an account also sign through it', needSign: 'Every signature needs a name, every name a signature', needConfirm: 'Name who signs for the firm', needPhotos: 'Photos before and after are missing', value: 'Result', signed: 'signed', unsigned: 'not yet signed', threshold: 'Standard: {min} to {max}{unit}', exactly: 'Standard: {min}{unit}', atLeast: 'Standard: at least {min}{unit}', atMost: 'Standard: at most {max}{unit}', severity: { minor: 'Minor', major: 'Major', critical: 'Critical' },
		evidence: { document: 'See the papers', object: 'See the thing', witness: 'Ask people', photo: 'Take a photo', none: '' }, saved: 'Kept on this device', summary: 'Overall remark', mySites: 'firms', offlineReady: 'Sites and checklists are on this device; works offline', out: 'out of bounds',
	},
	answers: { title: 'Answers', question: 'Item', answer: 'Answer', none: 'no answer', onlyWrong: 'Only what is wrong', version: 'Checklist: edition {n}' },
	needs: {
		title: 'Needs', mine: 'Mine', area: 'My area', overdue: 'Overdue', unowned: 'Unowned', closedHidden: 'All needs, closed ones too', overall: 'Overall', lead: 'Lead', ordered: 'Ordered', bounces: 'Sent back {n} time | Sent back {n} times', first: 'First asked', leadBody: 'Lead', assists: 'Assisting',
		clocks: 'Clocks', raised: 'Raised', none: 'No need is open', noneOverdue: 'No need is overdue', columnEmpty: 'None', more: '{n} more',
	},
	returns: {
		waits: 'On this device, not sent', counts: 'Whether it is in time counts from when it is received.', keptTitle: 'Return of {day}',
		jump: 'Why so many more or fewer are on duty',
		title: 'Return', asOf: 'State as of {at}', due: 'due by {at}', state: { missing: 'Missing', late: 'Late', zero: 'Nothing to report', submitted: 'Submitted', draft: 'Draft', sent_back: 'Sent back', sealed: 'Sealed' }, figures: 'Figures of the day', figureHelp: 'Added up from the records; each figure opens', before: 'Day before', change: 'Change', text: 'Remarks', textHelp: 'May be left empty',
		confirm: 'Confirm and submit', confirmZero: 'Nothing to report', confirmed: 'Submitted by {who}, {at}', children: 'Returns from below', noChildren: 'Nobody reports to here', bulletin: 'Bulletin', copyZh: 'Copy Chinese', copyEn: 'Copy English', noBulletin: 'No bulletin for this day yet', again: 'Submit a correction', mine: 'Return of the area', site: 'Return of the firm',
		chase: 'Missing', reports: 'The return due now reports the day before: {day}', stateLabel: 'State', firms: 'Returns of firms', ofFirms: 'of {n} due', soFar: 'so far', restated: '{kept} when submitted, {now} now', missingTitle: 'Not reported', missing: { firm: 'Firms', area: 'Areas' }, none: 'All submitted', at: 'Submitted', unit: 'Unit', askZero: 'Confirm that there is nothing to report for {day}? The figures are still added up from the records.',
	},
	my: {
		swap: 'Swap', swaps: 'Swaps', offeredTo: 'Offered to {who}', offeredAll: 'Offered to whoever of the post', wantsTaker: '{who} asks you to take it', wantsSwap: '{who} wants to swap with you', swapState: { asked: 'Offered', taken: 'To be confirmed' }, accept: 'Take it', withdraw: 'Withdraw', withdrawn: 'Withdrawn', swapTaken: 'Taken; a planner is to confirm', swapDone: 'Changed hands',
		title: 'My shifts', offline: 'No network: check in, check out and hand over as always. It is kept on this device with its time and sent once there is a network.', asOf: 'This is how it was at {at}.', waiting: '{n} to be sent', nobody: 'Your account stands for no person, so it has no shifts. An administrator chooses the person of the user.', none: 'No shift of yours is planned.', here: 'On post since {at}', late: 'Not there yet', missed: 'Did not come',
		come: 'Check in', comeDone: 'Checked in', leave: 'Check out', leaveNow: 'Check out now', leaveDone: 'Checked out. Thank you.', locating: 'Finding the place…', noPlace: 'Checked in; the place is not known', keptHere: 'Kept on this device, sent once there is a network', goneHere: 'Checked out at {at}, not yet sent', opens: 'Check-in opens {at}', notes: 'Handed over by those before', later: 'Next', more: 'Only the next {n} shifts are listed.',
		week: 'This week', hours: 'Hours served', stood: 'Done / all', inRow: 'Days in a row', rest: 'That is {n} days in a row: time to rest.', served: '{n} hour | {n} hours', left: 'Handed over', noneDone: 'Nothing done this week yet.', handover: 'For the next shift', handoverHelp: 'Things, what is not finished, people and cars to look out for; may stay empty',
	},
	own: mine,
	serving: {
		title: 'Who serves', units: 'By unit', unit: 'Unit', noUnit: 'Of no unit', pledged: 'Signed up', serving: 'Serving', party: 'Party members', leading: 'Leading', shifts: 'Shifts', hours: 'Hours', longest: 'Days in a row', find: 'Find a unit', none: 'Nobody has signed up or serves here', noneFound: 'No unit of this name',
		note: 'Serving, Party members and leading: on this day. Shifts and hours: over {n} days. Days in a row: the most that one of its people has stood without a day off.', tired: '{n} days in a row and more', nobodyTired: 'Everybody has had a day off in time.', rosterRested: 'Of those with a roster, everybody has had a day off in time.', unknown: 'Rest not known', unknownLong: 'Not known: {n} people serve at posts without a roster, so nobody can say whether they have had a day off. The longest has held the post for {days} days.', inRow: '{n} days', more: '{n} more: choose an area below',
	},
	merge: {
		open: 'Merge…', title: 'Make two entries one', help: 'The entry of this page is kept. All that points at the other one (sign-ups, posts, shifts, links, health records) is pointed at it; the other one is taken out. It can be undone.',
		other: 'The other entry of the same person', same: 'This is the entry of this page', kept: 'Kept', goes: 'Taken out', alike: 'the same', button: 'Merge', done: 'The two entries are one now',
		compare: 'Compare and merge', look: 'Look', what: 'What it moved', nothing: 'Nothing pointed at the other entry', out: 'taken out: the kept entry had the same', taken: 'Values taken over',
		undo: 'Undo the merge', undoHelp: 'The other entry comes back, and all that was moved goes back to it, except what was changed since.', undone: 'The merge is undone', left: 'Changed since, so it stayed where it is:', more: 'and {n} more | and {n} more',
	},
	papers: {
		certificate: 'Certificate of service', certificateHelp: 'It counts what the person did until today and carries the name in clear; the reading is recorded. Say why.', again: 'Print again', order: 'Print the order', orders: 'Print orders', ordersHelp: 'The paper carries names and the phone number of the leader in clear; the reading is recorded. Say why.', make: 'Make the PDF', made: 'The PDF is in your downloads', sent: 'Sent from {day}: {n} person | Sent from {day}: {n} people',
		verifyHere: 'Anybody verifies it here:', verifyTitle: 'Verify a certificate of service', valid: 'This certificate is valid', withdrawn: 'This certificate was withdrawn', withdrawnHelp: 'It holds no more. Ask the body that issued it.', unknown: 'There is no such certificate', unknownHelp: 'The number and the code do not fit any certificate that was issued here. Compare the link with the paper.', compare: 'The paper must say the same. The name is shown in part only.',
		number: 'Number', name: 'Name', day: 'Issued on', days: 'Days served', hours: 'Hours served', erased: 'No longer kept',
	},
	claim: {
		title: 'Posts open to claim', claim: 'I claim it', made: 'You claim {post}: it waits to be confirmed', handBack: 'Hand back', handBackHelp: 'The place is open again from today; those who plan are told why.', reason: 'Reason', returned: 'Handed back',
		state: { claimed: 'Waits to be confirmed', confirmed: 'Confirmed', refused: 'Refused', returned: 'Handed back' },
	},
	leave: {
		cut: 'What was cut', nothing: 'Nothing was cut: this person held nothing from that day on', since: 'from {day}', filled: 'Filled', given: 'Given to {name}',
		open: { assignment: 'Place empty', shift: 'Shift empty', link: 'To be filled', need: 'To be handed on', finding: 'To be gone on with' },
		state: { open: 'Cut', handed: 'Handed over', back: 'Given back', lost: 'Not given back' },
		give: { assignment: 'Send', shift: 'Give the shift', link: 'Link', need: 'Hand on', finding: 'Hand on' },
		load: { assignment: '{n} days served', shift: '{n} hours that week', link: 'answers for {n}', need: 'follows {n}', finding: 'follows {n}' },
		nobody: { assignment: 'Nobody near or of the same unit is free', shift: 'Nobody who holds the post may stand then by the rules of rest', link: 'No liaison near has room', need: 'No liaison near reaches it', finding: 'No liaison near reaches it' },
	},
	thanks: {
		title: 'Thanks', names: 'Show names', people: 'People who served', units: 'Units', days: 'Days', hours: 'Hours checked in', longest: 'Served longest', person: 'Name', unit: 'Unit', byUnit: 'By unit', honours: 'Honours', honour: 'Honour', noHonours: 'No honours yet', empty: 'Nobody has served yet',
		help: 'Days up to yesterday, by assignments and the shifts that were come to; a day of one person counts once.',
	},
	subsidy: {
		compute: 'Compute subsidies', area: 'Area', month: 'Month', help: 'Days served are counted from assignments and the shifts that were come to, each day once. What is approved, paid or refused stays; only what is proposed is put right.',
		result: 'Proposed: {people} people, {days} days, {amount} yuan.', changes: '{made} new, {changed} changed, {kept} as before, {dropped} taken out.',
	},
	org: { title: 'Leaders, bodies below, teams', leaders: 'Leaders', head: 'Head', below: 'Bodies below', found: 'New team', none: 'Nobody is named as leader, nothing stands below it, and it leads no team' },
	send: {
		open: 'Send', title: 'Send {n} person to a post | Send {n} people to a post', post: 'Post', from: 'From', until: 'Until (empty: as long as the post)', button: 'Send', odd: 'Sent, but look at:', reason: 'Why those on leave are sent all the same (kept with your name)', done: '{n} sent', partly: '{good} sent, {bad} not',
	},
	unitList: {
		title: 'Sign up a unit\'s list', unit: 'Unit', post: 'Nominated for the post (may be left empty)', paste: 'Rows copied from a spreadsheet', help: 'Columns, by their headings or in this order: {columns}. Whoever is known already is found and not made again. A home area is a name or a code; without one it is where the unit is.', ignored: 'Not taken over: {columns}', comma: ', ', outcome: 'Outcome', unseen: 'not looked at yet', look: 'Look at {n} rows', send: 'Sign up {n}', done: '{n} signed up',
		known: 'known: a pledge is added', fresh: 'new', already: 'has signed up already', answered: 'Answers', none: 'Nobody has signed up yet', waiting: 'To be looked at', approved: 'Approved', declined: 'Declined', withdrawn: 'Withdrawn', by: { units: 'Unit', ranks: 'Rank', wishes: 'Post wished for' }, notTold: 'not told',
	},
	staff: {
		part: { who: 'Who it is', work: 'Work', living: 'Living and contacts', way: 'Journey and return' },
		title: 'Staff files', enter: 'Enter a worker', all: 'All files', files: 'Staff files', ofStaff: 'staff {n}', lacking: 'Not complete', rooms: 'Isolation rooms', roomsNeeded: 'of {n} needed',
		roomsShort: '{needed} isolation rooms are needed for this staff; {n} are lacking.', roomsUnknown: '{needed} isolation rooms are needed for this staff; how many there are was not told.', none: 'No staff files yet: import them from Excel, or enter workers one by one',
		lackTitle: '{lacking} of {files} files are not complete', allComplete: 'All files that are there are complete', without: '{n} more of the staff have no file yet', fill: 'Fill', ofFiles: '{lacking} of {files} not complete', more: 'All {n}',
		calendar: 'Expected back within seven days', people: '{n} person | {n} people', lateBack: '{n} overdue', noWay: 'way not given', release: 'Isolation ends today or tomorrow', noRelease: 'Nobody’s isolation ends today or tomorrow', releaseNow: 'End', released: 'The isolation has ended; on duty now',
		fillTitle: 'Fill what lacks', wholeFile: 'The whole file', nothingLacks: 'Nothing lacks in this file', saveNext: 'Save, next file', saveNew: 'Save, next worker', entered: '{who} was entered.', stillLacks: 'Something lacks still.',
	},
	waiting: {
		label: 'Waiting to be sent', title: '{n} waits to be sent: not received yet | {n} wait to be sent: not received yet', since: 'Kept on this device since {at}, not received yet; sent by itself when there is a network', mend: 'Put right', change: 'Change', dropAsk: 'It cannot be brought back: press again to delete', sent: 'Sent', notSent: 'Not sent yet; it is still on this device', kept: 'Kept on this device, not sent yet; it goes by itself when there is a network',
		offline: 'No network: fill in as always. It is kept on this device and sent when there is a network.', refused: 'Not accepted, to be put right: {what}', lastSites: 'Opened on this device today',
	},
	gate: {
		title: 'Gates', site: 'Firm', choose: 'Choose a firm', new: { visitor: 'Outsider', vehicle: 'Vehicle', goods: 'Goods', round: 'Disinfection', watch: 'Begin a watch' }, sum: { visitor: 'Outsiders let in', vehicle: 'Vehicles let in', goods: 'Goods let in', round: 'Disinfection', turned_away: 'Turned away' },
		standing: 'On watch', nobody: 'No watch yet', end: 'End', today: 'Entries of the day', none: 'No entry on this day yet', away: 'Turned away', out: 'Left', all: 'All {n}', outsiders: 'Ledger of outsiders and vehicles', rounds: 'Ledger of disinfection',
	},
	bound: {
		title: 'Home and plant only', help: 'Workers who go between home and plant and nowhere else, by where they live. Firms enter them; they stand here by themselves.', place: 'Lives in', home: 'At home', dorm: 'Dormitory', sum: 'Sum', here: 'Entered right here', none: 'Nobody here goes between home and plant only', list: 'Open the list', new: 'New today',
	},
	team: { sums: 'What it did', members: 'Members', sites: 'Sites', noSites: 'No site is named: it looks after its area or zone.', hours: 'Hours served', shifts: 'Shifts', deeds: 'Deeds', done: 'Done', leads: 'leads', latest: 'Latest deeds', noDeeds: 'Nothing is on record yet', noMembers: 'Nobody belongs to it yet', all: 'All {n}' },
	dispatch: {
		title: 'Dispatch board', day: 'Standing there from', none: 'No post lacks people on this day', newPost: 'Put up a post', lacking: 'People lacking', proposed: 'Proposed', left: 'Others free', accept: 'Accept: send {n}', accepted: '{n} sent', forget: 'Drop {n} changes by hand',
		help: 'A suggestion: what you fix or rule out is solved again at once; nothing holds until it is accepted', filled: '{given} of {lacks}', stands: '{filled} serve here today, {short} lacking', better: 'would suit better: {post}', fix: 'Fix', unfix: 'Let go', bar: 'Rule out', tell: 'Send the orders by message', told: '{n} messages on their way. ', silent: '{n} have no number.', parts: 'Too many to plan at once: {n} areas were planned one by one. ', gapSeats: 'The best plan might fill up to {n} places more.', gap: 'The best plan might fit up to {percent} better.', noGap: 'No plan fits better.',
		swap: 'Swap', swapWith: 'Swap with {name}', else: 'Somebody else', leftTitle: 'Others free: {n}', insteadOf: 'In place of {name} at {post}', place: 'Post', find: 'Name, skill or unit', fit: 'fit {n}', send: 'Send here', sendInstead: 'Send here instead', noneLeft: 'Nobody is left',
	},
	join: {
		available: 'Weekdays and hours at which you can serve', availableHelp: 'Such as: Mon-Fri 18:00-22:00; Sat,Sun 08:00-18:00. Empty: at any time',
		open: 'Appeals: people are needed', none: 'No appeal takes sign-ups at this moment', until: 'until {day}', wanted: '{count} people wanted', toFill: 'Posts to be filled', lacks: '{n} wanted', name: 'Name', phone: 'Mobile number', phoneHelp: 'A code is sent to it to confirm that it is yours', home: 'Where you live', homeLevel: 'Home area, choice {n}', choose: 'Choose, or leave open', wish: 'Post you would like', anyPost: 'Any post', near: 'Where',
		unit: 'Your unit (optional)', rank: 'Your rank (optional)', noRank: 'Not told', more: 'More about you: helps to find a fitting post', party: 'Party member', skills: 'Skills', trade: 'Trade: what you learned or work at', languages: 'Languages and dialects', licence: 'Licences', hours: 'When you have time', note: 'Anything else', agree: 'I have read this and agree', send: 'Sign up: send me the code', mend: 'Please mend what is marked above', noCodes: 'Signing up on this page is not set up here. Please sign up through your unit or community.',
		codeTitle: 'Enter the code', codeSent: 'A message with a code is on its way to {phone}. It holds until {at}. Without it your sign-up does not count.', codeDemo: 'A demonstration sends no messages. The code is {code}', code: 'Code', confirm: 'Confirm', change: 'Change my entries', againIn: 'Send again in {n} s', again: 'Send another code', others: 'All appeals',
		ownWho: '{name} signed up on {day}', ownState: { signed: 'Your sign-up is in. You will hear by message what becomes of it.', approved: 'You were chosen. Your post is shown here once it is settled.', declined: 'This time there was no place for you. Thank you for coming forward.', withdrawn: 'You have withdrawn your sign-up.' }, posts: 'Your posts', from: 'from {day}', keep: 'This page is yours alone. Keep its link to come back.', copyLink: 'Copy the link', agreed: 'What you agreed to', withdraw: 'Withdraw my sign-up', withdrawAsk: 'Withdraw it? Nobody counts on you then.', publicPage: 'People sign up here:',
	},
	roster: {
		now: 'On post now', late: 'Not there yet', title: 'Roster', names: 'Show names', earlier: '{n} day before | {n} days before', loads: 'Hours a person: {least} to {most}', post: 'Post', person: 'Person', hours: 'Hours', hoursOf: '{n} hours this week', lead: 'leads', inRow: '{n} day in a row | {n} days in a row', needs: 'needs {n}', lacks: '{n} lacking', full: 'filled', lacking: '{n} place to fill this week | {n} places to fill this week', noShift: 'No shifts', day: 'Day', shift: 'Shift', from: 'From', until: 'Until', otherHours: 'Other hours',
		state: { here: 'on post', done: 'done', missed: 'did not come' }, over: 'Rest rule set aside: {why} ({who})', add: 'Add a shift', addFor: 'Add a shift for {who} on {day}', change: 'Change the shift', moved: 'Moved', take: 'Take out', details: 'Details', why: 'Why the rule is set aside', whyHelp: 'Kept with your name', aside: 'Set aside and save',
		before: 'Week before', after: 'Week after', thisWeek: 'This week', only: 'This post only', none: 'No post has shifts this week', noneHelp: 'Give a post its shifts of a day, or choose a post to begin.', toPosts: 'Posts', nobody: 'Nobody holds this post this week.', assign: 'Send somebody', noSlots: 'This post has no shifts of a day yet; a proposal can set them.', more: 'The first {n} posts are shown: choose a post or an area below.',
		rules: 'Rules of rest: at least {hours} hours between shifts, at most {row} days in a row, at most {nights} nights within seven days.', help: 'Drag a shift to another person or day, or open it with a click or Enter.', helpPhone: 'Tap a shift to change it.',
		propose: 'Propose', proposal: 'Proposal', firstDay: 'From', span: 'For', nDays: '{n} days', pattern: 'Shifts', patterns: { three: 'Three shifts', two: 'Two shifts', day: 'Day shift' }, each: 'People each', slots: 'Shifts of a day', slotsHelp: 'Such as 08:00-16:00 x2, 16:00-24:00 x2, 00:00-08:00 x1', keepSlots: 'Keep these as the shifts of the post',
		rotate: 'Turns', rotations: { weekly: 'Change every week', daily: 'Change every day', keep: 'Keep the same shift' }, among: 'Among {n} person | Among {n} people', filled: 'Filled', empty: 'Empty', there: 'There already', promise: 'It breaks no rule of rest, and holds once it is accepted.', shifts: 'Shifts', nights: 'Nights', longest: 'Most days in a row', whyEmpty: 'Why {n} stays empty | Why {n} stay empty', accept: 'Accept {n} shift | Accept {n} shifts', again: 'Ask again', discard: 'Discard', accepted: '{n} shift made | {n} shifts made',
	},
	round: { title: 'Progress', rate: 'Done', planned: 'Planned', visited: 'Visited', left: 'Not yet visited', check: 'Check', all: 'All are visited', none: 'No visit yet', nothing: 'The round plans no firm', within: 'Within the patrol round {title}' },
	template: {
		title: 'Checklists', new: 'New checklist', edition: 'Edition {n}', state: { draft: 'Draft', published: 'In use', retired: 'Retired' }, sections: 'Sections', addSection: 'Add a section', addItem: 'Add an item', sectionTitle: 'Name of the section', itemText: 'What is checked', kind: 'Answer',
		kinds: { yesno: 'Yes / no', number: 'Number', text: 'Text', photo: 'Photo' }, severity: 'Severity', evidence: 'Evidence', min: 'At least', max: 'At most', unit: 'Unit', dueDays: 'Days to put right', need: 'Must be answered', copy: 'Copy and change', saveDraft: 'Save draft', newEdition: 'Save as a new draft', frozen: 'A published edition does not change: what you change becomes a new draft, in use once published', zh: 'Chinese', en: 'English',
		name: 'Name', count: '{sections} sections, {items} items', noTitle: '(no name)', empty: 'No sections yet', removeSure: 'Delete with {n} items', editions: 'Editions', referenceHelp: 'A reference template: check it against local standards before use', needTitle: 'Name the section', needText: 'Say what is checked', evidences: { document: 'Papers', object: 'Thing', witness: 'Witness', photo: 'Photo', none: 'Any' },
	},
	ledger: {
		myPolicies: 'Our policies', toTell: 'Firms to be told', funnel: 'How far it came', step: { matched: 'Qualify', told: 'Told', known: 'Know it', applied: 'Applied', granted: 'Granted', paid: 'Paid' }, untold: '{n} not told', refused: '{n} refused', lapsed: '{n} lapsed',
		money: { estimate: 'Computed', asked: 'Asked for', granted_money: 'Granted', paid_money: 'Paid' }, yuan: 'yuan', judging: 'A fact of the firm is new: its policies are being judged again', matching: 'Matching firms: {done} of {total} judged', matchedAt: 'Matched at {at}: {yes} of {total} firms qualify, {missing} lack facts', neverMatched: 'Once it is published, its firms are found', again: 'Match again', againDone: 'Matching has begun again',
		list: 'List without applications', listHelp: 'Puts the firms of the area that qualify, whose amount is computed and that stand in no other list into one list. Signed, it grants all of them at once.', listMade: 'The list is drawn up: {n} firm | The list is drawn up: {n} firms', lists: 'Lists without applications', pdf: 'List as PDF', xlsx: 'List as XLSX', inList: 'Firms in the list', takeOut: 'Take out', takeOutTitle: 'Take out of the list', takeOutHelp: 'It is not granted with this list, and may stand in a later one.', takeOutDone: 'Taken out of the list', emptyList: 'No firm is left in the list', firm: 'Firm', amount: 'Amount',
		questions: 'Questions', ask: 'Ask', askHere: 'What would you like to know', send: 'Send the question', asked: 'Sent. You are told when it is answered.', noQuestions: 'No questions yet', waiting: 'To be answered', answer: 'Answer', answered: 'Answered', answerHere: 'The answer, for every firm that reads this policy',
		none: 'There is no policy for this firm now', noneHelp: 'Policies are matched as they are published and as facts of the firm change; what it qualifies for shows here.', qualifies: 'Qualifies for', unknown: 'To be confirmed', toHave: 'Still to be had (computed)', got: 'Granted', about: 'about {amount} yuan', noAmount: 'amount not known', applyBy: 'apply by {day}', noApply: 'No application needed', byApply: 'On application', materials: 'Papers to bring', phone: 'Questions: {phone}', know: 'We know it', knowAll: 'We know all {n}', known: 'Confirmed', apply: 'Apply', applyTitle: 'Apply for a policy', applied: 'The application is sent',
		missing: 'To be judged once facts are known', missingAmount: 'Amount once facts are known', lacks: '{policy}: lacks {facts}', tellFacts: 'Tell facts of the firm', refusedWhy: 'Refused: {why}', lapsedWhy: 'Lapsed: {why}', grantedFor: '{amount} yuan granted', paidFor: '{amount} yuan paid', details: 'Look',
		noFirms: 'All your firms have been told', noFirmsAll: 'All firms here have been told', mineOnly: 'My firms', all: 'All firms here', firmLine: '{n} policy not told | {n} policies not told', more: 'Show more', how: 'Told how', hows: { visit: 'Visit', phone: 'Phone', message: 'Message', meeting: 'Meeting' }, heard: 'The firm said that it knows', toldAll: 'Told {n}', toldDone: '{n} recorded', toldPartly: '{good} recorded, {bad} not: {why}', copy: 'Copy the message', copied: 'Copied: paste it into a message', choose: 'Choose what was told', policies: 'Policies', firmNone: 'No policy was matched to this firm',
	},
	tokens: { title: 'API tokens', help: 'For other programs. A token is shown once, when it is created.', make: 'Create a token', name: 'Purpose', once: 'Copy it now; it cannot be shown again', revoke: 'Revoke', revokeAsk: 'Programs that use it stop at once.', until: 'Valid until', used: 'Last used', days: 'Valid for how many days', none: 'No tokens yet' },
	setupPage: { title: 'Set-up', people: 'Users and grants', data: 'Working data', technical: 'Interfaces' },
	hub: { title: '{what}', noTabs: 'Your grants do not include this work' },
	functions: {
		tax: 'Tax', justice: 'Justice', science: 'Science',
		command: 'Command', industry: 'Industry', finance: 'Finance', labour: 'Labour', health: 'Health', transport: 'Transport', market: 'Market supervision', utility: 'Utilities', emergency: 'Emergency', service: 'Services for firms', town: 'Town', village: 'Village',
	},
	filing: {
		title: 'Filing to resume work', chooseFirm: 'Choose a firm', known: 'The firm', knownHelp: 'This comes from the register and need not be told again; put right what is wrong, and the register follows.', correct: 'Complete or put right', correctHelp: 'Where anything else is wrong, ask the liaison of the firm to put it right.',
		routeHelp: { never_stopped: 'This firm registers as one that never stopped. It is recorded once it is submitted.', notify: 'This firm files by notice. It is recorded once it is submitted, and the firm may work from the day wanted.', pledge: 'This firm files by pledge, with the pledge attached. It is recorded once it is submitted, and the firm may work from the day wanted.', approve: 'This firm files for approval. The town or park reviews it and comes to inspect; the firm works once it is approved.' },
		ruleOf: '({area}, from {day} on.)', lacks: '{n} entry is still to be given | {n} entries are still to be given', whole: 'All that is needed is there: it may be submitted', group: { people: 'People and day', measures: 'Measures', papers: 'Reason and papers' },
		dayHelp: 'Filed {days} days ahead: {day} at the earliest', roomsHelp: '{needed} rooms are needed for {staff} staff', roomsFree: 'By number for firms with {from} staff or more', masksLast: 'Last {days} days for those who are to work (at least {least})', masksHelp: 'For at least {least} days',
		batches: 'Batches of returning staff', batchAdd: 'Add a batch', batchDay: 'Day', batchPeople: 'People', batchPart: 'Process or workshop', batchOrders: 'Orders', batchNeeds: 'Give a day and the number of people', batchDropped: 'Batches changed', batchChange: 'Change', batchChangeTitle: 'Change a batch of returning staff', batchChangeHelp: 'Whoever reviewed the filing is told; what was planned before and what holds now stay with its steps. The state of the filing stays as it is.', batchChanged: 'The batch is changed, the reviewer is told', batchSum: '{sum} people in all, {staff} staff', noBatches: 'No batches yet', people: 'people',
		own: 'Self-check', ownBegin: 'Begin a self-check', ownSigned: 'The firm answers for its self-check; no inspector signs it.', noOwn: 'No self-check yet', standard: 'Checklist in force', noStandard: 'No checklist is named for the self-check yet', otherList: '(not the checklist in force)', failedItems: '{n} item not met | {n} items not met',
		lesson: 'First lesson on resuming work', lessonAdd: 'Record a training', lessonHeld: 'Held on {day}', lessonNone: 'Not on record', submit: 'Submit', submitted: 'The filing is submitted', savedAt: 'Saved by itself, {at}', keptHere: 'No network: kept on this device and saved when it is back', notSaved: 'Some entries could not be saved: see beside them',
		result: 'Outcome', sheet: 'Sheet', sheetHelp: 'The sheet carries the contact of the firm: say what it is for.', waits: 'Waits for review, {due}', again: 'File again', flow: 'Steps taken', noFlow: 'Not yet submitted', goOn: 'Go on filing',
		decide: 'Decision', filed: 'What is filed', checks: 'Self-check beside the inspection', inspection: 'Inspection', none: 'none', noneWrong: 'Nothing fails', noChecks: 'Neither self-check nor inspection yet', visit: 'Inspect', noVisit: 'No inspection since it was submitted', chosen: 'In use', choose: 'Use this one', inspected: 'The inspection is added',
		obstacles: '{n} severe finding is not closed: no approval | {n} severe findings are not closed: no approval', needInspection: 'An inspection must be added before it is approved', conditionsOpen: 'Conditions are not met yet', clear: 'Nothing was found wanting',
		publicLink: 'Its public page',
		publicTitle: 'How a filing stands', publicNumber: 'Number of the filing', publicHelp: 'Give the number of a filing to see how it stands. It is on the sheet of the firm.', publicUnknown: 'There is no filing with this number', publicUnknownHelp: 'Look at the number again, such as FG-2020-000001.', publicFirm: 'Firm', publicDay: 'Works from', publicConditions: 'Conditions', publicOpen: 'not all met', publicMet: 'met',
	},
	span: { minutes: '{n} minute | {n} minutes', hours: '{n} hour | {n} hours', days: '{n} day | {n} days' },
	loans: {
		title: 'Loans and insurance', board: 'Board', sums: 'Sums', ask: 'Ask for a loan', none: 'Nobody has asked for a loan or cover yet', waiting: '{n} not decided', waits: 'waits {time}', took: 'took {time}', paidOf: '{paid} paid out of {approved} approved', kind: 'Kind',
		count: 'Requests', wanted: 'Sums asked for', share: 'Share approved', granted: 'Sums approved', paid: 'Sums paid out', median: 'Median to the decision', ownMedian: 'Median from the invitation', byBank: 'By bank', byArea: 'By area', noBank: 'No bank is invited yet', bank: 'Bank', invited: 'Invited', offered: 'Sums offered', approved: 'Approved', refused: 'Refused',
		note: 'In yuan. Time runs from the asking, in real hours: nights and holidays count.', answers: 'Answers of banks', nobody: 'No bank is invited yet', take: 'Take this offer', taken: 'The offer of {bank} is taken',
	},
	bank: {
		title: 'Loans for our bank', open: 'To be done', offered: 'Offered', done: 'Done', all: 'All', nothing: 'Nothing waits for this bank', none: 'No request matches', months: '{n} month | {n} months', invitedAt: 'invited {at}', offer: 'Offer', rate: 'Yearly rate', premium: 'Premium', valid: 'Valid until',
	},
	plans: {
		day: 'Plans of the day', none: 'No plan runs on this day', told: 'Told', missing: 'Missing', same: 'Unchanged', working: 'Working', late: 'Late', allMissing: 'All {n} missing', sameFor: '{n} unchanged', saidSame: '{n} told', more: 'Only the first {n} are shown: choose an area below', note: 'The missing come first. What is not told is missing, not unchanged.',
		missingDays: '{n} day missing | {n} days missing', never: 'Never told', toldToday: 'Told', daysLate: '{n} day late | {n} days late', stopped: 'Not working', people: '{n} person on site | {n} people on site', asOf: 'as of {day}', problems: 'Problems', blocker: 'Blocked', next: 'Next', unchanged: 'Unchanged', tell: 'Tell', block: 'Blocked…',
		blockTitle: 'What blocks {plan}', blockHelp: 'It becomes a need with a deadline, followed to its end, and shows here with its state.', blockKind: 'Kind of need', blockText: 'What is stuck, and what would help', blockSend: 'Raise it', raised: 'Need {number} is raised', days: 'Last days', notBegun: 'Not begun yet', milestones: 'Milestones', noMilestones: 'No milestones yet', lateOne: 'Late', blockers: 'Blockers', noBlockers: 'Nothing blocks it',
	},
	lines: {
		title: 'Capacity', list: 'All lines', none: 'No capacity lines yet', product: 'Product', lines: 'Lines', running: 'Running', building: 'Being built', stopped: 'Stopped', now: 'A day now', target: 'A day when complete', share: 'Reached', next: 'Next complete', last: 'Last complete', late: '{day}, late', by: 'by {day}', unit: 'Counted in', perDay: '{unit} a day', below: '{product}: areas below',
	},
	power: {
		title: 'Electricity', index: 'Electricity index', firms: 'Working by meter', used: 'Electricity used', usedRunning: 'Used by firms working', told: 'Working as told', read: 'Firms read', bases: 'Baselines', readings: 'Readings', none: 'No meters were imported yet', noneToday: 'No meters were read on this day; the last day is {day}', toLast: 'See the last day',
		note: 'A firm that used {percent} % of its mean day counts as working. Index = firms working × {firms} + electricity used × {used}. Meters stand beside what firms tell, never in its place.', differ: 'Meter and told state disagree', agree: 'They agree everywhere', firm: 'Firm', saysTold: 'Told', saysMeter: 'By meter', ofBase: 'Of its mean day', works: 'Working', still: 'Not working',
	},
	advice: { choose: 'Take one of these times:', waits: 'Times are offered; the firm has to take one:', taken: 'The appointment is made' },
	lacks: { loan_approval: '{n} refused', plans_daily: '{n} missing' },
	capacity: { told: '{n} firm told it | {n} firms told it' },
	risk: { low: 'Low', medium: 'Medium', high: 'High' },
	policy: {
		conditions: 'Conditions and benefit', benefit: 'Benefit', inWords: 'In words', gives: 'Gives', forAll: 'No conditions: every site of its area', editAndTry: 'Edit and try', tryIt: 'Try it', run: 'Try', again: 'Try again', back: 'The policy',
		example: 'An example made from public sources, not an official text: check before use.', frozen: 'Conditions and benefit are edited in drafts only; what is published can be tried.', unsaved: 'Not saved yet',
		tryHelp: 'Holds what stands here against the real sites of this area. Nothing is kept, nobody is told.', stale: 'Conditions or benefit were changed since: these are the results from before.', sum: 'Sum (yuan)', unknownAmounts: 'Amount unknown', month: 'Facts by the month are those of {month}.', cut: 'Too many sites: the first {sites} are counted.',
		noRows: 'No site with this result', more: 'More', openSite: 'Open the site', lacks: 'Lacks: {what}', amountUnknown: 'Amount unknown', seen: 'Found: {what}', notKnown: 'Not known: {what}', why: 'Why', ofSite: 'Policies', facts: 'Facts', noneHere: 'No published policy holds here now',
		verdict: { yes: 'Qualifies', missing: 'Facts missing', no: 'Does not' }, holds: { yes: 'Holds', missing: 'Not known', no: 'Does not hold' }, noApplication: 'No application needed', onApplication: 'On application', applyBy: 'apply by {day}',
		inMonth: ' ({month})', inRegister: 'Fill in the register', badNumber: 'Fill this in as asked', told: 'Recorded: {what}',
		loadExamples: 'Load examples', examplesMade: '{n} example loaded as a draft | {n} examples loaded as drafts', examplesThere: 'All examples are here already',
		about: 'About', fact: 'Fact', value: 'Value', day: 'Day', compare: 'Compare', chooseFact: 'Choose a fact', ofRegister: 'In the register', ofFacts: 'Facts', monthly: ' (by month)', note: 'Note', addNote: 'Add a note',
		leaf: { in: 'One of a list', flag: 'Yes or no', number: 'A number', day: 'A day', ratio: 'Ratio of two facts', industry: 'Industry', area: 'Area', risk: 'Risk level', member: 'On a list of firms', without: 'Without other policies' },
		group: { all: 'All of these', any: 'At least one of these', none: 'None of these' }, groupKind: 'Kind of group', groupAt: 'Group {at}', top_group: 'All conditions', emptyGroup: 'No condition in this group yet', emptyTop: 'No conditions: every site of the area qualifies', addLeaf: 'Add a condition', addGroup: 'Add a group',
		numberCompare: { '<': 'below', '<=': 'at most', '=': 'exactly', '!=': 'not', '>=': 'at least', '>': 'more than' }, dayCompare: { '<': 'before', '<=': 'on or before', '=': 'on', '!=': 'not on', '>=': 'on or after', '>': 'after' },
		code: { area: 'Code of an area, such as 4301', industry: 'Codes such as C, 61, 6110', in: 'Choices', member: 'Codes of lists', without: 'Code of a policy' }, pick: { area: 'Choose an area', without: 'Choose a policy' }, low: 'Low', medium: 'Medium', high: 'High',
		top: 'Of', less: 'Less (optional)', bottom: 'Over', parts: 'Of which', wholeOf: 'All', monthOf: 'A twelfth (mean of a month)', headsOf: 'Bands by number of (optional)', fromMonth: 'From month', toMonth: 'To month', upto: 'Up to people', share: 'Share', addBand: 'Add a band',
		formula: 'Formula', amount: 'Amount', base: 'Base', percent: 'Percent', free: 'Months in full', half: 'Months by half', heads: 'Heads', balance: 'Balance', mostMonths: 'Months at most', shareOf: 'Share borne', other: 'Borne by others (optional)', mostShare: 'Together at most',
		kind: { none: 'Not money', fixed: 'A fixed amount', percent: 'Percent of a base', heads: 'Per head and month', months: 'Months in full and by half', rate: 'Difference of rates', most: 'The highest of several', sum: 'A sum of several', cases: 'By case' },
		part: { months: 'Months', from: 'Rate', to: 'Less rate', per: 'A head and month' }, asNumber: 'A number', asFact: 'A fact', partAt: 'Part {at}', casesHelp: 'From the top: the first case whose conditions hold decides.', otherwise: 'All other cases', addWhen: 'Add conditions', addCase: 'Add a case', addPart: 'Add a part',
		caps: 'Caps', cap: 'In general', size: { large: 'Large firms', medium: 'Medium firms', small: 'Small firms', micro: 'Micro firms' },
	},
};

export default pages;
