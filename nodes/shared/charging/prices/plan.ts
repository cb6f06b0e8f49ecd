import { InputError } from '../base/inputError';
import type { Span } from '../base/timeline';
import { bandLimits } from './bandLimits';
import {
	feasibleTime,
	type AfterDeparture,
	type Afterwards,
	type ChargingRules,
} from './chargingRules';
import { choiceOf, type OpenSpan } from './cells';
import { cheapestRuns, joinedSpans, type PricedCell } from './chargingRuns';
import { cheapestHours, chosenIn } from './cheapestHours';
import { energyOf, type PoweredSpan } from './cost';
import type { PricedSpan, PriceList } from './priceList';
import type { LimitedSpan } from './priceProfiles';

/** A priced span with its limit, in A or W and in kW. */
export interface PlannedSpan extends LimitedSpan, PoweredSpan {
	/** Whether the span is among the cheapest hours; with price bands always true. */
	chosen: boolean;
}

/** Limits over time, and the energy that they deliver. */
export interface Plan extends Afterwards {
	spans: PlannedSpan[];
	/** The energy that the limits allow, but no more than is needed (kWh). */
	energyKwh: number;
	/** The highest limit as power (kW). */
	maximumKw: number;
	/** The needed energy that does not fit (kWh). */
	missingKwh: number;
	/** The highest price at which the car may charge. */
	priceCeiling?: number;
	/** The cheapest plan that the charger cannot hold, if it is another one. */
	withoutCapacity?: { spans: PlannedSpan[]; periods: number };
}

/**
 * A plan with the limit for each price. Its energy is what flows if the limits are used in full.
 * @param delay by how many seconds limits rise late
 */
export function planBands(
	list: Pick<PriceList, 'spans' | 'past'>,
	limitOf: (price: number) => number,
	kwPerUnit: number,
	delay = 0,
): Plan {
	const spans = bandLimits(list, limitOf, delay).map(
		({ from, to, price, assumed, limit }): PlannedSpan => {
			// Without object spread, which is slow for a year of quarter hours.
			return { from, to, price, assumed, limit, kw: limit * kwPerUnit, chosen: true };
		},
	);
	const maximumKw = spans.reduce((most, { kw }) => Math.max(most, kw), 0);
	return { spans, energyKwh: energyOf(spans), maximumKw, missingKwh: 0, goesOn: delay };
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
	prices: readonly PricedSpan[],
	{ energyKwh, limit, otherLimit, kwPerUnit }: ChargingNeed,
	rules: ChargingRules = {},
): Plan {
	const { priceCeiling = Infinity, mostStarts = Infinity, mostPeriods = Infinity } = rules;
	const { after, startDelay = { seconds: 0, most: 0 } } = rules;
	const { seconds: delay, most: mostDelay } = startDelay;
	const { spans, cellsUntil } = choiceOf(prices, priceCeiling, otherLimit, startDelay);
	const [maximumKw, otherKw] = [limit * kwPerUnit, otherLimit * kwPerUnit];
	const openSeconds = secondsIn(spans);
	const anyway = (openSeconds / 3600) * otherKw;
	// Rounded up to whole seconds; binary noise alone must not add a second.
	const wanted =
		energyKwh > anyway
			? Math.ceil(((energyKwh - anyway) * 3600) / (maximumKw - otherKw) - 1e-6)
			: 0;
	const departure = spans[spans.length - 1].to;
	// What has to end at the departure would begin at the same second everywhere: so there is time for the longest delay.
	const early = cellsUntil(departure - mostDelay + delay);
	const cells = delay === mostDelay || secondsIn(early) < wanted ? cellsUntil(departure) : early;
	const open = cells.filter(({ isOpen }) => isOpen);
	const { seconds, leastRun } = feasibleTime(open, wanted, rules);
	const planned = (runs: readonly Span[]) =>
		chosenIn(spans, runs).map((span): PlannedSpan => {
			const { from, to, price, assumed, chosen } = span;
			const own = chosen ? limit : span.limit;
			return { from, to, price, assumed, chosen, limit: own, kw: own * kwPerUnit };
		});
	const toCompare = after ? [...cells, cellAfter(departure, after)] : cells;
	/** The cheapest runs with so many periods at most; undefined if there are none. */
	const within = (periods: number): Span[] | undefined => {
		const inRuns = (mostRuns: number) =>
			cheapestRuns(toCompare, seconds, { leastRun, mostRuns, mostChanges: periods - 1 });
		// Few periods leave few runs, so that counting both is rarely needed, and slow.
		const few = periods === Infinity ? undefined : inRuns(Infinity);
		return few !== undefined && few.length <= mostStarts ? few : inRuns(mostStarts);
	};
	const free = joinedSpans(cheapestHours(cells, seconds).filter(({ chosen }) => chosen));
	const keepsRules =
		free.length <= mostStarts && free.every(({ from, to }) => to - from >= leastRun);
	// Without rules the cheapest hours cost least; if they keep the rules, nothing else has to be compared.
	const cheapest = planned(keepsRules || seconds === 0 ? free : within(Infinity)!);
	const periods = periodsOf(cheapest, after);
	const fitting =
		periods <= mostPeriods ? cheapest : planned(within(mostPeriods) ?? refuse(periods));
	const available = energyOf(fitting);
	const missing = energyKwh - available;
	const isHigher = after === undefined || after.limit > fitting[fitting.length - 1].limit;
	return {
		spans: fitting,
		energyKwh: Math.min(energyKwh, available),
		maximumKw,
		missingKwh: missing > 1e-6 ? missing : 0,
		...(rules.priceCeiling !== undefined && { priceCeiling }),
		goesOn: isHigher ? delay : 0,
		...(after && { after: isHigher ? after : { ...after, lasts: after.lasts + delay } }),
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

const secondsIn = (spans: readonly OpenSpan[]): number =>
	spans.reduce((sum, { from, to, isOpen }) => sum + (isOpen ? to - from : 0), 0);

/** The time after the departure, in which the car does not charge for this plan. */
const cellAfter = (departure: number, { limit, lasts }: AfterDeparture): PricedCell => ({
	from: departure,
	to: departure + lasts,
	price: 0,
	assumed: false,
	isOpen: false,
	limit,
});
