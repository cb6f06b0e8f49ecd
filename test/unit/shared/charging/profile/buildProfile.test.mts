import {
	buildProfile,
	type ProfileParts,
} from '../../../../../nodes/shared/charging/profile/buildProfile.ts';

const form: ProfileParts = {
	id: 0,
	stackLevel: 0,
	purpose: 'TxDefaultProfile',
	kind: 'Absolute',
	startSchedule: '2026-01-15T15:00:00Z',
	chargingRateUnit: 'A',
	periods: [{ startPeriod: 0, limit: 0 }],
	ofProfile: {},
	ofSchedule: {},
};

it('builds a profile from its parts', () => {
	expect(buildProfile(form)).toEqual({
		id: 0,
		stackLevel: 0,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Absolute',
		chargingSchedule: [
			{
				id: 1,
				startSchedule: '2026-01-15T15:00:00Z',
				chargingRateUnit: 'A',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }],
			},
		],
	});
});

it.each([
	['recurrencyKind', { recurrencyKind: 'Daily' }, { kind: 'Recurring' }],
	['transactionId', { transactionId: 'tx' }, { purpose: 'TxProfile' }],
] as const)('has %s only if the purpose or kind needs it', (name, value, belongs) => {
	expect(buildProfile({ ...form, ...value })).not.toHaveProperty(name);
	expect(buildProfile({ ...form, ...value, ...belongs })).toMatchObject(value);
});

it('has no start if it is Relative, because it starts with the transaction', () => {
	const { chargingSchedule } = buildProfile({ ...form, kind: 'Relative' });
	expect(chargingSchedule).toEqual([
		expect.not.objectContaining({ startSchedule: expect.anything() as unknown }),
	]);
});
