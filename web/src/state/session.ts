import { computed, reactive } from 'vue';
import { call, get, line, post, whenSignedOut } from '@/api/http';
import { problemOf } from '@/api/problem';
import type { Session } from '@/api/types';
import { sweep } from '@/lib/idb';
import { keep, kept } from '@/lib/store';
import { aheadOf, setAhead } from '@/lib/time';
import { speak } from '@/words';

/* Who is signed in. The last answer is kept so that the app opens without a network. */

const state = reactive<{ now: Session | null; known: boolean }>({ now: null, known: false });

export const session = computed(() => state.now);
export const signedIn = computed(() => state.now !== null);
export const userKey = computed(() => state.now?.user.id ?? 'nobody');

type Kept = Session & { ahead: number };

function take(answer: Session | null, ahead = answer ? aheadOf(answer.now) : 0): void {
	state.now = answer;
	state.known = true;
	line.csrf = answer?.csrf ?? '';
	if (answer)
		setAhead(ahead);
	keep('session', answer && ({ ...answer, csrf: '', ahead } satisfies Kept));
}

whenSignedOut(() => take(null));

/* Asks the server who is signed in, once; again after the app was opened without a network. */
export async function loadSession(again = false): Promise<void> {
	if (state.known && !again)
		return;
	try {
		take(await get<Session>('/session'));
	} catch (error) {
		const problem = problemOf(error);
		// Who is known already stays so while nobody answers.
		if (problem.away && state.now)
			return;
		const last = problem.away ? kept<Kept | null>('session', null) : null;
		take(last, last?.ahead);
	}
}

async function entered(): Promise<void> {
	const answer = await get<Session>('/session');
	take(answer);
	// The user's own language wins over what this browser spoke before.
	if (answer.user.lang === 'en' || answer.user.lang === 'zh')
		await speak(answer.user.lang);
}

async function enter(path: string, body: object): Promise<void> {
	const answer = await post<{ csrf: string }>(path, body);
	line.csrf = answer.csrf;
	await entered();
}

export const signIn = (name: string, password: string) => enter('/session', { name, password });
export const signInDemo = (name: string) => enter('/demo', { name });

export async function signOut(): Promise<void> {
	await call('DELETE', '/session');
	sessionStorage.clear();
	keep('mine', null);
	// What was taken along goes with its user; what waits to be sent stays for them.
	await sweep('aside', () => true).catch(() => undefined);
	take(null);
}

/* Somebody whose grants are of single firms has no area: the firm stands in its place. */
export const ownSites = computed(() => (state.now && !state.now.home ? state.now.grants.flatMap((one) => (one.site ? [one.site] : [])) : []));

/* True when the grants of the user hold the right anywhere; the server decides for each row again. */
export const may = (right: string): boolean => state.now?.rights.includes(right) ?? false;
