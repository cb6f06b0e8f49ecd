import type { EndpointKey } from '../../nodes/shared/chargeye/contract.ts';
import { ENDPOINTS } from '../../nodes/shared/chargeye/endpoints.ts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { useSite } from '../support/site.mts';
import { firstProfile, waitForTransaction } from '../support/transactions.mts';

const AC3 = 'OFFICE-AC-3';

/** Placeholder for the ID of the connector's running transaction. */
const TX = 'the-transaction';

const station = { stationId: byId(AC3) };
const connector = { ...station, connectorId: byId('12') };
const transaction = { txId: byId(TX) };
const limit = { limitType: 'acMaxPowerKw', limitValue: 9 };

const schedule = (watts: number, startSchedule?: unknown) => [
	{
		id: 1,
		chargingRateUnit: 'W',
		...(startSchedule !== undefined && { startSchedule }),
		chargingSchedulePeriod: [{ startPeriod: 0, limit: watts }],
	},
];
const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

/** The charging profile for a power limit of 9 kW. */
const limitProfile = (id: number, chargingProfilePurpose: string, more = {}) => ({
	id,
	stackLevel: 0,
	chargingProfilePurpose,
	chargingProfileKind: 'Absolute',
	chargingSchedule: schedule(9000, NOW),
	...more,
});

/** An operation with its parameters, its endpoint, and the OCPP message that arrives at the station. */
type Row = [
	operation: string,
	endpoint: EndpointKey,
	parameters: Record<string, unknown>,
	action: string,
	payload: Record<string, unknown>,
];

const COMMANDS: Row[] = [
	[
		'chargerOperations chargingStation:setPowerLimit',
		'setStationPowerLimit',
		{ ...station, ...limit },
		'SetChargingProfile',
		{ evseId: 0, chargingProfile: limitProfile(3000, 'ChargingStationMaxProfile') },
	],
	[
		'chargerOperations chargingStation:clearPowerLimit',
		'clearStationPowerLimit',
		station,
		'ClearChargingProfile',
		{ chargingProfileId: 3000 },
	],
	[
		'chargerOperations chargingStation:restart',
		'restartStation',
		{ ...station, restartType: 'OnIdle' },
		'Reset',
		{ type: 'OnIdle' },
	],
	[
		'chargerOperations connector:setPowerLimit',
		'setConnectorPowerLimit',
		{ ...connector, ...limit },
		'SetChargingProfile',
		{ evseId: 1, chargingProfile: limitProfile(3071, 'TxDefaultProfile') },
	],
	[
		'chargerOperations connector:clearPowerLimit',
		'clearConnectorPowerLimit',
		connector,
		'ClearChargingProfile',
		{ chargingProfileId: 3071 },
	],
	[
		'chargerOperations connector:changeAvailability',
		'changeConnectorAvailability',
		{ ...connector, availability: 'Inoperative', disableTextReason: 'Back on Monday' },
		'ChangeAvailability',
		{
			evse: { id: 1 },
			operationalStatus: 'Inoperative',
			customData: { vendorId: 'ChargeEye', disableTextReason: 'Back on Monday' },
		},
	],
	[
		'smartChargingProfile chargingStation:setProfile',
		'setStationChargingProfile',
		{ ...station, specifyProfile: 'fields', startSchedule: '2026-01-15T17:00:00+02:00' },
		'SetChargingProfile',
		{
			evseId: 0,
			chargingProfile: {
				id: 1,
				stackLevel: 0,
				chargingProfilePurpose: 'ChargingStationMaxProfile',
				chargingProfileKind: 'Absolute',
				chargingSchedule: schedule(11_000, '2026-01-15T15:00:00Z'),
			},
		},
	],
	[
		'smartChargingProfile chargingStation:clearProfile',
		'clearStationChargingProfile',
		{ ...station, criteria: { chargingProfileId: 7 } },
		'ClearChargingProfile',
		{ chargingProfileId: 7 },
	],
	[
		'smartChargingProfile connector:setProfile',
		'setConnectorChargingProfile',
		{
			...connector,
			specifyProfile: 'fields',
			chargingProfilePurpose: 'TxProfile',
			transactionId: TX,
			chargingProfileKind: 'Relative',
		},
		'SetChargingProfile',
		{
			evseId: 1,
			chargingProfile: {
				id: 1,
				stackLevel: 0,
				chargingProfilePurpose: 'TxProfile',
				chargingProfileKind: 'Relative',
				transactionId: TX,
				chargingSchedule: schedule(11_000),
			},
		},
	],
	[
		'smartChargingProfile connector:clearProfile',
		'clearStationChargingProfile',
		{ ...connector, criteria: { stackLevel: 0 } },
		'ClearChargingProfile',
		{ chargingProfileCriteria: { stackLevel: 0, evseId: 1 } },
	],
	[
		'transaction transaction:start',
		'startTransaction',
		{
			...connector,
			idToken: '04A2B3C4',
			idTokenType: 'RFID',
			options: { chargingProfile: JSON.stringify(firstProfile()) },
		},
		'RequestStartTransaction',
		{
			evseId: 1,
			remoteStartId: expect.any(Number) as number,
			idToken: { idToken: '04A2B3C4', type: 'ISO14443' },
			chargingProfile: firstProfile(),
		},
	],
	[
		'transaction transaction:stop',
		'stopTransaction',
		transaction,
		'RequestStopTransaction',
		{ transactionId: TX },
	],
	[
		'transaction transaction:setPowerLimit',
		'setTransactionPowerLimit',
		{ ...transaction, ...limit },
		'SetChargingProfile',
		{
			evseId: 1,
			chargingProfile: limitProfile(4207, 'TxProfile', { transactionId: TX }),
		},
	],
	[
		'transaction transaction:clearPowerLimit',
		'clearTransactionPowerLimit',
		transaction,
		'ClearChargingProfile',
		{ chargingProfileId: 4207 },
	],
];

const LOOK_UPS: Array<[operation: string, endpoint: EndpointKey, Record<string, unknown>]> = [
	['chargerOperations chargingStation:get', 'listStations', station],
	['chargerOperations chargingStation:getAll', 'listStations', { returnAll: true }],
	['transaction transaction:get', 'getTransaction', transaction],
	['transaction transaction:getAll', 'listTransactions', { returnAll: true }],
	[
		'transaction transaction:getAll',
		'listStationTransactions',
		{ returnAll: true, filters: station },
	],
];

const site = useSite();

/** Plugs in a car, and returns the ID of its transaction. */
async function startCharging(): Promise<string> {
	await site.plugIn(AC3, 1);
	return (await waitForTransaction(site, AC3, 1, 'Charging')).txId;
}

const replaceText = <T,>(value: T, from: string, to: string): T =>
	JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;

/** Runs an operation; returns its output, the API operations that were called, and the OCPP messages that arrived. */
async function observe(
	operation: string,
	parameters: Record<string, unknown>,
	charging = JSON.stringify(parameters).includes(TX),
) {
	const txId = charging ? await startCharging() : TX;
	const before = (await site.requests()).length;
	const [type, resource, name] = operation.split(/[ :]/);
	const { items, error } = await runNode({
		type,
		parameters: { resource, operation: name, ...replaceText(parameters, TX, txId) },
		credential: credentialsFor(site).accessToken(),
	});
	expect(error).toBeUndefined();
	const called = (await site.requests()).slice(before).map(({ operationId }) => operationId);
	const messages = await site.messages(AC3);
	// The CSMS asks each station for its variables when it connects.
	const arrived = messages
		.filter(({ direction, action }) => direction === 'received' && action !== 'GetVariables')
		.map(({ action, payload }) => ({ action, payload }));
	return { items, called, arrived: replaceText(arrived, txId, TX) };
}

it.each(COMMANDS)(
	'%s calls %s, and reaches the station',
	async (operation, endpoint, parameters, action, payload) => {
		const { items, called, arrived } = await observe(operation, parameters);
		expect(called).toEqual([endpoint]);
		expect(arrived).toEqual([{ action, payload }]);
		expect(items).toHaveLength(1);
		// There is nothing to clear.
		expect(items[0].json.response).toBe(action === 'ClearChargingProfile' ? 'Unknown' : 'Accepted');
	},
);

it.each(LOOK_UPS)(
	'%s calls %s, and reaches no station',
	async (operation, endpoint, parameters) => {
		const { items, called, arrived } = await observe(operation, parameters, true);
		expect(called).toEqual([endpoint]);
		expect(arrived).toEqual([]);
		expect(items.map(({ json }) => json.stationId)).toContain(AC3);
	},
);

it('the tests include all thirteen commands of the API', () => {
	const commands = Object.entries(ENDPOINTS)
		.filter(([, { answer }]) => answer !== 'read')
		.map(([key]) => key);
	expect(commands).toHaveLength(13);
	expect([...new Set(COMMANDS.map(([, endpoint]) => endpoint))].sort()).toEqual(commands.sort());
});
