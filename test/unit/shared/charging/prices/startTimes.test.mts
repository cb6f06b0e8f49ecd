import fc from 'fast-check';
import { DateTime } from 'luxon';

import { departureTime } from '../../../../../nodes/shared/charging/prices/departure.ts';
import { startTimeReader } from '../../../../../nodes/shared/charging/prices/startTimes.ts';
import { resolveTime } from '../../../../../nodes/shared/charging/base/resolveTime.ts';
import { utcText } from '../../../../../nodes/shared/charging/base/timeTexts.ts';

const HELSINKI = 'Europe/Helsinki';
const ZONES = [
	HELSINKI,
	'America/New_York',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Asia/Tokyo',
	'Australia/Lord_Howe',
	'Europe/London',
	'Pacific/Apia',
	'Pacific/Chatham',
	'UTC',
];

const secondsOf = (time: string) => DateTime.fromISO(time).toSeconds();
const read = startTimeReader(HELSINKI);
const NOON = secondsOf('2026-01-15T12:00:00Z');

describe('the start of a price', () => {
	it.each([
		['2026-01-15T12:00:00Z'],
		['2026-01-15T12:00Z'],
		['2026-01-15T12:00:00.000Z'],
		['2026-01-15T14:00:00+02:00'],
		['2026-01-15 14:00:00+0200'],
		['2026-01-15T06:30:00-05:30'],
		['2026-01-15T14:00:00'],
		['2026-01-15 14:00'],
		[NOON],
		[NOON * 1000],
		[String(NOON)],
		[String(NOON * 1000)],
		[new Date(NOON * 1000)],
	])('%s is noon', (value) => expect(read(value)).toEqual({ seconds: NOON }));

	it.each([
		[undefined, 'is empty'],
		['', 'is empty'],
		['soon', 'is "soon", which is not a time'],
		['2026-02-30T12:00:00Z', 'is "2026-02-30T12:00:00Z", which is not a time'],
		['2026-01-15T25:00:00Z', 'is "2026-01-15T25:00:00Z", which is not a time'],
		['2026-13-15T12:00:00', 'is "2026-13-15T12:00:00", which is not a time'],
		[20260115, 'is 20260115, which is not a time'],
		[NaN, 'is NaN, which is not a time'],
		[NOON * 1e6, `is ${NOON * 1e6}, which is not a time`],
	])('%s is refused', (value, problem) => {
		expect(read(value)).toMatchObject({ problem });
	});

	it('is refused if a clock change skips or repeats it, with what to write instead', () => {
		expect(read('2026-03-29T03:30')).toMatchObject({
			problem: expect.stringContaining('does not exist in Europe/Helsinki') as string,
		});
		expect(read('2026-10-25T03:15')).toMatchObject({
			problem: expect.stringContaining('comes twice in Europe/Helsinki') as string,
			fix: expect.stringContaining('2026-10-25T03:15:00+03:00') as string,
		});
	});

	it('is the same as from resolveTime, in ten zones throughout the year', () => {
		const readers = new Map(ZONES.map((zone) => [zone, startTimeReader(zone)]));
		const minute = fc.integer({ min: -20, max: 366 * 24 * 60 });
		fc.assert(
			fc.property(minute, fc.constantFrom(...ZONES), (minutes, zone) => {
				const text = DateTime.utc(2026).plus({ minutes }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				const time = resolveTime(text, zone);
				expect(readers.get(zone)!(text)).toEqual(
					'utc' in time ? { seconds: secondsOf(time.utc) } : time,
				);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a departure', () => {
	const at = (value: unknown, after: string) => {
		const time = departureTime(value, secondsOf(after), HELSINKI);
		return 'seconds' in time ? utcText(time.seconds) : time.problem;
	};

	it.each([
		['07:00', '2026-01-15T22:00:00+02:00', '2026-01-16T05:00:00Z'],
		['7:00', '2026-01-15T06:59:59+02:00', '2026-01-15T05:00:00Z'],
		['07:00', '2026-01-15T07:00:00+02:00', '2026-01-16T05:00:00Z'],
		['07:00', '2026-03-28T22:00:00+02:00', '2026-03-29T04:00:00Z'],
		['07:00', '2026-10-24T22:00:00+03:00', '2026-10-25T05:00:00Z'],
		['07:00:00', '2026-01-15T22:00:00+02:00', '2026-01-16T05:00:00Z'],
		['24:00', '2026-01-15T22:00:00+02:00', '2026-01-15T22:00:00Z'],
		['00:00', '2026-01-15T22:00:00+02:00', '2026-01-15T22:00:00Z'],
		['2026-01-17T07:30:00', '2026-01-15T22:00:00+02:00', '2026-01-17T05:30:00Z'],
	])('%s after %s is %s', (value, after, expected) => expect(at(value, after)).toBe(expected));

	it.each([
		['2026-03-29T03:30', '2026-03-28T22:00:00+02:00', 'which does not exist in Europe/Helsinki'],
		['2026-10-25T03:30', '2026-10-24T22:00:00+03:00', 'which comes twice in Europe/Helsinki'],
		['24:30', '2026-01-15T22:00:00+02:00', 'is "24:30", which is not a time'],
		['25:00', '2026-01-15T22:00:00+02:00', 'is "25:00", which is not a time'],
		['', '2026-01-15T22:00:00+02:00', 'is empty'],
	])('%s after %s is refused', (value, after, problem) => {
		expect(at(value, after)).toContain(problem);
	});

	it.each([
		['2026-03-28T22:00:00+02:00', '2026-03-29T01:00:00Z', 'at 2026-03-29T04:00:00+03:00'],
		['2026-10-24T22:00:00+03:00', '2026-10-25T00:30:00Z', 'at 2026-10-25T03:30:00+03:00'],
	])('03:30 after %s is %s, with a warning', (after, expected, warning) => {
		expect(at('03:30', after)).toBe(expected);
		expect(departureTime('03:30', secondsOf(after), HELSINKI)).toHaveProperty(
			'warning',
			expect.stringContaining(warning),
		);
		expect(departureTime('07:00', secondsOf(after), HELSINKI)).not.toHaveProperty('warning');
	});
});
