import type { Slot } from '@/api/roster';
import { addDays, stampOf, stampText, weekdayOf } from './time';

/* Days and hours of rosters. */

export const mondayOf = (day: string): string => addDays(day, -((weekdayOf(day) + 6) % 7));
export const daysFrom = (day: string, count: number): string[] => Array.from({ length: count }, (_, n) => addDays(day, n));

/* "08:00–16:00" of two stamps, in the incident's zone. */
export const hoursText = (starts: string, ends: string): string => `${stampText(starts).slice(11)}–${stampText(ends).slice(11).replace('00:00', '24:00')}`;
export const slotText = (slot: Slot): string => `${slot.from}–${slot.until}`;

/* The stamps of a shift of a day; one that ends no later than it begins goes beyond midnight. */
export function stampsOf(day: string, from: string, until: string): { starts: string; ends: string } {
	const beyond = until === '24:00' || until <= from;
	return { starts: stampOf(day, from), ends: stampOf(beyond ? addDays(day, 1) : day, until === '24:00' ? '00:00' : until) };
}

/* The shifts of a day that are usual, with as many people each. */
export const patterns: Record<string, string[]> = {
	three: ['08:00-16:00', '16:00-24:00', '00:00-08:00'],
	two: ['08:00-20:00', '20:00-08:00'],
	day: ['08:00-18:00'],
};
export const patternText = (name: string, people: number): string => (patterns[name] ?? []).map((one) => `${one} x${people}`).join(', ');
