import type { Words } from './zh';
import pages from './en-pages';

const en: Words = {
	product: 'muster',
	menu: {
		filing: 'Resuming',
		policies: 'Policies',
		health: 'Health',
		mine: 'My shifts',
		loans: 'Loans', plans: 'Plans',
		today: 'Today', overview: 'Overview', firms: 'Firms', neighbourhood: 'Neighbourhood', people: 'People', duty: 'Duty', goods: 'Goods', needs: 'Needs', checks: 'Checks',
		returns: 'Return', setup: 'Set-up', more: 'More', main: 'Main menu', other: 'Other records', skip: 'Skip to content',
	},
	tab: {
		myPolicies: 'Our policies', toTell: 'To be told', deliveries: 'Ledger', policyFirms: 'By firm', grantLists: 'Lists without applications', policyQuestions: 'Questions', policyPayments: 'Payments',
		policies: 'Policies', facts: 'Facts', factKinds: 'Kinds of facts',
		health: 'Daily health', healthRecords: 'Health records', attestations: 'Attestations', workerLinks: 'Links of workers', healthRemarks: 'Looks copied',
		siteInvites: 'Invitations',
		swaps: 'Swaps',
		fileFirm: 'File to resume', filings: 'Filings', batches: 'Batches', trainings: 'Training', filingRoutes: 'Routes', filingReasons: 'Reasons for returning filings',
		bank: 'For our bank', loansBoard: 'Loans board', loans: 'Loans and insurance', loanOffers: 'Answers of banks', loanPayments: 'Payments', loanReasons: 'Why loans are refused', plansDay: 'Plans of the day', plans: 'Plans', milestones: 'Milestones', planDays: 'Days told', linesBy: 'Capacity', lines: 'Capacity lines', products: 'Products', meters: 'Electricity baselines', meterDays: 'Electricity by day', appointments: 'Appointments',
		sites: 'Register', coverage: 'Coverage', links: 'Links', areas: 'Areas', zones: 'Zones', risks: 'Risk levels', grids: 'Grids',
		persons: 'People', appeals: 'Appeals', pledges: 'Pledges', posts: 'Posts', assignments: 'Assignments', postKinds: 'Kinds of posts', dispatch: 'Dispatch board', shifts: 'Shifts', roster: 'Roster', teams: 'Teams', serving: 'Who serves', care: 'Care', leaves: 'Leave', claims: 'Claims', subsidies: 'Subsidies', thanks: 'Thanks', orgs: 'Organisations', board: 'Board', list: 'List', reports: 'Urgent reports', fill: 'On site', checks: 'Checks',
		findings: 'Findings', interviews: 'Interviews', templates: 'Checklists', rounds: 'Patrol rounds', parts: 'Assistance', newsKinds: 'Kinds of urgent news', holidays: 'Calendar', returns: 'Return', bulletin: 'Bulletin', allReturns: 'All returns',
		certificates: 'Certificates',
		users: 'Users', grants: 'Grants', tokens: 'API tokens', settings: 'Settings', classes: 'Time limits', kinds: 'Kinds of needs', levels: 'Levels',
	},
	action: {
		save: 'Save', cancel: 'Cancel', close: 'Close', edit: 'Edit', make: 'New', remove: 'Void', back: 'Back', next: 'Next', previous: 'Previous',
		confirm: 'Confirm', send: 'Submit', search: 'Search', clear: 'Clear', more: 'More', retry: 'Try again', show: 'Show', copy: 'Copy', print: 'Print',
		export: 'Export', import: 'Import', open: 'Open', choose: 'Choose', add: 'Add', delete: 'Delete', done: 'Done', all: 'All', none: 'None',
		up: 'Move up', down: 'Move down', signOut: 'Sign out', reload: 'Reload', today: 'Back to today',
	},
	said: {
		saved: 'Saved', made: 'Created', voided: 'Voided', copied: 'Copied', heard: 'Working on it', stepped: 'Done: {step}', sent: 'Submitted',
		newVersion: 'A new version is ready', update: 'Update',
	},
	yes: 'Yes', no: 'No', unknown: 'Unknown', notGiven: 'Not given', optional: 'optional', oneOf: 'one of these', system: 'System', masked: 'Masked',
	colon: ': ', comma: ', ', listSeparator: ', ',
	where: {
		area: 'Area', switch: 'Switch area', search: 'Find by name or code', below: 'Areas below', noChildren: 'No areas below', none: 'Nothing found',
		day: 'Day', asOf: 'As of {day}, not now', asOfShort: 'As of', today: 'Today', yesterday: 'Yesterday', back: 'Back to today', previous: 'The day before', following: 'The day after',
		incident: 'Incident', path: 'Current area', all: 'All areas in reach',
	},
	notices: { title: 'Notices', unread: 'Notices, {n} unread', none: 'No notices yet', readAll: 'Mark all as read' },
	user: {
		menu: 'User menu', me: 'Me', language: 'Language', zh: '中文', en: 'English', wan: 'In 万 (10,000)', plain: 'In full', numbers: 'Numbers', password: 'Change password', grants: 'My grants',
		unsent: '{n} unsent entry stays on this device after you sign out | {n} unsent entries stay on this device after you sign out',
	},
	signIn: {
		title: 'Sign in', name: 'User name', password: 'Password', submit: 'Sign in', demo: 'Demonstration users', demoHelp: 'A demonstration store; people and firms are made up. One click signs in.',
		wrong: 'User name or password is wrong', locked: 'Too many failures; locked for a while. Try again later.', expired: 'Your session has ended. Please sign in again.', show: 'Show password', hide: 'Hide password',
		missing: 'Enter user name and password',
	},
	setup: {
		title: 'First set-up', help: 'Create the first administrator. This link works once.', token: 'Set-up code', name: 'Administrator name', password: 'Password', again: 'Password again',
		invited: 'Set your password', set: 'Set password', invitedHelp: 'Choose the password of your account. This link works once.', invitedDone: 'The password is set. Please sign in.', old: 'Current password', fresh: 'New password', change: 'Change password', changed: 'Password changed; other sessions have ended', invite: 'Make a link to choose a password', inviteOnce: 'A link that works once: hand it to the user; valid until {at}',
		submit: 'Create the administrator', noToken: 'The set-up code is missing. Use the link that muster init printed.', mismatch: 'The two passwords differ', short: 'At least {n} characters', rule: '{n} to 200 characters; a sentence is easier to remember than signs', done: 'The administrator is created. Please sign in.',
	},
	state: {
		loading: 'Loading', empty: 'Nothing here yet', emptyFiltered: 'No record matches', clearFilters: 'Clear search and filters', noRight: 'You may not see this',
		noRightHelp: 'If your work needs it, ask the administrator of your area for a grant.', noPage: 'There is no such page', backTo: 'To {what}', notFound: 'There is no such record within your reach', error: 'Something went wrong', errorRead: 'The data could not be read. Nothing is lost; try again.',
		errorWrite: 'Not saved. What you entered is still on this page.', offline: 'No network', offlineRead: 'The server cannot be reached. Nothing is lost; try again when the line is back.', offlineBar: 'No network. What you enter is kept on this device and sent later.',
		first: 'Start with: {what}.', reference: 'Error {code}',
	},
	time: {
		dayForm: 'YYYY-MM-DD',
		late: { minute: '{n} minute late | {n} minutes late', hour: '{n} hour late | {n} hours late', day: '{n} day late | {n} days late' },
		left: { minute: '{n} minute left | {n} minutes left', hour: '{n} hour left | {n} hours left', day: '{n} day left | {n} days left' },
		ago: { minute: '{n} minute ago | {n} minutes ago', hour: '{n} hour ago | {n} hours ago', day: '{n} day ago | {n} days ago' },
		weekdays: { d0: 'S', d1: 'M', d2: 'T', d3: 'W', d4: 'T', d5: 'F', d6: 'S' },
		previousMonth: 'Month before', nextMonth: 'Month after', clock: 'Time', clockForm: 'HH:MM', badClock: 'Write the time as 09:30', badDay: 'Write the day as 2020-03-05',
	},
	list: {
		search: 'Search {what}', rows: '{n} row | {n} rows', some: '{n} loaded', moreThan: 'more than {n} rows', selected: '{n} selected', columns: 'Columns', filters: 'Filters', filter: 'Add filter', views: 'Views', saveView: 'Save this view',
		viewName: 'Name of the view', noViews: 'No saved views yet', deleteView: 'Delete view', defaultColumns: 'Default columns', sort: 'Sort by {what}', ascending: 'ascending', descending: 'descending',
		selectAll: 'Select all loaded', clearSelection: 'Clear selection', exportCsv: 'Export CSV', exportXlsx: 'Export XLSX', exportHelp: 'Exports exactly what the list shows', keys: 'j/k move, Enter opens, x selects, / searches',
		setField: 'Change a field', setTo: 'Change to', bulkDone: '{good} done, {bad} not done', bulkAsk: '{what}, for {n} row. | {what}, for {n} rows.', bulkNone: 'The selected rows share no possible step',
		voided: 'Voided', loadingMore: 'Loading more', end: 'End of the list', from: 'From', to: 'To', contains: 'Contains', made: 'Created', changed: 'Changed',
		rowMenu: 'Select this row', includeVoided: 'Include voided', progress: '{done} of {n} done',
	},
	detail: {
		facts: 'Facts', history: 'History', talk: 'Comments', steps: 'Next steps', noSteps: 'No step is left', noHistory: 'No changes yet', noTalk: 'No comments yet', comment: 'Write a comment',
		commentPlaceholder: 'Progress, an answer, more facts', sendComment: 'Post', reveal: 'Show', revealTitle: 'Show private values', revealHelp: 'Every reading is recorded. Say why.', reason: 'Reason',
		revealed: 'Shown; this reading is recorded', voidTitle: 'Void this record', voidHelp: 'A voided record counts no more; its history stays.', voidReason: 'Why it is voided', related: 'Related records', previous: 'Previous', following: 'Next',
		whyState: 'Possible in the state: {from}. Now: {state}', whyRight: 'You have no right to this step', whyPast: 'You look at a past day; nothing can be done there', whyVoided: 'The record is voided',
		changedFrom: 'before', jsonChanged: 'changed', noValue: 'empty', by: 'by', deed: { restored: 'Brought back', make: 'Created', change: 'Changed', void: 'Voided', read: 'Read', step: 'Step', import: 'Imported' },
		effective: 'From which day', until: 'Until which day (inclusive)', effectiveHelp: 'These values hold from a day on. A correction in the past corrects the figures of that day.', untilHelp: 'Empty: holds until further notice', dated: 'holds from a day on',
		conflict: 'Somebody changed this record first', conflictHelp: 'What you entered and what is saved now stand side by side. Choose which to keep, then save.', mine: 'Yours', theirs: 'Now', keepMine: 'Keep mine', keepTheirs: 'Use present', conflictSave: 'Save as chosen',
		version: 'Version {n}', historyAbove: 'Kept above your area: its history is not yours to see', followUps: 'Follow-ups and final report', outOfReach: 'out of reach', successor: 'Who takes over',
	},
	form: {
		step: 'Step {n} of {of}',
		need: 'Please fill this in', tooLong: 'At most {n} characters', tooSmall: 'Must be at least {n}', tooBig: 'Must be at most {n}', whole: 'Enter a whole number', money: 'Enter an amount with at most two decimals', badUscc: 'The check digit does not fit. It can be saved.',
		badPhone: 'Please check the phone number', badId: 'Please check the ID number', badJson: 'Not valid JSON', draft: 'What you had not submitted is back', dropDraft: 'Drop the draft', draftKept: 'Draft kept on this device', choose: 'Choose', searchArea: 'Find an area by name or code',
		searchLink: 'Find by name', noMatch: 'Nothing found', addFile: 'Add a file', addPhoto: 'Take or choose a photo', removeFile: 'Remove', uploading: 'Uploading', uploadFailed: 'Upload failed', hereNow: 'Use my position',
		latitude: 'Latitude', longitude: 'Longitude', noPlace: 'No position: {why}', moreFields: 'More', unit: { yuan: 'yuan' }, fix: '{n} entry needs correction | {n} entries need correction', makeTitle: 'New {what}', editTitle: 'Edit {what}',
	},
	import: {
		title: 'Import {what}', choose: 'Choose an XLSX or CSV file', drop: 'or drop it here', help: 'Column names may be Chinese or English. You see a preview first; nothing is written before you confirm.', example: 'Download an empty table', preview: 'Preview', checking: 'Checking', columns: 'Columns found',
		unmatched: 'not known, ignored', good: '{n} good row | {n} good rows', bad: '{n} bad row | {n} bad rows', duplicates: '{n} likely duplicate | {n} likely duplicates', row: 'Row', field: 'Column', what: 'Problem', all: 'All or nothing', goodOnly: 'Only the good rows', run: 'Import', running: 'Importing',
		done: '{n} row imported | {n} rows imported', doneBad: '{n} row not imported | {n} rows not imported', errorFile: 'Download the bad rows, mend them, import again', again: 'Another file', firstErrors: 'Only the first {n} are listed', allBlocked: 'All or nothing needs the bad rows mended first', failed: 'The import did not finish; no row was written',
	},
	...pages,
};

export default en;
