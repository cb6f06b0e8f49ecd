import fc from 'fast-check';

import { cheapestHours } from '../../../../../nodes/shared/charging/prices/cheapestHours.ts';
import { costOf } from '../../../../../nodes/shared/charging/prices/cost.ts';
import {
	planCheapestHours,
	type ChargingNeed,
} from '../../../../../nodes/shared/charging/prices/plan.ts';
import type { PricedSpan } from '../../../../../nodes/shared/charging/prices/priceList.ts';
import { MIDNIGHT, spansOf } from './prices.mts';

const HOUR = 3600;

/** The chosen times, in hours from midnight. */
const chosen = (prices: readonly number[], hours: number) =>
	cheapestHours(spansOf(prices), hours * HOUR)
		.filter((span) => span.chosen)
		.map(({ from, to }) => [(from - MIDNIGHT) / HOUR, (to - MIDNIGHT) / HOUR]);

describe('the cheapest hours', () => {
	it.each<[string, number[], number, number[][]]>([
		['those with the lowest prices', [5, 1, 3, 2], 2, [[1, 2], [3, 4]]], // prettier-ignore
		['those with negative prices before others', [0, -2, -1], 1, [[1, 2]]],
		['the earlier ones among equal prices', [2, 2, 2], 1, [[0, 1]]],
		['a part of the most expensive, from its beginning', [1, 9, 2], 1.5, [[0, 1], [2, 2.5]]], // prettier-ignore
		['a part that ends at the next hour, which is used too', [9, 2, 1], 1.25, [[1.75, 2], [2, 3]]], // prettier-ignore
		['a part that begins at the previous hour’s end', [1, 2, 9], 1.25, [[0, 1], [1, 1.25]]], // prettier-ignore
		['a part between two hours that are used', [1, 2, 1], 2.5, [[0, 1], [1, 1.5], [2, 3]]], // prettier-ignore
		['none for no time', [1, 2], 0, []],
		['all if the time is too short', [2, 1], 5, [[0, 1], [1, 2]]], // prettier-ignore
	])('are %s', (_, prices, hours, expected) => expect(chosen(prices, hours)).toEqual(expected));

	it('are those with known prices before those with assumed ones', () => {
		const [gap, known] = spansOf([4, 4]);
		const spans = cheapestHours([{ ...gap, assumed: true }, known], HOUR);
		expect(spans.map((span) => span.chosen)).toEqual([false, true]);
	});
});

/** The lowest cost, by trying every way to charge in whole spans and in a part of one more. */
function leastCost(
	spans: readonly PricedSpan[],
	{ energyKwh, limit, otherLimit, kwPerUnit }: ChargingNeed,
): number | undefined {
	const hours = (span: PricedSpan) => (span.to - span.from) / HOUR;
	const [most, least] = [limit * kwPerUnit, otherLimit * kwPerUnit];
	const base = spans.reduce((sum, span) => sum + least * hours(span), 0);
	let best: number | undefined;
	for (let whole = 0; whole < 2 ** spans.length; whole++) {
		for (let part = -1; part < spans.length; part++) {
			const isWhole = (index: number) => (whole & (1 << index)) !== 0;
			if (part >= 0 && isWhole(part)) continue;
			const extra = spans.map((span, index) => (isWhole(index) ? (most - least) * hours(span) : 0));
			const rest = energyKwh - base - extra.reduce((sum, kwh) => sum + kwh, 0);
			if (part < 0 ? Math.abs(rest) > 1e-9 : rest < 0 || rest > (most - least) * hours(spans[part]))
				continue;
			if (part >= 0) extra[part] = rest;
			const cost = spans.reduce(
				(sum, span, index) => sum + span.price * (least * hours(span) + extra[index]),
				0,
			);
			best = Math.min(best ?? Infinity, cost);
		}
	}
	return best;
}

const price = fc.integer({ min: -30, max: 120 }).map((tenths) => tenths / 10);

describe('a plan for an amount of energy', () => {
	const need = (changes: Partial<ChargingNeed>): ChargingNeed => ({
		energyKwh: 16.5,
		limit: 11_000,
		otherLimit: 0,
		kwPerUnit: 0.001,
		...changes,
	});
	const limits = (prices: number[], changes: Partial<ChargingNeed> = {}) =>
		planCheapestHours(spansOf(prices), need(changes)).spans.map(({ from, limit }) => [
			(from - MIDNIGHT) / HOUR,
			limit,
		]);

	it('has its limit in the cheapest hours, and the other limit elsewhere', () => {
		expect(limits([5, 1, 9, 2])).toEqual([
			[0, 0],
			[1, 11_000],
			[2, 0],
			[3, 11_000],
			[3.5, 0],
		]);
	});

	it('counts what flows at the other limit', () => {
		// 4 h at 2 kW are 8 kWh; the other 9 kWh take one hour at 9 kW more.
		expect(limits([5, 1, 9, 2], { energyKwh: 17, otherLimit: 2000 })).toEqual([
			[0, 2000],
			[1, 11_000],
			[2, 2000],
			[3, 2000],
		]);
	});

	it.each([
		['no energy', need({ energyKwh: 0 }), { energyKwh: 0, missingKwh: 0 }],
		['too much energy', need({ energyKwh: 50 }), { energyKwh: 44, missingKwh: 6 }],
		['no power', need({ limit: 0 }), { energyKwh: 0, missingKwh: 16.5 }],
		['two equal limits', need({ otherLimit: 11_000 }), { energyKwh: 16.5, missingKwh: 0 }],
	])('gives the energy and what is missing for %s', (_, wanted, expected) => {
		expect(planCheapestHours(spansOf([5, 1, 9, 2]), wanted)).toMatchObject(expected);
	});

	it('has the lowest cost of all plans, as found by brute force', () => {
		const needs = fc.record({
			energyKwh: fc.integer({ min: 1, max: 60 }),
			limit: fc.constantFrom(3680, 7200, 11_000),
			otherLimit: fc.constantFrom(0, 0, 1800, 3600),
			kwPerUnit: fc.constant(0.001),
		});
		const prices = fc.array(price, { minLength: 1, maxLength: 7 });
		const met = { tooMuch: 0, exact: 0, lessThanFlows: 0 };
		fc.assert(
			fc.property(prices, fc.constantFrom(15, 30, 60), needs, (all, minutes, wanted) => {
				const spans = spansOf(all, minutes * 60);
				const expected = leastCost(spans, wanted);
				const { spans: planned, missingKwh, energyKwh } = planCheapestHours(spans, wanted);
				const flows = (span: (typeof planned)[number]) => (span.kw * (span.to - span.from)) / HOUR;
				const total = planned.reduce((sum, span) => sum + flows(span), 0);
				if (missingKwh > 0) {
					met.tooMuch++;
					expect(expected).toBeUndefined();
					expect(total).toBeCloseTo(wanted.energyKwh - missingKwh, 6);
				} else if (expected !== undefined) {
					met.exact++;
					// A plan counts in whole seconds, so it is exact to one second at the highest limit.
					const second = wanted.limit / 1000 / HOUR;
					expect(energyKwh).toBeCloseTo(wanted.energyKwh, 9);
					expect(total - wanted.energyKwh).toBeGreaterThan(-1e-6);
					expect(total - wanted.energyKwh).toBeLessThan(second);
					const full = planned.reduce((sum, span) => sum + span.price * flows(span), 0);
					expect(Math.abs(full - expected)).toBeLessThanOrEqual(second * 12);
					expect(Math.abs(costOf(planned, energyKwh) - expected)).toBeLessThanOrEqual(second * 24);
				} else {
					met.lessThanFlows++;
					// The other limit alone gives more than is needed.
					expect(planned.every((span) => !span.chosen)).toBe(true);
				}
			}),
			{ numRuns: 400 },
		);
		expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
	});
});
