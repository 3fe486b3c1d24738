/* Days are "2020-03-05" texts of the incident's zone; stamps are UTC texts, shown in the incident's zone. */

const zone = 'Asia/Shanghai';
const dayMs = 86400000;

export function addDays(day: string, count: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

export const isDay = (text: unknown): text is string =>
	typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export function weekdayOf(day: string): number {
	return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function dayText(day: string, language: string, weekday = false): string {
	const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' };
	if (weekday)
		options.weekday = language === 'en' ? 'short' : 'long';
	return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', options).format(new Date(`${day}T00:00:00Z`));
}

export const weekdayText = (day: string, language: string): string =>
	new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', weekday: 'short' }).format(new Date(`${day}T00:00:00Z`));

/* "2020-03-05 12:00" in the incident's zone. */
export function stampText(stamp: string): string {
	const at = new Date(stamp);
	if (Number.isNaN(at.getTime()))
		return stamp;
	return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}

/* A stamp of local text "2020-03-05 12:00" as the server wants it. The zone has no summer time. */
export function stampOf(day: string, time: string): string {
	return new Date(`${day}T${time || '00:00'}:00+08:00`).toISOString();
}

export type Span = { unit: 'minute' | 'hour' | 'day'; count: number };

let ahead = 0;

/* The server's clock decides: a device's may be wrong, and a demonstration or an exercise runs on another day. Milliseconds by which it is ahead of this one. */
export function setAhead(ms: number): void {
	ahead = ms;
}
export const aheadOf = (stamp: string): number => Date.parse(stamp) - Date.now();

export const now = (): number => Date.now() + ahead;

/* The length of a span in the largest unit that says something. */
export function spanOf(ms: number): Span {
	const minutes = Math.abs(ms) / 60000;
	if (minutes < 60)
		return { unit: 'minute', count: Math.max(1, Math.round(minutes)) };
	if (minutes < 48 * 60)
		return { unit: 'hour', count: Math.round(minutes / 60) };
	return { unit: 'day', count: Math.round(minutes / 1440) };
}
