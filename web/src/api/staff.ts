import { get } from './http';

/* The staff files of a firm or an area in one answer. */

export type StaffSums = {
	site?: string; name?: string; staff?: number; rooms?: number; rooms_needed?: number;
	day: string; files: number; complete: number; isolating: number; late: number;
	lacks: { field: string; count: number }[];
	states: { state: string | null; count: number }[];
	back: { back_by: string | null; day: string; count: number }[];
	release: { day: string; count: number }[];
	firms?: { id: string; name: string; files: number; lacking: number }[];
};

export const readStaffSums = (where: { area?: string | undefined; site?: string | undefined }) => get<StaffSums>('/staff/sums', where);
export const readVillages = (site: string) => get<{ rows: { name: string }[] }>('/staff/villages', { site });
