import { cheapestHours } from './cheapestHours';
import { energyOf, type PoweredSpan } from './cost';
import type { PricedSpan } from './priceList';
import type { LimitedSpan } from './priceProfiles';

/** A priced span with its limit, in A or W and in kW. */
export interface PlannedSpan extends LimitedSpan, PoweredSpan {
	/** Whether the span is among the cheapest hours; with price bands always true. */
	chosen: boolean;
}

/** Limits over time, and the energy that they deliver. */
export interface Plan {
	spans: PlannedSpan[];
	/** The energy that the limits allow, but no more than is needed (kWh). */
	energyKwh: number;
	/** The highest limit as power (kW). */
	maximumKw: number;
	/** The needed energy that does not fit (kWh). */
	missingKwh: number;
}

/** A plan with the limit for each price. Its energy is what flows if the limits are used in full. */
export function planBands(
	spans: readonly PricedSpan[],
	limitOf: (price: number) => number,
	kwPerUnit: number,
): Plan {
	const planned = spans.map(({ from, to, price, assumed }): PlannedSpan => {
		const limit = limitOf(price);
		// Without object spread, which is slow for a year of quarter hours.
		return { from, to, price, assumed, limit, kw: limit * kwPerUnit, chosen: true };
	});
	const maximumKw = planned.reduce((most, { kw }) => Math.max(most, kw), 0);
	return { spans: planned, energyKwh: energyOf(planned), maximumKw, missingKwh: 0 };
}

/** How much energy a car needs, and how fast it may charge. Limits are in A or W. */
export interface ChargingNeed {
	energyKwh: number;
	/** The limit in the cheapest hours. */
	limit: number;
	/** The limit in the other hours: 0, or what a car may always draw; at most `limit`. */
	otherLimit: number;
	kwPerUnit: number;
}

/**
 * The plan with the lowest cost: the limit applies in as many of the cheapest hours as the energy needs, and the other
 * limit in all other hours. Energy that flows at the other limit counts too. If the time is too short, the limit applies
 * all the time.
 */
export function planCheapestHours(
	spans: readonly PricedSpan[],
	{ energyKwh, limit, otherLimit, kwPerUnit }: ChargingNeed,
): Plan {
	const powered = (value: number) => ({ limit: value, kw: value * kwPerUnit });
	const [maximum, other] = [powered(limit), powered(otherLimit)];
	const anyway = energyOf(spans.map((span) => ({ ...span, ...other })));
	// Rounded up to whole seconds; binary noise alone must not add a second.
	const seconds =
		energyKwh > anyway
			? Math.ceil(((energyKwh - anyway) * 3600) / (maximum.kw - other.kw) - 1e-6)
			: 0;
	const planned = cheapestHours(spans, seconds).map(
		(span): PlannedSpan => ({ ...span, ...(span.chosen ? maximum : other) }),
	);
	const available = energyOf(planned);
	const missing = energyKwh - available;
	return {
		spans: planned,
		energyKwh: Math.min(energyKwh, available),
		maximumKw: maximum.kw,
		missingKwh: missing > 1e-6 ? missing : 0,
	};
}
