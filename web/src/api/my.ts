import { get, post } from './http';
import type { Named } from './types';

/* One's own shifts: what comes, what those before left to say, the week. */

export type OwnShift = {
	id: string; version: number; post: Named; place: string | null; starts: string; ends: string;
	state: 'planned' | 'here' | 'done' | 'missed'; came: string | null; gone: string | null; handover: string | null;
};
/* opens: when one may check in. */
export type NextShift = OwnShift & { opens: string; notes: { who: string; at: string; text: string }[] };
/* An open swap: of one's own shift (who: to whom, null: whoever), or offered to oneself (who: by whom). */
export type OwnSwap = { id: string; state: 'asked' | 'taken'; mine: boolean; who: string | null; against: boolean; shift: OwnShift };
export type Mine = {
	swaps: OwnSwap[];
	now: string; person: string | null; next: NextShift[]; more: boolean;
	week: { from: string; until: string; hours: number; in_row: number; allowed: number; shifts: (OwnShift & { hours: number })[] };
};

export const readMine = () => get<Mine>('/my/shifts');

/* Whoever else holds the post of one's own shift, with their shifts to come there. */
export type Mate = { person: Named; shifts: { id: string; starts: string; ends: string }[] };
export const readMates = (shift: string) => get<{ rows: Mate[] }>(`/my/shifts/${shift}/mates`).then((answer) => answer.rows);
export const offerSwap = (offer: { id: string; shift: string; whom?: string; against?: string; note?: string }) => post<{ id: string; state: string }>('/my/swaps', offer);
export const stepOwnSwap = (id: string, step: 'accept' | 'withdraw', deed: string) => post<{ state: string }>(`/my/swaps/${id}/${step}`, { deed });

/* A post that one holds, or held not long ago; the leader's number only where one may see it. */
export type Held = {
	id: string; post: string; kind: string | null; place: string | null; begins: string; ends: string | null; hours: string | null; shifts: string | null;
	duties: string | null; leads: boolean; leader: string | null; phone: string | null;
};
export type Given = { id: string; kind: string; item: string | null; day: string; amount: number | null; unit: string | null; money: number | null; giver: string | null };
export type Owed = { id: string; month: string; state: string; day_count: number; amount: number; paid_day: string | null };
export type MyPosts = { person: string | null; held: Held[]; care: Given[]; subsidies: Owed[]; served?: { days: number; hours: number; certificate: string | null } };
export const readPosts = () => get<MyPosts>('/my/posts');

export type LeaveKind = 'leave' | 'sick' | 'quarantine' | 'end';
export type OwnLeave = {
	id: string; kind: LeaveKind; begins: string; ends: string | null; state: 'asked' | 'granted' | 'refused' | 'back' | 'withdrawn';
	back_on: string | null; reason: string | null; answer: string | null;
};
export const readLeaves = () => get<{ person: string | null; rows: OwnLeave[] }>('/my/leaves');
export const askLeave = (leave: { id: string; kind: LeaveKind; begins: string; ends?: string; reason?: string }) => post<{ id: string; state: string }>('/my/leaves', leave);
export const withdrawLeave = (id: string, deed: string) => post<{ state: string }>(`/my/leaves/${id}/withdraw`, { deed });
