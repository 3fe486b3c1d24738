/* Rows that somebody copied from a spreadsheet: cells between tabs, or between commas where there are none; the first row may hold headings. */

export type Heading = { name: string; labels: string[] };

function cells(line: string): string[] {
	return line.split(line.includes('\t') ? '\t' : /[,，]/).map((one) => one.trim());
}

/* ignored: columns of which nothing is taken, by their headings, by number where they have none. */
export type Pasted = { rows: Record<string, string>[]; ignored: string[] };

/* Columns stand as their headings say; without headings in the order given. The first heading, or most of them, makes the first line one of headings. */
export function readPasted(text: string, headings: Heading[]): Pasted {
	const lines = text.split(/\r?\n/).map((one) => one.replace(/\s+$/, '')).filter(Boolean);
	if (!lines.length)
		return { rows: [], ignored: [] };
	const find = (cell: string) => headings.find((one) => one.labels.some((label) => label.toLowerCase() === cell.toLowerCase()));
	const first = cells(lines[0]!);
	const headed = first.some((one) => find(one) === headings[0]) || first.filter((one) => find(one)).length > first.length / 2;
	const columns = headed ? first.map((one) => find(one)?.name) : headings.map((one) => one.name);
	const ignored = new Set<string>();
	const rows = lines.slice(headed ? 1 : 0).map((line) => {
		const row: Record<string, string> = {};
		cells(line).forEach((cell, n) => {
			const name = columns[n];
			if (name && cell)
				row[name] = cell;
			else if (cell)
				ignored.add((headed && first[n]) || `#${n + 1}`);
		});
		return row;
	});
	return { rows, ignored: [...ignored] };
}
