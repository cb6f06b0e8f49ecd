import { periods } from '../../../nodes/SmartChargingProfile/set/periodRows.ts';
import { withComment } from '../../../nodes/SmartChargingProfile/set/profileOptions.ts';
import { fieldNameOf } from '../../../nodes/SmartChargingProfile/shared/fieldNames.ts';
import type { Values } from '../../../nodes/shared/node/fields/kinds/values.ts';

it('adds a comment to the fields of meta', () => {
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
	['stackLevel', 'Stack Level'],
	['transactionId', 'Transaction ID'],
	['chargingSchedule[0].duration', 'Duration (S)'],
	['duration.vendorId', 'Duration (S)'],
	['', 'Charging Profile'],
])('the path %j belongs to the field %s', (path, name) => {
	expect(fieldNameOf(path, { duration: { label: 'Duration (S)' } })).toBe(name);
});

const valuesOf = (parameters: Record<string, unknown>): Values => ({
	get: (name) => parameters[name],
	isTyped: () => false,
	timezone: 'UTC',
	nameOf: (label) => label,
});

it.each([
	['fields', '.chargingSchedulePeriod', 'Periods'],
	['fields', '.chargingSchedulePeriod[1].startPeriod', 'Start Period (S) of Period 2'],
	['fields', '.chargingSchedulePeriod[0].limit', 'Limit of Period 1'],
	['json', '.chargingSchedulePeriod[1].startPeriod', 'Periods (JSON)'],
	['fields', '.startSchedule', undefined],
])('with periods by %s, the path %s belongs to the field %s', (specifyPeriods, path, name) => {
	expect(periods.fieldNameOf(`chargingSchedule[0]${path}`, valuesOf({ specifyPeriods }))).toBe(
		name,
	);
});
