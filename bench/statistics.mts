/** The median of some figures, with the least and the greatest. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

export function spreadOf(figures: readonly number[]): Spread {
	const sorted = [...figures].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const median =
		sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** "1.52 s (1.48–1.60)" */
export const inSeconds = ({ median, min, max }: Spread): string =>
	`${median.toFixed(2)} s (${min.toFixed(2)}–${max.toFixed(2)})`;
