import fc from 'fast-check';

import type { ChargingRules } from '../../../../../nodes/shared/charging/prices/chargingRules.ts';
import { joinedSpans } from '../../../../../nodes/shared/charging/prices/chargingRuns.ts';
import {
	periodsOf,
	planBands,
	planCheapestHours,
	type Plan,
} from '../../../../../nodes/shared/charging/prices/plan.ts';
import { priceProfiles } from '../../../../../nodes/shared/charging/prices/priceProfiles.ts';
import { MIDNIGHT, spansOf } from './prices.mts';

const HOUR = 3600;

/** A delay of 10 minutes of at most 10. */
const LATE = { seconds: 600, most: 600 };

const limitOf = (price: number) => (price <= 3 ? 22_000 : price <= 6 ? 11_000 : 4200);

const bands = (prices: number[], delay: number, past: number[] = []) => {
	const length = past.length * HOUR;
	const before = spansOf(past).map((span) => ({
		...span,
		from: span.from - length,
		to: span.to - length,
	}));
	return planBands({ spans: spansOf(prices), past: before }, limitOf, 0.001, delay);
};

/** The limits of a plan, in hours and minutes from midnight. */
const changesOf = ({ spans }: Plan) =>
	spans
		.filter(({ limit }, index) => index === 0 || limit !== spans[index - 1].limit)
		.map(({ from, limit }) => [(from - MIDNIGHT) / 60, limit / 1000]);

describe('price bands', () => {
	it('fall on time and rise late', () => {
		expect(changesOf(bands([5, 1, 9, 2], 600))).toEqual([
			[0, 11],
			[70, 22],
			[120, 4.2],
			[190, 22],
		]);
	});

	it('count the energy that flows', () => {
		expect(bands([5, 1], 600).energyKwh).toBeCloseTo(11 + 11 / 6 + (22 * 5) / 6, 9);
	});

	it('begin late if the price before the first one had a lower limit', () => {
		expect(changesOf(bands([1], 600, [9]))).toEqual([
			[0, 4.2],
			[10, 22],
		]);
		expect(changesOf(bands([9], 600, [1]))).toEqual([[0, 4.2]]);
		expect(changesOf(bands([1], 600))).toEqual([[0, 22]]);
	});

	it('do not rise for a price that is shorter than the delay', () => {
		const spans = spansOf([9, 1, 9, 1, 1], 300);
		const plan = planBands({ spans, past: [] }, limitOf, 0.001, 400);
		expect(changesOf(plan)).toEqual([
			[0, 4.2],
			[15 + 400 / 60, 22],
		]);
	});

	it('hold the last limit so much longer', () => {
		const plan = bands([5, 1], 437);
		const identity = { id: 1, stackLevel: 0, purpose: 'TxDefaultProfile' } as const;
		const rules = { periodsPerProfile: 1, split: true, fix: '' };
		const profiles = priceProfiles(plan.spans, 'W', identity, rules, plan);
		expect(profiles.map(({ end }) => end - MIDNIGHT)).toEqual([HOUR + 437, 2 * HOUR + 437]);
		expect(profiles.at(-1)?.profile.validTo).toBe('2026-01-15T00:07:17Z');
	});
});

const prices = fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 1, maxLength: 60 });
const delays = fc.integer({ min: 0, max: 1800 });

it('price bands never have more periods with a delay than without', () => {
	fc.assert(
		fc.property(prices, delays, fc.constantFrom(300, 900, HOUR), (all, delay, length) => {
			const plan = (by: number) =>
				planBands({ spans: spansOf(all, length), past: [] }, limitOf, 0.001, by);
			expect(periodsOf(plan(delay).spans)).toBeLessThanOrEqual(periodsOf(plan(0).spans));
		}),
		{ numRuns: 300 },
	);
});

describe('cheapest hours', () => {
	const need = { limit: 11_000, otherLimit: 0, kwPerUnit: 0.001 };
	const secondsOf = ({ spans }: Plan) =>
		joinedSpans(spans.filter(({ chosen }) => chosen)).map(({ from, to }) => [
			from - MIDNIGHT,
			to - MIDNIGHT,
		]);
	const runsOf = (plan: Plan) => secondsOf(plan).map((run) => run.map((second) => second / 60));

	const planOf = (all: number[], energyKwh: number, rules: ChargingRules) =>
		planCheapestHours(spansOf(all), { ...need, energyKwh }, rules);

	it.each<[string, number[], number, ChargingRules, number[][]]>([
		['begin and end late', [5, 1, 1, 9], 22, {}, [[70, 190]]],
		['begin late where charging would begin at once', [1, 9, 9], 11, {}, [[10, 70]]],
		['end by the departure', [9, 9, 1], 11, { mostStarts: 1 }, [[120, 180]]],
		['end by the departure, next to each other', [9, 5, 1], 11, {}, [[120, 180]]],
		['end on time where a price is above the ceiling', [1, 9, 1, 9], 11, { priceCeiling: 3 }, [[10, 60], [130, 140]]], // prettier-ignore
	])('%s', (_, all, energyKwh, rules, expected) => {
		const plan = planOf(all, energyKwh, { ...rules, startDelay: LATE });
		expect(plan.missingKwh).toBe(0);
		expect(runsOf(plan)).toEqual(expected);
	});

	it('say what does not fit after the delay', () => {
		const plan = planOf([1, 1], 22, { startDelay: LATE });
		expect(runsOf(plan)).toEqual([[10, 120]]);
		expect(plan.missingKwh).toBeCloseTo(11 / 6, 9);
	});

	it('leave time for the longest delay, unless the energy needs it', () => {
		const startDelay = { seconds: 300, most: 1200 };
		expect(runsOf(planOf([9, 5, 1], 11, { startDelay }))).toEqual([[105, 165]]);
		expect(runsOf(planOf([9, 5, 1], 30, { startDelay }))[0]).toEqual([expect.any(Number), 180]);
	});

	it.each([
		['hold the last limit longer', undefined, { goesOn: 600 }],
		['rise late after the departure', 5000, { goesOn: 600, after: { limit: 5000, lasts: 7200 } }],
		['do not fall late', 0, { goesOn: 0, after: { limit: 0, lasts: 7800 } }],
	])('%s', (_, limit, expected) => {
		const after = limit === undefined ? undefined : { limit, lasts: 7200 };
		const plan = planOf([1], 11, { startDelay: LATE, ...(after && { after }) });
		const atZero = planOf([1, 9], 5, { startDelay: LATE, ...(after && { after }) });
		const ofLast = limit === 5000 ? { goesOn: 0, after: { limit: 5000, lasts: 7800 } } : expected;
		expect(plan).toMatchObject(ofLast);
		expect(atZero).toMatchObject(limit === 0 ? { goesOn: 0 } : expected);
	});

	it('are the same hours, so much later, if there is time enough before the departure', () => {
		const rules = fc.record({
			leastRun: fc.constantFrom(undefined, 1800, 2 * HOUR),
			mostStarts: fc.constantFrom(undefined, 1, 3),
		});
		fc.assert(
			fc.property(
				prices,
				delays,
				rules,
				fc.integer({ min: 1, max: 20 }),
				(all, delay, own, hours) => {
					const energyKwh = Math.min(hours, all.length) * 11 - 3;
					// An hour that is too dear to be chosen.
					const plan = (seconds: number) =>
						planOf([...all, 99], energyKwh, { ...own, startDelay: { seconds, most: 1800 } });
					expect(secondsOf(plan(delay))).toEqual(
						secondsOf(plan(0)).map((run) => run.map((second) => second + delay)),
					);
					expect(plan(delay).missingKwh).toBe(0);
				},
			),
			{ numRuns: 60 },
		);
	});
});
