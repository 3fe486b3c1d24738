import { get, type Query } from './http';
import type { Area, Named, Row } from './types';

/* The return of an area or firm for a day, and what is still missing from below. */

export type ReturnState = 'missing' | 'draft' | 'late' | 'zero' | 'submitted' | 'sent_back' | 'sealed';

export type ReturnOf = { area: Area; state: ReturnState; late: boolean; zero: boolean; at: string | null; by: string | null; reason: string | null };

/* An area's figure names a measure, a firm's one of its fields. */
export type Figure = { measure?: string; field?: string; label: string; unit?: string; scale?: number; total?: boolean; value: number | null; before: number | null; now?: number };

export type Restatement = { measure: string; label: string; scale?: number; total?: boolean; kept: number; now: number };

export type ReturnDay = {
	area?: Area;
	site?: Named;
	day: string;
	as_of: string;
	due_at: string;
	state: ReturnState;
	late: boolean;
	overdue: boolean;
	return: Row | null;
	figures: Figure[];
	restated?: Restatement[];
	children?: ReturnOf[];
	counts?: Partial<Record<ReturnState, number>>;
	firms?: { due: number; submitted: number; zero: number; late: number; missing: number; rows: { site?: Named; area?: Area }[]; next: string | null };
};

/* A piece of the text; a figure, a rate or a name says what it stands for. */
export type Segment = { text: string; measure?: string; total?: boolean; part?: Record<string, string>; indicator?: string; area?: string; site?: string };
export type Bulletin = { day: string; title: string; paragraphs: { heading: boolean; segments: Segment[] }[]; zh: string; en: string };

type Where = { area?: string | undefined; site?: string | undefined; day?: string | undefined };

export const readReturn = (where: Where) => get<ReturnDay>('/returns/day', where);
/* A firm or an area that has not reported. */
export type Missing = { kind: 'firm' | 'area'; site?: Named; area?: Area };
export type MissingPage = { day: string; rows: Missing[]; next: string | null };
export const readMissing = (where: Query) => get<MissingPage>('/returns/missing', where);
export const readBulletin = (where: Where & { language: string }) => get<Bulletin>('/bulletin', where);
