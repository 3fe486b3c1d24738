import { call, get } from './http';
import type { Row } from './types';

/* The roster of posts over some days, what is proposed for it, and its changes. */

export type Named = { id: string; name: string };
export type Slot = { from: string; until: string; people: number };
export type WeekPost = { id: string; name: string; may: boolean; slots: (Slot & { lacks: number[] })[] };
export type WeekPerson = { person: Named; org: string | null; post: string; lead: boolean; hours: number; in_row: number; holds: boolean[] };
export type Shift = {
	id: string; version: number; post: string; person: string; day: string; slot: number; starts: string; ends: string;
	state: string; over: string | null; over_by: string | null;
};
export type Week = {
	day: string; days: number; more: boolean;
	rules: { hours: number; row: number; nights: number };
	posts: WeekPost[]; people: WeekPerson[]; shifts: Shift[];
};

export type Seat = { id: string; day: string; slot: number; starts: string; ends: string; night: boolean; person: Named | null; why?: string[] };
export type Load = { person: Named; hours: number; shifts: number; nights: number; in_row: number; look: string | null };
export type Proposal = { post: Named; day: string; days: number; slots: Slot[]; shifts: Seat[]; people: Load[]; there: number; filled: number; empty: number };
export type Ask = { post: string; day: string; days: number; slots: string; rotate: string; people?: string[] };

export const readWeek = (where: { post?: string; area?: string; day: string; days: number; reveal?: string }) => get<Week>('/roster', where);
export const propose = (ask: Ask, reveal = '') => call<Proposal>('POST', '/roster', { body: ask, query: { reveal } });

/* Each shift has an id of its own, so that a second try makes nothing twice. */
export const accept = (proposal: Proposal) => call<{ ids: string[] }>('POST', '/roster/accept', {
	body: { post: proposal.post.id, shifts: proposal.shifts.filter((one) => one.person).map((one) => ({ id: one.id, person: one.person!.id, starts: one.starts, ends: one.ends })) },
});

export type Change = { person: string; starts: string; ends: string; over?: string };
export const moveShift = (shift: Shift, change: Change) => call<Row>('PATCH', `/shifts/${shift.id}`, { body: change, version: shift.version });
export const makeShift = (id: string, where: string, change: Change) => call<Row>('POST', '/shifts', { body: { id, post: where, ...change } });
export const dropShift = (shift: Shift, reason: string) => call('DELETE', `/shifts/${shift.id}`, { body: { reason }, version: shift.version });
