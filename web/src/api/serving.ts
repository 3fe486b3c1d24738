import { get } from './http';
import type { Named } from './types';

/* Who serves, unit by unit, and who has gone long without a day of rest. */

export type Unit = { org?: Named; pledged: number; serving: number; party: number; leading: number; shifts: number; hours: number; longest: number; longest_person: string | null; unknown: number };
export type Tired = { person: Named; org?: Named; days: number };
/* unknown: they serve at posts without a roster, so nobody knows whether they rest; unknown_days: so long the longest of them has held the post. */
/* days: over so many the shifts and hours are added up; allowed: days in a row before one rests. */
export type Serving = { day: string; days: number; allowed: number; units: Unit[]; tired_all: number; tired: Tired[]; unknown_all: number; unknown_days: number };

export const readServing = (where: { area?: string | undefined; day?: string | undefined; reveal?: string | undefined }) => get<Serving>('/serving', where);
