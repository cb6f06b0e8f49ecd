import { get } from '../../../nodes/Transaction/operations/get.ts';
import { clearPowerLimit } from '../../../nodes/Transaction/operations/clearPowerLimit.ts';
import { getAll } from '../../../nodes/Transaction/operations/getAll.ts';
import { setPowerLimit } from '../../../nodes/Transaction/operations/setPowerLimit.ts';
import { start as startTransaction } from '../../../nodes/Transaction/operations/start.ts';
import { stop } from '../../../nodes/Transaction/operations/stop.ts';
import { byId } from '../../support/byId.mts';
import { firstProfile } from '../../support/firstProfile.mts';
import { prepare, refusalOf } from '../../support/formValues.mts';

const DC = 'DEPOT-DC-1';

const OPERATIONS: Record<string, Parameters<typeof prepare>[0]> = {
	start: startTransaction,
	stop,
	get,
	getAll,
	setPowerLimit,
	clearPowerLimit,
};

const at = { stationId: byId(DC), connectorId: byId(1) };
const start = (parameters: Record<string, unknown>) => ['start', { ...at, ...parameters }];
const profile = (changes: Record<string, unknown>) =>
	start({ options: { chargingProfile: JSON.stringify(firstProfile(changes)) } });
const filter = (filters: Record<string, unknown>) => ['getAll', { returnAll: true, filters }];

it.each([
	[start({ stationId: byId('') }), 'Charging Station is empty'],
	[start({ connectorId: byId(0) }), 'Connector is 0, which is not a connector'],
	[start({ idToken: 'x'.repeat(37) }), 'ID Token has 37 characters, more than 36'],
	[start({ idToken: {} }), 'ID Token is {}, which is not a text'],
	[
		profile({ condition: { whenNoCloudConection: true } }),
		'First Charging Profile, condition.whenNoCloudConection: Is not known here. Did you mean whenNoCloudConnection?',
	],
	[
		profile({ validTo: '2026-02-30T00:00:00' }),
		'First Charging Profile, validTo is "2026-02-30T00:00:00", which is not a time',
	],
	[
		start({ options: { sendAsNull: ['contractId'] } }),
		'Send as Null is "contractId", which is not a valid option',
	],
	[
		start({ idToken: '04A2B3C4', options: { sendAsNull: ['idToken'] } }),
		'Send as Null names ID Token, which has a value',
	],
	[start({ idTokenType: 'CARD' }), 'ID Token Type is "CARD", which is not a valid option'],
	[start({ authorizationReference: [1] }), 'Authorization Reference is [1], which is not a text'],
	[start({ options: { vehicle: '[]' } }), 'Vehicle is a list, which is not a JSON object'],
	[start({ options: { vehicle: '{"plate"' } }), 'Vehicle is not valid JSON'],
	[
		start({ options: { chargingProfile: 5 } }),
		'First Charging Profile is 5, which is not a JSON object',
	],
	[
		profile({ chargingProfilePurpose: 'TxDefaultProfile' }),
		'First Charging Profile, chargingProfilePurpose: A transaction starts with a profile of the purpose Transaction (TxProfile), not Transaction Default (TxDefaultProfile)',
	],
	[profile({ transactionId: 't-1' }), 'First Charging Profile, transactionId: Leave it out'],
	[profile({ stackLevel: -1 }), 'First Charging Profile, stackLevel: Must be a whole number'],
	[profile({ chargingSchedule: [] }), 'First Charging Profile, chargingSchedule: A profile needs'],
	[['stop', { txId: byId('') }], 'Transaction is empty'],
	[['stop', { txId: byId('..') }], 'Transaction ".." is not an ID'],
	[['get', { txId: byId(null) }], 'Transaction is empty'],
	[['get', { txId: byId('t-1'), output: 'selected' }], 'Fields is empty'],
	[['clearPowerLimit', { txId: byId('.') }], 'Transaction "." is not an ID'],
	[
		['setPowerLimit', { txId: byId('t-1'), limitType: 'acMaxPowerKw', limitValue: 20.2525 }],
		'Limit (kW) is 20.2525, which has more than three decimals',
	],
	[
		['setPowerLimit', { txId: byId('t-1'), limitType: 'acMaxPowerA', limitValue: -1 }],
		'Limit (A) is -1, which is less than 0',
	],
	[['getAll', { limit: 0 }], 'Limit is 0, which is less than 1'],
	[['getAll', { limit: 'some' }], 'Limit is "some", which is not a number'],
	[filter({ from: '17:00' }), 'From is "17:00", which is not a time'],
	[filter({ to: '2026-02-30' }), 'To is "2026-02-30", which is not a time'],
	[filter({ to: 1767225600 }), 'To is 1767225600, which is not a time'],
	[
		filter({ from: '2026-03-02T00:00:00', to: '2026-03-01T00:00:00' }),
		'To is 2026-02-28T22:00:00Z, which is not later than From, 2026-03-01T22:00:00Z',
	],
	[filter({ status: 'Done' }), 'Status is "Done", which is not a valid option'],
] as Array<[[string, Record<string, unknown>], string]>)(
	'%j is refused: %s',
	([operation, parameters], message) => {
		const refusal = refusalOf(() => prepare(OPERATIONS[operation], parameters));
		expect(refusal.message).toContain(message);
		expect(refusal.description).toMatch(/\w.*\.$/);
	},
);
