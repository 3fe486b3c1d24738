/* Small things kept in this browser, each under the user's name. Private values are never written here. */

export function keep(key: string, value: unknown): void {
	try {
		if (value === undefined || value === null)
			localStorage.removeItem(`muster.${key}`);
		else
			localStorage.setItem(`muster.${key}`, JSON.stringify(value));
	} catch {
		// A full or forbidden store only loses comfort.
	}
}

export function kept<T>(key: string, otherwise: T): T {
	try {
		const text = localStorage.getItem(`muster.${key}`);
		return text === null ? otherwise : (JSON.parse(text) as T);
	} catch {
		return otherwise;
	}
}
