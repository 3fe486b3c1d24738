import { get, post, type Query } from './http';
import { stampText } from '@/lib/time';
import type { Page, Row } from './types';

/* Who answers for which site, on a day. */

/* A liaison has an account, or is a person who has none yet. */
export type Holder = 'user' | 'person';

export type Liaison = { user?: string; person?: string; name: string; account: string | null; here: number; links: number; staff: number; limit: number; over: boolean };

/* since_at: the moment of that day, where it began in the middle of it. */
export type Gap = { site: Row; since: string; since_at: string | null; days: number };

export type Coverage = {
	sites: number;
	linked: number;
	/* The word in use for a link: 挂点, 联点, 包保. */
	word: string;
	limits: Record<string, number>;
	gaps: Gap[];
	next: string | null;
	liaisons: Liaison[];
	liaisons_next: string | null;
};

export type Assigned = { site: string; status: number; id?: string; detail?: string; warnings?: string[] };

export const holderOf = (one: Liaison): Holder => (one.user ? 'user' : 'person');
export const idOf = (one: Liaison): string => one.user ?? one.person ?? '';

export const readCoverage = (query: Query) => get<Coverage>('/coverage', query);

/* The gap list as a page of rows; since when nobody answers stands in each. */
export async function readGaps(source: { path: string; query: Query }, more: Query, signal: AbortSignal): Promise<Page> {
	const wire = await get<Coverage>(source.path, { ...source.query, ...more, count: undefined }, signal);
	return { rows: wire.gaps.map((one) => ({ ...one.site, gap_since: one.since_at ? stampText(one.since_at) : one.since, gap_days: one.days })), next: wire.next, total: wire.sites - wire.linked };
}

export type Assignment = { sites: string[]; user?: string; person?: string; level: string; from: string };

export const assign = (body: Assignment) => post<{ rows: Assigned[] }>('/coverage/assign', body);

export const handOver = (from: Liaison, holder: Holder, to: string, day: string) =>
	post<{ count: number }>('/coverage/handover', { [`from_${holderOf(from)}`]: idOf(from), [`to_${holder}`]: to, day });
