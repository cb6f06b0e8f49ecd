import fc from 'fast-check';
import { DateTime } from 'luxon';

import { resolveTime } from '../../../../../nodes/shared/charging/base/resolveTime.ts';

const HELSINKI = 'Europe/Helsinki';

describe('a time', () => {
	it.each([
		['2026-01-15T17:00:00', '2026-01-15T15:00:00Z'],
		['2026-07-15T17:00:00', '2026-07-15T14:00:00Z'],
		['2026-01-15 17:00', '2026-01-15T15:00:00Z'],
		[' 2026-01-15T17:00 ', '2026-01-15T15:00:00Z'],
		['2026-01-15', '2026-01-14T22:00:00Z'],
		['2026-01-15T17:00:00Z', '2026-01-15T17:00:00Z'],
		['2026-01-15T17:00:00+01:00', '2026-01-15T16:00:00Z'],
		['2026-01-15T17:00:00.123456Z', '2026-01-15T17:00:00.123Z'],
		[DateTime.fromISO('2026-01-15T17:00:00-05:00'), '2026-01-15T22:00:00Z'],
		[new Date('2026-01-15T17:00:00Z'), '2026-01-15T17:00:00Z'],
	])('%s is %s', (value, utc) => {
		expect(resolveTime(value, HELSINKI)).toEqual({ utc });
	});

	it.each([
		['', 'is empty'],
		[undefined, 'is empty'],
		[null, 'is empty'],
		['17:00', 'is "17:00", which is not a time'],
		['tomorrow', 'is "tomorrow", which is not a time'],
		['2026-02-30T12:00:00', 'is "2026-02-30T12:00:00", which is not a time'],
		['2026-01-15T17:00:00+99:00', 'is "2026-01-15T17:00:00+99:00", which is not a time'],
		['15.1.2026 17:00', 'is "15.1.2026 17:00", which is not a time'],
		[1768496400000, 'is 1768496400000, which is not a time'],
		[new Date('never'), 'is null, which is not a time'],
		[{}, 'is {}, which is not a time'],
	])('is refused if it is %j', (value, problem) => {
		expect(resolveTime(value, HELSINKI)).toMatchObject({ problem });
	});

	it('is refused if a clock change skips it, with a time next to the change', () => {
		expect(resolveTime('2026-03-29T03:30:00', HELSINKI)).toEqual({
			problem:
				'is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki: the clocks are set forward past it',
			fix: 'Enter a time before or after the change, such as 2026-03-29T04:30:00+03:00.',
		});
	});

	it('is refused if it comes twice, with both moments', () => {
		expect(resolveTime('2026-10-25T03:30:00', HELSINKI)).toEqual({
			problem:
				'is 2026-10-25T03:30:00, which comes twice in Europe/Helsinki: the clocks are set back over it',
			fix: 'Enter the one that you mean, with its offset: 2026-10-25T03:30:00+03:00 or 2026-10-25T03:30:00+02:00.',
		});
		expect(resolveTime('2026-10-25T03:30:00+02:00', HELSINKI)).toEqual({
			utc: '2026-10-25T01:30:00Z',
		});
	});

	it('is never shifted: either it is refused, or it is the same when read back in its zone', () => {
		const zones = [HELSINKI, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
		const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 });
		fc.assert(
			fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
				const written = DateTime.fromISO('2026-01-01T00:00:00Z', { zone: 'utc' })
					.plus({ minutes: minute })
					.toFormat("yyyy-MM-dd'T'HH:mm:ss");
				const time = resolveTime(written, zone);
				const readBack =
					'utc' in time
						? DateTime.fromISO(time.utc, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")
						: /does not exist|comes twice/.test(time.problem) && written;
				expect(readBack).toBe(written);
			}),
			{ numRuns: 500 },
		);
	});
});
