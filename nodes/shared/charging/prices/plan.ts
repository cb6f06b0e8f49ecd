import { InputError } from '../base/inputError';
import { feasibleTime, type AfterDeparture, type ChargingRules } from './chargingRules';
import { cheapestRuns, joinedSpans } from './chargingRuns';
import { cheapestHours, chosenIn, type ChosenSpan } from './cheapestHours';
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
	/** The highest price at which the car may charge. */
	priceCeiling?: number;
	/** What holds after the spans. */
	after?: AfterDeparture;
	/** The cheapest plan that the charger cannot hold, if it is another one. */
	withoutCapacity?: { spans: PlannedSpan[]; periods: number };
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

/** How many periods a schedule has. */
export function periodsOf(spans: readonly LimitedSpan[], after?: AfterDeparture): number {
	const limits = [...spans.map(({ limit }) => limit), ...(after ? [after.limit] : [])];
	return limits.filter((limit, index) => index === 0 || limit !== limits[index - 1]).length;
}

/**
 * The plan with the lowest cost within rules: the limit applies in as many of the cheapest hours as the energy needs, and
 * the other limit in all other hours, but 0 above the price ceiling. Energy that flows at the other limit counts too. If
 * the time is too short, the limit applies all the time.
 * @throws InputError if the rules leave too little time, or the charger takes too few periods
 */
export function planCheapestHours(
	spans: readonly PricedSpan[],
	{ energyKwh, limit, otherLimit, kwPerUnit }: ChargingNeed,
	rules: ChargingRules = {},
): Plan {
	const { priceCeiling = Infinity, mostStarts = Infinity, mostPeriods = Infinity, after } = rules;
	const powered = (value: number) => ({ limit: value, kw: value * kwPerUnit });
	const [maximum, other, none] = [powered(limit), powered(otherLimit), powered(0)];
	const open = spans.filter(({ price }) => price <= priceCeiling);
	const openSeconds = open.reduce((sum, { from, to }) => sum + to - from, 0);
	const anyway = (openSeconds / 3600) * other.kw;
	// Rounded up to whole seconds; binary noise alone must not add a second.
	const wanted =
		energyKwh > anyway
			? Math.ceil(((energyKwh - anyway) * 3600) / (maximum.kw - other.kw) - 1e-6)
			: 0;
	const { seconds, leastRun } = feasibleTime(open, wanted, rules);
	const otherwise = (price: number) => (price <= priceCeiling ? other : none);
	const planned = (chosen: readonly ChosenSpan[]) =>
		chosen.map(({ from, to, price, assumed, chosen: isChosen }): PlannedSpan => {
			const own = isChosen ? maximum : otherwise(price);
			return { from, to, price, assumed, chosen: isChosen, limit: own.limit, kw: own.kw };
		});
	const cells = () => [
		...spans.map(({ from, to, price, assumed }) => {
			const isOpen = price <= priceCeiling;
			return { from, to, price, assumed, isOpen, limit: otherwise(price).limit };
		}),
		...(after ? [cellAfter(spans[spans.length - 1].to, after)] : []),
	];
	/** The cheapest plan with so many periods at most; undefined if there is none. */
	const within = (periods: number): PlannedSpan[] | undefined => {
		const inRuns = (mostRuns: number) =>
			cheapestRuns(cells(), seconds, { leastRun, mostRuns, mostChanges: periods - 1 });
		// Few periods leave few runs, so that counting both is rarely needed, and slow.
		const few = periods === Infinity ? undefined : inRuns(Infinity);
		const runs = few !== undefined && few.length <= mostStarts ? few : inRuns(mostStarts);
		return runs && planned(chosenIn(spans, runs));
	};
	const free = planned(cheapestHours(spans, seconds, priceCeiling));
	const keeps = (own: readonly PlannedSpan[]) => {
		const runs = joinedSpans(own.filter(({ chosen }) => chosen));
		return runs.length <= mostStarts && runs.every(({ from, to }) => to - from >= leastRun);
	};
	// Without rules the cheapest hours cost least; if they keep the rules, nothing else has to be compared.
	const cheapest = keeps(free) || seconds === 0 ? free : within(Infinity)!;
	const periods = periodsOf(cheapest, after);
	const fitting = periods <= mostPeriods ? cheapest : (within(mostPeriods) ?? refuse(periods));
	const available = energyOf(fitting);
	const missing = energyKwh - available;
	return {
		spans: fitting,
		energyKwh: Math.min(energyKwh, available),
		maximumKw: maximum.kw,
		missingKwh: missing > 1e-6 ? missing : 0,
		...(rules.priceCeiling !== undefined && { priceCeiling }),
		...(after && { after }),
		...(fitting !== cheapest && { withoutCapacity: { spans: cheapest, periods } }),
	};

	function refuse(needed: number): never {
		let fewest = mostPeriods + 1;
		while (fewest < needed && within(fewest) === undefined) fewest++;
		throw new InputError(
			`The cheapest hours need at least ${fewest} periods, and a profile can have ${mostPeriods}`,
			'Raise the Price Ceiling, choose an earlier departure, or say in Charger Capacity if the charger takes more.',
		);
	}
}

/** The time after the departure, in which the car does not charge for this plan. */
const cellAfter = (departure: number, { limit, lasts }: AfterDeparture) => ({
	from: departure,
	to: departure + lasts,
	price: 0,
	assumed: false,
	isOpen: false,
	limit,
});
