import { computed, ref, watch, type Ref } from 'vue';
import type { Field, RecordDeclaration } from '@/api/types';
import { keep, kept } from '@/lib/store';
import { titleField, stateField } from './declarations';
import { userKey } from './session';
import { say, t } from '@/words';

/* What a reader chose for the list of a record: columns and saved views. */

export type Column = { name: string; label: string; field: Field; width: number; order: boolean; number: boolean };

export type View = { name: string; query: Record<string, string>; columns: string[] };

const widths: Partial<Record<Field['kind'], number>> = {
	flag: 84, day: 112, stamp: 152, whole: 100, amount: 120, phone: 140, idno: 180, uscc: 180, pick: 140, area: 130, link: 180, person: 110, place: 170, text: 150, long: 260,
};

const systemFields: Field[] = [
	{ name: 'made_at', kind: 'stamp', label: '' },
	{ name: 'changed_at', kind: 'stamp', label: '' },
];

// About as wide as a heading is drawn: a Chinese letter is twice a Latin one. Room for the arrow and the edges.
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 13 : 7), 38);

function columnOf(record: RecordDeclaration, field: Field): Column {
	const title = field.name === titleField(record)?.name;
	const label = field.name === 'made_at' ? t('list.made') : field.name === 'changed_at' ? t('list.changed') : say(field.label);
	// People are counted as people; of all else the unit is told.
	const full = field.unit && !field.unit.startsWith('people') ? `${label} (${say(field.unit)})` : label;
	return {
		name: field.name, label: full, field,
		width: Math.max(title ? 260 : (widths[field.kind] ?? 150), Math.min(220, widthOf(full))),
		order: field.order ?? false,
		number: (field.kind === 'whole' && !field.picks) || field.kind === 'amount',
	};
}

export function allColumns(record: RecordDeclaration): Column[] {
	const shown = record.fields.filter((one) => !['json', 'file'].includes(one.kind));
	const extra: Field[] = (record.extra ?? []).map((one) => ({ name: one.code, kind: 'whole', label: one.label }));
	const system = systemFields.filter((one) => !shown.some((field) => field.name === one.name));
	return [...shown, ...extra, ...system].map((field) => columnOf(record, field));
}

/* Of some records other columns say more than the rule below would choose. */
const chosenColumns: Record<string, string[]> = {
	staff: ['name', 'state', 'site', 'number', 'dept', 'job', 'complete', 'lacks', 'back_day', 'isolate_until'],
	gate_entry: ['text', 'kind', 'at', 'who', 'gate', 'passed', 'out_at', 'site'],
	gate_watch: ['gate', 'who', 'starts', 'ends', 'site', 'note'],
	test_batch: ['site', 'state', 'day', 'kind', 'people', 'negative', 'positive', 'pending', 'lab'],
	binding: ['person', 'plant', 'area', 'dwelling', 'estate', 'begins', 'ends'],
	finding: ['item', 'state', 'site', 'severity', 'due', 'day'],
	check: ['site', 'template_version', 'result', 'state', 'day', 'items_failed', 'items_fixed', 'round'],
	report: ['number', 'stage', 'kind', 'text', 'site', 'at', 'made_at'],
	need_kind: ['label', 'lead', 'class'],
	need_class: ['label', 'amount', 'unit', 'remind', 'escalate'],
	report_kind: ['label'],
	post_kind: ['label', 'duties'],
	policy: ['title', 'state', 'level', 'issuer', 'mode', 'begins', 'ends', 'apply_by', 'example'],
	fact: ['site', 'kind', 'month', 'value', 'source', 'told'],
	fact_kind: ['label', 'type', 'unit', 'monthly', 'code'],
	pledge: ['person', 'state', 'appeal', 'org', 'rank', 'wish', 'near', 'day'],
	post: ['title', 'kind', 'needed', 'filled', 'short', 'area', 'site', 'begins', 'ends'],
	swap: ['person', 'whom', 'taker', 'state', 'until', 'note'],
	shift: ['person', 'state', 'post', 'starts', 'ends', 'came', 'gone', 'over_by'],
	team_member: ['person', 'team', 'lead', 'part', 'begins', 'ends'],
	site_invite: ['site', 'note', 'state', 'day', 'until', 'user'],
	team_site: ['site', 'team', 'part', 'begins', 'ends'],
	claim: ['person', 'state', 'post', 'begins', 'ends', 'day', 'decided_by', 'reason'],
	leave: ['person', 'state', 'kind', 'begins', 'ends', 'back_on', 'decided_by', 'decided_at'],
	merge: ['person', 'other', 'state', 'by', 'at'],
	subsidy: ['person', 'state', 'month', 'post', 'day_count', 'amount', 'org', 'rate', 'served', 'paid_day'],
	care: ['kind', 'item', 'amount', 'unit', 'day', 'person', 'post', 'org', 'money', 'giver'],
	deed: ['text', 'team', 'day', 'amount', 'unit'],
	certificate: ['number', 'person', 'unit', 'day', 'served_days', 'served_hours', 'issuer'],
	assignment: ['person', 'post', 'org', 'lead', 'begins', 'ends'],
	delivery: ['policy', 'state', 'site', 'estimate', 'apply_by', 'mode', 'told_day', 'known_day', 'granted', 'paid'],
	policy_firm: ['site', 'untold', 'qualifies', 'unknown', 'granted', 'estimate', 'money', 'missing', 'facts'],
	policy_payment: ['site', 'policy', 'amount', 'day', 'voucher', 'reason', 'by'],
	grant_list: ['number', 'state', 'policy', 'area', 'firms', 'amount', 'day', 'doc_no', 'signed_day'],
	policy_question: ['text', 'state', 'policy', 'site', 'day', 'due', 'answer'],
	setting: ['label', 'value', 'otherwise'],
	filing: ['site', 'state', 'number', 'route', 'day', 'clock', 'reviewer', 'submitted_at'],
	filing_batch: ['day', 'people', 'part', 'orders', 'filing'],
	filing_route: ['area', 'tier', 'route', 'day', 'standard', 'basis'],
	filing_reason: ['label'],
	training: ['title', 'site', 'topic', 'day', 'due', 'trained'],
	daily: ['site', 'state', 'day', 'kind', 'timing', 'content', 'submitted_at', 'submitted_by'],
	site_day: ['site', 'day', 'low', 'stock_days', 'staff', 'on_duty', 'new_on_duty', 'isolating', 'not_back', 'masks'],
	health: ['person', 'day', 'site', 'presence', 'symptoms', 'temperature', 'result', 'way', 'differs'],
	attestation: ['gate', 'site', 'day', 'count', 'none', 'by', 'duty'],
	worker_link: ['staff', 'state', 'site', 'day', 'reason'],
	health_remark: ['evidence', 'state', 'site', 'day', 'kind', 'why', 'looked_by', 'looked_at'],
	loan: ['number', 'state', 'site', 'kind', 'amount', 'purpose', 'bank', 'approved', 'paid', 'minutes', 'raised_at'],
	loan_offer: ['bank', 'state', 'site', 'amount', 'rate', 'months', 'approved', 'paid', 'minutes', 'invited_at'],
	loan_payment: ['site', 'bank', 'kind', 'amount', 'day', 'voucher'],
	loan_reason: ['label'],
	product: ['label', 'unit'],
	plan: ['title', 'state', 'kind', 'site', 'lead', 'percent', 'told_day', 'begins', 'ends'],
	plan_day: ['plan', 'day', 'percent', 'amount', 'unit', 'people', 'text', 'problems'],
	milestone: ['title', 'state', 'plan', 'due', 'share', 'done_on'],
	line: ['name', 'state', 'product', 'site', 'now', 'target', 'by_day'],
	meter: ['site', 'baseline', 'span', 'number'],
	meter_day: ['site', 'day', 'kwh', 'base', 'running'],
	appointment: ['site', 'state', 'field', 'org', 'way', 'starts', 'minutes', 'text'],
	need: ['text', 'state', 'number', 'site', 'kind', 'lead', 'clock', 'raised_at'],
};

/* How a list stands before its reader chooses an order; the newest first elsewhere. */
/* Figures of the area that stand above a list of what they count. */
export const figuresOver: Record<string, string[]> = {
	policy: ['policy_money_granted', 'policy_money_paid'], delivery: ['policy_money_granted', 'policy_money_paid'], policy_payment: ['policy_money_paid'],
};

export const defaultSort: Record<string, string> = { area: 'code', level: 'depth', setting: 'name' };

/* Title first, state second, then what the declaration names first. */
export function defaultColumns(record: RecordDeclaration): string[] {
	const chosen = chosenColumns[record.name];
	if (chosen)
		return chosen;
	const title = titleField(record)?.name;
	const state = stateField(record)?.name;
	const rest = record.fields
		.filter((one) => !['json', 'file', 'place', 'idno', 'uscc'].includes(one.kind) && one.name !== title && one.name !== state)
		.filter((one) => (one.kind !== 'long' || one.need) && (one.set !== 'system' || one.order || one.filter))
		.map((one) => one.name);
	return [title, state, ...rest].filter((one) => one !== undefined).slice(0, 8);
}

export function useColumns(record: Ref<RecordDeclaration>) {
	const key = computed(() => `${userKey.value}.columns.${record.value.name}`);
	const chosen = ref<string[]>([]);
	watch(key, () => { chosen.value = kept(key.value, defaultColumns(record.value)); }, { immediate: true });
	const all = computed(() => allColumns(record.value));
	const columns = computed(() => {
		const found = chosen.value.map((name) => all.value.find((one) => one.name === name)).filter((one) => one !== undefined);
		return found.length ? found : all.value.slice(0, 6);
	});
	function choose(names: string[]): void {
		chosen.value = names;
		keep(key.value, names);
	}
	function reset(): void {
		chosen.value = defaultColumns(record.value);
		keep(key.value, null);
	}
	return { all, columns, chosen, choose, reset };
}

export function useViews(record: Ref<RecordDeclaration>) {
	const key = computed(() => `${userKey.value}.views.${record.value.name}`);
	const views = ref<View[]>([]);
	watch(key, () => { views.value = kept<View[]>(key.value, []); }, { immediate: true });
	function save(view: View): void {
		views.value = [...views.value.filter((one) => one.name !== view.name), view];
		keep(key.value, views.value);
	}
	function drop(name: string): void {
		views.value = views.value.filter((one) => one.name !== name);
		keep(key.value, views.value);
	}
	return { views, save, drop };
}
