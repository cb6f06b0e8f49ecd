import type { PricedSpan } from './priceList';

/** A priced span, with the power that may be drawn in it (kW). */
export interface PoweredSpan extends PricedSpan {
	kw: number;
}

/** How much may be drawn in total (kWh). */
export const energyOf = (spans: readonly PoweredSpan[]): number =>
	spans.reduce((total, span) => total + energyIn(span, span.kw), 0);

const energyIn = ({ from, to }: PricedSpan, kw: number): number => ((to - from) / 3600) * kw;

/**
 * The cost of an amount of energy if a car draws all that it may, from the first span on, until it has the energy.
 * @param spans in order of time
 * @param kw a power for all spans, in place of their own
 * @returns kWh times price
 */
export function costOf(spans: readonly PoweredSpan[], energyKwh: number, kw?: number): number {
	let remaining = energyKwh;
	let cost = 0;
	for (const span of spans) {
		const energy = Math.min(remaining, energyIn(span, kw ?? span.kw));
		cost += energy * span.price;
		remaining -= energy;
	}
	return cost;
}
