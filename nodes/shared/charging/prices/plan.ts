import { cheapestHours } from './cheapestHours';
import { energyOf, type PoweredSpan } from './cost';
import type { PricedSpan } from './priceList';
import type { LimitedSpan } from './priceProfiles';

/** A priced span with its limit in A or W, and what that is in kW. */
export interface PlannedSpan extends LimitedSpan, PoweredSpan {
	/** Whether it is among the cheapest hours; true in price bands. */
	chosen: boolean;
}

/** Limits over time, and the energy that they are for. */
export interface Plan {
	spans: PlannedSpan[];
	/** What the limits allow, at most what is needed (kWh). */
	energyKwh: number;
	/** The highest limit as power (kW). */
	maximumKw: number;
	/** What does not fit (kWh). */
	missingKwh: number;
}

/** The limit of each price. The energy is what flows if the limits are used in full. */
export function planBands(
	spans: readonly PricedSpan[],
	limitOf: (price: number) => number,
	kwPerUnit: number,
): Plan {
	const planned = spans.map(({ from, to, price, assumed }): PlannedSpan => {
		const limit = limitOf(price);
		// Not spread: there may be a year of quarter hours.
		return { from, to, price, assumed, limit, kw: limit * kwPerUnit, chosen: true };
	});
	const maximumKw = planned.reduce((most, { kw }) => Math.max(most, kw), 0);
	return { spans: planned, energyKwh: energyOf(planned), maximumKw, missingKwh: 0 };
}

/** How much is to be charged, and how fast. Limits are in A or W. */
export interface ChargingNeed {
	energyKwh: number;
	/** In the cheapest hours. */
	limit: number;
	/** In the others: 0, or what a car may always draw; at most `limit`. */
	otherLimit: number;
	kwPerUnit: number;
}

/**
 * The plan that costs least: the limit in the cheapest hours until the energy is in, the other limit elsewhere. What
 * flows at the other limit counts. If the time is too short, the limit holds all through it.
 */
export function planCheapestHours(
	spans: readonly PricedSpan[],
	{ energyKwh, limit, otherLimit, kwPerUnit }: ChargingNeed,
): Plan {
	const powered = (value: number) => ({ limit: value, kw: value * kwPerUnit });
	const [maximum, other] = [powered(limit), powered(otherLimit)];
	const anyway = energyOf(spans.map((span) => ({ ...span, ...other })));
	// Rounded up to a second, but not for binary noise.
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
