import { ref, toRaw } from 'vue';
import type { Answers, Section } from '@/api/template';
import type { Named } from '@/api/types';
import { discard, shelve, shelved, unshelve } from '@/lib/idb';
import { makeId } from '@/lib/uuid';
import type { LocalFile } from './outbox';
import { userKey } from './session';

/* Checks being filled in. They live in the browser's own database, photos and all, until the server has them. */

/* Who signed on this screen: a name and the picture of the signature. */
export type Signer = { name: string; sign: string };

export type Draft = {
	id: string;
	user: string;
	site: Named;
	/* One version of a checklist. */
	template: { id: string; title: string; number: number; sections: Section[] };
	day: string;
	/* By the firm itself, for its filing: nobody signs. */
	own?: boolean;
	/* The patrol round that the visit is part of. */
	round?: Named | undefined;
	changed: number;
	answers: Answers;
	/* Accounts that were there. */
	inspectors: Named[];
	signers: Signer[];
	confirm: Signer;
	note: string;
	files: LocalFile[];
};

export const drafts = ref<Draft[]>([]);

export async function loadDrafts(): Promise<void> {
	const all = await shelved<Draft>('drafts');
	drafts.value = all.filter((one) => one.user === userKey.value).sort((a, b) => b.changed - a.changed);
}

export async function startDraft(given: Pick<Draft, 'site' | 'template' | 'day' | 'round' | 'own'>, inspector: Named): Promise<string> {
	const draft: Draft = {
		...structuredClone(given), id: makeId(), user: userKey.value, changed: Date.now(), answers: {}, note: '', files: [],
		inspectors: [{ ...inspector }], signers: [{ name: inspector.name, sign: '' }], confirm: { name: '', sign: '' },
	};
	await shelve('drafts', draft.id, draft);
	return draft.id;
}

export const openDraft = (id: string) => unshelve<Draft>('drafts', id);

function plain<T>(value: T): T {
	const raw = toRaw(value);
	if (Array.isArray(raw))
		return raw.map(plain) as T;
	if (raw && typeof raw === 'object' && !(raw instanceof Blob))
		return Object.fromEntries(Object.entries(raw).map(([key, one]) => [key, plain(one)])) as T;
	return raw;
}

/* On the disk when it returns. */
export async function saveDraft(draft: Draft): Promise<void> {
	await shelve('drafts', draft.id, plain({ ...draft, changed: Date.now() }));
}

export async function dropDraft(id: string): Promise<void> {
	await discard('drafts', id);
	await loadDrafts();
}

export { plain };
