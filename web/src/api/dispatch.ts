import { call, post } from './http';

/* Who is proposed for which post on a day, and why. */

export type Named = { id: string; name: string };

/* look: there is something about their health to be looked at before they are sent; what it is is not told. */
export type Someone = { person: Named; org?: Named; look: string | null; fit: number; why: string[] };

export type Proposal = Someone & {
	post: Named;
	lead: boolean;
	locked: boolean;
	/* The post that would suit this person more, and by how much. */
	better?: Named;
	given_up?: number;
};

/* Who is left of a plan, for one post; stops: what keeps them from it. */
export type Spare = Someone & { stops: string | null };

export type Lack = { id: string; name: string; kind: string; lacks: number; given: number; why: string | null };

export type Plan = { day: string; posts: Lack[]; proposals: Proposal[]; left: number; fit: number; parts: number; gap_seats: number; gap: number };

export type Pair = { person: string; post: string };

/* reveal: why names are to be read in clear; recorded. */
export type Where = { area?: string | undefined; day: string; reveal?: string | undefined };
const queryOf = (where: Where) => new URLSearchParams({ day: where.day, ...(where.area ? { area: where.area } : {}), ...(where.reveal ? { reveal: where.reveal } : {}) });

export const propose = (where: Where, locks: Pair[], bars: Pair[]) => post<Plan>(`/dispatch?${queryOf(where)}`, { locks, bars });

/* sent: those whom the plan sends. */
export const readLeft = (where: Where, ask: { post: string; sent: string[]; bars: Pair[]; q?: string; from: number; limit: number }) =>
	post<{ total: number; rows: Spare[] }>(`/dispatch/left?${queryOf(where)}`, ask);

/* Sends the orders of a day by message, those not sent yet. */
export const tellOrders = (where: { area?: string | undefined; day: string }) => post<{ told: number; already: number; without_phone: number }>(`/orders/tell?${queryOf(where)}`, {});

type Made = { status?: number; id?: string; detail?: string; fields?: { detail: string }[]; warnings?: { detail: string }[] };

/* Writes what was accepted, and says what is odd about it; each row has an id of its own, so that a second try makes nothing twice. */
export const accept = (rows: object[]) => call<{ rows: Made[] }>('POST', '/assignments', { body: { rows, warnings: true } });
