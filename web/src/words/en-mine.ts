import type zh from './zh-mine';

/* One's own posts, shifts and leave. */
const mine: typeof zh = {
	whom: 'Offered to', whoever: 'Whoever holds the post', against: 'Against their shift', nothing: 'Nothing in return', why: 'Why', alone: 'Nobody else holds this post on that day: ask whoever leads it.', offer: 'Offer it', offered: 'The shift is offered',
	posts: 'My posts', place: 'Place', days: 'Days', hours: 'Hours', shifts: 'Shifts', leader: 'Leader', youLead: 'You lead at this post', noLeader: 'Not named yet', duties: 'Duties', noDuties: 'No duties are set for this kind of post; an administrator writes them in Setup, Kinds of post.', order: 'Order', noPosts: 'You hold no post at present.', given: 'Served and received', subsidy: 'Subsidy of {month} ({n} day) | Subsidy of {month} ({n} days)',
	leaves: 'Leave', askLeave: 'Ask for leave', leaveKind: 'Kind', kind: { leave: 'Leave', sick: 'Sick', quarantine: 'Quarantined', end: 'End of post' }, begins: 'From', ends: 'Until', endsHelp: 'The last day; empty: until you are back', reason: 'Reason', reasonHelp: 'Private: only those who grant leave see it, with a reason, and each look is on record', leaveHelp: 'Once granted, your posts and shifts end from that day and others take them; what is still free when you are back is yours again.', leaveAsked: 'Asked for; it waits to be granted', noLeaves: 'No leave.', answer: 'Why it is refused',
	leaveState: { asked: 'Asked for', granted: 'Granted', refused: 'Refused', back: 'Back', withdrawn: 'Withdrawn' },
};
export default mine;
