const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** A number, or a text that is one in full: "20" is, "20 kW" and "" are not. */
export function toNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'string' && DECIMAL.test(value.trim())) return Number(value.trim());
	return undefined;
}

/** Without binary noise. */
export function rounded(value: number, decimals: number): number {
	const factor = 10 ** decimals;
	// Never -0.
	return Math.round(value * factor) / factor + 0;
}

/** The non-negative remainder. */
export const modulo = (value: number, length: number): number =>
	((value % length) + length) % length;
