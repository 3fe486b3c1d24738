import { computed, ref, toRaw, watch } from 'vue';
import { call, line } from '@/api/http';
import { problemOf } from '@/api/problem';
import { discard, shelve, shelved } from '@/lib/idb';
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
	/* What it was made from, to go on with should the server refuse it. */
	draft?: unknown;
	/* Why the server refused it; such an entry waits for its user. */
	refused?: string;
};

export const entries = ref<Entry[]>([]);
/* Check-ins and check-outs wait on the page of one's own shifts, the rest with the checks. */
export const ofShift = (one: Entry): boolean => /^\/(my\/)?shifts\//.test(one.path);
export const unsent = computed(() => entries.value.length);
export const unsentAt = computed<Record<string, number>>(() => {
	const mine = entries.value.filter(ofShift).length;
	return { mine, checks: entries.value.length - mine };
});
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

/* Sends what waits, oldest first, and stops at the first cut line. Returns how many went. */
export async function sendAll(): Promise<number> {
	if (sending.value || !entries.value.length || !session.value)
		return 0;
	sending.value = true;
	let sent = 0;
	try {
		if (!line.csrf)
			await loadSession(true);
		for (const entry of [...entries.value]) {
			const plain: Entry = {
				...toRaw(entry), body: JSON.parse(JSON.stringify(entry.body)),
				files: toRaw(entry).files.map((one) => ({ ...toRaw(one) })),
			};
			try {
				await sendEntry(plain);
				await discard('outbox', entry.id);
				sent++;
			} catch (error) {
				const problem = problemOf(error);
				if (problem.offline || problem.status === 401)
					break;
				plain.refused = problem.detail || problem.message;
				await shelve('outbox', entry.id, plain);
			}
		}
	} finally {
		sending.value = false;
		await loadOutbox();
	}
	return sent;
}

/* Keeps the entry on this device, then tries to send it. True when the server has it. */
export async function submit(entry: Omit<Entry, 'user' | 'made'>): Promise<boolean> {
	const full: Entry = { ...entry, user: userKey.value, made: Date.now() };
	await shelve('outbox', full.id, full);
	await loadOutbox();
	await sendAll();
	return !entries.value.some((one) => one.id === full.id);
}

export async function withdraw(id: string): Promise<void> {
	await discard('outbox', id);
	await loadOutbox();
}

export { localName };

export function startOutbox(): void {
	void loadOutbox().then(sendAll);
	// The bar says so at once, not at the next call.
	addEventListener('offline', () => { line.up = false; });
	addEventListener('online', () => { line.up = true; void sendAll(); });
	// A server that was down gives no sign when it is back: what waits asks for it.
	watch(() => line.up, (now) => { if (now) void sendAll(); });
	setInterval(() => void sendAll(), 15000);
}
