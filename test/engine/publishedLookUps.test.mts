import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode, searchList, startPolling } from '../support/engine.mts';
import { HARBOUR, YARD } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';

const api = usePublishedApi();

/** Runs `node resource:operation` against the published API. */
function run(operation: string, parameters: Record<string, unknown> = {}) {
	const [type, resource, name] = operation.split(/[ :]/);
	return runNode({
		type,
		parameters: { resource, operation: name, ...parameters } as INodeParameters,
		credential: credentialsFor(api).accessToken(),
		timezone: 'UTC',
	});
}

/** The output of a successful run. */
async function jsonsOf(operation: string, parameters: Record<string, unknown> = {}) {
	const { error, items } = await run(operation, parameters);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
}

const queries = () => api.requests.map(({ path, query }) => ({ path, query }));

/** What limits a connector of which the API tells nothing. */
const NOT_KNOWN = {
	summary: null,
	powerLimitation: null,
	powerKw: null,
	maxPowerKwActual: null,
	maxPowerKw: null,
	schedulePlan: null,
};

describe('charging stations', () => {
	it('are found only by the exact ID, whatever the API returns', async () => {
		const [station] = await jsonsOf('chargerOperations chargingStation:get', {
			stationId: byId('Yard 3/north'),
		});
		expect(station).toEqual({
			stationId: 'Yard 3/north',
			name: null,
			status: 'Faulted',
			onlineStatus: 'Offline',
			locationUid: YARD,
			locationName: undefined,
			maxPowerKw: null,
			currentPowerKw: undefined,
			connectors: [
				{ connectorId: '12', type: null, status: 'Unknown', limitedBy: NOT_KNOWN },
				{ connectorId: '11', type: 'oppcharge', status: 'Available', limitedBy: NOT_KNOWN },
			],
		});
	});

	it('say what limits each connector now, in words and as the API gives it', async () => {
		const [{ connectors }] = api.account.stations as Array<{ connectors: IDataObject[] }>;
		const schedulePlan = [{ from: '2026-03-03T10:00:00Z', powerKw: 50 }];
		Object.assign(connectors[0].latestTransaction as IDataObject, { schedulePlan });
		const limits = async () => {
			const [station] = await jsonsOf('chargerOperations chargingStation:get', {
				stationId: byId('charger1'),
			});
			return (station.connectors as IDataObject[]).map(({ limitedBy }) => limitedBy);
		};
		expect(await limits()).toEqual([
			{
				summary: 'The vehicle takes no more. At most 200 of its 240 kW are available.',
				powerLimitation: 'Vehicle',
				powerKw: 50,
				maxPowerKwActual: 200,
				maxPowerKw: 240,
				schedulePlan,
			},
			{ ...NOT_KNOWN, maxPowerKw: 100 },
		]);
		Object.assign(connectors[0], { maxPowerKwActual: 0 });
		Object.assign(connectors[0].latestTransaction as IDataObject, { powerLimitation: 'Weather' });
		expect(await limits()).toMatchObject([
			{
				summary: 'ChargEye calls the limitation Weather. At most 0 of its 240 kW are available.',
				powerLimitation: 'Weather',
				maxPowerKwActual: 0,
			},
			{},
		]);
		// What limited a transaction that has ended limits nothing now.
		Object.assign(connectors[0].latestTransaction as IDataObject, { status: 'Ended' });
		expect(await limits()).toMatchObject([
			{ powerLimitation: null, powerKw: null, schedulePlan: null },
			{},
		]);
	});

	it('are complete, also those with few fields', async () => {
		const stations = await jsonsOf('chargerOperations chargingStation:getAll', {
			returnAll: true,
			output: 'raw',
		});
		expect(stations).toEqual(api.account.stations);
	});

	it.each([
		[{ locationUid: byId(HARBOUR) }, ['charger1', 'bare']],
		[{ locationUid: byId(YARD) }, ['Yard 3/north']],
		[{ status: 'Faulted' }, ['Yard 3/north']],
		[{ onlineStatus: 'Online' }, ['charger1']],
	])('are filtered by %j', async (filters, ids) => {
		const stations = await jsonsOf('chargerOperations chargingStation:getAll', {
			returnAll: true,
			filters,
		});
		expect(stations.map(({ stationId }) => stationId)).toEqual(ids);
	});
});

const ALL = ['tx-local', 'tx-ended-1', 'tx-ended-2', 'tx-ended-3', 'tx-running', 'tx-ended-4'];

describe('transactions', () => {
	const getMany = async (parameters: Record<string, unknown>) =>
		(await jsonsOf('transaction transaction:getAll', parameters)).map(({ txId }) => txId);

	it('come from all pages if the page key is an object', async () => {
		expect(await getMany({ returnAll: true })).toEqual(ALL);
		expect(queries().map(({ query }) => query)).toEqual([
			{},
			{ exclusiveStartKey: '{"stationId":"charger1","txId":"tx-ended-1"}' },
			{ exclusiveStartKey: '{"stationId":"charger1","txId":"tx-ended-3"}' },
		]);
	});

	it('come up to the limit, and no further page is requested', async () => {
		expect(await getMany({ returnAll: false, limit: 3 })).toEqual(ALL.slice(0, 3));
		expect(api.requests).toHaveLength(2);
	});

	it('of a charging station are requested from its own list', async () => {
		const parameters = { returnAll: true, filters: { stationId: byId('Yard 3/north') } };
		expect(await getMany(parameters)).toEqual(['tx-local']);
		expect(queries()).toEqual([
			{ path: '/chargingStations/Yard%203%2Fnorth/transactions', query: {} },
		]);
	});

	it('are filtered by their start, in UTC', async () => {
		const filters = { from: '2026-03-02T10:00:00+02:00', to: '2026-03-03T10:00:00Z' };
		expect(await getMany({ returnAll: true, filters })).toEqual(['tx-ended-2', 'tx-ended-3']);
		expect(queries()[0].query).toEqual({
			startDate: expect.stringMatching(/^2026-03-02T08:00:00(\.000)?Z$/) as string,
			endDate: expect.stringMatching(/^2026-03-03T10:00:00(\.000)?Z$/) as string,
		});
	});

	it.each([
		[{ status: 'Charging' }, ['tx-running']],
		[{ authorizationReference: 'pay_3' }, ['tx-ended-3']],
	])('are filtered by %j over all pages', async (filters, ids) => {
		expect(await getMany({ returnAll: true, filters })).toEqual(ids);
	});

	it('are simplified, with the connector as text and the start in UTC', async () => {
		const parameters = { returnAll: false, limit: 1 };
		expect(await jsonsOf('transaction transaction:getAll', parameters)).toEqual([
			expect.objectContaining({
				txId: 'tx-local',
				stationId: 'Yard 3/north',
				connectorId: '12',
				status: 'PluggedInIdle',
				startTime: '2024-06-14T08:07:48.596Z',
				chargedEnergyKwh: null,
			}),
		]);
	});

	it('are looked up one by one', async () => {
		const [transaction] = await jsonsOf('transaction transaction:get', {
			txId: byId('tx-running'),
			output: 'raw',
		});
		expect(transaction).toEqual(api.account.transactions.at(-1));
	});

	it.each([
		['a number', () => 7, 'lastEvaluatedKey is 7'],
		['a list', () => ['tx-ended-1'], 'lastEvaluatedKey is ["tx-ended-1"]'],
		['an empty text', () => '', 'lastEvaluatedKey is ""'],
		['an empty object', () => ({}), 'lastEvaluatedKey is {}'],
		['a truth', () => true, 'lastEvaluatedKey is true'],
		[
			'always the same',
			() => ({ stationId: 'charger1', txId: 'tx-ended-1' }),
			'the next page is one that was read already',
		],
	])('do not end without an error when a page key is %s', async (_, pageKey, reason) => {
		api.pageKey = pageKey;
		const { error, items } = await run('transaction transaction:getAll', { returnAll: true });
		expect(items).toEqual([]);
		expect(error?.message).toContain(reason);
		expect(error?.description).toContain('Nothing was changed');
	});

	it('may have a text as page key', async () => {
		api.pageKey = (key) => JSON.stringify(key);
		expect(await getMany({ returnAll: true })).toEqual(ALL);
	});

	it('are complete if a page key is null', async () => {
		api.pageSize = 5;
		api.pageKey = () => null;
		expect(await getMany({ returnAll: true })).toEqual(ALL.slice(0, 5));
		expect(api.requests).toHaveLength(1);
	});
});

describe('lists', () => {
	const search = async (type: string, method: string, parameters: INodeParameters = {}) => {
		const credential = credentialsFor(api).accessToken();
		const { results } = await searchList({ type, method, parameters, credential });
		return results.map(({ name, value }) => ({ name, value }));
	};
	const chosen = (value: unknown) => ({ __rl: true, mode: 'list', value });

	it('contain the charging stations', async () => {
		expect(await search('chargerOperations', 'searchStations')).toEqual([
			{ name: 'bare', value: 'bare' },
			{ name: 'Charger 1 · Harbour · charger1', value: 'charger1' },
			{ name: 'Yard 3/north', value: 'Yard 3/north' },
		]);
	});

	it('contain the locations, by the ID in the stations', async () => {
		const locations = await search('chargerOperations', 'searchLocations');
		expect(locations).toEqual([
			{ name: YARD, value: YARD },
			{ name: 'Harbour · Helsinki', value: HARBOUR },
		]);
		const filters = { locationUid: chosen(locations[1].value) };
		const stations = await jsonsOf('chargerOperations chargingStation:getAll', {
			returnAll: true,
			filters,
		});
		expect(stations.map(({ stationId }) => stationId)).toEqual(['charger1', 'bare']);
	});

	it.each([
		['charger1', ['charger1_connector1', 'charger1_connector2']],
		['Yard 3/north', ['12', '11']],
		['bare', []],
	])('contain the connectors of %s, each of which accepts commands', async (stationId, ids) => {
		const station = { stationId: chosen(stationId) } as unknown as INodeParameters;
		const connectors = await search('chargerOperations', 'searchConnectors', station);
		expect(connectors.map(({ value }) => value).sort()).toEqual([...ids].sort());
		for (const { value } of connectors) {
			const { error, items } = await run('chargerOperations connector:changeAvailability', {
				...station,
				connectorId: chosen(value),
				availability: 'Operative',
			});
			expect(error).toBeUndefined();
			expect(items[0].json).toMatchObject({ stationId, connectorId: value });
		}
	});

	it('contain the latest transactions, each of which can be limited', async () => {
		const transactions = await search('transaction', 'searchTransactions');
		// Times are in the workflow’s time zone; without one n8n uses New York.
		expect(transactions).toEqual([
			{ name: 'Charger 1 · 1 · 2026-03-03 05:00', value: 'tx-running' },
			{
				name: 'Yard 3/north · Connector 12 · 2024-06-14 04:07',
				value: 'tx-local',
			},
		]);
		for (const { value } of transactions) {
			const { error } = await run('transaction transaction:clearPowerLimit', {
				txId: chosen(value),
			});
			expect(error).toBeUndefined();
		}
	});
});

describe('an access token', () => {
	it('is renewed with the refresh token, once, and once more when it has expired', async () => {
		const credential = credentialsFor(api).refreshToken();
		const renewals = () =>
			api.requests.filter(({ path }) => path === '/auth/refreshAccessToken').length;
		const look = () =>
			runNode({
				type: 'chargerOperations',
				parameters: { resource: 'chargingStation', operation: 'getAll', returnAll: true },
				credential,
				items: [{}, {}, {}],
			});
		expect((await look()).items).toHaveLength(9);
		expect(renewals()).toBe(1);
		expect((await look()).items).toHaveLength(9);
		expect(renewals()).toBe(1);
		api.endSessions();
		expect((await look()).items).toHaveLength(9);
		expect(renewals()).toBe(2);
	});

	it('that is wrong is reported, also in a poll', async () => {
		const credential = credentialsFor(api).accessToken({ accessToken: 'of-another-account' });
		const { error } = await runNode({
			type: 'chargerOperations',
			parameters: { resource: 'chargingStation', operation: 'getAll', returnAll: true },
			credential,
		});
		expect(error?.message).toMatch(/^ChargEye answered 401/);
		const polling = await startPolling({
			type: 'transactionTrigger',
			parameters: { events: ['alarm'], scope: 'all', output: 'simplified', options: {} },
			credential,
		});
		expect((await polling.poll()).error?.message).toMatch(/^ChargEye answered 401/);
	});
});
