import type { RecordDeclaration } from '@/api/types';

/* Where a row opens: a page of its own where one was made by hand, else the one detail page. */
export function rowRoute(record: Pick<RecordDeclaration, 'name' | 'plural'>, id: string): string {
	if (record.name === 'filing')
		return `/filings/${id}`;
	return record.name === 'template' ? `/templates/${id}` : `/r/${record.plural}/${id}`;
}
