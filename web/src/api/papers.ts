import { get } from './http';

/* Papers: where they are fetched, and whether a certificate holds. */

export const certificatePath = (person: string): string => `/people/${person}/certificate.pdf`;
export const orderPath = (assignment: string): string => `/assignments/${assignment}/order.pdf`;

export type Verified = { state: 'valid' | 'withdrawn'; number: string; day?: string; days?: number; hours?: number; name?: string | null };

/* By the number and code that stand in the link of its QR code. */
export const verify = (mark: string): Promise<Verified> => get<Verified>(`/public/certificates/${encodeURIComponent(mark)}`);
export const verifyLink = (number: string, code: string): string => `${location.origin}/verify/${encodeURIComponent(`${number}-${code}`)}`;
