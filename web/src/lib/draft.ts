import type { Field, Value } from '@/api/types';
import { keep, kept } from './store';

/* What was typed and not yet submitted. Private values stay only as long as this tab; the rest outlives it. */

export type Values = Record<string, Value>;

function privateKept(key: string): Values {
	try {
		return JSON.parse(sessionStorage.getItem(`muster.${key}`) ?? '{}') as Values;
	} catch {
		return {};
	}
}

export function keepDraft(key: string, fields: Field[], values: Values): void {
	const secret = new Set(fields.filter((one) => one.private).map((one) => one.name));
	const split = (wanted: boolean) => Object.fromEntries(Object.entries(values).filter(([name]) => secret.has(name) === wanted));
	keep(key, split(false));
	sessionStorage.setItem(`muster.${key}`, JSON.stringify(split(true)));
}

export function keptDraft(key: string): Values | null {
	const found = { ...kept<Values>(key, {}), ...privateKept(key) };
	return Object.keys(found).length ? found : null;
}

export function dropDraft(key: string): void {
	keep(key, null);
	sessionStorage.removeItem(`muster.${key}`);
}
