import { onBeforeUnmount } from 'vue';
import type { Row } from '@/api/types';

/* Tells kept lists which row was made, changed or voided elsewhere in the app. */

export type Change = { record: string; row: Row | null };
const listeners = new Set<(change: Change) => void>();

export const changed = (record: string, row: Row | null = null) => listeners.forEach((run) => run({ record, row }));

export function useChanges(run: (change: Change) => void): void {
	listeners.add(run);
	onBeforeUnmount(() => listeners.delete(run));
}
