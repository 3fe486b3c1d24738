import type zh from './zh-tests';

/* Results of a test of workers. */
const tests: typeof zh = {
	enter: 'Enter results', again: 'Put results right', help: 'Choose those who are positive or whose result is to come; then say that all others on duty are negative, and send. Nothing is written of those of whom nothing is said.',
	find: 'Number, department or name', of: '{n} of {people} tested', over: 'More than were tested', result: { negative: 'Negative', positive: 'Positive', pending: 'To come' }, notTested: 'Not tested',
	rest: 'All {n} others on duty are negative', restOn: 'The other {n} on duty go as negative', none: 'Nobody fits', noStaff: 'There were no staff files on the day of sampling', more: '{n} more', known: 'Has a result', send: 'Send {n} results', positives: '{n} positive: an urgent report goes up at once, and they are kept apart', done: '{n} results entered', names: 'Show names', wrongRow: '{n} results could not be entered, see below',
};

export default tests;
