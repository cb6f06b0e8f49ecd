/** The marks of an axis from 0 up, in equal steps of 1, 2, 2.5 or 5 times a power of ten. */
export interface ValueAxis {
	marks: number[];
	/** Where the axis ends: at least the highest value. */
	top: number;
}

const MOST_STEPS = 6;

/** An axis for values from 0 to `highest`. */
export function valueAxis(highest: number): ValueAxis {
	// If all values are 0, the axis still needs a height.
	const end = highest > 0 ? highest : 1;
	const power = 10 ** Math.floor(Math.log10(end / MOST_STEPS));
	const step = [1, 2, 2.5, 5, 10]
		.map((factor) => factor * power)
		.find((candidate) => Math.ceil(end / candidate) <= MOST_STEPS)!;
	const steps = Math.ceil(end / step);
	return {
		marks: Array.from({ length: steps + 1 }, (_, index) => withoutNoise(index * step)),
		top: withoutNoise(steps * step),
	};
}

/** Turns 0.30000000000000004 into 0.3. */
function withoutNoise(value: number): number {
	return Number(value.toPrecision(12));
}
