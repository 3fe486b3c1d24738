import { get, type Query } from './http';
import type { Area, Named, Page, Row } from './types';

/* Indicators and tallies: what the server gives, turned into the one form that the pages use. */

/* day: what it tells of; the rates of returns tell of the day before. */
export type Rate = { name: string; day?: string; over: number; under: number; before?: { over: number; under: number } };
export type ChildRates = { area: Area; rows: Rate[] };
export type DayRates = { day: string; rows: Rate[] };
export type Indicators = { rows: Rate[]; children: ChildRates[]; trend: DayRates[] };

/* cells: the parts of a count, by the values of its `by` fields joined with "|". */
export type Count = { measure: string; value: number; before: number; cells: Record<string, number> };

export type Work = { record: string; id: string; title: string; why: string; state: string; due_at: string | null; site: Named | null; link?: string | null; shown?: Record<string, unknown> };

type Where = { area: string; day?: string | undefined; total?: number | undefined };

type WireRate = { day?: string; over: number; under: number; before?: { over: number; under: number } };
type WireTrend = { days: string[] } & Record<string, (number | null)[]>;
type WireIndicators = { rows: { area: Area; indicators: Record<string, WireRate> }[]; trend?: WireTrend };
type WireTallies = { rows: { area: Area; counts: Record<string, { value: number; before: number; cells?: Record<string, number> }> }[] };

const ratesOf = (wire: Record<string, WireRate>): Rate[] => Object.entries(wire).map(([name, rate]) => ({ name, ...rate }));

function trendOf(trend: WireTrend | undefined, names: { name: string; over: string; under: string }[]): DayRates[] {
	return (trend?.days ?? []).map((day, n) => ({
		day,
		rows: names.flatMap(({ name, over, under }) => {
			const above = trend![over]?.[n];
			const below = trend![under]?.[n];
			return typeof above === 'number' && typeof below === 'number' ? [{ name, over: above, under: below }] : [];
		}),
	}));
}

export async function readIndicators(where: Where, names: { name: string; over: string; under: string }[], more: { children?: boolean; trend?: number } = {}): Promise<Indicators> {
	const wire = await get<WireIndicators>('/indicators', { ...where, children: more.children ? 1 : undefined, trend: more.trend });
	const [own, ...children] = wire.rows;
	return {
		rows: ratesOf(own?.indicators ?? {}),
		children: children.map((one) => ({ area: one.area, rows: ratesOf(one.indicators) })),
		trend: trendOf(wire.trend, names),
	};
}

export async function readTallies(where: Where, measures: string[]): Promise<Count[]> {
	const wire = await get<WireTallies>('/tallies', { ...where, measure: measures.join(',') });
	return Object.entries(wire.rows[0]?.counts ?? {}).map(([measure, count]) => ({ measure, value: count.value, before: count.before, cells: count.cells ?? {} }));
}

/* A page of the rows behind a figure, as a list gives them. */
export async function readFigureRows(source: { path: string; query: Query }, more: Query, signal: AbortSignal): Promise<Page> {
	const wire = await get<{ rows: { value: number; row: Row }[]; next: string | null }>(source.path, { ...source.query, ...more, count: undefined }, signal);
	return { rows: wire.rows.map((one) => one.row), next: wire.next, total: null };
}

export const readWork = (where: Where) => get<{ rows: Work[]; total: number | null }>('/work', where);

export const rateOf = (rows: Rate[] | undefined, name: string): Rate | undefined => rows?.find((one) => one.name === name);

/* Over by under as a part of one; null where there is nothing to divide by. */
export const partOf = (rate: { over: number; under: number } | undefined): number | null => (rate?.under ? rate.over / rate.under : null);

/* The parts of a count by one of its `by` fields. */
export function partsBy(count: Count, by: string[], name: string): { code: string; value: number }[] {
	const at = by.indexOf(name);
	const sums = new Map<string, number>();
	for (const [cell, value] of Object.entries(count.cells)) {
		const code = cell.split('|')[at] ?? '';
		sums.set(code, (sums.get(code) ?? 0) + value);
	}
	return [...sums].map(([code, value]) => ({ code, value })).sort((a, b) => b.value - a.value);
}

/* The sum of the cells that fit what was chosen. */
export function sumOf(count: Count, by: string[], chosen: Record<string, string>): number {
	if (!Object.keys(chosen).length)
		return count.value;
	return Object.entries(count.cells)
		.filter(([cell]) => by.every((name, n) => chosen[name] === undefined || chosen[name] === cell.split('|')[n]))
		.reduce((sum, [, value]) => sum + value, 0);
}
