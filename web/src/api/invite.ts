import { post } from './http';
import type { Named } from './types';

/* Accounts of people who serve: the link is sent to the phone, or shown where it cannot be. */
export type Invited = { person: Named; outcome: 'made' | 'sent' | 'there' | 'closed' | 'recent'; until?: string; link?: string; qr?: string };

export const inviteOne = (plural: 'people' | 'pledges', id: string) => post<Invited>(`/${plural}/${id}/invite`, {});
export const inviteMany = (plural: 'people' | 'pledges', ids: string[]) => post<{ rows: Invited[] }>('/people:invite', { [plural]: ids }).then((answer) => answer.rows);

/* The token of an invitation, as the page /invite was opened: behind # for an account of one's own, whose name one chooses. */
export const isOwnToken = (token: string): boolean => token.startsWith('own-');
export const acceptInvite = (token: string, password: string, name?: string) => post<{ name: string }>('/invite', { token, password, ...(name ? { name } : {}) });
