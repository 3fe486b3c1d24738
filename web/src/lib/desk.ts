import type { RouteLocationRaw } from 'vue-router';
import type { DeskRow, DeskSection } from '@/api/desk';
import { rowRoute } from '@/lib/routes';
import { fieldOf, pluralOf, recordNamed, sayPick, stateField } from '@/state/declarations';
import { count, money } from '@/state/settings';
import { say, sayDay, t } from '@/words';

/* What the sections of a firm's desk say, and where each is done. */

const number = (section: DeskSection, name: string): number => Number(section.facts[name] ?? 0);
const some = (key: string, n: number): string[] => (n ? [t(key, { n: count(n) })] : []);

/* Where a firm that stands still was refused, or took its filing back. */
const filesAgain = (section: DeskSection): boolean => ['refused', 'withdrawn'].includes(String(section.facts['state']));

function sayFiling(section: DeskSection): string[] {
	const { state, lacks, conditions, lesson } = section.facts as { state: string; lacks?: string[]; conditions?: 'open' | 'told'; lesson?: boolean };
	const record = recordNamed('filing');
	const said = [state === 'none' ? t('desk.notFiled') : record ? sayPick(stateField(record), state) : state];
	if (conditions)
		said.push(t(conditions === 'open' ? 'desk.conditions' : 'desk.conditionsTold'));
	if (lesson)
		said.push(t('desk.lesson'));
	if (section.todo && filesAgain(section))
		said.push(t('desk.fileAgain'));
	if (section.todo && lacks)
		said.push(lacks.length ? t('desk.lacks', { n: count(lacks.length) }) : t('desk.ready'));
	return said;
}

export function sayFacts(section: DeskSection): string[] {
	const facts = section.facts;
	switch (section.name) {
	case 'return': {
		const said = [t('desk.dayState', { day: sayDay(String(facts['day'])), state: t(`returns.state.${String(facts['state'])}`) })];
		return typeof facts['stock_days'] === 'number' ? [...said, t('siteDay.stock', { n: count(number(section, 'stock_days')) })] : said;
	}
	case 'health': return number(section, 'due') ? [t('desk.healthTold', { due: count(number(section, 'due')), told: count(number(section, 'told')) }), ...some('desk.healthMissing', number(section, 'missing'))] : [t('desk.healthNone')];
	case 'filing': return sayFiling(section);
	case 'staff': return [t('desk.files', { files: count(number(section, 'files')) }), ...['lacking', 'without', 'release', 'overdue'].flatMap((name) => some(`desk.${name}`, number(section, name)))];
	case 'plans': return number(section, 'due') ? [t('desk.plansTold', { told: count(number(section, 'told')), due: count(number(section, 'due')) })] : [t('desk.none')];
	case 'policies': {
		const said = [...some('desk.qualifies', number(section, 'qualifies')), ...some('desk.unknown', number(section, 'unknown')), ...some('desk.apply', number(section, 'apply'))];
		if (number(section, 'apply') && facts['apply_by'])
			said.push(t('desk.applyBy', { day: sayDay(String(facts['apply_by'])) }));
		said.push(...some('desk.waits.policies', section.waits), ...some('desk.missing', number(section, 'missing')));
		return said.length ? said : [t('desk.none')];
	}
	}
	const said = [...some(`desk.todo.${section.name}`, section.todo), ...some(`desk.waits.${section.name}`, section.waits)];
	return said.length ? said : [t('desk.none')];
}

/* What is still missing in a filing, each by its name. */
export const filingLacks = (section: DeskSection): string[] => (section.name === 'filing' && section.todo ? ((section.facts['lacks'] as string[] | undefined) ?? []).map(say) : []);

/* `own`: for the firm's own people. */
export function whereDone(section: DeskSection, site: string, own: boolean): RouteLocationRaw {
	const list = (record: string, query: Record<string, string> = {}) => ({ path: `/r/${pluralOf(record)}`, query: { site, ...query } });
	switch (section.name) {
	case 'return': return { path: '/returns', query: { site } };
	case 'health': return `/health/${site}`;
	case 'filing': return section.facts['id'] && !['draft', 'returned'].includes(String(section.facts['state'])) && !(section.todo && filesAgain(section)) ? `/filings/${String(section.facts['id'])}` : { path: '/filings/fill', query: { site } };
	case 'staff': return { path: '/staff', query: { site } };
	case 'findings': return list('finding', { state: 'open,sent_back,rectified' });
	case 'checks': return list('check');
	case 'needs': return list('need');
	case 'plans': return own ? '/plans/day' : list('plan');
	case 'policies': return own ? '/my/policies' : list('delivery');
	case 'loans': return list('loan');
	case 'tests': return list('test_batch');
	case 'advice': return list('appointment');
	default: return list('report');
	}
}

export function rowDone(row: DeskRow, site: string): RouteLocationRaw {
	const record = recordNamed(row.record);
	if (row.record === 'training')
		return { path: `/r/${pluralOf('training')}/new`, query: { site, topic: 'first', title: t('filing.lesson') } };
	return row.id && record ? rowRoute(record, row.id) : { path: '/returns', query: { site, day: row.day } };
}

function sayField(row: DeskRow, name: string, value: unknown): string {
	const record = recordNamed(row.record);
	const field = record && fieldOf(record, name);
	if (!field || value === null || value === undefined)
		return '';
	if (field.kind === 'day')
		return sayDay(String(value));
	if (field.kind === 'amount')
		return money(Number(value));
	return field.kind === 'whole' ? `${count(Number(value), field.scale)} ${say(field.unit)}` : sayPick(field, value);
}

/* What a row is about, without the name of the firm that all of them share; and how it stands. */
export function sayRow(row: DeskRow, site: string): { what: string; more: string } {
	if (row.record === 'daily')
		return { what: t('desk.sentBack', { day: sayDay(row.day ?? '') }), more: '' };
	if (row.record === 'training')
		return { what: t('desk.lessonRecord'), more: '' };
	const told = Object.entries(row.fields ?? {}).map(([name, value]) => sayField(row, name, value)).filter(Boolean);
	const title = say(row.shown?.text ?? '') || (row.title ?? '').replace(site, '').replace(/ · $/, '');
	const record = recordNamed(row.record);
	const state = record ? sayPick(stateField(record) ?? fieldOf(record, 'stage'), row.state) : '';
	return { what: title || told.shift() || say(record?.label), more: [...told, state].filter(Boolean).join(' · ') };
}
