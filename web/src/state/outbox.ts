import { computed, ref, toRaw, watch } from 'vue';
import { call, line } from '@/api/http';
import { Problem, problemOf } from '@/api/problem';
import type { ProblemField } from '@/api/types';
import { discard, shelve, shelved, unshelve } from '@/lib/idb';
import { keepsWork } from '@/lib/keep';
import { loadSession, session, userKey } from './session';

/* What was filled in without a network. An entry leaves the device only after the server has answered for it. */

export type LocalFile = { id: string; name: string; blob: Blob; sent?: string };

export type Entry = {
	id: string;
	user: string;
	title: string;
	path: string;
	body: Record<string, unknown>;
	files: LocalFile[];
	made: number;
	/* Where it waits in its user's sight, with its query. */
	page?: string;
	/* What it was made from, to go on with should the server refuse it. */
	draft?: unknown;
	/* The record that its fields are of, and what the rows of its body are called, for whoever reads why it was refused. */
	record?: string;
	rows?: string[];
	/* Why the server refused it, and at which fields; such an entry waits for its user. */
	refused?: string;
	faults?: ProblemField[];
};

export const entries = ref<Entry[]>([]);
/* Check-ins and check-outs wait on the page of one's own shifts, checks where they begin. */
export const pageOf = (one: Pick<Entry, 'path' | 'page'>): string => one.page ?? (/^\/(my\/)?shifts\//.test(one.path) ? '/my/shifts' : '/checks/fill');
export const waitingAt = (page: () => string) => computed(() => entries.value.filter((one) => pageOf(one).startsWith(page())));
export const unsent = computed(() => entries.value.length);
export const sending = ref(false);

export async function loadOutbox(): Promise<void> {
	const all = await shelved<Entry>('outbox');
	entries.value = all.filter((one) => one.user === userKey.value).sort((a, b) => a.made - b.made);
}

const localName = (id: string) => `local:${id}`;

/* Puts the server's file ids where the body names files of this device. */
export function withSentFiles<T>(value: T, names: Map<string, string>): T {
	if (typeof value === 'string')
		return (names.get(value) ?? value) as T;
	if (Array.isArray(value))
		return value.map((one) => withSentFiles(one, names)) as T;
	if (value && typeof value === 'object')
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withSentFiles(one, names)])) as T;
	return value;
}

export async function sendFile(id: string, name: string, blob: Blob): Promise<string> {
	const headers = { 'X-Id': id, 'X-Name': encodeURIComponent(name) };
	return (await call<{ id: string }>('POST', '/files', { raw: blob, headers })).id;
}

async function sendEntry(entry: Entry): Promise<void> {
	const names = new Map<string, string>();
	for (const file of entry.files) {
		if (!file.sent) {
			file.sent = await sendFile(file.id, file.name, file.blob);
			await shelve('outbox', entry.id, entry);
		}
		names.set(localName(file.id), file.sent);
	}
	await call('POST', entry.path, { body: withSentFiles(entry.body, names) });
}

/* Sends what waits, oldest first, and stops at the first cut line. What was refused goes only when its user says so. Returns how many went. */
export async function sendAll(refused = false): Promise<number> {
	const due = entries.value.filter((one) => (refused || !one.refused) && one.user === userKey.value);
	if (sending.value || !due.length || !session.value)
		return 0;
	sending.value = true;
	let sent = 0;
	try {
		// The page may have been opened without a network, and somebody else may have signed in elsewhere in this browser.
		await loadSession(true);
		for (const { id, user } of line.up && line.csrf ? due : []) {
			// As it lies there now: another window may have sent it.
			const entry = await unshelve<Entry>('outbox', id);
			if (!entry || user !== userKey.value)
				continue;
			try {
				await sendEntry(entry);
				await discard('outbox', id);
				sent++;
			} catch (error) {
				const problem = problemOf(error);
				if (problem.away || problem.status === 401)
					break;
				await shelve('outbox', id, { ...entry, refused: problem.detail || problem.message, faults: problem.fields } satisfies Entry);
			}
		}
	} finally {
		sending.value = false;
		await loadOutbox();
	}
	return sent;
}

type Given = Omit<Entry, 'user' | 'made'>;
type Small = Omit<Given, 'files'>;

async function put(entry: Given, user = userKey.value): Promise<void> {
	await shelve('outbox', entry.id, { ...entry, user, made: Date.now() } satisfies Entry);
	await loadOutbox();
}

/* Keeps the entry on this device, then tries to send it. True when the server has it. */
export async function submit(entry: Given): Promise<boolean> {
	await put(entry);
	await sendAll();
	return !entries.value.some((one) => one.id === entry.id);
}

export async function withdraw(id: string): Promise<void> {
	await discard('outbox', id);
	await loadOutbox();
}

/* As a problem again, for the form that it came from. */
export const problemIn = (entry: Entry): Problem | null => (entry.refused ? new Problem(422, { title: entry.refused, detail: entry.refused, fields: toRaw(entry.faults) ?? [] }) : null);

export type Outcome<T> = { there: boolean; answer?: T };
/* `late` is told only of what was kept; `instead` of an entry that waits; a browser that keeps nothing keeps only what `keeps` says. */
type How = { late?: Record<string, unknown>; instead?: string | undefined; keeps?: boolean };

/* Sends now, or keeps it on this device where nobody answers: `there` says which. Its body carries an id or a deed, so that it is done once however often it is sent. What the server refuses is thrown. */
export async function sendOrKeep<T>(entry: Small, { late = {}, instead, keeps = keepsWork() }: How = {}): Promise<Outcome<T>> {
	const plain = JSON.parse(JSON.stringify(entry)) as Small, user = userKey.value;
	const gone = async () => { if (instead) await withdraw(instead); };
	// What waits on the same page goes before it.
	const behind = entries.value.some((one) => !one.refused && one.id !== instead && pageOf(one) === pageOf(plain));
	if (line.up && !behind)
		try {
			if (!line.csrf)
				await loadSession(true);
			const answer = await call<T>('POST', plain.path, { body: plain.body });
			await gone();
			return { there: true, answer };
		} catch (error) {
			// A session that has ended waits for its user to sign in again.
			if (!problemOf(error).away && problemOf(error).status !== 401)
				throw error;
		}
	// Where it cannot be kept it was not sent either.
	const nowhere = (): never => { throw new Problem(0, { code: 'offline', title: 'offline' }); };
	if (!keeps)
		nowhere();
	await put({ ...plain, body: { ...plain.body, ...late }, files: [] }, user).catch(nowhere);
	if (instead !== plain.id)
		await gone();
	void sendAll();
	return { there: false };
}

export { localName };

export function startOutbox(): void {
	// Somebody else's entries stay on the device and out of sight.
	watch(userKey, () => void loadOutbox().then(() => sendAll()), { immediate: true });
	// The bar says so at once, not at the next call.
	addEventListener('offline', () => { line.up = false; });
	addEventListener('online', () => { line.up = true; void sendAll(); });
	// A server that was down gives no sign when it is back: what waits asks for it.
	watch(() => line.up, (now) => {
		if (now && !line.csrf && session.value)
			void loadSession(true);
		if (now)
			void sendAll();
	});
	setInterval(() => void sendAll(), 15000);
}
