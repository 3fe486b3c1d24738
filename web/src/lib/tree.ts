import type { Benefit, Node } from '@/api/policy';

/* Trees of conditions as they are edited. */

export const leafKinds = ['in', 'flag', 'number', 'day', 'ratio', 'industry', 'area', 'risk', 'member', 'without'] as const;
export const compares = ['<=', '>=', '<', '>', '=', '!='];
export const groups = ['all', 'any', 'none'] as const;
export type Group = (typeof groups)[number];
export const benefitKinds = ['none', 'fixed', 'percent', 'heads', 'months', 'rate', 'most', 'sum', 'cases'] as const;

/* Types of facts that a leaf compares. */
export const typesOf: Record<string, string[]> = { in: ['text'], flag: ['flag'], number: ['whole', 'amount', 'rate'], day: ['day'], ratio: ['whole', 'amount', 'rate'], member: ['list'] };

export function freshLeaf(is: string): Node {
	switch (is) {
	case 'area': case 'industry': return { is, codes: [] };
	case 'in': return { is, fact: 'size', of: [] };
	case 'flag': return { is, fact: '', value: true };
	case 'number': return { is, fact: 'staff', compare: '<=', value: 0 };
	case 'day': return { is, fact: '', compare: '>=', value: '' };
	case 'ratio': return { is, top: '', bottom: '', parts: 1, bands: [{ compare: '<=', value: 5000 }] };
	case 'member': return { is, fact: 'lists', of: [] };
	case 'without': return { is, policies: [] };
	default: return { is: 'risk', levels: [] };
	}
}

/* Exceptions are edited as "none of these": one way to write them. */
export function opened(node: Node): Node {
	if (node.not)
		return { ...node, not: node.not.any ? { ...node.not, any: node.not.any.map(opened) } : { any: [opened(node.not)] } };
	if (node.all)
		return { ...node, all: node.all.map(opened) };
	return node.any ? { ...node, any: node.any.map(opened) } : node;
}

export const groupOf = (node: Node): Group | null => (node.all ? 'all' : node.any ? 'any' : node.not ? 'none' : null);
export const childrenOf = (node: Node): Node[] => node.all ?? node.any ?? node.not?.any ?? [];
/* Numbers of leaves as the server says them: below "none" there is one more step. */
export const numberIn = (node: Node, at: string, n: number): string => [at, ...(node.not ? ['1'] : []), String(n + 1)].filter(Boolean).join('.');

export function groupWith(kind: Group, children: Node[], note?: string): Node {
	const inner: Node = kind === 'all' ? { all: children } : kind === 'any' ? { any: children } : { not: { any: children } };
	return note ? { ...inner, note } : inner;
}

/* A tree as the editor holds it: always a group at the top. */
export function topOf(conditions: unknown): Node {
	const node = conditions && typeof conditions === 'object' && Object.keys(conditions).length ? opened(conditions as Node) : { all: [] };
	return groupOf(node) ? node : { all: [node] };
}

export function freshBenefit(kind: string): Benefit {
	switch (kind) {
	case 'fixed': return { kind, amount: 0 };
	case 'percent': return { kind, base: '', rate: 5000 };
	case 'heads': return { kind, heads: 'staff', per: 0, months: 1 };
	case 'months': return { kind, base: '', free: 1, half: 0 };
	case 'rate': return { kind, balance: '', from: '', share: 10000, months: 12 };
	case 'most': case 'sum': return { kind, of: [{ kind: 'fixed', amount: 0 }] };
	case 'cases': return { kind, of: [{ when: { all: [] }, give: { kind: 'fixed', amount: 0 } }, { give: { kind: 'fixed', amount: 0 } }] };
	default: return { kind: 'none' };
	}
}
