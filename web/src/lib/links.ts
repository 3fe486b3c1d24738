import { get } from '@/api/http';
import type { Page, RecordDeclaration, Row } from '@/api/types';
import { fieldOf, sayPick, titleField } from '@/state/declarations';
import { say, t } from '@/words';

/* Names of rows for pickers and chips, asked for once. */

export type Choice = { id: string; name: string; more: string };

const names = new Map<string, string>();

export function nameOf(record: RecordDeclaration, row: Row): string {
	const title = titleField(record);
	const value = title && (title.kind === 'link' || title.kind === 'area' ? row.names?.[title.name] : row[title.name]);
	// A return is of a firm or of an area, and of a day; a setting is known by what it means.
	if (record.name === 'daily')
		return [value ?? row.names?.['area'], row['day']].filter(Boolean).join(' ');
	// What is about a place is not named by the place alone.
	const near = row.names ?? {};
	switch (record.name) {
	case 'check':
	case 'interview': return [near['site'], row['day']].filter(Boolean).join(' ');
	case 'finding': return [row['item'], say(String(row['text'] ?? ''))].filter(Boolean).join(' ') || String(value ?? '');
	case 'health': return [near['person'], row['day']].filter(Boolean).join(' · ');
	case 'attestation': return [near['site'], row['day'], row['gate']].filter(Boolean).join(' · ');
	case 'worker_link': return [near['staff'], near['site']].filter(Boolean).join(' · ');
	case 'health_remark': return [near['site'], row['day'], sayPick(fieldOf(record, 'kind'), row['kind'])].filter(Boolean).join(' · ');
	case 'link': return [near['site'], near['user'] ?? near['person']].filter(Boolean).join(' · ');
	case 'pledge': return [near['person'], near['appeal']].filter(Boolean).join(' · ');
	case 'swap': return [near['person'], near['whom'] ?? near['taker']].filter(Boolean).join(' → ');
	case 'assignment':
	case 'claim':
	case 'shift': return [near['person'], near['post']].filter(Boolean).join(' · ');
	case 'delivery': return [near['policy'], near['site']].filter(Boolean).join(' · ');
	case 'policy_payment': return [near['site'], near['policy']].filter(Boolean).join(' · ');
	case 'test_batch': return [near['site'], row['day']].filter(Boolean).join(' ');
	case 'gate_watch': return [near['site'], row['gate'], row['day']].filter(Boolean).join(' ');
	case 'binding': return [near['person'], row['plant']].filter(Boolean).join(' · ');
	case 'leave': return [near['person'], sayPick(fieldOf(record, 'kind'), row['kind'])].filter(Boolean).join(' · ');
	case 'merge': return [near['person'], near['other']].filter(Boolean).join(' ← ');
	case 'team_member': return [near['person'], near['team']].filter(Boolean).join(' · ');
	case 'site_invite': return [near['site'], row['note']].filter(Boolean).join(' · ');
	case 'team_site': return [near['site'], near['team']].filter(Boolean).join(' · ');
	case 'subsidy': return [near['person'], row['month']].filter(Boolean).join(' · ');
	case 'care': return [row['item'] ?? sayPick(fieldOf(record, 'kind'), row['kind']), near['person'] ?? near['post'] ?? near['org']].filter(Boolean).join(' · ');
	case 'grant': return [near['user'], sayPick(fieldOf(record, 'role'), row['role'])].filter(Boolean).join(' · ');
	case 'need_part': return [near['need'], near['org']].filter(Boolean).join(' · ');
	case 'filing': return [row['number'], near['site']].filter(Boolean).join(' ');
	case 'filing_batch': return [row['part'], row['day']].filter(Boolean).join(' ');
	case 'filing_route': return [near['area'], sayPick(fieldOf(record, 'tier'), row['tier']), sayPick(fieldOf(record, 'route'), row['route'])].filter(Boolean).join(' · ');
	case 'loan_offer': return [near['bank'], near['loan'] ?? near['site']].filter(Boolean).join(' · ');
	case 'loan_payment': return [near['site'], row['day']].filter(Boolean).join(' · ');
	case 'plan_day': return [near['plan'], row['day']].filter(Boolean).join(' · ');
	case 'blocker': return [near['plan'], near['need']].filter(Boolean).join(' · ');
	case 'appointment': return [near['site'], near['field']].filter(Boolean).join(' · ');
	case 'meter': return near['site'] ?? String(value ?? '');
	case 'site_day':
	case 'meter_day': return [near['site'], row['day']].filter(Boolean).join(' · ');
	case 'risk': return near['area'] ?? String(value ?? '');
	case 'template_version': return `${near['template'] ?? ''} ${t('template.edition', { n: Number(row['number']) })}`.trim();
	case 'zone_member': return near['area'] ?? near['site'] ?? String(value ?? '');
	}
	return value ? (title?.both ? say(String(value)) : String(value)) : row.id.slice(-6);
}

export function choiceOf(record: RecordDeclaration, row: Row): Choice {
	const name = nameOf(record, row);
	names.set(row.id, name);
	const more = record.name === 'area' ? String(row['code'] ?? '') : (row.names?.['area'] ?? row.names?.['org'] ?? '');
	return { id: row.id, name, more };
}

export async function findChoices(record: RecordDeclaration, text: string, area?: string, only: Record<string, string> = {}): Promise<Choice[]> {
	const page = await get<Page>(`/${record.plural}`, { q: text, limit: 20, area, ...only });
	return page.rows.map((row) => choiceOf(record, row));
}

export async function choiceNamed(record: RecordDeclaration, id: string): Promise<Choice> {
	const known = names.get(id);
	if (known)
		return { id, name: known, more: '' };
	try {
		return choiceOf(record, await get<Row>(`/${record.plural}/${id}`));
	} catch {
		return { id, name: t('detail.outOfReach'), more: '' };
	}
}
