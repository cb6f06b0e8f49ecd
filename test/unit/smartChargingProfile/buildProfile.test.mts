import {
	buildProfile,
	withComment,
	type ProfileForm,
} from '../../../nodes/SmartChargingProfile/buildProfile.ts';
import { fieldNameOf } from '../../../nodes/SmartChargingProfile/fields/names.ts';

const form: ProfileForm = {
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

it('puts a profile together', () => {
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
] as const)('has %s only where it belongs', (name, value, belongs) => {
	expect(buildProfile({ ...form, ...value })).not.toHaveProperty(name);
	expect(buildProfile({ ...form, ...value, ...belongs })).toMatchObject(value);
});

it('has a start only where the transaction does not give it', () => {
	const { chargingSchedule } = buildProfile({ ...form, kind: 'Relative' });
	expect(chargingSchedule).toEqual([
		expect.not.objectContaining({ startSchedule: expect.anything() as unknown }),
	]);
});

it('adds a comment beside what meta holds', () => {
	const profile = { id: 1, meta: { createdBy: 'Operations' } };
	expect(withComment(profile, 'Peak')).toEqual({
		id: 1,
		meta: { createdBy: 'Operations', comment: 'Peak' },
	});
	expect(withComment(profile, undefined)).toBe(profile);
});

it.each([
	['stackLevel', false, 'Stack Level'],
	['chargingSchedule[0].startSchedule', false, 'Start'],
	['chargingSchedule[0].chargingSchedulePeriod', false, 'Periods'],
	[
		'chargingSchedule[0].chargingSchedulePeriod[1].startPeriod',
		false,
		'Start Period (S) of Period 2',
	],
	['chargingSchedule[0].chargingSchedulePeriod[1].startPeriod', true, 'Periods (JSON)'],
	['customData.vendorId', false, 'Custom Data (JSON)'],
	['', false, 'Charging Profile'],
])('%s (periods as JSON: %s) is the field %s', (path, periodsAsJson, name) => {
	expect(fieldNameOf(path, periodsAsJson)).toBe(name);
});
