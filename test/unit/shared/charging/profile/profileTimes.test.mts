import { resolveProfileTimes } from '../../../../../nodes/shared/charging/profile/profileTimes.ts';

const HELSINKI = 'Europe/Helsinki';

describe('the times of a profile', () => {
	it('are converted to UTC, and nothing else changes', () => {
		const profile = {
			id: 1,
			validFrom: '2026-01-15T17:00:00',
			meta: { createdAt: 'yesterday' },
			chargingSchedule: [{ id: 1, startSchedule: '2026-01-15T17:00:00+01:00' }, 'no schedule'],
		};
		const before = structuredClone(profile);
		expect(resolveProfileTimes(profile, HELSINKI)).toEqual({
			profile: {
				...profile,
				validFrom: '2026-01-15T15:00:00Z',
				chargingSchedule: [{ id: 1, startSchedule: '2026-01-15T16:00:00Z' }, 'no schedule'],
			},
			problems: [],
		});
		expect(profile).toEqual(before);
	});

	it('that cannot be read are reported with their path', () => {
		const { problems } = resolveProfileTimes(
			{ validTo: 'never', chargingSchedule: [{}, { startSchedule: '2026-03-29T03:30:00' }] },
			HELSINKI,
		);
		expect(problems.map(({ path }) => path)).toEqual([
			'validTo',
			'chargingSchedule[1].startSchedule',
		]);
	});
});
