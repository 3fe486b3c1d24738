import { ref, watch, type ShallowRef } from 'vue';
import { line } from '@/api/http';
import { problemOf } from '@/api/problem';
import { shelve, sweep, unshelve } from '@/lib/idb';
import { useLoad } from '@/lib/load';
import { now, stampText } from '@/lib/time';
import { userKey } from './session';

/* The last answer to what a page asked, kept on this device for its user and for the rest of the day, so that the page opens without a network. Names and health come masked from the server; an answer in clear is never kept. */

type Kept = { at: number; answer: unknown };
const keyOf = (name: string) => `last.${userKey.value}.${name}`;
const dayOf = (at: number) => stampText(new Date(at).toISOString()).slice(0, 10);
const isFresh = (one: Kept | undefined): one is Kept => one !== undefined && dayOf(one.at) === dayOf(now());

export const keepLast = (name: string, answer: unknown) => void shelve('aside', keyOf(name), { at: now(), answer } satisfies Kept).catch(() => undefined);

export async function lastKnown<T>(name: string): Promise<{ at: number; answer: T } | null> {
	const found = await unshelve<Kept>('aside', keyOf(name)).catch(() => undefined);
	return isFresh(found) ? { at: found.at, answer: found.answer as T } : null;
}

/* What is of another day goes, whoever's it is. */
export const dropOldAnswers = () => sweep('aside', (key, value) => key.startsWith('last.') && !isFresh(value as Kept)).catch(() => undefined);

/* Reads as useLoad does; where nobody answers, the last answer of this day is in sight, and `asOf` says of when. An answer without a name is not kept. */
export function useLast<T>(key: () => unknown, name: () => string, read: () => Promise<T>, idle: () => boolean = () => true) {
	const asOf = ref(0);
	const loaded = useLoad(key, async () => {
		const called = name();
		try {
			const answer = await read();
			asOf.value = 0;
			if (called && answer)
				keepLast(called, answer);
			return answer;
		} catch (error) {
			const last = problemOf(error).away && called ? await lastKnown<T>(called) : null;
			if (!last)
				throw error;
			asOf.value = last.at;
			return last.answer;
		}
	});
	watch(() => line.up, (up) => { if (up && asOf.value && idle()) void loaded.load(); });
	return { ...loaded, data: loaded.data as ShallowRef<T | null>, asOf };
}
