import { get, post } from './http';

/* Signing up for an appeal, by somebody who has no account. */

export type Appeal = {
	id: string; title: string; text: string; area: { id: string; name: string; level: number };
	opens: string; closes: string | null; wanted: number | null;
};
export type Choice = { code: string; label: string };
/* A post that the appeal is to fill and that still lacks people. */
export type WantedPost = { title: string; lacks: number; begins: string; ends?: string; hours: string | null; skills: string | null };
export type OpenAppeal = Appeal & { consent: string; confirms: boolean; wishes: Choice[]; near: Choice[]; rank: Choice[]; posts: WantedPost[] };
export type Place = { id: string; name: string; level: number };
export type Begun = { id: string; ends_at: string; code?: string };
export type Own = {
	id: string; appeal: string; name: string; day: string; state: string; label: string; may_withdraw: boolean; consent: string | null;
	may_account: boolean; has_account: boolean;
	posts: { title: string; begins: string }[];
};

export const readAppeals = () => get<{ rows: Appeal[] }>('/public/appeals').then((answer) => answer.rows);
export const readAppeal = (id: string) => get<OpenAppeal>(`/public/appeals/${id}`);
export const readPlaces = (id: string, parent = '') => get<{ rows: Place[] }>(`/public/appeals/${id}/areas`, { parent }).then((answer) => answer.rows);
export const signUp = (id: string, form: Record<string, unknown>) => post<Begun>(`/public/appeals/${id}/sign-up`, form);
export const confirmSignUp = (id: string, code: string) => post<{ id: string; code: string }>(`/public/sign-ups/${id}/confirm`, { code });
export const readOwn = (id: string, code: string) => get<Own>(`/public/pledges/${id}`, { code });
export const withdrawOwn = (id: string, code: string) => post<Own>(`/public/pledges/${id}/withdraw`, { code });

export const askAccount = (id: string, code: string) => post<{ outcome: 'sent' | 'made'; link?: string }>(`/public/pledges/${id}/account`, { code });

/* The page where one signs up, as it is handed around; and one's own afterwards. What opens it stands behind #, which browsers keep to themselves. */
export const joinLink = (id: string) => `${location.origin}/join/${id}`;
export const ownPath = (id: string, code: string) => `/join/mine/${id}#${code}`;
