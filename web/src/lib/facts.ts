import { shallowRef } from 'vue';
import { get } from '@/api/http';
import type { Page, Pick } from '@/api/types';
import { fieldOf, pluralOf, recordNamed } from '@/state/declarations';

/* What can be known of a site: fields of the register, and kinds of fact that an administrator keeps. */

export type FactType = 'flag' | 'whole' | 'amount' | 'rate' | 'day' | 'text' | 'list';
export type About = { code: string; label: string; type: FactType; unit: string; choices: Pick[]; monthly: boolean; register: boolean; hint: string };

const register = ['kind', 'industry', 'size', 'tier', 'status', 'staff', 'on_duty', 'revenue', 'assets', 'taxpayer', 'above_scale'];

export const facts = shallowRef<About[]>([]);

// "code=English|中文, code=English|中文"
const picksOf = (text: unknown): Pick[] => String(text ?? '').split(',').map((one) => one.trim()).filter(Boolean).map((one) => {
	const at = one.indexOf('=');
	return { code: one.slice(0, at), label: one.slice(at + 1) };
});

function ofRegister(): About[] {
	const site = recordNamed('site');
	return !site ? [] : register.map((name) => {
		const field = fieldOf(site, name)!;
		const type: FactType = field.kind === 'whole' || field.kind === 'amount' || field.kind === 'flag' ? field.kind : 'text';
		return { code: name, label: field.label, type, unit: field.unit ?? '', choices: field.picks ?? [], monthly: false, register: true, hint: '' };
	});
}

export async function loadFacts(): Promise<void> {
	if (facts.value.length)
		return;
	const { rows } = await get<Page>(`/${pluralOf('fact_kind')}`, { limit: 500 });
	const told = rows.map((row): About => ({
		code: String(row['code']), label: String(row['label']), type: row['type'] as FactType, unit: String(row['unit'] ?? ''), choices: picksOf(row['choices']), monthly: row['monthly'] === true, register: false,
		hint: String(row['hint'] ?? ''),
	}));
	facts.value = [...ofRegister(), ...told];
}

export const factNamed = (code: string | undefined): About | undefined => facts.value.find((one) => one.code === code);

/* A number as it is typed: yuan, percent, or whole. */
export function typedOf(type: FactType, value: number | undefined): string {
	if (value === undefined || !Number.isFinite(value))
		return '';
	return type === 'amount' || type === 'rate' ? String(value / 100) : String(value);
}
export function numberOf(type: FactType, text: string): number | undefined {
	const plain = text.trim().replaceAll(',', '').replace(/%$/, '');
	if (!/^-?\d+(\.\d{1,2})?$/.test(plain) || (type === 'whole' && plain.includes('.')))
		return undefined;
	return type === 'amount' || type === 'rate' ? Math.round(Number(plain) * 100) : Number(plain);
}
