import { degreesOf, type Member } from '@/api/health';
import type { Field, RecordDeclaration, Row } from '@/api/types';
import type { Column } from './lists';
import { sayCode, t } from '@/words';

/* The roster of a daily round as the one table draws it. */

export type Show = 'all' | 'missing' | 'odd' | 'own' | 'told';

/* Whether anybody has told how they are: a test result alone does not. */
export const isTold = (one: Member): boolean => !!one.told?.way;
const isOdd = (one: Member): boolean => {
	const told = one.told;
	return !!told && (!!told.differs || !!told.worries || (told.presence !== undefined && told.presence !== 'on_duty') || (told.symptoms !== undefined && told.symptoms !== 'none' && told.symptoms !== '***'));
};
export const shows: Record<Show, (one: Member) => boolean> = {
	all: () => true,
	missing: (one) => one.due && !isTold(one),
	odd: isOdd,
	own: (one) => !!one.told?.own_at,
	told: isTold,
};

const field = (name: string): Field => ({ name, kind: 'text', label: '' }) as Field;
export const rosterRecord = (): RecordDeclaration => ({ name: 'staff', plural: 'staff_files', label: t('health.roster'), read: '', write: '', fields: [], steps: [] }) as unknown as RecordDeclaration;

const column = (name: string, label: string, width: number, number = false): Column => ({ name, label, field: field(name), width, order: false, number });
export function rosterColumns(clear: boolean): Column[] {
	const known = [column('name', t('health.name'), 130), column('number', t('health.number'), 100), column('dept', t('health.dept'), 140), column('today', t('health.today'), 170)];
	const health = clear ? [column('symptoms', t('health.symptoms'), 130), column('temperature', t('health.temperature'), 100, true), column('result', t('health.result'), 90)] : [];
	return [...known, ...health, column('way', t('health.by'), 110), column('before', t('health.before'), 110), column('file', t('health.fileState'), 110)];
}

const sayPresence = (told: Member['told']): string => (told?.presence ? sayCode('health.presence', told.presence) : t('health.told'));

/* What stands beside the firm's word where the worker told otherwise. */
function both(firm: string, own: string): string {
	return own && own !== firm ? [firm, `${own} (${t('health.ownWord')})`].filter(Boolean).join(' / ') : firm;
}
const sayAs = (list: string, code: string | undefined): string => (code ? sayCode(list, code) : '');

/* `kept`: what was told of them waits on this device. */
export function rosterRow(one: Member, kept: boolean): Row {
	const told = one.told;
	const state = kept ? t('health.keptHere') : told?.way ? sayPresence(told) : t(one.due ? 'health.missing' : 'health.notDue');
	const today = kept ? state : [state, told?.worries ? t('health.worries') : '', told?.differs ? t('health.differ') : ''].filter(Boolean).join(' · ');
	return {
		id: one.staff, version: 1, name: one.name, number: one.number ?? '', dept: one.dept ?? '', today,
		symptoms: both(sayAs('health.symptom', told?.symptoms), sayAs('health.symptom', told?.own_symptoms)),
		temperature: both(degreesOf(told?.temperature), degreesOf(told?.own_temperature)),
		result: sayAs('health.test', told?.result),
		way: told?.way ? t(`health.way.${told.way}`) : '',
		before: one.before?.way ? sayPresence(one.before) : one.due ? t('health.missing') : '',
		file: sayAs('health.state', one.state ?? undefined),
	} as unknown as Row;
}
