import { t } from '@/words';

/* How long something took or waits: minutes below two hours, hours below two days, days from then on. */
export function sayMinutes(minutes: number): string {
	if (minutes < 120)
		return t('span.minutes', { n: minutes });
	return minutes < 48 * 60 ? t('span.hours', { n: Math.round(minutes / 60) }) : t('span.days', { n: Math.round(minutes / 1440) });
}
