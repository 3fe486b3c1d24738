import { get } from './http';
import type { Area, Row } from './types';

/* A firm's filing to work again: all that one looks at while it is written or reviewed. */

export type Lack = { field: string; label: string; firm: boolean };
export type Obstacle = { id: string; item: string; text: string | null; severity: string; state: string; due: string };
export type Turn = { step: string; state: string; at: string; by: string | null; code: string | null; text: string | null };

export type Desk = {
	firm: Row;
	filing: Row | null;
	batches: Row[];
	rule: { route: string; area?: Area; day?: string };
	standard: { id: string; version: string; title: string } | null;
	limits: { days_ahead: number; first_day: string; review_hours: number; stock_days: number; rooms_needed: number | null; rooms_from: number; rooms_share: number; rooms_upto: number; rooms_least: number; six_kinds: string; inspection: number };
	/* -1: not known */
	stock_days: number;
	batch_people: number;
	/* What the route asks for, and what of it is not there yet. */
	needs: string;
	lacks: Lack[];
	lesson: { id: string; day: string } | null;
	/* For who may see checks. */
	obstacles?: Obstacle[];
	self_checks?: Row[];
	inspections?: Row[];
	writes: boolean;
	tells: boolean;
};

export const readDesk = (site: string, filing?: string): Promise<Desk> => get<Desk>(`/sites/${site}/filing`, { filing });

/* How a filing stands, for anybody who knows its number. */
export type FilingState = { number: string; firm: string; state: string; label: string; day: string | null; conditions: number; conditions_open: boolean };
export const readFilingState = (number: string): Promise<FilingState> => get<FilingState>(`/public/filings/${encodeURIComponent(number)}`);

export const sheetPath = (filing: string): string => `/filings/${filing}/sheet.pdf`;
export const turnsOf = (row: Row): Turn[] => (row['flow'] ?? []) as Turn[];

export const toneOf = (state: unknown): string => ({ approved: 'green', recorded: 'green', noted: 'green', returned: 'red', refused: 'red', suspended: 'red', draft: 'amber', submitted: 'blue', reviewing: 'blue' })[String(state)] ?? '';
