import type zh from './zh-desk';

/* What is due of a firm and what it waits for. */
const desk: typeof zh = {
	title: 'What is due of the firm', open: 'What is due', nothing: 'Nothing is due', due: '{n} due', late: '{n} late', clear: 'Nothing to do', more: '{n} more', past: 'What is due is shown for today alone.',
	code: 'QR code', codeHelp: 'Scanned with a phone’s browser or WeChat it opens what is due of the firm, after signing in. It may hang on a wall: it says nothing of the firm.', codeOf: 'QR code of what is due of the firm',
	state: { late: 'Late', due: 'Due', waits: 'Waits' },
	name: { return: 'Return', health: 'Daily health', filing: 'Filing', staff: 'Staff files', findings: 'Findings', checks: 'Checks', needs: 'Needs', plans: 'Plans', policies: 'Policies', loans: 'Loans and insurance', tests: 'Tests of workers', advice: 'Advice', urgent: 'Urgent reports' },
	todo: { findings: '{n} to put right', checks: '{n} to confirm', needs: '{n} to confirm', loans: '{n} with offers to choose from', advice: '{n} with times to choose from', urgent: '{n} to follow up', plans: '{n} not told of today' },
	waits: { findings: '{n} to be rechecked', needs: '{n} in progress', loans: '{n} in progress', tests: '{n} with results to come', advice: '{n} arranged', policies: '{n} applied for', filing: 'Under review' },
	advise: 'Ask for advice', none: 'None', dayState: '{day}: {state}', sentBack: '{day}: sent back, tell it again', byThen: 'Due {at}',
	healthTold: '{told} of {due} on duty told', healthMissing: '{n} missing', healthNone: 'Nobody is on duty',
	lacks: '{n} still missing', ready: 'complete, to be submitted', notFiled: 'Not filed', conditions: 'conditions to be met', conditionsTold: 'conditions reported as met', fileAgain: 'to be filed anew', lesson: 'first lesson to be held', lessonRecord: 'Record the first lesson',
	files: '{files} files', lacking: '{n} incomplete', without: '{n} without a file', release: '{n} to be released from isolation', overdue: '{n} not back in time',
	plansTold: '{told} of {due} told of today',
	qualifies: 'Qualifies for {n}', unknown: '{n} to acknowledge', apply: '{n} to apply for', applyBy: 'the first by {day}', missing: '{n} hang on missing facts',
	registerTell: 'Told on the firm’s page: {step}', registerAsk: 'Kept in the register: ask your liaison',
	tellFirms: '{n} firms were told ({rows} policies)', tellNone: 'Tick the firms that were told, to record many at once',
};

export default desk;
