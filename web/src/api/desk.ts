import { get } from './http';
import type { Named } from './types';

/* The desk of a firm: what is due of it and what it waits for. */

export type DeskState = 'late' | 'due' | 'waits' | 'clear';
export type DeskRow = { record: string; id?: string; day?: string; title?: string; state: string; due_at: string | null; fields?: Record<string, unknown>; shown?: { text?: string | null } };
/* facts: what a section tells beside its rows, by its name. */
export type DeskSection = { name: string; state: DeskState; todo: number; late: number; waits: number; due_at: string | null; facts: Record<string, unknown>; rows: DeskRow[] };
/* due, late: sections in which something is. */
export type Desk = { site: Named; day: string; due: number; late: number; sections: DeskSection[]; link?: string; qr?: string | null };

export const readDesk = (site: string, more: { qr?: number } = {}) => get<Desk>(`/sites/${site}/desk`, more);
