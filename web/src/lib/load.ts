import { onBeforeUnmount, ref, shallowRef, watch, type ShallowRef } from 'vue';
import { problemOf, type Problem } from '@/api/problem';

/* Reads something again whenever what it depends on changes. The last answer stays in sight until the next is there. */
export function useLoad<T>(key: () => unknown, read: () => Promise<T>) {
	const data = shallowRef<T | null>(null);
	const loading = ref(true);
	const problem = ref<Problem | null>(null);
	let asked = 0;

	async function load(): Promise<void> {
		const mine = ++asked;
		loading.value = true;
		problem.value = null;
		try {
			const answer = await read();
			if (mine === asked)
				data.value = answer;
		} catch (error) {
			if (mine === asked)
				problem.value = problemOf(error);
		}
		if (mine === asked)
			loading.value = false;
	}
	watch(() => JSON.stringify(key()), load, { immediate: true });
	return { data, loading, problem, load };
}

/* Reads again a moment later as long as the answer says that more is on its way. */
export function useAgain<T>(data: ShallowRef<T | null>, going: (now: T) => boolean, load: () => void): void {
	let timer = 0;
	watch(data, (now) => {
		clearTimeout(timer);
		if (now && going(now))
			timer = window.setTimeout(load, 1500);
	});
	onBeforeUnmount(() => clearTimeout(timer));
}
