import type { Words } from './zh';
import type pagesZh from './zh-pages';

const pages: Words<typeof pagesZh> = {
	today: {
		title: 'Today', waits: 'Waiting for me', nothing: 'Nothing waits for you now', figures: 'Figures of the day', due: 'Due', all: 'See all', facts: 'Facts of the firm', need: 'Raise a need',
	},
	overview: {
		title: 'Overview', sinceYesterday: 'Since yesterday', same: 'As yesterday', sinceBefore: 'Since the day before', sameBefore: 'As the day before', children: 'Areas below', asTable: 'Table', asBars: 'Bars', trend: 'Last {n} days', noTrend: 'Nothing to draw yet', missing: '{n} to go', lack: { resumption: '{n} not working', staff_back: '{n} not on duty', linked: '{n} without a liaison', checked: '{n} not checked', reporting: '{n} missing', punctual: '{n} late or missing', solved: '{n} open', in_time: '{n} too late', rectified: '{n} not closed', one_visit: '{n} took longer' }, ofUnder: '{over} of {under}',
		noChildren: 'No areas below', tableBehind: 'Data of the chart', indicator: 'Indicator', gap: 'no data', measures: 'Counts', percentPoints: '{n} pts',
	},
	figure: { title: 'Rows behind the figure', sum: 'The figure is', rows: '{n} row | {n} rows', by: 'Broken down', whole: 'Total', total: 'All', sameAs: 'Figure and rows agree', none: 'The figure is zero: no rows' },
	coverage: {
		title: 'Coverage', sites: 'Firms to be covered', covered: 'With a liaison', gaps: 'Without a liaison', rate: 'Link rate', overloaded: 'Liaisons above load', gapList: 'Firms without a liaison', noGaps: 'Every firm has a liaison', liaisons: 'Liaisons', load: 'Firms', limit: 'Limit',
		since: 'Since', clock: 'As of the time', atMoment: 'As it was at {at}, not as the day ended', assign: 'Assign a liaison', assignFor: 'Assign a liaison to {n} firm | Assign a liaison to {n} firms', personOf: 'Without an account', person: 'Liaison', level: 'Level', from: 'From which day', done: '{n} firm assigned | {n} firms assigned', partly: '{good} assigned, {bad} not', user: 'With an account', days: 'Days without', handOver: 'Hand over', handOverOf: 'Hand over {n} firm of {name} | Hand over {n} firms of {name}', handed: '{n} firm handed over | {n} firms handed over', over: 'That makes {load} firms; the limit is {limit}',
	},
	check: {
		title: 'On-site check', choose: 'Choose a firm', template: 'Checklist', reference: 'reference', start: 'Start the check', continue: 'Continue', drafts: 'Unfinished checks', unsent: '{n} unsent', noUnsent: 'Nothing unsent', sendNow: 'Send now', sending: 'Sending', failed: 'Not sent: {why}',
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
		title: 'Return', asOf: 'State as of {at}', due: 'due by {at}', state: { missing: 'Missing', late: 'Late', zero: 'Nothing to report', submitted: 'Submitted', draft: 'Draft', sent_back: 'Sent back', sealed: 'Sealed' }, figures: 'Figures of the day', figureHelp: 'Added up from the records; each figure opens', before: 'Day before', change: 'Change', text: 'Remarks', textHelp: 'May be left empty',
		confirm: 'Confirm and submit', confirmZero: 'Nothing to report', confirmed: 'Submitted by {who}, {at}', children: 'Returns from below', noChildren: 'Nobody reports to here', bulletin: 'Bulletin', copyZh: 'Copy Chinese', copyEn: 'Copy English', noBulletin: 'No bulletin for this day yet', again: 'Submit a correction', mine: 'Return of the area', site: 'Return of the firm',
		chase: 'Missing', reports: 'The return due now reports the day before: {day}', stateLabel: 'State', firms: 'Returns of firms', ofFirms: 'of {n} due', soFar: 'so far', restated: '{kept} when submitted, {now} now', missingTitle: 'Not reported', missing: { firm: 'Firms', area: 'Areas' }, none: 'All submitted', at: 'Submitted', unit: 'Unit', askZero: 'Confirm that there is nothing to report for {day}? The figures are still added up from the records.',
	},
	dispatch: {
		title: 'Dispatch board', day: 'Standing there from', none: 'No post lacks people on this day', newPost: 'Put up a post', lacking: 'People lacking', proposed: 'Proposed', left: 'Others free', accept: 'Accept: send {n}', accepted: '{n} sent', forget: 'Drop {n} changes by hand',
		help: 'A suggestion: what you fix or rule out is solved again at once; nothing holds until it is accepted', filled: '{given} of {lacks}', stands: '{filled} serve here today, {short} lacking', better: 'would suit better: {post}', fix: 'Fix', unfix: 'Let go', bar: 'Rule out',
	},
	join: {
		open: 'Appeals: people are needed', none: 'No appeal takes sign-ups at this moment', until: 'until {day}', wanted: '{count} people wanted', name: 'Name', phone: 'Mobile number', phoneHelp: 'A code is sent to it to confirm that it is yours', home: 'Where you live', homeLevel: 'Home area, choice {n}', choose: 'Choose, or leave open', wish: 'Post you would like', anyPost: 'Any post', near: 'Where',
		more: 'More about you: helps to find a fitting post', party: 'Party member', skills: 'Skills', trade: 'Trade: what you learned or work at', languages: 'Languages and dialects', licence: 'Licences', hours: 'When you have time', note: 'Anything else', agree: 'I have read this and agree', send: 'Sign up: send me the code', mend: 'Please mend what is marked above', noCodes: 'Signing up on this page is not set up here. Please sign up through your unit or community.',
		codeTitle: 'Enter the code', codeSent: 'A message with a code is on its way to {phone}. It holds until {at}. Without it your sign-up does not count.', codeDemo: 'A demonstration sends no messages. The code is {code}', code: 'Code', confirm: 'Confirm', change: 'Change my entries', againIn: 'Send again in {n} s', again: 'Send another code', others: 'All appeals',
		ownWho: '{name} signed up on {day}', ownState: { signed: 'Your sign-up is in. You will hear by message what becomes of it.', approved: 'You were chosen. Your post is shown here once it is settled.', declined: 'This time there was no place for you. Thank you for coming forward.', withdrawn: 'You have withdrawn your sign-up.' }, posts: 'Your posts', from: 'from {day}', keep: 'This page is yours alone. Keep its link to come back.', copyLink: 'Copy the link', agreed: 'What you agreed to', withdraw: 'Withdraw my sign-up', withdrawAsk: 'Withdraw it? Nobody counts on you then.', publicPage: 'People sign up here:',
	},
	round: { title: 'Progress', rate: 'Done', planned: 'Planned', visited: 'Visited', left: 'Not yet visited', check: 'Check', all: 'All are visited', none: 'No visit yet', nothing: 'The round plans no firm', within: 'Within the patrol round {title}' },
	template: {
		title: 'Checklists', new: 'New checklist', edition: 'Edition {n}', state: { draft: 'Draft', published: 'In use', retired: 'Retired' }, sections: 'Sections', addSection: 'Add a section', addItem: 'Add an item', sectionTitle: 'Name of the section', itemText: 'What is checked', kind: 'Answer',
		kinds: { yesno: 'Yes / no', number: 'Number', text: 'Text', photo: 'Photo' }, severity: 'Severity', evidence: 'Evidence', min: 'At least', max: 'At most', unit: 'Unit', dueDays: 'Days to put right', need: 'Must be answered', copy: 'Copy and change', saveDraft: 'Save draft', newEdition: 'Save as a new draft', frozen: 'A published edition does not change: what you change becomes a new draft, in use once published', zh: 'Chinese', en: 'English',
		name: 'Name', count: '{sections} sections, {items} items', noTitle: '(no name)', empty: 'No sections yet', removeSure: 'Delete with {n} items', editions: 'Editions', referenceHelp: 'A reference template: check it against local standards before use', needTitle: 'Name the section', needText: 'Say what is checked', evidences: { document: 'Papers', object: 'Thing', witness: 'Witness', photo: 'Photo', none: 'Any' },
	},
	tokens: { title: 'API tokens', help: 'For other programs. A token is shown once, when it is created.', make: 'Create a token', name: 'Purpose', once: 'Copy it now; it cannot be shown again', revoke: 'Revoke', revokeAsk: 'Programs that use it stop at once.', until: 'Valid until', used: 'Last used', days: 'Valid for how many days', none: 'No tokens yet' },
	setupPage: { title: 'Set-up', people: 'Users and grants', data: 'Working data', technical: 'Interfaces' },
	hub: { title: '{what}', noTabs: 'Your grants do not include this work' },
	functions: {
		command: 'Command', industry: 'Industry', finance: 'Finance', labour: 'Labour', health: 'Health', transport: 'Transport', market: 'Market supervision', utility: 'Utilities', emergency: 'Emergency', service: 'Services for firms', town: 'Town', village: 'Village',
	},
	risk: { low: 'Low', medium: 'Medium', high: 'High' },
};

export default pages;
