import { get } from './http';
import type { Named, Value } from './types';

/* A firm's day before it is told: what is known already and where from, what is asked. Private values come masked. */

export type DaySource = 'told' | 'files' | 'round' | 'gate' | 'check' | 'site' | 'before' | 'sum';
export type DayFact = { record: 'site' | 'site_day'; field: string; label: string; unit?: string; value: Value; source: DaySource | null; count?: number; day?: string; last?: Value; needed: boolean };
export type SiteDay = {
	site: Named; day: string; row: string | null; repeats: boolean; masks_person: number; stock_least: number; jump_percent: number;
	facts: DayFact[]; all: number; known: number; new_on_duty: number | null; stock_days: number | null; low: boolean;
};

export const readSiteDay = (site: string, day: string) => get<SiteDay>(`/sites/${site}/day`, { day });
