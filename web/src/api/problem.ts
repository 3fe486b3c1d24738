import type { ProblemField, Row } from './types';

/* A failed call. status 0 means that no answer came (offline or cut line). */
export class Problem extends Error {
	readonly status: number;
	readonly code: string;
	readonly detail: string;
	readonly fields: ProblemField[];
	readonly current: Row | null;

	constructor(status: number, body: Partial<{
		title: string; code: string; detail: string; fields: ProblemField[]; current: Row;
	}> = {}) {
		super(body.title ?? body.detail ?? `HTTP ${status}`);
		this.status = status;
		this.code = body.code ?? '';
		this.detail = body.detail ?? '';
		this.fields = body.fields ?? [];
		this.current = body.current ?? null;
	}

	get offline(): boolean {
		return this.status === 0;
	}

	/* No answer of the program itself: the line is cut, or it is away or too busy for the moment. */
	get away(): boolean {
		return [0, 429, 502, 503, 504].includes(this.status);
	}

	/* What the server says about one field, or nothing. */
	of(field: string): string {
		return this.fields.find((one) => one.field === field)?.detail ?? '';
	}
}

export function problemOf(error: unknown): Problem {
	if (error instanceof Problem)
		return error;
	console.error(error);
	return new Problem(500, { title: error instanceof Error ? error.message : String(error), code: 'app' });
}
