import { call, get, post } from './http';
import { scaledOf, scaledText } from '@/lib/number';
import type { Named } from './types';

/* The daily health round of a firm, and a worker's own word. */

export type Sums = {
	staff: number; due: number; told: number; missing: number; measured: number; attested: number;
	feverish: number; ill: number; positive: number; absent: number; isolating: number; differ: number;
};
/* None: a test result alone is known. */
export type Way = 'each' | 'gate' | 'all' | 'own' | 'record';
/* Private values are masked ("***") unless their reader gave a reason. */
export type Told = {
	id: string; way: Way | null; presence?: string; measured: boolean; at: string; own_at?: string; differs?: boolean; worries?: boolean;
	temperature?: number | string; symptoms?: string; result?: string; own_temperature?: number | string; own_symptoms?: string;
};
export type Member = {
	staff: string; name: string; number: string | null; dept: string | null; state: string | null; isolate_until?: string; due: boolean;
	told?: Told; before?: Told;
};
export type Round = { site: Named; day: string; threshold: number; may: boolean; reveals: boolean; sums: Sums; rows: Member[] };
export type Presence = 'absent' | 'isolating' | 'on_duty';
/* What is told of one person; tenths of a degree. */
export type Word = { staff: string; presence?: string; symptoms?: string; temperature?: number; result?: string };
export type Done = { made: number; changed: number; same: number; left: number; alarm: string | null; sums: Sums };

type Where = { day?: string | undefined; q?: string | undefined; state?: string | undefined; reveal?: string | undefined };
export const readRound = (site: string, where: Where = {}) => get<Round>(`/sites/${site}/health_round`, where);

export type GateFault = { row: number; number: string; name: string; detail: string };
export type GateFile = Partial<Done> & {
	preview: boolean; readings: number; people: number; fresh: number; known: number; feverish: number; other_day: number;
	unmatched_count: number; unmatched: GateFault[]; bad_count: number; bad: GateFault[];
};
export const sendGateFile = (site: string, day: string | undefined, file: File, preview: boolean) =>
	call<GateFile>('POST', `/sites/${site}/gate_file`, { query: { day, preview: preview ? 1 : undefined }, raw: file, tries: 1, headers: { 'Content-Type': file.type || 'application/octet-stream' } });

export type Firm = { site: Named; remarks: number; sums: Sums };
export type Firms = { day: string; rows: Firm[]; next: string | null };
export const readFirms = (where: { area?: string | undefined; day?: string | undefined; q?: string | undefined; mine?: string | undefined; after?: string | undefined }) => get<Firms>('/health_rounds', where);

export type Attestation = { id: string; version: number; day: string; count: number; none: boolean | null; gate: string; by: string; duty: string | null; text: string | null; voided: boolean };
export const readAttestations = (site: string, day: string) => get<{ rows: Attestation[] }>('/attestations', { site, day }).then((answer) => answer.rows);

export type WorkerLink = { id: string; staff: string; code: string; link: string };
export const giveLinks = (site: string, body: { staff: string[] } | { all: true }) => post<{ made: number; links: WorkerLink[] }>(`/sites/${site}/worker_links`, body);

export type OwnDay = { day: string; told: boolean; at?: string; symptoms?: string | null; temperature?: number };
export type OwnHealth = { id: string; site: string; name: string; today: string; threshold: number; symptoms: { code: string; label: string }[]; days: OwnDay[] };
export const readOwnHealth = (id: string, code: string) => get<OwnHealth>(`/public/worker_links/${id}`, { code });
export const tellOwnHealth = (id: string, body: { code: string; symptoms: string; temperature?: number }) => post<OwnHealth>(`/public/worker_links/${id}/tell`, body);

/* "36.5" to tenths; null: no temperature of a human. */
export function tenthsOf(text: string): number | null {
	const tenths = scaledOf(text.replace(',', '.'), 1);
	return tenths !== null && tenths >= 300 && tenths <= 450 ? tenths : null;
}
export const degreesOf = (tenths: number | string | null | undefined): string => (typeof tenths === 'number' ? scaledText(tenths, 1) : (tenths ?? ''));
