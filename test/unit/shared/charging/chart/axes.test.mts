import fc from 'fast-check';
import { DateTime } from 'luxon';

import { timeMarks } from '../../../../../nodes/shared/charging/chart/timeAxis.ts';
import { valueAxis } from '../../../../../nodes/shared/charging/chart/valueAxis.ts';

const HELSINKI = 'Europe/Helsinki';
const at = (time: string, zone = HELSINKI) => DateTime.fromISO(time, { zone }).toMillis();
const textsOf = (start: string, end: string, zone = HELSINKI) =>
	timeMarks(at(start, zone), at(end, zone), zone).map(({ text }) => text);

describe('the value axis', () => {
	it.each([
		[22, [0, 5, 10, 15, 20, 25]],
		[8.1, [0, 2, 4, 6, 8, 10]],
		[0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
		[0.6, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
		[150, [0, 25, 50, 75, 100, 125, 150]],
	])('to %s is marked %j', (highest, marks) => {
		expect(valueAxis(0, highest, 6)).toEqual({ marks, bottom: 0, top: marks.at(-1) });
	});

	it('reaches below 0 for negative prices', () => {
		expect(valueAxis(-1.5, 9, 4)).toEqual({ marks: [-5, 0, 5, 10], bottom: -5, top: 10 });
		expect(valueAxis(-3, 0, 4)).toEqual({ marks: [-3, -2, -1, 0], bottom: -3, top: 0 });
	});

	it('always includes all values and 0, and never has too many marks', () => {
		const values = fc.double({ min: 0.001, max: 1e7, noNaN: true });
		const lowest = fc.oneof(fc.constant(0), values);
		fc.assert(
			fc.property(lowest, values, fc.constantFrom(4, 6), (below, highest, most) => {
				const { marks, bottom, top } = valueAxis(-below, highest, most);
				expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
				expect(bottom).toBeLessThanOrEqual(-below * (1 - 1e-9));
				expect(marks).toContain(0);
				expect(marks.length).toBeGreaterThanOrEqual(3);
				expect(marks.length).toBeLessThanOrEqual(most + 1);
			}),
		);
	});
});

describe('the time axis', () => {
	it('marks a day at every second hour', () => {
		const marks = timeMarks(at('2026-01-15'), at('2026-01-16'), HELSINKI);
		expect(marks).toHaveLength(12);
		expect(marks[0]).toEqual({
			at: at('2026-01-15'),
			text: '00:00',
			day: 'Thu 15 Jan',
			startsDay: true,
		});
		expect(marks[7]).toEqual({ at: at('2026-01-15T14:00'), text: '14:00', startsDay: false });
	});

	it('leaves out an hour that a clock change skips, and repeats one that it repeats', () => {
		expect(textsOf('2026-03-29T01:00', '2026-03-29T06:00')).toEqual([
			'01:00',
			'01:30',
			'02:00',
			'02:30',
			'04:00',
			'04:30',
			'05:00',
			'05:30',
		]);
		expect(textsOf('2026-10-25T02:00', '2026-10-25T05:00')).toEqual([
			...['02:00', '02:30', '03:00', '03:30', '03:00', '03:30', '04:00', '04:30'],
		]);
	});

	it('is right if offsets and clock changes are not whole hours', () => {
		expect(textsOf('2026-01-15', '2026-01-16', 'Asia/Kathmandu')[1]).toBe('02:00');
		const marks = timeMarks(
			at('2026-04-05', 'Australia/Lord_Howe'),
			at('2026-04-06', 'Australia/Lord_Howe'),
			'Australia/Lord_Howe',
		);
		const wrong = marks.filter(({ text }) => !/^\d\d:00$/.test(text));
		expect([marks.length, wrong]).toEqual([12, []]);
	});

	it('a name of a day is for the whole day, which can have 23 hours', () => {
		const marks = timeMarks(at('2026-03-27T12:00'), at('2026-04-03T12:00'), HELSINKI);
		const hours = marks.map((mark) => (mark.until! - mark.at) / 3_600_000);
		expect(hours).toEqual([24, 23, 24, 24, 24, 24, 12]);
	});

	it('marks days at midnight over a clock change, and months in a year', () => {
		expect(textsOf('2026-03-27T12:00', '2026-04-03T12:00')).toEqual([
			...['Sat 28 Mar', 'Sun 29 Mar', 'Mon 30 Mar', 'Tue 31 Mar', 'Wed 1 Apr', 'Thu 2 Apr'],
			'Fri 3 Apr',
		]);
		expect(textsOf('2026-01-01', '2027-01-01')).toHaveLength(12);
	});

	it('never has more marks than fit, and only moments within the window, in order', () => {
		const zones = fc.constantFrom(HELSINKI, 'UTC', 'Australia/Lord_Howe', 'America/St_Johns');
		const hours = fc.double({ min: 1, max: 366 * 24, noNaN: true });
		const starts = fc.integer({ min: at('2025-01-01'), max: at('2027-01-01') });
		fc.assert(
			fc.property(starts, hours, zones, (start, length, zone) => {
				const end = start + length * 3_600_000;
				const moments = timeMarks(start, end, zone).map((mark) => mark.at);
				expect(moments.length).toBeGreaterThan(0);
				expect(moments.length).toBeLessThanOrEqual(26);
				expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
				expect(moments.every((moment) => moment >= start && moment < end)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});
});
