import { profileWarnings } from '../../../../../nodes/shared/charging/profile/profileWarnings.ts';
import { chargingProfile } from '../profiles.mts';

const HELSINKI = 'Europe/Helsinki';

it.each([
	['A', 6, 0],
	['A', 5.9, 1],
	['A', 0, 1],
	['W', 1380, 0],
	['W', 1379.9, 1],
] as const)('a limit in %s of %d gives warnings: %d', (chargingRateUnit, limit, count) => {
	const chargingSchedulePeriod = [
		{ startPeriod: 0, limit: 5000 },
		{ startPeriod: 60, limit },
	];
	const profile = chargingProfile({}, { chargingRateUnit, chargingSchedulePeriod });
	expect(profileWarnings(profile, HELSINKI)).toEqual(
		Array(count).fill(expect.stringContaining('most AC cars pause, and 0 stops charging')),
	);
});

describe('a Recurring profile', () => {
	const daily = chargingProfile({ chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' });

	it('recurs in UTC, so there is a warning if the clocks change', () => {
		expect(profileWarnings(daily, HELSINKI)).toEqual([
			expect.stringMatching(
				/^A Daily profile recurs in UTC, from 2026-01-15T00:00:00Z: it does not follow the clocks of Europe\/Helsinki/,
			),
		]);
	});

	it('gives no warning if it ends before the clocks change, or if they never change', () => {
		expect(profileWarnings({ ...daily, validTo: '2026-03-01T00:00:00Z' }, HELSINKI)).toEqual([]);
		expect(profileWarnings(daily, 'Asia/Kathmandu')).toEqual([]);
		expect(profileWarnings(chargingProfile(), HELSINKI)).toEqual([]);
	});

	it('gives no warning from one clock change to the next, if a run is under way at the first', () => {
		const summer = { validFrom: '2026-03-29T01:00:00Z', validTo: '2026-10-25T01:00:00Z' };
		const from = (startSchedule: string) => ({
			...daily,
			...summer,
			chargingSchedule: [{ ...daily.chargingSchedule[0], startSchedule }],
		});
		expect(profileWarnings(from('2026-03-28T14:00:00Z'), HELSINKI)).toEqual([]);
		expect(profileWarnings(from('2026-03-27T15:00:00Z'), HELSINKI)).toHaveLength(1);
	});
});
