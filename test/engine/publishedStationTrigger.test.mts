import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { EVENT_NAMES } from '../../nodes/StationTrigger/events.ts';
import { startPolling, type PollingNode } from '../support/engine.mts';
import { summary, type Json } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';

const api = usePublishedApi();

/** A time this many seconds from now, in the API's form. */
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

const trigger = (parameters: Record<string, unknown> = {}): Promise<PollingNode> =>
	startPolling({
		type: 'stationTrigger',
		parameters: {
			events: EVENT_NAMES,
			atLeastMinutes: 0,
			scope: 'all',
			output: 'simplified',
			options: {},
			...parameters,
		} as INodeParameters,
		credential: credentialsFor(api).accessToken(),
	});

/** A trigger that has seen the account's present state, and so reports nothing of it. */
async function watching(parameters: Record<string, unknown> = {}): Promise<PollingNode> {
	const polling = await trigger({ ...parameters, options: { leaveOutOngoing: true } });
	expect(await polling.poll()).toEqual({ items: [] });
	return polling;
}

const stationOf = (stationId: string) =>
	api.account.stations.find((station) => station.stationId === stationId)!;
const connectorsOf = (stationId: string) => stationOf(stationId).connectors as Json[];

async function poll(polling: PollingNode): Promise<IDataObject[]> {
	const { items, error } = await polling.poll();
	expect(error).toBeUndefined();
	return items;
}

const namesOf = (items: IDataObject[]) =>
	items.map(({ stationId, connectorId, event }) => [stationId, connectorId, event]);

it('reports what is wrong on activation, with IDs where there are no names', async () => {
	const polling = await trigger();
	expect(await poll(polling)).toMatchObject([
		{
			event: 'stationOffline',
			summary: 'Yard 3/north is offline',
			stationName: null,
			locationName: null,
			connectorName: null,
			status: 'Faulted',
			previousStatus: 'Faulted',
			onlineStatus: 'Offline',
			previousOnlineStatus: null,
			connectors: [
				{ connectorId: '12', name: 'Connector 12', status: 'Unknown' },
				{ connectorId: '11', name: 'Nozzle 1', status: 'Available' },
			],
			chargingEndAlarms: [],
			endReason: null,
		},
		{ event: 'stationFaulted', summary: 'Yard 3/north is faulted' },
	]);
	expect(await poll(polling)).toEqual([]);
	expect(await poll(polling)).toEqual([]);
});

it('reads connectors with text IDs, both spellings of the latest transaction, and one of nulls', async () => {
	const polling = await watching();
	const [first, second] = connectorsOf('charger1');
	first.status = 'Faulted';
	first.latestTransaction = summary({
		txId: 'tx-running',
		connectorId: 'charger1_connector1',
		status: 'Ended',
		endTime: at(-1),
		endReason: 'GroundFault',
	});
	const [, unused] = connectorsOf('Yard 3/north');
	unused.status = 'Unavailable';
	second.status = 'Occupied';
	api.account.transactions = api.account.transactions.map((one) =>
		one.txId === 'tx-running' ? { ...one, chargingEndAlarms: ['RCD tripped'] } : one,
	);
	const items = await poll(polling);
	expect(namesOf(items.filter(({ event }) => event !== 'statusChanged'))).toEqual([
		['charger1', 'charger1_connector1', 'connectorFaulted'],
		['charger1', 'charger1_connector2', 'occupiedWithoutCharging'],
		['Yard 3/north', '11', 'connectorUnavailable'],
	]);
	expect(items.filter(({ event }) => event === 'statusChanged')).toHaveLength(3);
	expect(items[0]).toMatchObject({
		summary: 'Charger 1 (connector 1, Harbour) is faulted',
		eventId: expect.stringMatching(/^charger1\/charger1_connector1:connectorFaulted:/) as string,
		endReason: 'GroundFault',
		chargingEndAlarms: ['RCD tripped'],
	});
	expect(await poll(polling)).toEqual([]);
});

it('counts a car that stays from a time without an offset, which is UTC', async () => {
	const polling = await watching({ events: ['occupiedWithoutCharging'], atLeastMinutes: 30 });
	const [, second] = connectorsOf('charger1');
	second.status = 'Occupied';
	const stopped = at(-3600);
	second.latestTransaction = summary({
		txId: 'tx-stays',
		status: 'PluggedInIdle',
		startTime: at(-7200).slice(0, -1),
		chargingStartTime: at(-7100).slice(0, -1),
		chargingEndTime: stopped.slice(0, -1),
	});
	// The connector was seen free when watching began: the car has come since.
	expect(await poll(polling)).toEqual([]);
	const fresh = await trigger({ events: ['occupiedWithoutCharging'], atLeastMinutes: 30 });
	expect(await poll(fresh)).toMatchObject([
		{
			since: stopped,
			lastedMinutes: 60,
			summary: 'Charger 1 (connector 2, Harbour) has been occupied without charging for 1 h',
		},
	]);
});

it('reports nothing while statuses and connectors are null, and goes on when they are back', async () => {
	const polling = await watching();
	const before = structuredClone(api.account.stations);
	for (const station of api.account.stations) {
		station.status = null;
		station.onlineStatus = null;
		station.connectors = null;
	}
	expect(await poll(polling)).toEqual([]);
	api.account.stations = [];
	expect(await poll(polling)).toEqual([]);
	api.account.stations = before;
	stationOf('charger1').onlineStatus = 'Offline';
	expect(namesOf(await poll(polling))).toEqual([
		['charger1', null, 'stationOffline'],
		['charger1', null, 'statusChanged'],
	]);
});

it.each([
	['bus', ['charger1']],
	['BUS', ['charger1']],
])('watches the stations with the label %s', async (label, stations) => {
	const polling = await trigger({ events: ['stationOffline'], scope: 'label', label });
	expect(await poll(polling)).toEqual([]);
	for (const station of api.account.stations) station.onlineStatus = 'Offline';
	expect((await poll(polling)).map(({ stationId }) => stationId)).toEqual(stations);
});

it('reports an event without alarms if the API does not know its transaction', async () => {
	const polling = await watching({ events: ['connectorFaulted'] });
	connectorsOf('charger1')[0].status = 'Faulted';
	api.account.transactions = [];
	expect(await poll(polling)).toMatchObject([{ event: 'connectorFaulted', chargingEndAlarms: [] }]);
});

it('outputs the raw station, and shows present states in a test', async () => {
	const polling = await trigger({ output: 'raw' });
	const { items } = await polling.fetchTestEvent();
	expect(items.map(({ event, stationId }) => [event, stationId])).toEqual([
		['stationOffline', 'Yard 3/north'],
		['stationOnline', 'charger1'],
		['stationFaulted', 'Yard 3/north'],
		['stationOperativeAgain', 'charger1'],
		['connectorAvailableAgain', 'charger1'],
		['statusChanged', 'charger1'],
	]);
	expect(items[0].station).toEqual(stationOf('Yard 3/north'));
});

it('looks up the alarms of at most 20 transactions in a poll, and reports every event', async () => {
	const polling = await watching({ events: ['stationOffline'] });
	const fleet = Array.from({ length: 50 }, (_, index) => ({
		stationId: `S${index}`,
		onlineStatus: 'Online',
		connectors: [
			{ connectorId: '1', latestTransaction: summary({ txId: `tx-${index}`, status: 'Ended' }) },
		],
	}));
	api.account.stations = fleet;
	expect(await poll(polling)).toEqual([]);
	api.account.stations = fleet.map((station) => ({ ...station, onlineStatus: 'Offline' }));
	api.requests = [];
	expect(await poll(polling)).toHaveLength(50);
	expect(api.requests).toHaveLength(21);
});
