import { get } from './http';
import type { Area, Named, Row } from './types';

/* The return of an area or firm for a day, and what is still missing from below. */

export type ReturnState = 'missing' | 'late' | 'zero' | 'submitted';

export type ReturnOf = { area?: Area; site?: Named; state: ReturnState; at: string | null };

export type ReturnDay = {
	area?: Area;
	site?: Named;
	day: string;
	as_of: string;
	due_at: string;
	state: ReturnState;
	return: Row | null;
	figures: { measure: string; value: number; before: number | null }[];
	children: ReturnOf[];
};

export type Bulletin = { zh: string; en: string };

type Where = { area?: string | undefined; site?: string | undefined; day: string };

export const readReturn = (where: Where) => get<ReturnDay>('/returns/state', where);
export const readBulletin = (where: Where) => get<Bulletin>('/bulletin', where);
