import type { RecordDeclaration } from '@/api/types';
import { may } from '@/state/session';

/* Where a row opens: a page of its own where one was made by hand, else the one detail page. */
export function rowRoute(record: Pick<RecordDeclaration, 'name' | 'plural'>, id: string): string {
	if (record.name === 'filing')
		return `/filings/${id}`;
	// a bank's users read its answers where they work on them
	if (record.name === 'loan_offer' && !may('loan.read'))
		return '/bank';
	return record.name === 'template' ? `/templates/${id}` : `/r/${record.plural}/${id}`;
}
