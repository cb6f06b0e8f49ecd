import { fieldNameOf } from '../../../nodes/SmartChargingProfile/fields/names.ts';
import { withComment } from '../../../nodes/SmartChargingProfile/readProfile.ts';

it('adds a comment beside what meta holds', () => {
	const profile = { id: 1, meta: { createdBy: 'Operations' } };
	expect(withComment(profile, 'Peak')).toEqual({
		id: 1,
		meta: { createdBy: 'Operations', comment: 'Peak' },
	});
	expect(withComment(profile, undefined)).toBe(profile);
	const wrong = { id: 1, meta: 7 };
	expect(withComment(wrong, 'Peak')).toBe(wrong);
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
