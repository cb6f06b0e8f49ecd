const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** Reads a number, or a text that is a number and nothing else: "20", not "20 kW" or "". */
export function toNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'string' && DECIMAL.test(value.trim())) return Number(value.trim());
	return undefined;
}

/** Rounded to so many decimals, without binary noise. */
export function rounded(value: number, decimals: number): number {
	const factor = 10 ** decimals;
	// Never -0.
	return Math.round(value * factor) / factor + 0;
}

/** The non-negative remainder. */
export const modulo = (value: number, length: number): number =>
	((value % length) + length) % length;
