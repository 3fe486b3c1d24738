import { get, post, type Query } from './http';
import type { Named, Page, Row } from './types';

/* Who answers for which site, on a day. */

export type Liaison = { person: Named; kind?: 'user' | 'person'; load: number; limit: number };

export type Coverage = {
	sites: number;
	covered: number;
	gaps: Row[];
	next: string | null;
	liaisons: Liaison[];
	default_load: number;
};

export type NewLink = { id: string; site: string; level: string; begins: string; [liaison: string]: string };
export type Answer = { status: number; id?: string; detail?: string; field?: string };

export const readCoverage = (query: Query) => get<Coverage>('/coverage', query);

/* The gap list as a page of rows. */
export async function readGaps(source: { path: string; query: Query }, more: Query, signal: AbortSignal): Promise<Page> {
	const wire = await get<Coverage>(source.path, { ...source.query, ...more, count: undefined }, signal);
	return { rows: wire.gaps, next: wire.next, total: wire.sites - wire.covered };
}

export const makeLinks = (rows: NewLink[]) => post<{ rows: Answer[] }>('/links', { rows });
