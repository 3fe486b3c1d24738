import { get, post, type Query } from './http';
import type { Area, Named, Row } from './types';

/* Plans and key projects on a day, and electricity beside what firms tell. */

export type Blocker = { id: string; number: string; text: string; state: string; due_at: string | null };
export type PlanDay = {
	id: string; title: string; kind: string; target: string; begins: string; ends: string | null; site?: Named; lead?: Named; working: boolean; may: boolean;
	told: Row | null; before: Row | null; days_late: number; milestones: number; milestones_done: number; next: string | null; next_due: string | null; blockers: Blocker[];
};
export type PlansDay = { day: string; due: number; told: number; same: number; late: number; working: number; more: boolean; rows: PlanDay[] };
export const readPlans = (where: Query) => get<PlansDay>('/plans/day', where);

export type Repeated = { plan: string; status: number; detail?: string };
export const sendUnchanged = (plans: string[], day: string) => post<{ rows: Repeated[] }>('/plans/unchanged', { plans, day });
export const sendBlock = (plan: string, body: { id: string; kind: string; text: string }) => post<{ need: string; number: string }>(`/plans/${plan}/block`, body);

export type Share = { over: number; under: number };
/* index in hundredths; used in tenths of a kWh. */
export type PowerRow = { area: Area; firms: Share; used: Share; used_running: Share; told: Share; index: number | null };
export type Power = { day: string; running_percent: number; weight_firms: number; weight_used: number; rows: PowerRow[]; last: string | null };
export type Differ = { site: Named; status: string | null; area: string | null; running: boolean; kwh: number; base: number; reading: string };
export const readPower = (where: Query) => get<Power>('/power', where);
export const readDiffer = (where: Query) => get<{ rows: Differ[]; next: string | null }>('/power/differ', where);
