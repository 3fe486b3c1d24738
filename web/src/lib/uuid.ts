/* A UUIDv7: 48 bits of milliseconds, then chance. Whoever creates a row names it, so a retry is harmless. */
export function makeId(now = Date.now()): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	for (let i = 0, rest = now; i < 6; i++, rest = Math.floor(rest / 256))
		bytes[5 - i] = rest % 256;
	bytes[6] = 0x70 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
