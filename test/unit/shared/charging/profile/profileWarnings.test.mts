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
		{ startPeriod: 0, limit: chargingRateUnit === 'A' ? 32 : 5000 },
		{ startPeriod: 60, limit },
	];
	const profile = chargingProfile({}, { chargingRateUnit, chargingSchedulePeriod });
	expect(profileWarnings(profile, HELSINKI)).toEqual(
		Array(count).fill(expect.stringContaining('most AC cars pause, and 0 stops charging')),
	);
});

describe('a limit that makes no sense', () => {
	const warnings = (
		schedule: Parameters<typeof chargingProfile>[1],
		currentType?: 'AC' | 'DC',
	): string[] => profileWarnings(chargingProfile({}, schedule), HELSINKI, currentType);
	const watts = (limit: number, numberPhases?: number) => ({
		chargingRateUnit: 'W' as const,
		chargingSchedulePeriod: [{ startPeriod: 0, limit, ...(numberPhases && { numberPhases }) }],
	});

	it('is more amperes than any charger supplies', () => {
		const amperes = (limit: number) =>
			warnings({ chargingSchedulePeriod: [{ startPeriod: 0, limit }] });
		expect(amperes(11_000)).toEqual([
			'11000 A is more than any charger supplies: for 11000 W, use the rate unit W.',
		]);
		expect(amperes(3000)).toEqual([]);
		expect(warnings(watts(11_000))).toEqual([]);
	});

	it.each([
		[3000, 3, undefined, '3000 W on 3 phases is 4.3 A per phase: below 6 A (4140 W on 3 phases)'],
		[2700, 2, undefined, '2700 W on 2 phases is 5.9 A per phase: below 6 A (2760 W on 2 phases)'],
		[3000, undefined, 'AC' as const, '3000 W on 3 phases is 4.3 A per phase'],
	])('is below 6 A per phase: %d W on %p phases, %p', (limit, phases, current, warning) => {
		expect(warnings(watts(limit, phases), current)).toEqual([expect.stringContaining(warning)]);
	});

	it.each([
		[4140, 3, undefined],
		[3000, 1, undefined],
		[3000, undefined, undefined],
		[3000, undefined, 'DC' as const],
	])('is not %d W on %p phases, %p', (limit, phases, current) => {
		expect(warnings(watts(limit, phases), current)).toEqual([]);
	});

	it('is below the minimum charging rate, unless it is 0', () => {
		const limited = (limit: number) =>
			warnings({ minChargingRate: 10, chargingSchedulePeriod: [{ startPeriod: 0, limit }] });
		expect(limited(8)).toEqual([
			'minChargingRate is 10 A, which is above the limit of 8 A: the car may pause then.',
		]);
		expect(limited(10)).toEqual([]);
		expect(limited(0)).toEqual([expect.stringContaining('0 stops charging')]);
	});
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
