import { DateTime } from 'luxon';

import { dayAheadPrices } from '../../../../host/demo/prices.mts';

const ZONE = 'Europe/Helsinki';
const at = (local: string) => DateTime.fromISO(local, { zone: ZONE });
const MS_PER_QUARTER = 15 * 60_000;

describe('the local day-ahead prices', () => {
	it.each([
		['an ordinary day', '2026-06-10T13:30', 192],
		['the day before clocks go forward', '2026-03-28T00:00', 188],
		['the day on which clocks go back', '2026-10-25T23:59', 196],
	])('are without a gap from today’s midnight until the end of tomorrow: %s', (_, now, count) => {
		const prices = dayAheadPrices(at(now));
		expect(prices).toHaveLength(count);
		const oldestFirst = [...prices].reverse();
		expect(Date.parse(oldestFirst[0].startDate)).toBe(at(now).startOf('day').toMillis());
		oldestFirst.forEach(({ startDate, endDate }, index) => {
			expect(Date.parse(endDate) - Date.parse(startDate)).toBe(MS_PER_QUARTER);
			expect(endDate).toBe(oldestFirst[index + 1]?.startDate ?? prices[0].endDate);
		});
		expect(Date.parse(prices[0].endDate)).toBe(at(now).startOf('day').plus({ days: 2 }).toMillis());
	});

	it('of a day are the same when they are of tomorrow and when they are of today', () => {
		const day = '2026-06-11';
		const ofDay = (now: string) =>
			dayAheadPrices(at(now)).filter(
				({ startDate }) => DateTime.fromISO(startDate, { zone: ZONE }).toISODate() === day,
			);
		expect(ofDay('2026-06-10T13:00')).toHaveLength(96);
		expect(ofDay('2026-06-10T13:00')).toEqual(ofDay('2026-06-11T20:00'));
	});

	it('have cheap nights and an expensive evening, on ten different days', () => {
		for (let count = 0; count < 10; count++) {
			const day = at('2026-06-10').plus({ days: count });
			const prices = new Map(
				dayAheadPrices(day).map(({ startDate, price }) => [Date.parse(startDate), price]),
			);
			expect(prices.get(+day.set({ hour: 4 }))).toBeLessThan(5);
			expect(prices.get(+day.set({ hour: 18 }))).toBeGreaterThan(12);
		}
	});
});
