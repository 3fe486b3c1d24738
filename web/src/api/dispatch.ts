import { call, post } from './http';

/* Who is proposed for which post on a day, and why. */

export type Named = { id: string; name: string };

export type Proposal = {
	person: Named;
	org?: Named;
	post: Named;
	lead: boolean;
	locked: boolean;
	fit: number;
	why: string[];
	/* The post that would suit this person more, and by how much. */
	better?: Named;
	given_up?: number;
};

export type Lack = { id: string; name: string; kind: string; lacks: number; given: number; why: string | null };

export type Plan = { day: string; posts: Lack[]; proposals: Proposal[]; left: number; fit: number; parts: number; gap_seats: number; gap: number };

export type Pair = { person: string; post: string };

export const propose = (where: { area?: string | undefined; day: string }, locks: Pair[], bars: Pair[]) => {
	const query = new URLSearchParams({ day: where.day, ...(where.area ? { area: where.area } : {}) });
	return post<Plan>(`/dispatch?${query}`, { locks, bars });
};

/* Sends the orders of a day by message, those not sent yet. */
export const tellOrders = (where: { area?: string | undefined; day: string }) => {
	const query = new URLSearchParams({ day: where.day, ...(where.area ? { area: where.area } : {}) });
	return post<{ told: number; already: number; without_phone: number }>(`/orders/tell?${query}`, {});
};

type Made = { status?: number; id?: string; detail?: string; fields?: { detail: string }[] };

/* Writes what was accepted; each row has an id of its own, so that a second try makes nothing twice. */
export const accept = (rows: object[]) => call<{ rows: Made[] }>('POST', '/assignments', { body: { rows } });
