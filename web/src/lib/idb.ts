/* The browser's own database: drafts, what waits to be sent, and what was taken along for work without a network. */

export type Shelf = 'drafts' | 'outbox' | 'aside';

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
	opened ??= new Promise((done, fail) => {
		const request = indexedDB.open('muster', 1);
		request.onupgradeneeded = () => {
			for (const shelf of ['drafts', 'outbox', 'aside'])
				request.result.createObjectStore(shelf);
		};
		request.onsuccess = () => done(request.result);
		request.onerror = () => fail(request.error);
	});
	return opened;
}

async function run<T>(shelf: Shelf, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
	const base = await open();
	return new Promise((done, fail) => {
		const deed = base.transaction(shelf, mode, { durability: 'strict' });
		const request = work(deed.objectStore(shelf));
		// Said to be kept only when it is on the disk.
		deed.oncomplete = () => done(request.result);
		deed.onerror = () => fail(deed.error);
		deed.onabort = () => fail(deed.error);
	});
}

export const shelve = (shelf: Shelf, key: string, value: unknown) => run(shelf, 'readwrite', (store) => store.put(value, key));
export const unshelve = <T>(shelf: Shelf, key: string) => run<T | undefined>(shelf, 'readonly', (store) => store.get(key));
export const shelved = <T>(shelf: Shelf) => run<T[]>(shelf, 'readonly', (store) => store.getAll());
/* Takes away what is meant. */
export async function sweep(shelf: Shelf, meant: (key: string, value: unknown) => boolean): Promise<void> {
	const base = await open();
	return new Promise((done, fail) => {
		const deed = base.transaction(shelf, 'readwrite', { durability: 'strict' });
		const request = deed.objectStore(shelf).openCursor();
		request.onsuccess = () => {
			const at = request.result;
			if (at && meant(String(at.key), at.value))
				at.delete();
			at?.continue();
		};
		deed.oncomplete = () => done();
		deed.onabort = () => fail(deed.error);
	});
}
export const discard = (shelf: Shelf, key: string) => run(shelf, 'readwrite', (store) => store.delete(key));
