import type { IDataObject } from 'n8n-workflow';

import {
	clearConnectorProfile,
	clearStationProfile,
} from '../../../nodes/SmartChargingProfile/clear/clearProfile.ts';
import {
	setConnectorProfile,
	setStationProfile,
} from '../../../nodes/SmartChargingProfile/set/setProfile.ts';
import { byId } from '../../support/byId.mts';
import { expression, prepare, refusalOf } from '../../support/formValues.mts';
import { chargingProfile } from '../shared/charging/profiles.mts';

const set = 'Set of a charging station';
const setConnector = 'Set of a connector';
const clear = 'Clear of a charging station';
const clearConnector = 'Clear of a connector';
const OPERATIONS: Record<string, Parameters<typeof prepare>[0]> = {
	[set]: setStationProfile,
	[setConnector]: setConnectorProfile,
	[clear]: clearStationProfile,
	[clearConnector]: clearConnectorProfile,
};

const good = {
	stationId: byId('DEPOT-DC-1'),
	specifyProfile: 'fields',
	startSchedule: '2026-01-15T17:00:00',
};
const json = (profileJson: unknown) => ({ specifyProfile: 'json', profileJson });
const period = (...periods: unknown[]) => ({ periods: { period: periods } });

it.each<[string, Record<string, unknown>, string]>([
	[set, { stationId: byId('') }, 'Charging Station is empty'],
	[set, { chargingProfileId: 'one' }, 'Charging Profile ID is "one", which is not a number'],
	[set, { chargingProfileId: null }, 'Charging Profile ID is empty'],
	[set, { stackLevel: -1 }, 'Stack Level is -1, which is less than 0'],
	[set, { stackLevel: 1.5 }, 'Stack Level is 1.5, which is not a whole number'],
	[set, { chargingProfilePurpose: 'Max' }, 'Purpose is "Max", which is not a valid option'],
	[
		set,
		{ chargingProfilePurpose: 'TxProfile' },
		'Transaction ID, transactionId: A profile of the purpose Transaction (TxProfile) needs the ID of the running transaction (K01.FR.03)',
	],
	[
		set,
		{ chargingProfileKind: 'Relative' },
		'Kind, chargingProfileKind: A profile of the purpose Charging Station Maximum (ChargingStationMaxProfile) cannot be Relative; choose Absolute or Recurring (K01.FR.38)',
	],
	[set, { startSchedule: '' }, 'Start is empty'],
	[set, { startSchedule: '17:00' }, 'Start is "17:00", which is not a time'],
	[set, { options: { whenNoCloudConnection: null } }, 'Only When No Cloud Connection is empty'],
	[
		set,
		{ options: { validFrom: '2026-02-01', validTo: '2026-02-01' } },
		'Valid To, validTo: Must be later than Valid From (validFrom): the profile is never valid (K01.FR.37)',
	],
	[set, period(), 'A schedule needs a period (SetChargingProfileRequest schema)'],
	[
		set,
		period({ startPeriod: -1, limitW: 9000 }),
		'Start Period (S) of Period 1 is -1, which is less than 0',
	],
	[
		set,
		period({ startPeriod: 0, limitW: 9000 }, { startPeriod: 60, limitW: 9000.55 }),
		'Limit (W) of Period 2 is 9000.55, which has more than one decimal',
	],
	[
		set,
		{ chargingRateUnit: 'A', ...period({ startPeriod: 0, limitA: '16 A' }) },
		'Limit (A) of Period 1 is "16 A", which is not a number',
	],
	[
		set,
		period({ startPeriod: 0, limitW: 9000 }, { startPeriod: 0, limitW: 8000 }),
		'Start Period (S) of Period 2, chargingSchedule[0].chargingSchedulePeriod[1].startPeriod: Must be later than the period before',
	],
	[
		set,
		period({ startPeriod: 0, limitW: 9000, numberPhases: 4 }),
		'Phases of Period 1, chargingSchedule[0].chargingSchedulePeriod[0].numberPhases: Must be a whole number from 1 to 3, but is 4 (K01.FR.49)',
	],
	[set, { specifyPeriods: 'json', periodsJson: '[{' }, 'Periods (JSON) is not valid JSON'],
	[
		set,
		{ specifyPeriods: 'json', periodsJson: '{"startPeriod": 0, "limit": 9000}' },
		'Periods (JSON), chargingSchedule[0].chargingSchedulePeriod: Must be a list of periods, but is an object',
	],
	[set, { options: { duration: 'an hour' } }, 'Duration (S) is "an hour", which is not a number'],
	[
		set,
		{ options: { minChargingRate: -1 } },
		'Minimum Charging Rate (A or W) is -1, which is less than 0',
	],
	[set, { options: { customData: '[]' } }, 'Custom Data (JSON) is a list'],
	[
		set,
		{ options: { customData: '{}' } },
		'Custom Data (JSON), customData.vendorId: Must be a text',
	],
	[set, { options: { salesTariff: 'dear' } }, 'Sales Tariff (JSON) is not valid JSON'],
	[set, json(''), 'Charging Profile (JSON) is empty'],
	[set, json('{'), 'Charging Profile (JSON) is not valid JSON'],
	[set, json('[]'), 'Charging Profile (JSON) is a list, which is not a JSON object'],
	[
		set,
		json('{"limits": []}'),
		'Charging Profile (JSON), limits: Is not known here. Known are id, stackLevel',
	],
	[
		set,
		{ periods: expression({ period: ['noon'] }) },
		'Periods, chargingSchedule[0].chargingSchedulePeriod: A schedule needs a period',
	],
	[set, json('{}'), 'Charging Profile (JSON), id: Must be a whole number, but is missing (§2.9)'],
	[
		set,
		json('{"validFrom": "soon"}'),
		'Charging Profile (JSON), validFrom is "soon", which is not a time',
	],
	[set, json('{"chargingProfile": "none"}'), 'Charging Profile (JSON) is not valid JSON'],
	[setConnector, { connectorId: byId(0) }, 'Connector is 0, which is not a connector'],
	[
		setConnector,
		{ connectorId: byId(1), chargingProfilePurpose: 'TxProfile', transactionId: '' },
		'Transaction ID, transactionId: A profile of the purpose Transaction (TxProfile) needs the ID of the running transaction (K01.FR.03)',
	],
	[
		setConnector,
		{
			connectorId: byId(1),
			chargingProfilePurpose: 'ChargingStationMaxProfile',
			transactionId: '',
		},
		'A profile of the purpose Charging Station Maximum (ChargingStationMaxProfile) is for the whole station, not for connector 1 (K01.FR.38)',
	],
	[clear, { criteria: { chargingProfileId: 'x' } }, 'Charging Profile ID is "x"'],
	[clear, {}, 'Criteria is empty: no profiles are chosen to be cleared'],
	[
		clear,
		{ criteria: { stackLevel: '', evseId: 1 } },
		'Stack Level is empty: without this criterion more profiles would be cleared',
	],
	[
		clear,
		{ criteria: { chargingProfileId: 1, chargingProfilePurpose: null } },
		'Purpose is empty: without this criterion more profiles would be cleared',
	],
	[clear, { criteria: { evseId: -1 } }, 'Connector (EVSE ID) is -1, which is less than 0'],
	[
		clear,
		{ criteria: { chargingProfilePurpose: 'All' } },
		'Purpose is "All", which is not a valid option',
	],
	[
		clear,
		{ criteria: { stackLevel: 0, customData: '{ "force": true }' } },
		'vendorId of Custom Data (JSON) is empty',
	],
	[
		clearConnector,
		{ connectorId: byId(1), criteria: { customData: '{ "vendorId": "com.example" }' } },
		'Criteria is empty: no profiles are chosen to be cleared',
	],
	[
		clear,
		{ clearAll: expression(true), criteria: { chargingProfileId: 5 } },
		'Clear All Profiles is on, and Charging Profile ID is given too',
	],
	[
		clearConnector,
		{ connectorId: byId(1), clearAll: expression(true), criteria: { stackLevel: 0 } },
		'Clear All Profiles is on, and Stack Level is given too',
	],
	[
		clearConnector,
		{ connectorId: byId(1) },
		'Criteria is empty: no profiles are chosen to be cleared',
	],
	[clearConnector, { connectorId: byId('') }, 'Connector is empty'],
])('%s refuses %j: %s', (operation, parameters, message) => {
	const refusal = refusalOf(() => prepare(OPERATIONS[operation], { ...good, ...parameters }));
	expect(refusal.message).toContain(message);
	expect(refusal.description).toMatch(/\w.*\.$/);
});

describe('From Input Items', () => {
	const target = { stationId: byId('DEPOT-DC-1') };
	const profile = chargingProfile() as unknown as IDataObject;

	it.each<[string, IDataObject]>([
		[
			'in chargingProfile, as the Build operations output it',
			{ chargingProfile: profile, summary: 'x' },
		],
		['that is the item itself', profile],
	])('a new Set takes the profile %s', (_, item) => {
		const { request } = prepare(setStationProfile, target, item);
		expect(request.body).toEqual({ chargingProfile: profile });
	});

	it('the profile gets the comment of the options', () => {
		const parameters = { ...target, options: { comment: 'Peak' } };
		const { request } = prepare(setStationProfile, parameters, { chargingProfile: profile });
		expect(request.body).toEqual({ chargingProfile: { ...profile, meta: { comment: 'Peak' } } });
	});

	it.each<[IDataObject, string]>([
		[{}, 'chargingProfile is missing: the item has no charging profile'],
		[{ chargingProfile: null }, 'chargingProfile is missing: the item has no charging profile'],
		[{ chargingProfile: [profile] }, 'which is not a charging profile'],
		[
			{ chargingProfile: '[object Object]' },
			'is "[object Object]", which is not a charging profile',
		],
	])('the item %j is refused: %s', (item, message) => {
		const refusal = refusalOf(() => prepare(setStationProfile, target, item));
		expect(refusal.message).toContain(message);
		expect(refusal.description).toBe(
			'Connect this node behind Build From Tariff Hours or Build From Prices, or choose Using Fields in Specify Profile to enter a profile here.',
		);
	});

	it('a profile that breaks a rule is refused by the name of the item’s field', () => {
		const item = { chargingProfile: { ...profile, stackLevel: -1 } };
		const { message } = refusalOf(() => prepare(setStationProfile, target, item));
		expect(message).toMatch(/^chargingProfile, stackLevel: /);
	});
});
