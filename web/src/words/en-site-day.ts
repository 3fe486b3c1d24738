import type zh from './zh-site-day';

/* A firm's day: what is known is filled in, only the rest is asked. */
const siteDay: typeof zh = {
	title: 'The firm’s day', known: '{known} of {all} are known', all: 'Look and put right', askedHelp: 'Only what is not known is asked', nothing: 'Nothing is left to tell', more: '{n} against the day before', last: 'The day before', stock: 'Masks last {n} days', low: 'fewer than {n} days',
	same: 'Unchanged since the day before', notKnown: 'Not told', hidden: 'Told, not shown', fix: 'Put right',
	source: { told: 'Told', files: 'From {n} staff files', round: 'From the health round of the day ({n})', gate: 'From the disinfection of the day ({n})', check: 'From the check of {day}', site: 'From the register', before: 'As on {day}', sum: 'On the roll, less on duty and isolated' },
};

export default siteDay;
