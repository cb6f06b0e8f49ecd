import fc from 'fast-check';
import { DateTime } from 'luxon';

import { timeTexts } from '../../../../../nodes/shared/charging/base/timeTexts.ts';

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

it('local times have the offset of their moment, in ten zones throughout the year', () => {
	const texts = new Map(ZONES.map((zone) => [zone, timeTexts(zone)]));
	const quarter = fc.integer({ min: 0, max: 366 * 96 });
	fc.assert(
		fc.property(quarter, fc.constantFrom(...ZONES), (quarters, zone) => {
			const at = DateTime.fromISO('2026-01-01T00:00:00Z', { zone }).plus({
				minutes: 15 * quarters,
			});
			const expected = at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
			const written = texts.get(zone)!;
			expect(written.local(at.toSeconds())).toBe(expected);
			expect(written.utc(at.toSeconds())).toBe(at.toUTC().toISO({ suppressMilliseconds: true }));
		}),
		{ numRuns: 1000 },
	);
});
