import { call, get } from './http';

/* Policies: their trees, what they say of sites, the facts that decide them. Numbers are in smallest units: fen, hundredths of a percent. */

export type Band = { from?: string; to?: string; upto?: number; compare: string; value: number };
/* A group or a leaf: the one member of all, any, not or is tells which. */
export interface Node {
	all?: Node[]; any?: Node[]; not?: Node; is?: string; note?: string;
	fact?: string; of?: string[]; codes?: string[]; compare?: string; value?: boolean | number | string;
	top?: string; less?: string; bottom?: string; parts?: number; heads?: string; bands?: Band[]; policies?: string[]; levels?: string[];
}
export interface Case { when?: Node; give: Benefit }
export interface Benefit {
	kind: string; note?: string; amount?: number; base?: string; rate?: number; heads?: string; per?: number | string; months?: number | string; most_months?: number; free?: number; half?: number;
	balance?: string; from?: number | string; to?: number | string; share?: number; other?: string; most_share?: number; cap?: number; caps?: Record<string, number>; of?: (Benefit | Case)[];
}

export type Verdict = 'yes' | 'no' | 'missing';
export type Missing = { fact: string; label: string; month: string | null; register: boolean };
export type Reason = { at: string; verdict: Verdict; asked: string; seen: string | null; missing?: Missing };
export type Judgement = { verdict: Verdict; amount: number | null; amount_known: boolean; amount_none: boolean; missing: Missing[]; reasons?: Reason[] };
export type Sentence = { at: string; depth: number; group: boolean; text: string; note: string | null };
export type Words = { conditions: Sentence[]; gives: string };
export type Judged = Judgement & { id: string; title: string; mode: string; gives: string; phone: string | null; ends: string | null; apply_by: string | null; month: string };
export type Tried = Words & { month: string; rows: (Judgement & { site: string; name: string })[]; next: string | null; counts: Record<Verdict | 'sites', number>; amount: number; amount_unknown: number; whole: boolean };

export const readWords = (id: string) => get<Words>(`/policies/${id}/words`);
export const readSite = (site: string, day?: string) => get<{ tells: boolean; rows: Judged[] }>(`/sites/${site}/policies`, { day });
export const tryPolicy = (body: object) => call<Tried>('POST', '/policies:try', { body });
export const loadExamples = (area: string | undefined) => call<{ made: number }>('POST', '/policies/examples', { body: area ? { area } : {} });
