const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const tenThousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export const minus = '−';

/* Thousands separated; counted in 万 from 10,000 on where the reader chose so. */
export function countText(value: number | null | undefined, inWan = false): string {
	if (value === null || value === undefined)
		return '–';
	const size = Math.abs(value);
	const text = inWan && size >= 10000 ? `${tenThousands.format(size / 10000)}\u2009万` : grouped.format(size);
	return value < 0 ? minus + text : text;
}

/* A rate of two counts, one decimal; nothing under the line is not zero but no rate. */
export function rateText(over: number | null | undefined, under: number | null | undefined): string {
	if (over === null || over === undefined || !under)
		return '–';
	const rate = (over / under) * 100;
	// 1,199 of 1,200 must not read as all of them.
	const cut = over < under && rate >= 99.95 ? 99.9 : rate;
	return `${cut.toFixed(cut === 100 || cut === 0 ? 0 : 1)}%`;
}

/* "+3", "−2", "0": the change since another value. */
export function changeText(value: number | null | undefined, before: number | null | undefined, scale = 0): string {
	if (value === null || value === undefined || before === null || before === undefined)
		return '';
	const change = value - before;
	return change > 0 ? `+${scaledText(change, scale)}` : change < 0 ? minus + scaledText(-change, scale) : '0';
}

/* Money is whole fen on the wire and yuan on the screen. */
export function moneyText(fen: number | null | undefined, inWan = false): string {
	if (fen === null || fen === undefined)
		return '–';
	if (inWan && Math.abs(fen) >= 1000000)
		return countText(fen / 100, true);
	return new Intl.NumberFormat('en-US', { minimumFractionDigits: fen % 100 ? 2 : 0 }).format(fen / 100).replace('-', minus);
}

/* A number kept in tenths (scale 1) as people read it: 365 is "36.5". */
export function scaledText(value: number | null | undefined, scale = 0, inWan = false): string {
	if (!scale || value === null || value === undefined || (inWan && Math.abs(value) >= 10000 * 10 ** scale))
		return countText(typeof value === 'number' ? value / 10 ** scale : value, inWan);
	return new Intl.NumberFormat('en-US', { minimumFractionDigits: scale }).format(value / 10 ** scale).replace('-', minus);
}

/* "36.5" as it is kept; null: no number, or one with more decimals. Points of any keyboard. */
export function scaledOf(text: string, scale = 0): number | null {
	const found = /^(-?)(\d+)(?:[.。．](\d*))?$/.exec(text.trim().replaceAll(',', ''));
	const decimals = found?.[3] ?? '';
	if (!found || decimals.length > scale)
		return null;
	const value = Number(found[2]! + decimals.padEnd(scale, '0'));
	return found[1] ? -value : value;
}

export function fenOf(yuan: string): number | null {
	const found = /^\s*(-?)(\d+)(?:\.(\d{1,2}))?\s*$/.exec(yuan.replaceAll(',', ''));
	if (!found)
		return null;
	const fen = Number(found[2]) * 100 + Number((found[3] ?? '').padEnd(2, '0'));
	return found[1] ? -fen : fen;
}
