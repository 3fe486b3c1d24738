import type zh from './zh-mine';

/* One's own posts, shifts and leave. */
const mine: typeof zh = {
	whom: 'Offered to', whoever: 'Whoever holds the post', against: 'Against their shift', nothing: 'Nothing in return', why: 'Why', alone: 'Nobody else holds this post on that day: ask whoever leads it.', offer: 'Offer it', offered: 'The shift is offered',
};
export default mine;
