import { ref, shallowRef } from 'vue';
import { get, type Query } from '@/api/http';
import { problemOf, type Problem } from '@/api/problem';
import type { Page, Row } from '@/api/types';

const firstPage = 60;
const farPage = 200;

/* Rows of a list by cursor, one after another as far as the reader scrolls. */
/* How far the server counts a list. */
export const counted = 10000;

type Source = { path: string; query: Query };
type Read = (source: Source, more: Query, signal: AbortSignal) => Promise<Page>;

const readPage: Read = (source, more, signal) => get<Page>(source.path, { ...source.query, ...more }, signal);

export function useRows(source: () => Source | null, read: Read = readPage) {
	const rows = shallowRef<Row[]>([]);
	const total = ref<number | null>(null);
	const more = ref(false);
	const loading = ref(false);
	const problem = ref<Problem | null>(null);
	let cursor: string | null = null;
	let wanted = 0;
	let abort: AbortController | null = null;

	async function fill(first: boolean): Promise<void> {
		const from = source();
		if (!from)
			return;
		const mine = new AbortController();
		abort = mine;
		loading.value = true;
		try {
			do {
				const limit = first ? firstPage : farPage;
				const page = await read(from, first ? { limit, count: 1 } : { limit, after: cursor }, mine.signal);
				if (mine !== abort)
					return;
				rows.value = first ? page.rows : rows.value.concat(page.rows);
				if (first || page.total !== null)
					total.value = page.total;
				cursor = page.next;
				more.value = cursor !== null;
				problem.value = null;
				first = false;
			} while (cursor !== null && rows.value.length <= wanted);
		} catch (error) {
			if (mine !== abort)
				return;
			problem.value = problemOf(error);
		}
		loading.value = false;
	}

	function reload(): Promise<void> {
		abort?.abort();
		wanted = 0;
		cursor = null;
		return fill(true);
	}

	/* Sees to it that the row at this place is loaded. */
	function need(index: number): void {
		wanted = index;
		if (!loading.value && more.value && index >= rows.value.length && !problem.value)
			void fill(false);
	}

	function again(): void {
		problem.value = null;
		void (rows.value.length ? fill(false) : reload());
	}

	function replace(row: Row): void {
		const at = rows.value.findIndex((one) => one.id === row.id);
		if (at >= 0)
			rows.value = rows.value.with(at, row);
	}

	return { rows, total, more, loading, problem, reload, need, again, replace };
}
