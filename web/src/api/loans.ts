import { get, type Query } from './http';
import type { Row } from './types';

/* Loans and insurance: by state, by bank and area, and what a bank was invited to. */

export type Board = { waiting: number; columns: { state: string; count: number; rows: Row[] }[] };

/* Sums in fen, medians in minutes. count: of a bank its invitations; wanted: of a bank what it offered. */
export type Sum = { id?: string; name?: string; count: number; wanted: number; offered?: number; decided: number; approved: number; refused: number; granted: number; paid: number; median: number | null; own_median?: number | null };
export type Sums = { total: Sum; banks: Sum[]; areas: Sum[] };

export type BankLoan = {
	offer: Row;
	loan: { number: string; kind: string; amount: number; purpose: string; purpose_text: string | null; months: number | null; raised_at: string; materials: string[] };
	site: { id: string; name: string; uscc: string | null; industry: string | null; size: string | null; status: string | null };
};
export type BankLoans = { bank: string | null; rows: BankLoan[]; next: string | null };

export const readBoard = (where: Query) => get<Board>('/loans/board', where);
export const readSums = (where: Query) => get<Sums>('/loans/sums', where);
export const readBankLoans = (query: Query) => get<BankLoans>('/bank/loans', query);
