/* Rows that somebody copied from a spreadsheet: cells between tabs, or between commas where there are none; the first row may hold headings. */

export type Heading = { name: string; labels: string[] };

function cells(line: string): string[] {
	return line.split(line.includes('\t') ? '\t' : /[,，]/).map((one) => one.trim());
}

/* Columns stand as their headings say; without headings in the order given. What no heading names is left out. */
export function readPasted(text: string, headings: Heading[]): Record<string, string>[] {
	const lines = text.split(/\r?\n/).map((one) => one.replace(/\s+$/, '')).filter(Boolean);
	if (!lines.length)
		return [];
	const find = (cell: string) => headings.find((one) => one.labels.some((label) => label.toLowerCase() === cell.toLowerCase()));
	const first = cells(lines[0]!);
	const headed = first.filter((one) => find(one)).length > first.length / 2;
	const columns = headed ? first.map((one) => find(one)?.name) : headings.map((one) => one.name);
	return lines.slice(headed ? 1 : 0).map((line) => {
		const row: Record<string, string> = {};
		cells(line).forEach((cell, n) => {
			const name = columns[n];
			if (name && cell)
				row[name] = cell;
		});
		return row;
	});
}
