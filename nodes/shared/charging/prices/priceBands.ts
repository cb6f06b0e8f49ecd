import { InputError } from '../base/inputError';

/** The limit at prices up to this one, itself included. */
export interface PriceBand {
	upToPrice: number;
	limit: number;
}

/**
 * The limit at a price: that of the lowest band which reaches up to it, else `limitAbove`.
 * @param bands in any order
 * @param nameOf a band as a message names it, by its index
 * @throws InputError if there are none, or two reach up to the same price
 */
export function limitByPrice(
	bands: readonly PriceBand[],
	limitAbove: number,
	nameOf: (index: number) => string,
): (price: number) => number {
	if (bands.length === 0) {
		throw new InputError('There are no price bands', 'Add one: a price, and the limit up to it.');
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
