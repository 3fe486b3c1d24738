import { ref } from 'vue';
import { readMine, type Mine, type NextShift } from '@/api/my';
import { problemOf } from '@/api/problem';
import { keep, kept } from '@/lib/store';
import { aheadOf, now, setAhead } from '@/lib/time';
import { makeId } from '@/lib/uuid';
import { sendOrKeep, waitingAt } from './outbox';
import { userKey } from './session';

/* One's own shifts. The last answer is kept on this device, so that a gate without a network has it; checking in and out waits in the outbox then. */

type Kept = { user: string; at: number; mine: Mine };
const slot = 'mine';

export const keptAt = ref(0); // when the answer in sight was given, where the server could not be asked; else 0

export async function loadMine(): Promise<Mine> {
	try {
		const mine = await readMine();
		setAhead(aheadOf(mine.now));
		keep(slot, { user: userKey.value, at: Date.parse(mine.now), mine } satisfies Kept);
		keptAt.value = 0;
		return mine;
	} catch (error) {
		const last = kept<Kept | null>(slot, null);
		if (!problemOf(error).offline || last?.user !== userKey.value)
			throw error;
		keptAt.value = last.at;
		return last.mine;
	}
}

const page = '/my/shifts';
export const waiting = waitingAt(() => page);

/* What waits on this device to be told of a shift: the moment of its check-in or check-out. */
export function told(shift: { id: string }, step: 'come' | 'leave'): string {
	const entry = waiting.value.find((one) => one.path.endsWith(`/shifts/${shift.id}/${step}`) && !one.refused);
	return String(entry?.body[step === 'come' ? 'came' : 'gone'] ?? '');
}

const patience = 8000; // ms for the device to find where it is
/* Where the device is; empty where it does not know or may not say. */
export const placeNow = () => new Promise<string>((done) => {
	if (!('geolocation' in navigator)) {
		done('');
		return;
	}
	// a question of the browser that nobody answers holds nobody up
	setTimeout(() => done(''), patience + 2000);
	navigator.geolocation.getCurrentPosition(
		(at) => done(`${at.coords.latitude.toFixed(6)},${at.coords.longitude.toFixed(6)}`),
		() => done(''),
		{ enableHighAccuracy: true, timeout: patience, maximumAge: 60000 },
	);
});

/* Checks in or out. True: the server has it; false: it waits on this device with the time at which it was done. One deed, sent once or twice, is done once. */
export async function attend(shift: NextShift, step: 'come' | 'leave', given: Record<string, string>, title: string): Promise<boolean> {
	const deed = makeId(), late = { [step === 'come' ? 'came' : 'gone']: new Date(now()).toISOString() };
	return (await sendOrKeep({ id: deed, page, title, path: `/my/shifts/${shift.id}/${step}`, body: { deed, ...given } }, { late, keeps: true })).there;
}
