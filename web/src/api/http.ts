import { reactive } from 'vue';
import { Problem } from './problem';

/* One door to the server. It knows nothing of sessions or records. */

export type Query = Record<string, string | number | boolean | null | undefined>;

export type Call = {
	query?: Query;
	body?: unknown;
	/* Sent as If-Match. */
	version?: number;
	raw?: Blob;
	headers?: Record<string, string>;
	signal?: AbortSignal;
	/* How often a cut line is tried again; writes carry their own id, so a retry changes nothing twice. */
	tries?: number;
};

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export const line = reactive({ up: true, csrf: '', language: 'zh' });

const onSignedOut: (() => void)[] = [];

/* Runs the function whenever the server says that nobody is signed in. */
export function whenSignedOut(run: () => void): void {
	onSignedOut.push(run);
}

export function urlOf(path: string, query: Query = {}): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query))
		if (value !== undefined && value !== null && value !== '')
			search.set(name, String(value));
	const text = search.toString();
	return `/api/v1${path}${text ? `?${text}` : ''}`;
}

function requestOf(method: Method, call: Call): RequestInit {
	const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': line.language, ...call.headers };
	const init: RequestInit = { method, headers, credentials: 'same-origin' };
	if (call.signal)
		init.signal = call.signal;
	if (method !== 'GET' && line.csrf)
		headers['X-CSRF-Token'] = line.csrf;
	if (call.version !== undefined)
		headers['If-Match'] = String(call.version);
	if (call.raw) {
		init.body = call.raw;
		headers['Content-Type'] ??= call.raw.type || 'application/octet-stream';
	} else if (call.body !== undefined) {
		init.body = JSON.stringify(call.body);
		headers['Content-Type'] = 'application/json';
	}
	return init;
}

async function bodyOf(response: Response): Promise<unknown> {
	const text = await response.text();
	if (!text)
		return null;
	try {
		return JSON.parse(text);
	} catch {
		return { title: response.ok ? 'bad answer' : response.statusText, detail: text.slice(0, 200) };
	}
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function answerOf(url: string, init: RequestInit, tries: number): Promise<Response> {
	for (let attempt = 1; ; attempt++) {
		try {
			const response = await fetch(url, init);
			line.up = true;
			return response;
		} catch (error) {
			if (init.signal?.aborted)
				throw error;
			if (attempt >= tries) {
				line.up = false;
				throw new Problem(0, { code: 'offline', title: 'offline' });
			}
			await pause(300 * 3 ** (attempt - 1));
		}
	}
}

export async function call<T>(method: Method, path: string, options: Call = {}): Promise<T> {
	const response = await answerOf(urlOf(path, options.query), requestOf(method, options), options.tries ?? 3);
	const body = await bodyOf(response);
	if (response.ok)
		return body as T;
	if (response.status === 401 && path !== '/session')
		onSignedOut.forEach((run) => run());
	throw new Problem(response.status, (body ?? {}) as object);
}

export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
	call<T>('GET', path, signal ? { query, signal } : { query });

export const post = <T>(path: string, body: unknown = {}) => call<T>('POST', path, { body });
