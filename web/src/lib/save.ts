import { line, urlOf, type Query } from '@/api/http';
import { Problem } from '@/api/problem';

/* Fetches a file and hands it to the reader. A link alone could not say the language nor show a problem. */
export async function download(path: string, query: Query, name: string): Promise<void> {
	const response = await fetch(urlOf(path, query), { headers: { 'Accept-Language': line.language }, credentials: 'same-origin' })
		.catch(() => { throw new Problem(0, { code: 'offline' }); });
	if (!response.ok)
		throw new Problem(response.status, (await response.json().catch(() => ({}))) as object);
	save(await response.blob(), name);
}

export function save(blob: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export async function copy(text: string): Promise<void> {
	if (navigator.clipboard) {
		await navigator.clipboard.writeText(text);
		return;
	}
	// Without HTTPS there is no clipboard object.
	const area = document.createElement('textarea');
	area.value = text;
	document.body.append(area);
	area.select();
	document.execCommand('copy');
	area.remove();
}
