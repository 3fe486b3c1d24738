import { get, post } from './http';
import type { Named, Page } from './types';

/* The ledger of policies: what a firm has, how far a policy came, questions. */

export type Owed = {
	id: string; version: number; policy: Named; issuer: string | null; materials: string | null; phone: string | null; state: string; mode: 'none' | 'apply' | null; verdict: string; why: string | null; reason: string | null;
	estimate: number | null; asked: number | null; granted: number | null; paid: number | null; apply_by: string | null; known_day: string | null; told_day: string | null; may: string[];
};
export type Lacking = { policy: Named; qualifies: boolean; facts: string[] };
export type FirmPolicies = { site: Named; rows: Owed[]; missing: Lacking[]; judging: boolean; message: string };
export const readFirmPolicies = (site: string) => get<FirmPolicies>(`/sites/${site}/deliveries`);

export type Told = { told: number; rows: { id: string; status: number; detail?: string }[] };
export const tellDeliveries = (ids: string[], how: string, heard: boolean) => post<Told>('/deliveries/tell', { rows: ids, how, ...(heard ? { heard } : {}) });

/* What several firms qualify for and were not told of. */
export async function readUntold(sites: string[]): Promise<string[]> {
	const ids: string[] = [];
	for (let after: string | null | undefined; after !== null;) {
		const page: Page = await get<Page>('/deliveries', { site: sites.join(','), state: 'matched', limit: 500, after });
		ids.push(...page.rows.map((one) => one.id));
		after = page.next;
	}
	return ids;
}

export const knowDeliveries = (ids: string[]) => post<Told>('/deliveries/acknowledge', { rows: ids });

export type Matching = { running: boolean; done: number; total: number; yes: number; missing: number; at: string | null };
export type Funnel = { counts: Record<string, number>; matching: Matching | null };
export const readFunnel = (policy: string, area?: string) => get<Funnel>(`/policies/${policy}/funnel`, { area });

/* id and site only where the asker may see the firm. */
export type Question = { id?: string; site?: Named; text: string; state: 'asked' | 'answered'; day: string; answer: string | null; answered_day: string | null; may: boolean };
export const readQuestions = (policy: string) => get<{ rows: Question[] }>(`/policies/${policy}/questions`);
