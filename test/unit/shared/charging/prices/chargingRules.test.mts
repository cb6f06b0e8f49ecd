import fc from 'fast-check';

import type { ChargingRules } from '../../../../../nodes/shared/charging/prices/chargingRules.ts';
import { joinedSpans } from '../../../../../nodes/shared/charging/prices/chargingRuns.ts';
import {
	periodsOf,
	planCheapestHours,
	type ChargingNeed,
	type Plan,
} from '../../../../../nodes/shared/charging/prices/plan.ts';
import type { PricedSpan } from '../../../../../nodes/shared/charging/prices/priceList.ts';
import { failure, MIDNIGHT, spansOf } from './prices.mts';

const HOUR = 3600;
const MINUTE = 60;

const need = (energyKwh: number, changes: Partial<ChargingNeed> = {}): ChargingNeed => ({
	energyKwh,
	limit: 11_000,
	otherLimit: 0,
	kwPerUnit: 0.001,
	...changes,
});

/** When a plan charges, in epoch seconds. */
const runsOf = ({ spans }: Plan) => joinedSpans(spans.filter(({ chosen }) => chosen));

/** When a plan charges, in hours from midnight. */
const hoursOf = (plan: Plan) =>
	runsOf(plan).map(({ from, to }) => [(from - MIDNIGHT) / HOUR, (to - MIDNIGHT) / HOUR]);

describe('cheapest hours within rules', () => {
	it.each<[string, number[], number, ChargingRules, number[][]]>([
		['keep the least run', [5, 1, 9, 2], 16.5, { leastRun: HOUR }, [[0.5, 2]]],
		['end a run before it would be too short', [3, 1, 9, 2], 22, { leastRun: 2 * HOUR }, [[0, 2]]],
		['start once', [5, 1, 9, 2, 3], 22, { mostStarts: 1 }, [[3, 5]]],
		['start twice', [1, 9, 2, 9, 3, 1], 33, { mostStarts: 2 }, [[0, 1], [4, 6]]], // prettier-ignore
		['stay below a price', [5, 1, 9, 2], 33, { priceCeiling: 5 }, [[0, 2], [3, 4]]], // prettier-ignore
		['may be shorter than the least run if all of it is', [5, 1], 5.5, { leastRun: HOUR }, [[1, 1.5]]], // prettier-ignore
		['need no run without energy', [5, 1], 0, { leastRun: HOUR, mostStarts: 1 }, []],
	])('%s', (_, prices, energyKwh, rules, expected) =>
		expect(hoursOf(planCheapestHours(spansOf(prices), need(energyKwh), rules))).toEqual(expected),
	);

	it('have no run of a second', () => {
		const prices = [9, 1, 9, 2];
		const seconds = (rules: ChargingRules) =>
			runsOf(planCheapestHours(spansOf(prices), need(11.003), rules)).map(
				({ from, to }) => to - from,
			);
		expect(seconds({})).toEqual([3600, 1]);
		expect(seconds({ leastRun: 15 * MINUTE })).toEqual([3601]);
	});

	it('pause above the price ceiling, whatever the limit in other hours', () => {
		const wanted = need(13, { otherLimit: 2000 });
		const { spans } = planCheapestHours(spansOf([5, 1, 9, 2]), wanted, { priceCeiling: 5 });
		const limits = spans.map(({ limit }) => limit);
		expect(limits.filter((limit, at) => limit !== limits[at - 1])).toEqual([
			2000, 11_000, 2000, 0, 2000,
		]);
		expect(spans.find(({ limit }) => limit === 0)).toMatchObject({
			price: 9,
			to: MIDNIGHT + 3 * HOUR,
		});
		expect(periodsOf(spans)).toBe(5);
	});

	it('say how much is missing below the price ceiling', () => {
		const plan = planCheapestHours(spansOf([5, 1, 9, 2]), need(30), { priceCeiling: 2 });
		expect(plan).toMatchObject({ energyKwh: 22, missingKwh: 8, priceCeiling: 2 });
	});

	it('charge a little longer if runs of the least time add up to more', () => {
		const rules = { priceCeiling: 2, leastRun: 45 * MINUTE };
		const plan = planCheapestHours(spansOf([1, 9, 2, 9]), need(12), rules);
		expect(runsOf(plan).map(({ from, to }) => to - from)).toEqual([2700, 2700]);
		expect(plan).toMatchObject({ energyKwh: 12, missingKwh: 0 });
	});

	it('that are not possible are refused, with what would be', () => {
		const refused = (rules: ChargingRules) =>
			failure(() => planCheapestHours(spansOf([1, 9, 2, 9]), need(20), rules));
		expect(refused({ priceCeiling: 2, mostStarts: 1 })).toEqual({
			message: 'At or below the Price Ceiling the energy needs 2 starts, and Most Starts is 1',
			description: 'Set Most Starts to 2, raise the Price Ceiling, or charge less.',
		});
		expect(refused({ priceCeiling: 2, leastRun: 90 * MINUTE })).toEqual({
			message:
				'At or below the Price Ceiling charging has to pause after 1 h, and Least Run is 1 h 30 min',
			description: 'Set Least Run to at most 60 min, raise the Price Ceiling, or charge less.',
		});
		expect(refused({ priceCeiling: 2, mostPeriods: 2 })).toEqual({
			message: 'The cheapest hours need at least 4 periods, and a profile can have 2',
			description:
				'Raise the Price Ceiling, choose an earlier departure, or say in Charger Capacity if the charger takes more.',
		});
	});

	it('fit the periods of the charger, and keep the plan that does not', () => {
		const prices = [1, 9, 2, 9, 3, 9, 4, 9];
		const after = { limit: 6000, lasts: HOUR };
		const plan = planCheapestHours(spansOf(prices), need(33), { mostPeriods: 5, after });
		expect(hoursOf(plan)).toEqual([[0, 3]]);
		expect(periodsOf(plan.spans, after)).toBe(3);
		expect(plan.withoutCapacity).toMatchObject({ periods: 7 });
	});
});

/** Everything that can be chosen in a small case, second by second. */
interface Case {
	spans: PricedSpan[];
	seconds: number;
	otherLimit: number;
	rules: ChargingRules;
}

const small = fc
	.record({
		slots: fc.array(
			fc.record({ length: fc.integer({ min: 1, max: 4 }), price: fc.integer({ min: -3, max: 9 }) }),
			{ minLength: 1, maxLength: 6 },
		),
		share: fc.double({ min: 0.05, max: 1, noNaN: true }),
		otherLimit: fc.constantFrom(0, 0, 1000),
		leastRun: fc.constantFrom(undefined, 2, 3, 4),
		mostStarts: fc.constantFrom(undefined, 1, 2),
		priceCeiling: fc.constantFrom(undefined, undefined, 3, 6),
		mostPeriods: fc.constantFrom(undefined, 2, 3, 4, 5, 6),
		after: fc.constantFrom(undefined, ...[0, 1000, 5000].map((limit) => ({ limit, lasts: 10 }))),
		startDelay: fc.constantFrom(
			undefined,
			undefined,
			...[0, 1, 2, 5].flatMap((seconds) =>
				[0, 1, 3].map((more) => ({ seconds, most: seconds + more })),
			),
		),
	})
	.map(({ slots, share, otherLimit, ...rules }): Case => {
		let at = 1000;
		const spans = slots.map(({ length, price }) => {
			const from = at;
			at += length;
			return { from, to: at, price, assumed: false };
		});
		return { spans, seconds: Math.max(1, Math.round(share * (at - 1000))), otherLimit, rules };
	})
	.filter(({ spans }) => spans.at(-1)!.to - 1000 <= 14);

/**
 * The seconds of a case. With a delay, the price of so many seconds ago decides, and the ceiling must have allowed all. If
 * there is time, the last seconds are for longer delays.
 */
function secondsOf({ spans, otherLimit, rules, seconds: wanted }: Case) {
	const { priceCeiling = Infinity, startDelay = { seconds: 0, most: 0 } } = rules;
	const { seconds: delay, most } = startDelay;
	const prices = spans.flatMap(({ from, to, price }) =>
		Array.from({ length: to - from }, () => price),
	);
	const all = prices.map((_, at) => {
		const last = prices.slice(Math.max(0, at - delay), at + 1);
		const mayCharge = last.every((price) => price <= priceCeiling);
		const isOpen = mayCharge && at >= delay;
		return { price: last[0], isOpen, limit: mayCharge ? otherLimit : 0 };
	});
	const early = all.map((second, at) => ({
		...second,
		isOpen: second.isOpen && at < all.length - most + delay,
	}));
	return early.filter(({ isOpen }) => isOpen).length < wanted ? all : early;
}

/** The least price sum for a number of seconds, by trying every set of seconds. */
function leastSum(one: Case, wanted: number): number | undefined {
	const { leastRun = 0, mostStarts = Infinity, mostPeriods = Infinity, after } = one.rules;
	const seconds = secondsOf(one);
	let best: number | undefined;
	for (let set = 0; set < 2 ** seconds.length; set++) {
		let [count, sum, starts, periods, run, shortest] = [0, 0, 0, 0, 0, Infinity];
		let before: number | undefined;
		for (let at = 0; at < seconds.length; at++) {
			const isChosen = (set & (1 << at)) !== 0;
			const { price, isOpen, limit } = seconds[at];
			if (isChosen && !isOpen) sum = NaN;
			if (isChosen && run === 0) starts++;
			if (!isChosen && run > 0) shortest = Math.min(shortest, run);
			run = isChosen ? run + 1 : 0;
			if (isChosen) [count, sum] = [count + 1, sum + price];
			const own = isChosen ? 9000 : limit;
			if (own !== before) periods++;
			before = own;
		}
		if (run > 0) shortest = Math.min(shortest, run);
		if (after !== undefined && after.limit !== before) periods++;
		const keeps =
			count === wanted &&
			starts <= mostStarts &&
			periods <= mostPeriods &&
			shortest >= Math.min(leastRun, wanted);
		if (keeps && !Number.isNaN(sum)) best = Math.min(best ?? Infinity, sum);
	}
	return best;
}

it('cost least of all plans within the rules, as found by trying every second', () => {
	const met = { planned: 0, refused: 0, short: 0 };
	fc.assert(
		fc.property(small, (one) => {
			const { spans, seconds, otherLimit, rules } = one;
			const all = secondsOf(one);
			const open = all.filter(({ isOpen }) => isOpen).length;
			// One second at the limit is 8 units of energy more than at the other limit.
			const perSecond = (9000 - otherLimit) / 3_600_000;
			const anyway = all.reduce((sum, { limit }) => sum + limit, 0);
			const energyKwh = seconds * perSecond + anyway / 3_600_000;
			const wanted = { energyKwh, limit: 9000, otherLimit, kwPerUnit: 0.001 };
			const best = leastSum(one, seconds);
			let plan: Plan;
			try {
				plan = planCheapestHours(spans, wanted, rules);
			} catch {
				met.refused++;
				expect(best).toBeUndefined();
				return;
			}
			const runs = runsOf(plan);
			const chosen = runs.reduce((sum, { from, to }) => sum + to - from, 0);
			expect(runs.length).toBeLessThanOrEqual(rules.mostStarts ?? Infinity);
			expect(periodsOf(plan.spans, rules.after)).toBeLessThanOrEqual(rules.mostPeriods ?? Infinity);
			for (const { from, to } of runs) {
				expect(to - from).toBeGreaterThanOrEqual(Math.min(rules.leastRun ?? 0, seconds));
			}
			const sum = runs
				.flatMap(({ from, to }) => all.slice(from - 1000, to - 1000))
				.reduce((total, { price }) => total + price, 0);
			if (chosen === seconds) {
				met.planned++;
				expect(sum).toBe(best);
			} else {
				expect(best).toBeUndefined();
				expect(leastSum(one, chosen)).toBe(sum);
				if (chosen < seconds) {
					met.short++;
					expect(open).toBeLessThanOrEqual(seconds);
					expect(plan.missingKwh).toBeCloseTo((seconds - chosen) * perSecond, 9);
				}
			}
		}),
		{ numRuns: 500 },
	);
	expect(Math.min(met.planned, met.refused, met.short)).toBeGreaterThan(0);
});

describe('of two days of quarter hours', () => {
	/** From a moment within a quarter of an hour to another. */
	const days = fc
		.record({
			prices: fc.array(fc.integer({ min: -20, max: 300 }), { minLength: 96, maxLength: 192 }),
			cutAtStart: fc.integer({ min: 0, max: 899 }),
			cutAtEnd: fc.integer({ min: 0, max: 899 }),
			minutes: fc.integer({ min: 20, max: 600 }),
			leastRun: fc.constantFrom(15, 20, 30, 60).map((minutes) => minutes * MINUTE),
		})
		.map(({ prices, cutAtStart, cutAtEnd, minutes, leastRun }) => {
			const spans = spansOf(prices, 900);
			spans[0].from += cutAtStart;
			spans.at(-1)!.to -= cutAtEnd;
			return { spans, energyKwh: (minutes / 60) * 11, seconds: minutes * MINUTE, leastRun };
		});

	const costOf = ({ spans }: Plan) =>
		spans.reduce((sum, { from, to, price, chosen }) => sum + (chosen ? (to - from) * price : 0), 0);

	/** The cost of charging without a break from a moment on. */
	const costFrom = (spans: readonly PricedSpan[], from: number, seconds: number) =>
		spans.reduce((sum, span) => {
			const lasts = Math.min(span.to, from + seconds) - Math.max(span.from, from);
			return sum + Math.max(0, lasts) * span.price;
		}, 0);

	it('a single run costs as much as the cheapest of all moments to begin', () => {
		fc.assert(
			fc.property(days, ({ spans, energyKwh, seconds }) => {
				const plan = planCheapestHours(spans, need(energyKwh), { mostStarts: 1 });
				const [begin, end] = [spans[0].from, spans.at(-1)!.to - seconds];
				const moments = spans
					.flatMap(({ from, to }) => [from, to, from - seconds, to - seconds])
					.filter((moment) => moment >= begin && moment <= end);
				const costs = moments.map((moment) => costFrom(spans, moment, seconds));
				expect(runsOf(plan)).toHaveLength(1);
				expect(costOf(plan)).toBeCloseTo(Math.min(...costs), 3);
			}),
			{ numRuns: 15 },
		);
	});

	it('rules never make a plan cheaper, and each is kept', () => {
		fc.assert(
			fc.property(days, ({ spans, energyKwh, seconds, leastRun }) => {
				const plan = (rules: ChargingRules) => planCheapestHours(spans, need(energyKwh), rules);
				const free = plan({});
				const long = plan({ leastRun });
				const few = plan({ leastRun, mostStarts: 3 });
				const once = plan({ leastRun, mostStarts: 1 });
				const narrow = plan({ mostPeriods: 7 });
				const costs = [free, long, few, once].map(costOf);
				costs.slice(1).forEach((cost, index) => expect(cost).toBeGreaterThan(costs[index] - 1e-3));
				expect(costOf(narrow)).toBeGreaterThan(costOf(free) - 1e-3);
				// Three runs are at most seven periods.
				expect(costOf(narrow)).toBeLessThan(costOf(few) + 1e-3);
				for (const one of [long, few, once, narrow]) {
					const runs = runsOf(one);
					expect(runs.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(seconds);
					for (const { from, to } of runs) {
						if (one !== narrow)
							expect(to - from).toBeGreaterThanOrEqual(Math.min(leastRun, seconds));
					}
				}
				expect(runsOf(few).length).toBeLessThanOrEqual(3);
				expect(periodsOf(narrow.spans)).toBeLessThanOrEqual(7);
			}),
			{ numRuns: 6 },
		);
	});
});
