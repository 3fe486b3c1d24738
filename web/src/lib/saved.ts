import { ref } from 'vue';
import type { Query } from '@/api/http';
import { problemOf } from '@/api/problem';
import { tell } from '@/state/toast';
import { download } from './save';

/* A button that fetches a sheet: whether it goes on; what went wrong is said. */
export function useSaved(path: string, query: () => Query, name: () => string) {
	const saving = ref(false);
	async function save(): Promise<void> {
		saving.value = true;
		try {
			await download(path, query(), name());
		} catch (error) {
			tell(problemOf(error).message, 'bad');
		}
		saving.value = false;
	}
	return { saving, save };
}
