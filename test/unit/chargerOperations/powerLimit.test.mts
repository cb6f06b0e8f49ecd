import { setPowerLimit } from '../../../nodes/ChargerOperations/operations/chargingStation/setPowerLimit.ts';
import { byId } from '../../support/byId.mts';
import { expression, prepare, refusalOf } from '../../support/formValues.mts';

const GOOD = { stationId: byId('DEPOT-DC-1'), limitType: 'acMaxPowerKw', limitValue: 20 };

it.each([
	[{ limitValue: -1 }, 'Limit (kW) is -1, which is less than 0'],
	[{ limitValue: NaN }, 'Limit (kW) is NaN, which is not a number'],
	[{ limitValue: '' }, 'Limit (kW) is empty'],
	[{ limitValue: expression(undefined) }, 'Limit (kW) is empty'],
	[{ limitValue: 20.2525 }, 'Limit (kW) is 20.2525, which has more than three decimals'],
	[{ limitValue: 1e308 }, 'Limit (kW) is 1e+308, which has too many digits'],
	[
		{ limitType: 'acMaxPowerA', limitValue: 8.15 },
		'Limit (A) is 8.15, which has more than one decimal',
	],
	[
		{ limitType: expression('acMaxPowerA'), limitValue: 16, options: { acMaxPowerA: 10 } },
		'Also Limit AC Current (A) is given in addition to a Limit Type of AC Current (A)',
	],
	[
		{ options: { chargingProfileId: 1768496400000 } },
		'Charging Profile ID is 1768496400000, which is more than 2147483647',
	],
	[{ limitValue: '20 kW' }, 'Limit (kW) is "20 kW", which is not a number'],
	[{ limitType: '' }, 'Limit Type is empty'],
	[{ limitType: 'kW' }, 'Limit Type is "kW", which is not a valid option'],
	[{ stationId: byId('') }, 'Charging Station is empty'],
	[{ stationId: byId('..') }, 'Charging Station ".." is not an ID'],
	[{ options: { stackLevel: -1 } }, 'Stack Level is -1, which is less than 0'],
	[{ options: { stackLevel: 1.5 } }, 'Stack Level is 1.5, which is not a whole number'],
	[{ options: { relativeDelay: -1 } }, 'Relative Delay (S) is -1, which is less than 0'],
	[{ options: { acMaxPowerA: 16.55 } }, 'Also Limit AC Current (A) is 16.55, which has more'],
	[
		{ options: { dcMaxPowerKw: '' } },
		'Also Limit DC Power (kW) is empty: without a value the option limits nothing',
	],
	[
		{ options: { acMaxPowerA: expression(null) } },
		'Also Limit AC Current (A) is empty: without a value the option limits nothing',
	],
	[
		{ options: { condition: null } },
		'Condition is empty: without a condition the limit would always apply',
	],
])('%j is refused: %s', (parameters, message) => {
	const refusal = refusalOf(() => prepare(setPowerLimit, { ...GOOD, ...parameters }));
	expect(refusal.message).toContain(message);
	expect(refusal.description).toMatch(/\w.*\.$/);
});

it.each([
	[{ limitType: 'acMaxPowerA', limitValue: 5.9 }],
	[{ limitType: 'dcMaxPowerKw', limitValue: 0 }],
	[{ options: { acMaxPowerA: 5 } }],
	[{ options: { dcMaxPowerKw: 0 } }],
])('%j gets a hint that charging will pause', (parameters) => {
	const { hint } = prepare(setPowerLimit, { ...GOOD, ...parameters });
	expect(hint).toContain('0 stops charging until the limit is cleared');
});

it.each([[{ limitType: 'dcMaxPowerKw', limitValue: 1 }], [{ options: { dcMaxPowerKw: 40 } }]])(
	'%j gets none',
	(parameters) => {
		expect(prepare(setPowerLimit, { ...GOOD, ...parameters }).hint).toBeUndefined();
	},
);
