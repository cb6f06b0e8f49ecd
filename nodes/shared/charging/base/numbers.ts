const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** Reads a number, or a text that contains only a number: "20", but not "20 kW" or "". */
export function toNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'string' && DECIMAL.test(value.trim())) return Number(value.trim());
	return undefined;
}

/** Rounds to a number of decimals, without binary noise. */
export function rounded(value: number, decimals: number): number {
	const factor = 10 ** decimals;
	// Adding 0 turns -0 into 0.
	return Math.round(value * factor) / factor + 0;
}

/** The remainder, never negative. */
export const modulo = (value: number, length: number): number =>
	((value % length) + length) % length;
