import { computed, ref, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery, type RouteLocationRaw } from 'vue-router';
import { get } from '@/api/http';
import { Problem } from '@/api/problem';
import type { Area, Page, Row } from '@/api/types';
import { isId } from '@/lib/text';
import { isDay } from '@/lib/time';
import { session } from './session';

/* Where am I: the area and the day, both in the URL, so that any view can be sent as a link. */

const known = new Map<string, Promise<Area>>();

async function fetchArea(key: string): Promise<Area> {
	const row = isId(key) ? await get<Row>(`/areas/${key}`) : (await get<Page>('/areas', { code: key, limit: 1 })).rows[0];
	if (!row)
		throw new Problem(404, { code: 'not_found' });
	const area = row as unknown as Area;
	return { ...area, ancestors: await ancestorsOf(area) };
}

/* As far up as the user's grants reach. */
async function ancestorsOf(area: Area): Promise<Area[]> {
	// Nothing above one's own area is asked for: the server would not know it.
	if (!area.parent || area.id === session.value?.home?.id)
		return [];
	try {
		const parent = await areaOf(area.parent);
		return [...(parent.ancestors ?? []), parent];
	} catch {
		return [];
	}
}

/* An area with its ancestors, asked for once. */
export function areaOf(key: string): Promise<Area> {
	let found = known.get(key);
	if (!found) {
		found = fetchArea(key);
		known.set(key, found);
		found.catch(() => known.delete(key));
	}
	return found;
}

export const areaKey = (area: Area): string => area.code || area.id;

const one = (value: LocationQuery[string] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

export function useWhere() {
	const route = useRoute();
	const router = useRouter();
	const today = computed(() => session.value?.today ?? new Date().toISOString().slice(0, 10));
	const home = computed(() => session.value?.home ?? null);
	const area = computed(() => one(route.query['area']) || (home.value ? areaKey(home.value) : ''));
	const day = computed(() => {
		const wanted = one(route.query['day']);
		return isDay(wanted) && wanted < today.value ? wanted : today.value;
	});
	const past = computed(() => day.value < today.value);
	/* The day as a parameter: absent for today, so that the server's own clock decides. */
	const dayQuery = computed(() => (past.value ? day.value : undefined));

	function go(change: { area?: string; day?: string }): void {
		const query = { ...route.query };
		if (change.area !== undefined)
			query['area'] = change.area;
		if (change.day !== undefined) {
			if (change.day < today.value)
				query['day'] = change.day;
			else
				delete query['day'];
		}
		void router.push({ path: route.path, query });
	}
	return { area, day, dayQuery, today, past, home, go };
}

/* The area named in the URL, with its ancestors, as soon as the server has said it. */
export function useArea() {
	const { area, home } = useWhere();
	const now = ref<Area | null>(null);
	watch(area, async (key) => {
		if (!key) {
			now.value = null;
			return;
		}
		try {
			const found = await areaOf(key);
			if (area.value === key)
				now.value = found;
		} catch {
			now.value = home.value;
		}
	}, { immediate: true });
	return now;
}

/* Carries area and day from page to page. */
export function carryWhere(to: LocationQuery, from: LocationQuery): LocationQuery | null {
	const query = { ...to };
	let changed = false;
	for (const name of ['area', 'day'])
		if (query[name] === undefined && from[name] !== undefined) {
			query[name] = from[name]!;
			changed = true;
		} else if (query[name] === '') {
			delete query[name];
			changed = true;
		}
	return changed ? query : null;
}

export const rowPath = (plural: string, id: string): RouteLocationRaw => ({ path: `/r/${plural}/${id}` });
