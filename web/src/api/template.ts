import { pluralOf } from '@/state/declarations';
import { get } from './http';
import type { Page, Row } from './types';

/* A checklist; what is asked stands in its versions, sections of items. A check points to the version that it used. */

export type AnswerKind = 'yesno' | 'number' | 'text' | 'photo';
export type Severity = 'minor' | 'major' | 'critical';
export type Evidence = 'document' | 'object' | 'witness' | 'photo' | 'none';

export type Item = {
	code: string;
	/* "English|中文", like every text here */
	text: string;
	answer: AnswerKind;
	need?: boolean;
	severity?: Severity;
	evidence?: Evidence;
	hint?: string;
	unit?: string;
	min?: number;
	max?: number;
	due_days?: number;
};

export type Section = { code: string; title: string; items: Item[] };

export const answerKinds: AnswerKind[] = ['yesno', 'number', 'text', 'photo'];
export const severities: Severity[] = ['minor', 'major', 'critical'];
export const evidences: Evidence[] = ['document', 'object', 'witness', 'photo', 'none'];

export const sectionsOf = (version: Row): Section[] => (version['body'] as { sections?: Section[] } | null | undefined)?.sections ?? [];

/* "English|中文" of a checklist that keeps its two names apart. */
export const titleOf = (template: Row): string =>
	(template['title_en'] ? `${String(template['title_en'])}|${String(template['title'])}` : String(template['title'] ?? ''));

export const numberOf = (version: Row): number => Number(version['number'] ?? 1);

export const readVersions = async (template: string): Promise<Row[]> =>
	(await get<Page>(`/${pluralOf('template_version')}`, { template, limit: 200 })).rows.sort((a, b) => numberOf(b) - numberOf(a));

/* What one item was answered. */
export type Answer = {
	value?: 'yes' | 'no' | 'na' | number | string;
	note?: string;
	photos?: string[];
	/* Put right on the spot: a photo before, one after. */
	fixed?: { before: string[]; after: string[]; note?: string };
};

export type Answers = Record<string, Answer>;

export function failsOf(item: Item, answer: Answer | undefined): boolean {
	const value = answer?.value;
	if (item.answer === 'yesno')
		return value === 'no';
	if (item.answer !== 'number' || typeof value !== 'number')
		return false;
	return (item.min !== undefined && value < item.min) || (item.max !== undefined && value > item.max);
}

export function isAnswered(item: Item, answer: Answer | undefined): boolean {
	if (item.answer === 'photo')
		return answer?.value === 'na' || (answer?.photos?.length ?? 0) > 0;
	return answer?.value !== undefined && answer.value !== '';
}

export type Sums = { yes: number; no: number; fixed: number; na: number; open: Item[]; needed: Item[] };

export function sumsOf(sections: Section[], answers: Answers): Sums {
	const sums: Sums = { yes: 0, no: 0, fixed: 0, na: 0, open: [], needed: [] };
	for (const item of sections.flatMap((one) => one.items)) {
		const answer = answers[item.code];
		if (!isAnswered(item, answer)) {
			sums.open.push(item);
			if (item.need)
				sums.needed.push(item);
		} else if (answer?.value === 'na') {
			sums.na++;
		} else if (failsOf(item, answer)) {
			sums[answer?.fixed ? 'fixed' : 'no']++;
		} else {
			sums.yes++;
		}
	}
	return sums;
}
