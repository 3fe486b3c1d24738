import { shallowReactive } from 'vue';

/* Short words that something was heard or done, at the foot of the page. */

export type Toast = { id: number; text: string; kind: 'good' | 'bad' | 'plain' };

export const toasts = shallowReactive<Toast[]>([]);
let last = 0;

export function tell(text: string, kind: Toast['kind'] = 'plain', ms = kind === 'bad' ? 8000 : 3000): void {
	const toast = { id: ++last, text, kind };
	toasts.push(toast);
	setTimeout(() => drop(toast.id), ms);
}

export function drop(id: number): void {
	const at = toasts.findIndex((one) => one.id === id);
	if (at >= 0)
		toasts.splice(at, 1);
}
