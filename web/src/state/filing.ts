import { computed, reactive, ref, watch, type Ref } from 'vue';
import { readDesk, type Desk } from '@/api/filing';
import { call } from '@/api/http';
import { problemOf, type Problem } from '@/api/problem';
import type { Field, Row, Value } from '@/api/types';
import { dropDraft, keepDraft, keptDraft, type Values } from '@/lib/draft';
import { makeId } from '@/lib/uuid';
import { changed } from './changes';
import { pluralOf } from './declarations';
import { userKey } from './session';

/* A filing being written: saved by itself a moment after each change, one save after another. What the server does not have yet is kept in this browser. */

const pause = 700;
const same = (one: Value, other: Value) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export function useFiling(site: Ref<string>, fields: Ref<Field[]>) {
	const desk = ref<Desk | null>(null);
	const loading = ref(false);
	const problem = ref<Problem | null>(null);
	const saveProblem = ref<Problem | null>(null);
	const saving = ref(false);
	const values = reactive<Values>({});
	const key = computed(() => `${userKey.value}.draft.filing.${site.value}`);
	const filing = computed<Row | null>(() => desk.value?.filing ?? null);
	// One that is under review or decided is only looked at.
	const open = computed(() => (filing.value ? filing.value.may?.write === true : desk.value?.writes === true));
	const names = computed(() => fields.value.map((one) => one.name));
	const fresh = { id: makeId() };
	let timer = 0;
	let running: Promise<void> = Promise.resolve();

	const unsaved = computed<Values>(() => Object.fromEntries(names.value.filter((name) => !same(values[name], filing.value?.[name] as Value)).map((name) => [name, values[name] ?? null])));
	const dirty = computed(() => desk.value !== null && open.value && Object.keys(unsaved.value).length > 0);

	/* What was typed here stays; all else is as the server has it now. Both change at once: what is not read yet must never look like something that was emptied. */
	async function read(): Promise<void> {
		const now = await readDesk(site.value), before = filing.value;
		for (const name of names.value)
			if (same(values[name], before?.[name] as Value))
				values[name] = now.filing?.[name] as Value;
		desk.value = now;
	}
	async function load(): Promise<void> {
		if (!site.value)
			return;
		loading.value = true;
		problem.value = null;
		try {
			await read();
			// Of what lay in this browser the empty says nothing.
			const kept = open.value ? (keptDraft(key.value) ?? {}) : {};
			Object.assign(values, Object.fromEntries(Object.entries(kept).filter(([name, value]) => names.value.includes(name) && value !== null && value !== undefined)));
		} catch (error) {
			problem.value = problemOf(error);
		}
		loading.value = false;
	}
	function begin(): void {
		clearTimeout(timer);
		desk.value = null;
		for (const name of Object.keys(values))
			delete values[name];
		void load();
	}
	watch([site, () => names.value.join()], begin, { immediate: true });

	/* The filing of the firm, made where there is none yet. */
	async function ensure(): Promise<Row> {
		if (!filing.value) {
			await call<Row>('POST', `/${pluralOf('filing')}`, { body: { id: fresh.id, site: site.value } });
			fresh.id = makeId();
			await read();
		}
		return filing.value!;
	}

	async function send(body: Values): Promise<void> {
		const row = await ensure();
		await call<Row>('PATCH', `/${pluralOf('filing')}/${row.id}`, { body, version: row.version });
		await read();
		changed('filing', filing.value!);
	}
	/* What is wrong holds nothing else up: the rest is saved without it. */
	async function sendRest(body: Values, wrong: Problem): Promise<void> {
		const bad = new Set(wrong.fields.map((one) => one.field));
		const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !bad.has(name)));
		if (wrong.status === 422 && Object.keys(rest).length && Object.keys(rest).length < Object.keys(body).length)
			await send(rest).catch(() => undefined);
	}
	async function saveNow(): Promise<void> {
		const body = { ...unsaved.value };
		if (!dirty.value)
			return;
		saving.value = true;
		try {
			await send(body);
			saveProblem.value = null;
			if (!dirty.value)
				dropDraft(key.value);
		} catch (error) {
			saveProblem.value = problemOf(error);
			await sendRest(body, saveProblem.value);
			// Somebody else saved it meanwhile: what was typed here goes on top of what is there now.
			if (saveProblem.value.status === 409)
				await read().catch(() => undefined);
		}
		saving.value = false;
	}
	/* One save after another: each knows the version that the one before has made. */
	function save(): Promise<void> {
		clearTimeout(timer);
		running = running.then(saveNow);
		return running;
	}
	watch(unsaved, (now) => {
		if (!dirty.value)
			return;
		keepDraft(key.value, fields.value, now);
		clearTimeout(timer);
		timer = window.setTimeout(() => void save(), pause);
	}, { deep: true });

	async function refresh(): Promise<void> {
		await read().catch((error: unknown) => { saveProblem.value = problemOf(error); });
	}
	return { desk, filing, open, loading, problem, saveProblem, saving, values, dirty, load, refresh, ensure, save };
}
