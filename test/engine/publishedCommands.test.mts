import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { usePublishedApi } from '../support/publishedApi.mts';
import { firstProfile } from '../support/transactions.mts';

const api = usePublishedApi();

/** The commands that the API got. Start looks first whether a transaction has its reference. */
const commands = () => api.requests.filter(({ method }) => method !== 'GET');

/** Runs `node resource:operation` against the published API. */
function run(operation: string, parameters: Record<string, unknown>) {
	const [type, resource, name] = operation.split(/[ :]/);
	return runNode({
		type,
		parameters: { resource, operation: name, ...parameters } as INodeParameters,
		credential: credentialsFor(api).accessToken(),
	});
}

const STATION = { stationId: byId('Yard 3/north') };
const STATION_PATH = '/chargingStations/Yard%203%2Fnorth';
const CONNECTOR = { stationId: byId('charger1'), connectorId: byId('charger1_connector2') };
const CONNECTOR_PATH = '/chargingStations/charger1/evse/charger1_connector2';
const TRANSACTION = { txId: byId('tx-running') };
const TRANSACTION_PATH = '/transactions/tx-running';

const schedule = (startSchedule?: string) => [
	{
		id: 1,
		chargingRateUnit: 'W',
		...(startSchedule !== undefined && { startSchedule }),
		chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }],
	},
];

/** An operation with its parameters, and the request that arrives at the API. */
type Row = [
	operation: string,
	parameters: Record<string, unknown>,
	request: string,
	query: Record<string, string>,
	body: unknown,
];

const COMMANDS: Row[] = [
	[
		'smartChargingProfile chargingStation:setProfile',
		{
			...STATION,
			specifyProfile: 'fields',
			startSchedule: '2026-01-15T17:00:00+02:00',
			options: { comment: 'Night & day' },
		},
		`PUT ${STATION_PATH}/chargingProfile`,
		{ comment: 'Night & day' },
		{
			chargingProfile: {
				id: 1,
				stackLevel: 0,
				chargingProfilePurpose: 'ChargingStationMaxProfile',
				chargingProfileKind: 'Absolute',
				chargingSchedule: schedule('2026-01-15T15:00:00Z'),
				meta: { comment: 'Night & day' },
			},
		},
	],
	[
		'smartChargingProfile chargingStation:clearProfile',
		{ ...STATION, criteria: { chargingProfileId: 7, evseId: 12, stackLevel: 0 } },
		`DELETE ${STATION_PATH}/chargingProfile`,
		{},
		{ chargingProfileId: 7, chargingProfileCriteria: { evseId: 12, stackLevel: 0 } },
	],
	[
		'smartChargingProfile connector:clearProfile',
		{ ...STATION, connectorId: byId('12'), criteria: { stackLevel: 0 } },
		`DELETE ${STATION_PATH}/chargingProfile`,
		{},
		{ chargingProfileCriteria: { evseId: 12, stackLevel: 0 } },
	],
	[
		'smartChargingProfile connector:setProfile',
		{ ...CONNECTOR, specifyProfile: 'fields', chargingProfileKind: 'Relative' },
		`PUT ${CONNECTOR_PATH}/chargingProfile`,
		{},
		{
			chargingProfile: {
				id: 1,
				stackLevel: 0,
				chargingProfilePurpose: 'TxDefaultProfile',
				chargingProfileKind: 'Relative',
				chargingSchedule: schedule(),
			},
		},
	],
	[
		'chargerOperations connector:changeAvailability',
		{ ...CONNECTOR, availability: 'Inoperative', disableTextReason: 'Back on Monday' },
		`PUT ${CONNECTOR_PATH}/availability`,
		{},
		{ type: 'Inoperative', disableTextReason: 'Back on Monday' },
	],
	[
		'chargerOperations chargingStation:restart',
		{ ...STATION, restartType: 'OnIdle' },
		`POST ${STATION_PATH}/restart`,
		{},
		{ type: 'OnIdle' },
	],
	[
		'chargerOperations connector:setPowerLimit',
		{
			...CONNECTOR,
			limitType: 'dcMaxPowerKw',
			limitValue: 0,
			options: {
				acMaxPowerA: 16,
				chargingProfileId: 3001,
				comment: 'Räume & Höfe',
				condition: 'whenNoCloudConnection',
				relativeDelay: 0,
				stackLevel: 0,
			},
		},
		`PUT ${CONNECTOR_PATH}/powerLimit`,
		{
			chargingProfileId: '3001',
			comment: 'Räume & Höfe',
			condition: 'whenNoCloudConnection',
			relativeDelay: '0',
			stackLevel: '0',
		},
		{ limit: { acMaxPowerA: 16, dcMaxPowerKw: 0 } },
	],
	[
		'chargerOperations connector:clearPowerLimit',
		CONNECTOR,
		`DELETE ${CONNECTOR_PATH}/powerLimit`,
		{},
		undefined,
	],
	[
		'chargerOperations chargingStation:setPowerLimit',
		{ ...STATION, limitType: 'acMaxPowerA', limitValue: 6.5 },
		`PUT ${STATION_PATH}/powerLimit`,
		{},
		{ limit: { acMaxPowerA: 6.5 } },
	],
	[
		'chargerOperations chargingStation:clearPowerLimit',
		STATION,
		`DELETE ${STATION_PATH}/powerLimit`,
		{},
		undefined,
	],
	[
		'transaction transaction:setPowerLimit',
		{ ...TRANSACTION, limitType: 'acMaxPowerKw', limitValue: 9 },
		`PUT ${TRANSACTION_PATH}/powerLimit`,
		{},
		{ limit: { acMaxPowerKw: 9 } },
	],
	[
		'transaction transaction:clearPowerLimit',
		TRANSACTION,
		`DELETE ${TRANSACTION_PATH}/powerLimit`,
		{},
		undefined,
	],
	[
		'transaction transaction:start',
		{
			...CONNECTOR,
			authorizationReference: 'pay_29384',
			idToken: '04A2B3C4',
			idTokenType: 'RFID',
			options: {
				chargingProfile: JSON.stringify(firstProfile()),
				contractId: 'FI-ABC-C12345678-X',
				emspCountryCode: 'FI',
				emspPartyId: 'ABC',
				sendAsNull: ['idTokenIssuer'],
				ocpiConnectionProfileId: 'hub',
				vehicle: '{"plate": "ABC-123"}',
			},
		},
		`POST ${CONNECTOR_PATH}/startTransaction`,
		{},
		{
			authorizationReference: 'pay_29384',
			chargingProfile: firstProfile(),
			contractId: 'FI-ABC-C12345678-X',
			emspCountryCode: 'FI',
			emspPartyId: 'ABC',
			idToken: '04A2B3C4',
			idTokenIssuer: null,
			idTokenType: 'RFID',
			ocpiConnectionProfileId: 'hub',
			vehicle: { plate: 'ABC-123' },
		},
	],
	['transaction transaction:stop', TRANSACTION, `POST ${TRANSACTION_PATH}/stop`, {}, undefined],
];

it.each(COMMANDS)(
	'%s arrives as published',
	async (operation, parameters, request, query, body) => {
		const { error, items } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(commands()).toHaveLength(1);
		const [received] = commands();
		expect(`${received.method} ${received.path}`).toBe(request);
		expect(received.query).toEqual(query);
		expect(received.body).toEqual(body);
		const ids = Object.entries(parameters as Record<string, { value?: string }>)
			.filter(([name]) => ['stationId', 'connectorId', 'txId'].includes(name))
			.map(([name, { value }]): [string, unknown] => [name, value]);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ ...Object.fromEntries(ids), response: 'Accepted' });
	},
);

it('the tests include the thirteen commands of the API', () => {
	const endpoints = COMMANDS.map(([, , request]) =>
		request.replace(/Yard%203%2Fnorth|charger1(?=\/)/, 'S').replace('charger1_connector2', 'E'),
	);
	expect(new Set(endpoints).size).toBe(13);
});

it.each(COMMANDS)('%s reports that the charger refused', async (operation, parameters) => {
	api.decision = 'Rejected';
	const { error, status } = await run(operation, parameters);
	expect(status).toBe('error');
	expect(error?.message).toMatch(/^The charger refused to /);
	expect(commands()).toHaveLength(1);
});

it('the profiles of a connector whose ID is not a number cannot be cleared, and nothing is sent', async () => {
	const { error } = await run('smartChargingProfile connector:clearProfile', {
		...CONNECTOR,
		criteria: { stackLevel: 0 },
	});
	expect(error?.message).toContain('charger1_connector2');
	expect(error?.message).toContain('has no number');
	expect(api.requests).toEqual([]);
});

it.each([
	['charging station', { ...CONNECTOR, stationId: byId('nowhere') }, 'nowhere'],
	['connector', { ...CONNECTOR, connectorId: byId('2') }, '2'],
])('a %s that does not exist is named in the error', async (_, parameters: IDataObject, id) => {
	const { error } = await run('chargerOperations connector:clearPowerLimit', parameters);
	expect(error?.message).toMatch(new RegExp(`^ChargEye answered 404: There is no \\w+ ${id} `));
	expect(error?.description).toContain('Check the IDs of this item.');
});
