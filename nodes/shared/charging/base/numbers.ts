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

/** Groups whole numbers that follow each other: [0, 1, 2, 5] → [[0, 2], [5, 5]]. @param numbers ascending */
export function rangesIn(numbers: readonly number[]): Array<[first: number, last: number]> {
	const ranges: Array<[number, number]> = [];
	for (const number of numbers) {
		const range = ranges.at(-1);
		if (range && number === range[1] + 1) range[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}

/** The remainder, never negative. */
export const modulo = (value: number, length: number): number =>
	((value % length) + length) % length;
