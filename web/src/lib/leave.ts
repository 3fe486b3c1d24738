import { watch, type Ref } from 'vue';
import { useRoute } from 'vue-router';

/* Closes what lies over a page when the page is left, by the phone's back button too: a page that is kept alive would keep it over the next one. */
export function closeOnLeave(open: Ref<boolean>): void {
	const route = useRoute();
	watch(() => route.path, () => { open.value = false; });
}
