/** The marks of an axis that includes 0, in equal steps of 1, 2, 2.5 or 5 times a power of ten. */
export interface ValueAxis {
	marks: number[];
	/** Where the axis ends: at most the lowest value, and at least the highest. */
	bottom: number;
	top: number;
}

/** An axis from `lowest` (0 or less) to `highest` (0 or more), with at most so many steps: 3 or more. */
export function valueAxis(lowest: number, highest: number, mostSteps: number): ValueAxis {
	// If all values are 0, the axis still needs a height.
	const [from, to] = lowest === 0 && highest === 0 ? [0, 1] : [lowest, highest];
	const power = 10 ** Math.floor(Math.log10((to - from) / mostSteps));
	const steps = (step: number) => [Math.floor(from / step), Math.ceil(to / step)];
	const step = [1, 2, 2.5, 5, 10, 20]
		.map((factor) => factor * power)
		.find((candidate) => {
			const [first, last] = steps(candidate);
			return last - first <= mostSteps;
		})!;
	const [first, last] = steps(step);
	return {
		marks: Array.from({ length: last - first + 1 }, (_, index) =>
			withoutNoise((first + index) * step),
		),
		bottom: withoutNoise(first * step),
		top: withoutNoise(last * step),
	};
}

/** Turns 0.30000000000000004 into 0.3, and -0 into 0. */
function withoutNoise(value: number): number {
	return Number(value.toPrecision(12)) + 0;
}
