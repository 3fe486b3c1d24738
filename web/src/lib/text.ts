const han = '\\p{Script=Han}';
const latin = '[A-Za-z0-9%]';
const left = new RegExp(`(${han})(?=${latin})`, 'gu');
const right = new RegExp(`(${latin})(?=${han})`, 'gu');

/* Puts a thin space between Chinese and Latin. For words we wrote; data is left as it is (CSS spaces it where the browser can). */
export function spaced(text: string): string {
	return text.replace(left, '$1\u2009').replace(right, '$1\u2009');
}

/* One half of the server's "English|中文". A text without a bar serves both. */
export function half(both: string | undefined, language: string): string {
	if (!both)
		return '';
	const bar = both.indexOf('|');
	if (bar < 0)
		return spaced(both);
	return spaced(language === 'en' ? both.slice(0, bar) : both.slice(bar + 1));
}

export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text);
