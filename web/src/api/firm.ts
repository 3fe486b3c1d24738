import { get, post } from './http';

/* Firms that are invited to keep their own page. */

export type Invitation = { id: string; link: string; until: string; qr: string | null };
export type Invited = { site: string; until: string };

export const inviteFirm = (site: string, note: string) => post<Invitation>(`/sites/${site}/invite`, note ? { note } : {});
export const readInvited = (id: string, code: string) => get<Invited>(`/public/site_invites/${id}`, { code });
export const acceptInvite = (id: string, code: string, name: string, password: string) => post<{ name: string }>(`/public/site_invites/${id}/accept`, { code, name, password });
