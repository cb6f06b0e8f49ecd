import { DateTime } from 'luxon';

import { tariffForm } from '../../../nodes/SmartChargingProfile/tariff/tariffForm.ts';
import { refusalOf, valuesOf } from '../../support/formValues.mts';

const NOW = DateTime.fromISO('2026-01-15T12:00:00Z');

const read = (parameters: Record<string, unknown>) =>
	tariffForm.read(valuesOf(tariffForm, parameters), {}, NOW);

const row = (changes: Record<string, unknown> = {}) => ({
	days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
	from: '17:00',
	to: '20:00',
	limitKw: 20,
	...changes,
});
const windows = (...rows: unknown[]) => ({ windows: { window: rows } });
const json = (value: unknown) => ({
	specifyWindows: 'json',
	windowsJson: typeof value === 'string' ? value : JSON.stringify(value),
});

it('can be read with the defaults of a new form', () => {
	expect(read({})).toEqual({
		windows: [
			{ days: [1, 2, 3, 4, 5], from: 17 * 3600, to: 20 * 3600, overMidnight: false, limit: 20_000 },
		],
		outside: undefined,
		unit: 'W',
		details: {},
		zone: 'Europe/Helsinki',
		startMs: NOW.toMillis(),
		mode: 'recurring',
		capacity: { periods: 24, levels: 4, profiles: 10, sameLevelReplaces: false },
		identity: { id: 100, stackLevel: 2, purpose: 'TxDefaultProfile' },
	});
});

it('keeps the purpose, the stack level and the capacity of a node that was saved before they changed', () => {
	expect(tariffForm.read(valuesOf(tariffForm, {}, 'Europe/Helsinki', 1), {}, NOW)).toMatchObject({
		identity: { id: 100, stackLevel: 0, purpose: 'ChargingStationMaxProfile' },
		capacity: { periods: Infinity, levels: Infinity, profiles: Infinity },
	});
});

it.each([
	[
		{ chargerCapacity: 'ocpp16' },
		{ periods: 24, levels: 1, profiles: 10, sameLevelReplaces: true },
	],
	[
		{ chargerCapacity: 'custom', capacityPeriods: '33', capacityLevels: 5, capacityProfiles: 15 },
		{ periods: 33, levels: 5, profiles: 15, sameLevelReplaces: false },
	],
])('takes a charger capacity: %j', (parameters, capacity) => {
	expect(read(parameters).capacity).toEqual(capacity);
});

it('reads phases and the minimum charging rate in the unit of the profiles', () => {
	const options = { numberPhases: '1', phaseToUse: 2, minChargingRateKw: 1.4 };
	const details = { numberPhases: 1, phaseToUse: 2, minChargingRate: 1400 };
	expect(read({ options }).details).toEqual(details);
	const inAmperes = { limitUnit: 'A', options: { numberPhases: 3, minChargingRateA: 0 } };
	expect(read(inAmperes).details).toEqual({ numberPhases: 3, minChargingRate: 0 });
});

it('takes a minimum charging rate above the windows if there is no limit outside them', () => {
	const options = { minChargingRateKw: 25 };
	expect(read({ options }).details).toEqual({ minChargingRate: 25_000 });
});

it('reads seasons by fields and in JSON', () => {
	const season = { seasonFrom: '11-1', seasonUntil: ' 02-29' };
	const expected = { from: '11-01', until: '02-29' };
	expect(read(windows(row(season), row())).windows.map((window) => window.season)).toEqual([
		expected,
		undefined,
	]);
	expect(
		read(json([{ days: ['mon'], from: '1:00', to: '2:00', limit: 1, ...season }])).windows[0]
			.season,
	).toEqual(expected);
});

it.each<[unknown, string[]]>([
	['2026-12-25, 2026-12-26\n2027-01-01,', ['2026-12-25', '2026-12-26', '2027-01-01']],
	[
		['2026-12-25', '2026-12-25'],
		['2026-12-25', '2026-12-25'],
	],
	['["2026-12-25"]', ['2026-12-25']],
	[
		[{ date: '2026-12-25', localName: 'Joulupäivä', global: true }, '2026-12-26T00:00:00'],
		['2026-12-25', '2026-12-26'],
	],
])('reads holidays: %j', (holidays, dates) => {
	expect(read({ options: { holidays } }).holidays).toEqual({ dates, countAs: 7 });
	expect(read({ options: { holidays, holidaysCountAs: 'saturday' } }).holidays?.countAs).toBe(6);
	expect(read({ options: { holidays, holidaysCountAs: 'none' } }).holidays).toEqual({ dates });
});

it.each([{}, { holidays: '' }, { holidays: [] }, { holidays: ' , ' }, { holidaysCountAs: 'none' }])(
	'has no holidays: %j',
	(options) => {
		expect(read({ options }).holidays).toBeUndefined();
	},
);

it.each<[Record<string, unknown>, string]>([
	[{ options: { holidays: '25.12.2026' } }, 'Holidays has "25.12.2026", which is not a date'],
	[{ options: { holidays: ['2026-02-29'] } }, 'Holidays has "2026-02-29", which is not a date'],
	[{ options: { holidays: [{ day: 1 }] } }, 'Holidays has {"day":1}, which is not a date'],
	[{ options: { holidays: { date: '2026-12-25' } } }, 'which is not a list of dates'],
	[{ options: { holidays: '[1' } }, 'Holidays is not valid JSON'],
	[
		{ options: { holidays: Array(1001).fill('2026-12-25') } },
		'Holidays has 1001 dates, more than 1000',
	],
	[
		{ options: { holidays: '2026-12-25', holidaysCountAs: 'someday' } },
		'Holidays Count As is "someday", which is not a valid option',
	],
	[windows(row(), row({ seasonFrom: '11-01' })), 'Window 2 has Season From, but not Season Until'],
	[windows(row({ seasonUntil: '11-01' })), 'Window 1 has Season Until, but not Season From'],
	[
		windows(row({ seasonFrom: '02-30', seasonUntil: '03-31' })),
		'Season From of Window 1 is "02-30", which is not a day of the year',
	],
	[
		json([
			{
				days: ['mon'],
				from: '1:00',
				to: '2:00',
				limit: 1,
				seasonFrom: '1 May',
				seasonUntil: '1-1',
			},
		]),
		'Season From of Window 1 is "1 May", which is not a day of the year',
	],
	[{ options: { phaseToUse: 2 } }, 'Phase to Use is 2, but Phases is not stated'],
	[{ options: { phaseToUse: 2, numberPhases: 3 } }, 'Phase to Use is 2, but Phases is 3'],
	[{ options: { numberPhases: 4 } }, 'Phases is 4, which is more than 3'],
	[{ options: { numberPhases: 1, phaseToUse: 0 } }, 'Phase to Use is 0, which is less than 1'],
	[
		{ limitUnit: 'A', options: { minChargingRateA: 6.25 } },
		'Minimum Charging Rate (A) is 6.25, which has more than one decimal',
	],
	[
		{ outside: 'limit', limitOutsideKw: 10, options: { minChargingRateKw: 20.5 } },
		'Minimum Charging Rate (kW) is 20.5 kW, which is above the highest limit, 20 kW',
	],
	[{ windows: {} }, 'Windows is empty'],
	[json([]), 'Windows (JSON) is empty'],
	[json('{}'), 'Windows (JSON) is not a list'],
	[json('['), 'Windows (JSON) is not valid JSON'],
	[json([7]), 'Window 1 of Windows (JSON) is 7, which is not a JSON object'],
	[json([{ ...row(), limit: 1 }]), 'Window 1 of Windows (JSON) has "limitKw", which is not known'],
	[json([{ days: 'mon', from: '1:00', to: '2:00', limit: 1 }]), 'Days of Window 1 is not a list'],
	[json([{ from: '1:00', to: '2:00', limit: 1 }]), 'Days of Window 1 is empty'],
	[json([{ days: ['mon'], from: '1:00', to: '2:00' }]), 'Limit (kW) of Window 1 is empty'],
	[
		json([{ days: ['mon'], from: '22:00', to: '6:00', overMidnight: 'yes', limit: 1 }]),
		'Over Midnight of Window 1 is "yes", which is neither true nor false',
	],
	[windows(row({ days: [] })), 'Days of Window 1 is empty'],
	[
		windows(row(), row({ days: ['monday', 'caturday'] })),
		'Days of Window 2 has "caturday", which is not a day of the week',
	],
	[windows(row({ from: '25:00' })), 'From of Window 1 is "25:00", which is not a time of day'],
	[windows(row({ from: '24:00' })), 'From of Window 1 is "24:00", which is not a time of day'],
	[windows(row(), row({ to: '24:01' })), 'To of Window 2 is "24:01", which is not a time of day'],
	[windows(row({ to: '8 pm' })), 'To of Window 1 is "8 pm", which is not a time of day'],
	[windows(row({ to: '' })), 'To of Window 1 is empty'],
	[windows(row(), row({ to: '16:59' })), 'Window 2 ends before it begins, 17:00 to 16:59'],
	[windows(row({ to: '17:00' })), 'Window 1 begins and ends at the same time, 17:00 to 17:00'],
	[
		windows(row({ overMidnight: true })),
		'Window 1 is over midnight, but its end is a later time of day than its beginning, 17:00 to 20:00',
	],
	[windows(row({ limitKw: -0.1 })), 'Limit (kW) of Window 1 is -0.1, which is less than 0'],
	[
		{ limitUnit: 'A', ...windows(row({ limitA: 8.15 })) },
		'Limit (A) of Window 1 is 8.15, which has more than one decimal',
	],
	[windows(row({ limitKw: 'much' })), 'Limit (kW) of Window 1 is "much", which is not a number'],
	[{ outside: 'limit', limitOutsideKw: -1 }, 'Limit Outside (kW) is -1, which is less than 0'],
	[{ outside: 'some' }, 'Outside the Windows is "some", which is not a valid option'],
	[{ limitUnit: 'W' }, 'Limit Unit is "W", which is not a valid option'],
	[{ timezone: 'Europe/Helsinky' }, 'Time Zone is "Europe/Helsinky", which is not a time zone'],
	[{ mode: 'nextDays', daysAhead: 0 }, 'Days Ahead is 0, which is less than 1'],
	[{ mode: 'nextDays', daysAhead: 32 }, 'Days Ahead is 32, which is more than 31'],
	[{ mode: 'nextDays', daysAhead: 1.5 }, 'Days Ahead is 1.5, which is not a whole number'],
	[{ mode: '' }, 'Mode is empty'],
	[{ chargerCapacity: 'small' }, 'Charger Capacity is "small", which is not a valid option'],
	[{ chargerCapacity: 'custom', capacityLevels: 0 }, 'Stack Levels is 0, which is less than 1'],
	[{ chargingProfilePurpose: 'TxProfile' }, 'Purpose is "TxProfile", which is not a valid option'],
	[{ stackLevel: -1 }, 'Stack Level is -1, which is less than 0'],
	[{ chargingProfileId: 0.5 }, 'Charging Profile ID is 0.5, which is not a whole number'],
	[{ options: { start: 'soon' } }, 'Start is "soon", which is not a time'],
	[
		{ options: { start: '2026-03-29T03:30:00' } },
		'Start is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki',
	],
])('refuses %j: %s', (parameters, message) => {
	const refusal = refusalOf(() => read(parameters));
	expect(refusal.message).toContain(message);
	expect(refusal.description).toMatch(
		/^(Enter|Choose|Add|If|For|Known|A window|Chargers|.*Check) ?.*\./,
	);
});

describe('the time zone', () => {
	const warnings = (parameters: Record<string, unknown>, zone: string) =>
		tariffForm.warnings(valuesOf(tariffForm, parameters, zone));

	it.each(['UTC', 'Etc/UTC', 'GMT'])('gets a warning if it is the workflow’s %s', (zone) => {
		expect(warnings({}, zone)).toEqual([
			expect.stringMatching(/^The windows are in UTC, the workflow’s time zone\. .*Time Zone/),
		]);
	});

	it('gets none if UTC was chosen, or if the workflow is in another one', () => {
		expect(warnings({ timezone: 'UTC' }, 'UTC')).toEqual([]);
		expect(warnings({}, 'Europe/Helsinki')).toEqual([]);
	});
});
