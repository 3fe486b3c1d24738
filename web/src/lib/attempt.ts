import { ref } from 'vue';
import { problemOf, type Problem } from '@/api/problem';
import { t } from '@/words';

/* What a person is told when it failed. */
export const sayProblem = (problem: Problem): string => (problem.offline ? t('state.offlineRead') : problem.detail || problem.fields[0]?.detail || problem.message);

/* Something done once a button was pressed: whether it goes on, and what went wrong with it. */
export function useAttempt() {
	const busy = ref(false);
	const wrong = ref('');
	async function attempt(run: () => Promise<unknown>, say: (problem: Problem) => string = sayProblem): Promise<void> {
		busy.value = true;
		wrong.value = '';
		try {
			await run();
		} catch (error) {
			wrong.value = say(problemOf(error));
		}
		busy.value = false;
	}
	return { busy, wrong, attempt };
}
