import { computed } from 'vue';
import { createI18n } from 'vue-i18n';
import { line } from '@/api/http';
import { keep, kept } from '@/lib/store';
import { half, spaced } from '@/lib/text';
import { dayText, now, spanOf, stampText } from '@/lib/time';
import zh, { type Words } from './zh';

export type Language = 'zh' | 'en';

export const i18n = createI18n<[Words], Language, false>({
	legacy: false,
	locale: 'zh',
	fallbackLocale: 'zh',
	// English comes with the first English reader.
	messages: { zh } as unknown as Record<Language, Words>,
	postTranslation: (text) => (typeof text === 'string' ? spaced(text) : text),
});

export const language = computed(() => i18n.global.locale.value);

export async function speak(wanted: Language): Promise<void> {
	if (wanted === 'en' && !i18n.global.availableLocales.includes('en'))
		i18n.global.setLocaleMessage('en', (await import('./en')).default);
	i18n.global.locale.value = wanted;
	line.language = wanted;
	keep('language', wanted);
	document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN';
}

export const startingLanguage = (): Language => (kept<string>('language', 'zh') === 'en' ? 'en' : 'zh');

type Arguments = Record<string, string | number>;

/* A text of the app. A count chooses the plural form. */
/** The words for a code that an administrator may have added to; the code itself where there are none. */
export const spoken = (key: string): boolean => i18n.global.te(key);
export const sayCode = (list: string, code: string): string => (spoken(`${list}.${code}`) ? t(`${list}.${code}`) : code);

export function t(key: string, values: Arguments = {}): string {
	const count = values['n'];
	return typeof count === 'number' ? i18n.global.t(key, values, count) : i18n.global.t(key, values);
}

/* The reader's half of a label that the server gave as "English|中文". */
export const say = (both: string | undefined): string => half(both, language.value);

export const sayDay = (day: string, weekday = false): string => spaced(dayText(day, language.value, weekday));

/* "3 hours late", "in 2 days", "5 minutes ago"; the exact time belongs into the title. */
export function sayDue(stamp: string, from = now()): string {
	const ms = Date.parse(stamp) - from;
	const span = spanOf(ms);
	return t(`time.${ms < 0 ? 'late' : 'left'}.${span.unit}`, { n: span.count });
}

export function sayAgo(stamp: string, from = now()): string {
	const span = spanOf(from - Date.parse(stamp));
	return span.unit === 'day' && span.count > 6 ? stampText(stamp) : t(`time.ago.${span.unit}`, { n: span.count });
}
