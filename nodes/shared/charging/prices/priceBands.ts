import { InputError } from '../base/inputError';

/** A limit that applies up to a price, inclusive. */
export interface PriceBand {
	upToPrice: number;
	limit: number;
}

/**
 * The limit for a price: the limit of the lowest band that includes the price, or `limitAbove` if none does.
 * @param bands in any order
 * @param nameOf how a message names the band with an index
 * @throws InputError if there are no bands, or two bands end at the same price
 */
export function limitByPrice(
	bands: readonly PriceBand[],
	limitAbove: number,
	nameOf: (index: number) => string,
): (price: number) => number {
	if (bands.length === 0) {
		throw new InputError(
			'There are no price bands',
			'Add a price band: a price, and the limit up to this price.',
		);
	}
	const sorted = bands
		.map((band, index) => ({ ...band, index }))
		.sort((a, b) => a.upToPrice - b.upToPrice || a.index - b.index);
	sorted.forEach(({ upToPrice, index }, position) => {
		const before = position > 0 ? sorted[position - 1] : undefined;
		if (before?.upToPrice === upToPrice) {
			throw new InputError(
				`${nameOf(before.index)} and ${nameOf(index)} both reach up to ${upToPrice}`,
				'Leave one of them out.',
			);
		}
	});
	return (price) => sorted.find(({ upToPrice }) => price <= upToPrice)?.limit ?? limitAbove;
}

/**
 * Which bands to leave out so that prices give at most so many periods: one at a time, always the one without which there
 * are the fewest. Undefined if even a single band gives too many.
 * @returns indexes of bands, ascending
 */
export function bandsTooMany(
	prices: readonly number[],
	bands: readonly PriceBand[],
	limitAbove: number,
	mostPeriods: number,
): number[] | undefined {
	const periodsWith = (kept: readonly number[]): number => {
		const limitOf = limitByPrice(
			kept.map((index) => bands[index]),
			limitAbove,
			String,
		);
		const limits = prices.map(limitOf);
		return limits.filter((limit, index) => index === 0 || limit !== limits[index - 1]).length;
	};
	let kept = bands.map((_, index) => index);
	while (periodsWith(kept) > mostPeriods) {
		if (kept.length === 1) return undefined;
		const fewer = kept.map((index) => kept.filter((other) => other !== index));
		const counts = fewer.map(periodsWith);
		kept = fewer[counts.indexOf(Math.min(...counts))];
	}
	return bands.map((_, index) => index).filter((index) => !kept.includes(index));
}
