import { ref } from 'vue';
import { registerSW } from 'virtual:pwa-register';

/* A newer build waits until its reader lets it in: a form half filled is never thrown away. */

export const updateReady = ref(false);
let update: (reload?: boolean) => Promise<void> = async () => {};

export function startUpdates(): void {
	update = registerSW({ onNeedRefresh: () => { updateReady.value = true; } });
}

export const takeUpdate = () => update(true);
