import { computed, shallowReactive } from 'vue';
import { get } from '@/api/http';
import { problemOf } from '@/api/problem';
import type { Declarations, Field, Indicator, Measure, Page, Pick, RecordDeclaration } from '@/api/types';
import { keep, kept } from '@/lib/store';
import { language, say } from '@/words';
import { plurals } from '@/words/plurals';
import { may } from './session';

/* What the server declares: every list, form and detail page is made from it. */

const state = shallowReactive<{ now: Declarations | null }>({ now: null });

export const declarations = computed<Declarations>(() => state.now ?? { records: [], measures: [], indicators: [] });

type Wire = Omit<Field, 'kind'> & { kind: Field['kind'] | 'longtext' | 'links' | 'files' };

/* Lists of links and of files are links and files of which there may be many. */
function fieldFrom(wire: Wire): Field {
	switch (wire.kind) {
	case 'longtext': return { ...wire, kind: 'long' };
	case 'links': return { ...wire, kind: 'link', many: true };
	case 'files': return { ...wire, kind: 'file', many: true };
	default: return { ...wire, kind: wire.kind };
	}
}

/* The rows of an administrator's list, as picks. */
async function choicesOf(wire: Declarations): Promise<Map<string, Pick[]>> {
	const names = new Set(wire.records.flatMap((one) => one.fields.map((field) => field.choices ?? '')).filter(Boolean));
	const found = new Map<string, Pick[]>();
	await Promise.all([...names].map(async (name) => {
		const record = wire.records.find((one) => one.name === name);
		const page = record && await get<Page>(`/${record.plural}`, { limit: 500 }).catch(() => null);
		found.set(name, (page?.rows ?? []).map((row) => ({ code: String(row['code']), label: String(row['label'] ?? row['code']) })).reverse());
	}));
	return found;
}

/* The names of the levels of areas, as picks. */
async function levelsOf(): Promise<Pick[]> {
	const page = await get<Page>('/levels', { limit: 50 }).catch(() => null);
	return (page?.rows ?? []).map((row) => ({ code: String(row['depth']), label: `${String(row['english'])}|${String(row['chinese'])}` })).sort((a, b) => Number(a.code) - Number(b.code));
}

async function declarationsFrom(wire: Declarations): Promise<Declarations> {
	const [choices, levels] = await Promise.all([choicesOf(wire), levelsOf()]);
	const withChoices = (field: Field): Field => (field.choices ? { ...field, kind: 'pick', picks: choices.get(field.choices) ?? [] } : field.name === 'level' && field.kind === 'whole' ? { ...field, picks: levels } : field);
	return { ...wire, records: wire.records.map((one) => ({ ...one, fields: one.fields.map(fieldFrom).map(withChoices) })) };
}

export async function loadDeclarations(): Promise<void> {
	if (state.now)
		return;
	try {
		state.now = await declarationsFrom(await get<Declarations>('/declarations'));
		keep('declarations', state.now);
	} catch (error) {
		const last = kept<Declarations | null>('declarations', null);
		if (!problemOf(error).offline || !last)
			throw error;
		state.now = last;
	}
}

export const forgetDeclarations = () => { state.now = null; };

export const recordNamed = (name: string): RecordDeclaration | undefined =>
	declarations.value.records.find((one) => one.name === name);

export const recordOf = (plural: string): RecordDeclaration | undefined =>
	declarations.value.records.find((one) => one.plural === plural);

/* The path of a record's rows; a record that is not declared has none. */
export const pluralOf = (name: string): string => recordNamed(name)?.plural ?? '';

export const fieldOf = (record: RecordDeclaration, name: string): Field | undefined =>
	record.fields.find((one) => one.name === name);

/* Whether the user may see and change rows of a record somewhere; a record that is not declared, nowhere. */
export const mayRead = (name: string): boolean => may(recordNamed(name)?.read ?? '');
export const mayWrite = (name: string): boolean => may(recordNamed(name)?.write ?? '');

/* Whether a person makes rows of it at all: of some, every field is set by muster. */
export const isMade = (record: RecordDeclaration): boolean => mayWrite(record.name) && !muster.has(record.name) && record.fields.some((one) => one.set !== 'system');
// Settings have fixed names; a return is confirmed, entries are merged on a page of their own.
const muster = new Set(['setting', 'daily', 'merge', 'policy_firm', 'policy_payment', 'loan_offer', 'loan_payment', 'blocker']);

/* Whether rows have a place in the tree, so that the area in the URL narrows their list. */
// Policies of the areas above hold below as well: all of them are listed everywhere.
export const isPlaced = (record: RecordDeclaration): boolean =>
	record.name !== 'policy' && (record.name === 'area' || record.follows !== undefined || record.fields.some((one) => one.kind === 'area' && one.name === 'area'));

export const measureNamed = (name: string): Measure | undefined =>
	declarations.value.measures.find((one) => one.name === name);

export const indicatorNamed = (name: string): Indicator | undefined =>
	declarations.value.indicators.find((one) => one.name === name);

export const sayMeasure = (name: string): string => say(measureNamed(name)?.label) || name;

/* A record's name inside a sentence, and the name of many: English has a small letter and a plural. */
const lower = (text: string): string => (language.value === 'en' ? text.charAt(0).toLowerCase() + text.slice(1) : text);
export const sayOne = (record: RecordDeclaration): string => lower(say(record.label));
export function sayMany(record: RecordDeclaration): string {
	return language.value === 'en' ? (plurals[record.name] ?? record.plural.replaceAll('_', ' ')) : say(record.label);
}
export function titleMany(record: RecordDeclaration): string {
	const many = sayMany(record);
	return many.charAt(0).toUpperCase() + many.slice(1);
}

/* The word for a pick's code in the reader's language. */
export const sayPick = (field: Field | undefined, code: unknown): string =>
	say(field?.picks?.find((one) => one.code === String(code))?.label) || String(code ?? '');

/* The field that says how a row stands; steps move "state" on. */
export const stateField = (record: RecordDeclaration): Field | undefined =>
	fieldOf(record, 'state') ?? fieldOf(record, 'status');

/* The field that names a row to a reader. */
export function titleField(record: RecordDeclaration): Field | undefined {
	if (record.title)
		return fieldOf(record, record.title);
	for (const name of ['name', 'title', 'label', 'code'])
		if (fieldOf(record, name))
			return fieldOf(record, name);
	return record.fields.find((one) => one.kind === 'text' || one.kind === 'person' || one.kind === 'link');
}

/* Written on a page of their own, never typed as JSON. */
const byHand: Record<string, string[]> = { policy: ['conditions', 'benefit'] };
export const isByHand = (record: RecordDeclaration, field: Field): boolean => byHand[record.name]?.includes(field.name) ?? false;
