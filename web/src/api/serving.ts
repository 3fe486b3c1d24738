import { get } from './http';
import type { Named } from './types';

/* Who serves, unit by unit, and who has gone long without a day of rest. */

export type Unit = { org?: Named; pledged: number; serving: number; party: number; leading: number; shifts: number; hours: number; longest: number };
export type Tired = { person: Named; org?: Named; days: number };
/* days: over so many the shifts and hours are added up; allowed: days in a row before one rests. */
export type Serving = { day: string; days: number; allowed: number; units: Unit[]; tired_all: number; tired: Tired[] };

export const readServing = (where: { area?: string | undefined; day?: string | undefined; reveal?: string | undefined }) => get<Serving>('/serving', where);
