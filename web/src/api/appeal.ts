import { get, post } from './http';
import type { Named } from './types';

/* How an appeal was answered, and a unit's list that answers it. */

export type Part = { org?: Named; code?: string; waiting: number; approved: number; declined: number; withdrawn: number };
export type Parts = { units: Part[]; ranks: Part[]; wishes: Part[] };
export const readParts = (appeal: string) => get<Parts>(`/appeals/${appeal}/parts`);

/* known: somebody found by ID number, by phone and name, or by name in the unit; signed_up: they had answered already. */
export type Entry = { status: number; id?: string; person?: Named; known?: boolean; signed_up?: boolean; detail?: string; field?: string | null };
export const sendList = (appeal: string, org: string, rows: object[], preview: boolean, to: string | null) => post<{ rows: Entry[] }>(`/appeals/${appeal}/list`, { org, rows, preview, ...(to ? { post: to } : {}) });
