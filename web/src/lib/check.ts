import type { Field, Value } from '@/api/types';
import { t } from '@/words';
import { countText, scaledText } from './number';

/* What can be said about a value before the server is asked. The server decides. */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/* The check digit of GB 32100. */
/* Characters of a password, as the server asks for. */
export const shortestPassword = 8;

export function usccFits(code: string): boolean {
	const text = code.toUpperCase();
	if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text))
		return false;
	const sum = weights.reduce((total, weight, n) => total + weight * alphabet.indexOf(text[n]!), 0);
	return alphabet[(31 - (sum % 31)) % 31] === text[17];
}

const given = (value: Value): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length);

function faultOfNumber(field: Field, value: number): string {
	if (!Number.isSafeInteger(value))
		return field.kind === 'amount' ? t('form.money') : t(field.scale ? 'form.decimal' : 'form.whole');
	const shown = (limit: number) => (field.kind === 'amount' ? countText(limit / 100) : scaledText(limit, field.scale));
	if (field.min !== undefined && value < field.min)
		return t('form.tooSmall', { n: shown(field.min) });
	if (field.max !== undefined && value > field.max)
		return t('form.tooBig', { n: shown(field.max) });
	return '';
}

export function faultOf(field: Field, value: Value, must = field.need ?? false): string {
	if (!given(value))
		return must ? t('form.need') : '';
	if (field.kind === 'whole' || field.kind === 'amount')
		return faultOfNumber(field, value as number);
	if ((field.kind === 'text' || field.kind === 'long') && field.max && String(value).length > field.max)
		return t('form.tooLong', { n: countText(field.max) });
	return '';
}

/* A doubt that does not stop saving. */
export function doubtOf(field: Field, value: Value): string {
	if (!given(value) || String(value).includes('*'))
		return '';
	if (field.kind === 'uscc' && !usccFits(String(value)))
		return t('form.badUscc');
	return '';
}
