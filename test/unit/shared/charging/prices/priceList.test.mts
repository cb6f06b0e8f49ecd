import fc from 'fast-check';

import { utcText } from '../../../../../nodes/shared/charging/base/timeTexts.ts';
import { readPrices, readQuotes } from '../../../../../nodes/shared/charging/prices/readPrices.ts';
import { dayOf, failure, HELSINKI, listOf, MIDNIGHT, nameOf } from './prices.mts';

const HOUR = 3600;
const hours = (...prices: Array<[hour: number, price: unknown]>) =>
	prices.map(([hour, price]) => ({ start: MIDNIGHT + hour * HOUR, price }));

describe('reading rows', () => {
	const read = (row: unknown, fields = {}) =>
		readPrices({
			rows: [{ start: MIDNIGHT, price: 1 }, row],
			nameOf,
			startField: 'start',
			priceField: 'price',
			zone: HELSINKI,
			...fields,
		})[1];

	it.each([
		[8.25, 8.25],
		['8.25', 8.25],
		[' -0.5 ', -0.5],
		[0, 0],
		['0', 0],
		[-120, -120],
	])('the price %j is %d', (price, expected) => {
		expect(read({ start: MIDNIGHT, price })).toMatchObject({ price: expected });
	});

	it('finds fields by any name, by a path, or by their index in a list', () => {
		const wanted = { start: MIDNIGHT, price: 4, row: 0 };
		const from = (row: unknown, startField: string, priceField: string) =>
			readPrices({ rows: [row], nameOf, startField, priceField, zone: HELSINKI })[0];
		expect(from({ 'time.start': MIDNIGHT, EUR_per_kWh: '4' }, 'time.start', 'EUR_per_kWh')).toEqual(
			wanted,
		);
		expect(from({ at: { utc: MIDNIGHT }, p: { v: 4 } }, 'at.utc', 'p.v')).toEqual(wanted);
		expect(from([MIDNIGHT * 1000, 4], '0', '1')).toEqual(wanted);
	});

	it.each([
		[{ price: '' }, '"price" of item 1 is empty', 'A price is a plain number'],
		[{ price: 'n/a' }, '"price" of item 1 is "n/a", which is not a number', 'without a currency'],
		[{ price: '8,25' }, '"price" of item 1 is "8,25", which is not a number', 'plain number'],
		[{ price: true }, '"price" of item 1 is true, which is not a number', 'plain number'],
		[{ price: [1] }, '"price" of item 1 is a list, which is not a number', 'plain number'],
		[{ price: undefined }, '"price" of item 1 is empty', 'Set Price Field to the right one'],
		[{ start: undefined }, '"start" of item 1 is empty', 'Set Start Field to the right one'],
		[{ start: 'noon' }, '"start" of item 1 is "noon", which is not a time', 'Enter a date'],
	])('refuses %j, naming the item and the field', (change, message, fix) => {
		const { description, ...error } = failure(() => read({ start: MIDNIGHT, price: 4, ...change }));
		expect(error).toEqual({ message });
		expect(description).toContain(fix);
	});
});

describe('local times that come twice', () => {
	const local = (hour: string, quarter: number) => `2026-10-25T${hour}:${quarter || '00'}`;
	const day = ['02', '03', '03', '04'].flatMap((hour) =>
		[0, 15, 30, 45].map((quarter) => local(hour, quarter)),
	);
	const read = (starts: string[]) =>
		readQuotes(
			starts.map((start, price) => ({
				value: { start, price },
				startField: 'start',
				priceField: 'price',
			})),
			{ nameOf, zone: HELSINKI },
		);
	const first = Date.parse('2026-10-24T23:00:00Z') / 1000;

	it.each([
		['forwards', day, (index: number) => index],
		['backwards', [...day].reverse(), (index: number) => day.length - 1 - index],
	])('are told apart in a list that runs %s', (_, starts, at) => {
		const { quotes, toldApart } = read(starts);
		expect(quotes.map(({ start }) => start)).toEqual(
			starts.map((_start, index) => first + at(index) * 900),
		);
		expect(toldApart).toMatch(/^2026-10-25T03:/);
	});

	it.each([
		['one of them is missing', day.filter((_, index) => index < 8 || index > 11)],
		['the list is not in order', [day[12], ...day.slice(0, 12)]],
	])('are refused if %s', (_, starts) => {
		expect(failure(() => read(starts)).message).toContain('which comes twice in Europe/Helsinki');
	});
});

describe('a list of prices', () => {
	it('is sorted by time, whatever its order', () => {
		const rows = dayOf('2026-01-15', HELSINKI, 60, (index) => index);
		fc.assert(
			fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
				expect(listOf(shuffled)).toEqual(listOf(rows));
			}),
			{ numRuns: 20 },
		);
	});

	it.each([5, 15, 30, 60] as const)('with prices of %i minutes has this resolution', (minutes) => {
		const { resolution, spans, gaps } = listOf(dayOf('2026-01-15', HELSINKI, minutes, () => 1));
		expect(resolution).toBe(minutes);
		expect(spans).toHaveLength((24 * 60) / minutes);
		expect(spans.at(-1)).toMatchObject({ to: MIDNIGHT + 24 * HOUR });
		expect(gaps).toEqual([]);
	});

	it.each([
		['2026-03-29', 92],
		['2026-10-25', 100],
	])('for %s has %i quarter hours', (date, quarters) => {
		const rows = dayOf(date, HELSINKI, 15, (index) => index);
		const { spans, gaps } = listOf(rows);
		expect(spans).toHaveLength(quarters);
		expect(spans.map(({ from }) => utcText(from))).toEqual(
			rows.map(({ start }) => start.replace('.000Z', 'Z')),
		);
		expect(gaps).toEqual([]);
	});

	it('has a repeated price only once, and reports the repetition', () => {
		const { spans, duplicates } = listOf(hours([0, 1], [1, 2], [0, '1'], [2, 3]));
		expect(spans.map(({ price }) => price)).toEqual([1, 2, 3]);
		expect(duplicates).toEqual([{ start: MIDNIGHT, rows: [0, 2] }]);
	});

	const gappy = hours([0, 1], [1, 5], [4, 2]);
	it.each([
		['highest', 5],
		['previous', 5],
	] as const)('has the price “%s” in a gap, and reports the gap', (gapPrice, price) => {
		const { spans, gaps } = listOf(gappy, { gapPrice });
		const gap = { from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 4 * HOUR };
		expect(gaps).toEqual([gap]);
		expect(spans.filter(({ assumed }) => assumed)).toEqual([{ ...gap, price, assumed: true }]);
	});

	it('has the highest or the previous price in a gap after a low price', () => {
		const prices = (gapPrice: 'highest' | 'previous') =>
			listOf(hours([0, 9], [1, 1], [2, 1], [4, 2]), { gapPrice }).spans.map(({ price }) => price);
		expect(prices('highest')).toEqual([9, 1, 1, 9, 2]);
		expect(prices('previous')).toEqual([9, 1, 1, 1, 2]);
	});

	it.each([
		['highest', 7],
		['previous', 1],
	] as const)('has the price “%s” from now on if the current one is missing', (gapPrice, price) => {
		const { spans, gaps } = listOf(hours([0, 9], [1, 1], [3, 7], [4, 2]), {
			gapPrice,
			notBefore: MIDNIGHT + 2.5 * HOUR,
		});
		const gap = { from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 3 * HOUR };
		expect(gaps).toEqual([gap]);
		expect(spans[0]).toEqual({ ...gap, price, assumed: true });
	});

	it('has no gap before its first price', () => {
		const { spans, gaps } = listOf(hours([3, 7], [4, 2]), { notBefore: MIDNIGHT });
		expect(gaps).toEqual([]);
		expect(spans[0].from).toBe(MIDNIGHT + 3 * HOUR);
	});

	it('has a gap where a price is null: first, between two, and last', () => {
		const rows = hours([0, null], [1, 5], [2, null], [3, 2], [4, null]);
		const { spans, gaps } = listOf(rows);
		expect(gaps.map(({ from }) => (from - MIDNIGHT) / HOUR)).toEqual([0, 2, 4]);
		expect(spans.map(({ price }) => price)).toEqual([5, 5, 5, 2, 5]);
		expect(failure(() => listOf(rows, { gapPrice: 'stop' })).message).toBe(
			'Prices are missing from 2026-01-14T22:00:00Z to 2026-01-14T23:00:00Z, before item 1',
		);
		expect(failure(() => listOf(hours([0, null], [1, null]))).message).toBe('All prices are null');
	});

	it('counts hours as hours where quarter hours follow them or come before them', () => {
		const rows = hours(
			[0, 1],
			[1, 2],
			[2, 3],
			[2.25, 4],
			[2.5, 5],
			[2.75, 6],
			[3, 7],
			[4, 8],
			[5, 9],
		);
		const { spans, gaps, resolution } = listOf(rows);
		expect(resolution).toBe(15);
		expect(gaps).toEqual([]);
		expect(spans.map(({ from, to }) => (to - from) / 60)).toEqual([
			60, 60, 15, 15, 15, 15, 60, 60, 60,
		]);
	});

	it('uses the shorter of overlapping prices, and says where', () => {
		const rows = [
			...hours([0, 8], [1, 9]).map((row) => ({ ...row, end: row.start + HOUR })),
			{ start: MIDNIGHT + HOUR, end: MIDNIGHT + 1.5 * HOUR, price: 1 },
		];
		const { spans, overlap } = listOf(rows, {}, 'end');
		expect(
			spans.map(({ from, to, price }) => [(from - MIDNIGHT) / HOUR, (to - MIDNIGHT) / HOUR, price]),
		).toEqual([
			[0, 1, 8],
			[1, 1.5, 1],
			[1.5, 2, 9],
		]);
		expect(overlap).toEqual({ from: MIDNIGHT + HOUR, to: MIDNIGHT + 1.5 * HOUR });
	});

	it('refuses an end that is not after its start, and two prices of the same length that overlap', () => {
		const [row] = hours([0, 8]);
		const until = (end: number) => ({ ...row, end: MIDNIGHT + end });
		expect(failure(() => listOf([until(0)], {}, 'end')).message).toBe(
			'"end" of item 0 is not after its start',
		);
		const shifted = { start: MIDNIGHT + 1800, end: MIDNIGHT + 1.5 * HOUR, price: 2 };
		expect(failure(() => listOf([until(HOUR), shifted], {}, 'end')).message).toBe(
			'item 0 ends at 2026-01-14T23:00:00Z, after the start of item 1 at 2026-01-14T22:30:00Z',
		);
	});

	it('leaves out prices that have ended', () => {
		const { spans } = listOf(hours([0, 1], [1, 2], [2, 3]), {
			notBefore: MIDNIGHT + 1.5 * HOUR,
		});
		expect(spans.map(({ price }) => price)).toEqual([2, 3]);
	});

	it('can have a single price if the resolution is given', () => {
		expect(listOf(hours([0, 1]), { resolution: 30 }).spans).toEqual([
			{ from: MIDNIGHT, to: MIDNIGHT + 1800, price: 1, assumed: false },
		]);
	});

	it.each<[string, unknown[], Parameters<typeof listOf>[1], string]>([
		['no prices', [], {}, 'There are no prices'],
		[
			'two prices for the same time',
			hours([0, 1], [1, 2], [0, 3]),
			{},
			'item 0 and item 2 both start at 2026-01-14T22:00:00Z, with different prices: 1 and 3',
		],
		[
			'only prices that have ended',
			hours([0, 1], [1, 2]),
			{ notBefore: MIDNIGHT + 2 * HOUR },
			'The prices end at 2026-01-15T00:00:00Z, which has passed',
		],
		[
			'a single price',
			hours([0, 1]),
			{},
			'There is only one price, which does not show how long it applies',
		],
		[
			'prices of 20 minutes',
			hours([0, 1], [1, 2], [4 / 3, 3]),
			{},
			'item 1 and item 2 are closest, and start 20 minutes apart',
		],
		[
			'a price at an irregular time',
			hours([0, 1], [1, 2], [2.25, 3], [3.25, 3]),
			{},
			'item 1 starts at 2026-01-14T23:00:00Z and item 2 at 2026-01-15T00:15:00Z, which does not fit prices of 60 minutes',
		],
		[
			'prices closer than the resolution',
			hours([0, 1], [0.5, 2]),
			{ resolution: 60 },
			'item 0 starts at 2026-01-14T22:00:00Z and item 1 at 2026-01-14T22:30:00Z, which does not fit prices of 60 minutes',
		],
		[
			'a gap if gaps are not allowed',
			gappy,
			{ gapPrice: 'stop' },
			'Prices are missing from 2026-01-15T00:00:00Z to 2026-01-15T02:00:00Z, between item 1 and item 2',
		],
	])('is refused with %s', (_, rows, rules, message) => {
		expect(failure(() => listOf(rows, rules)).message).toBe(message);
	});
});
