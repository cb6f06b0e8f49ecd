import fc from 'fast-check';

import {
	delayed,
	delayedAfter,
	startDelayOf,
} from '../../../../../nodes/shared/charging/base/startDelay.ts';

type Limits = Array<{ from: number; value: number | undefined }>;

/** Steps of one to 12 seconds, so that a delay spans several of them, or less than one. */
const limitsFrom = (first: number): fc.Arbitrary<{ limits: Limits; end: number }> =>
	fc
		.array(
			fc.record({
				lasts: fc.integer({ min: 1, max: 12 }),
				value: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
			}),
			{ minLength: 1, maxLength: 20 },
		)
		.map((steps) => {
			let end = first;
			const limits = steps.map(({ lasts, value }) => {
				end += lasts;
				return { from: end - lasts, value };
			});
			return { limits, end };
		});

const limits = fc.integer({ min: -50, max: 50 }).chain(limitsFrom);

const at = (limits: Limits, second: number): number =>
	limits.filter(({ from }) => from <= second).at(-1)?.value ?? Infinity;

const secondsFrom = (first: number, end: number): number[] =>
	Array.from({ length: end - first }, (_, index) => first + index);

/** The lowest limit of a second and of those before it. */
const lowestUntil = (second: number, delay: number, limitAt: (second: number) => number): number =>
	Math.min(...secondsFrom(second - delay, second + 1).map(limitAt));

const delay = fc.integer({ min: 0, max: 15 });

const hasNoRepetition = (limits: Limits) =>
	limits.every(({ value }, index) => index === 0 || value !== limits[index - 1].value);

const changesIn = (limits: Limits) =>
	limits.filter(({ value }, index) => index > 0 && value !== limits[index - 1].value).length;

describe('limits that rise late', () => {
	it('are the lowest of the last seconds, at every second', () => {
		fc.assert(
			fc.property(limits, delay, ({ limits: given, end }, by) => {
				const late = delayed(given, by) as Limits;
				const seconds = secondsFrom(given[0].from, end + 40);
				expect(seconds.map((second) => at(late, second))).toEqual(
					seconds.map((second) => lowestUntil(second, by, (one) => at(given, one))),
				);
				expect(hasNoRepetition(late)).toBe(true);
				expect(late[0].from).toBe(given[0].from);
				expect(delayed(given, by, end)).toEqual(late.filter(({ from }) => from < end));
			}),
			{ numRuns: 500 },
		);
	});

	it('never change more often than before', () => {
		fc.assert(
			fc.property(limitsFrom(0), delay, ({ limits: given, end }, by) => {
				expect(changesIn(delayed(given, by) as Limits)).toBeLessThanOrEqual(changesIn(given));
				const round = delayedAfter(given, given, end, Math.min(by, end)) as Limits;
				const opened = (all: Limits) => [...all, { from: end, value: all[0].value }];
				expect(changesIn(opened(round))).toBeLessThanOrEqual(changesIn(opened(given)));
			}),
		);
	});

	it('of a week that repeats are the lowest of the last seconds, also of the week before', () => {
		fc.assert(
			fc.property(limitsFrom(0), delay, ({ limits: week, end }, most) => {
				const by = Math.min(most, end);
				const late = delayedAfter(week, week, end, by) as Limits;
				const limitAt = (second: number) => at(week, (second + end) % end);
				const seconds = secondsFrom(0, end);
				expect(seconds.map((second) => at(late, second))).toEqual(
					seconds.map((second) => lowestUntil(second, by, limitAt)),
				);
				expect(late[0].from).toBe(0);
				expect(late.every(({ from }) => from >= 0 && from < end)).toBe(true);
				expect(hasNoRepetition(late)).toBe(true);
			}),
		);
	});

	it('stay as they are without a delay', () => {
		const given = [
			{ from: 0, value: 16 },
			{ from: 10, value: undefined },
			{ from: 20, value: 6 },
		];
		expect(delayed(given, 0)).toEqual(given);
		expect(delayedAfter(given, given, 30, 0)).toEqual(given);
	});

	it('take little time for a year of quarter hours', () => {
		const year = Array.from({ length: 35_040 }, (_, index) => ({
			from: index * 900,
			value: (index * 7919) % 32,
		}));
		const start = performance.now();
		expect(delayed(year, 1800).length).toBeGreaterThan(1000);
		expect(performance.now() - start).toBeLessThan(500);
	});
});

describe('the delay of a charging station', () => {
	const ids = Array.from({ length: 30_000 }, (_, index) => `DEPOT-${index}`);

	it('is always the same', () => {
		expect(startDelayOf('DEPOT-DC-1', 10)).toBe(startDelayOf('DEPOT-DC-1', 10));
		expect(startDelayOf('DEPOT-DC-1', 0)).toBe(0);
	});

	it.each([1, 10, 30])('is spread evenly over %d minutes, the last second included', (minutes) => {
		const delays = ids.map((id) => startDelayOf(id, minutes));
		expect(delays.every((one) => Number.isInteger(one) && one >= 0 && one <= minutes * 60)).toBe(
			true,
		);
		expect(Math.max(...delays)).toBe(minutes * 60);
		const tenths = Array.from({ length: 10 }, () => 0);
		for (const one of delays) tenths[Math.floor((one * 10) / (minutes * 60 + 1))]++;
		// In each tenth 3,000 are expected, with a standard deviation of 52; a delay of one minute has unequal tenths.
		const tolerance = minutes === 1 ? 700 : 260;
		for (const count of tenths) expect(Math.abs(count - 3000)).toBeLessThan(tolerance);
	});
});
