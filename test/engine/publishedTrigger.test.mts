import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { startPolling, type PollingNode } from '../support/engine.mts';
import { summary, withTransactionId, type Json } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';

const api = usePublishedApi();

/** A time this many seconds from now, in the API's form. */
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

const trigger = (
	events: string[],
	options: IDataObject = {},
	scope: IDataObject = { scope: 'all' },
): Promise<PollingNode> =>
	startPolling({
		type: 'transactionTrigger',
		parameters: { events, ...scope, output: 'simplified', options } as INodeParameters,
		credential: credentialsFor(api).accessToken(),
	});

/** A trigger that has seen the account's present state, and so reports nothing of it. */
async function watching(
	events: string[],
	options: IDataObject = {},
	scope?: IDataObject,
): Promise<PollingNode> {
	const polling = await trigger(events, options, scope);
	expect(await polling.poll()).toEqual({ items: [] });
	return polling;
}

/** Adds a transaction to the account; a connector shows its summary. */
function show(
	transaction: Json,
	{ stationId, connectorId, name }: { stationId: string; connectorId: string; name: string },
	inWords: (json: Json) => Json = (json) => json,
): void {
	const { account } = api;
	const others = account.transactions.filter(({ txId }) => txId !== transaction.txId);
	account.transactions = [...others, { stationId, evseId: connectorId, ...transaction }];
	const station = account.stations.find((one) => one.stationId === stationId)!;
	const connector = (station.connectors as Json[]).find((one) => one.connectorId === connectorId)!;
	connector[name] = inWords(summary({ ...transaction, connectorId }));
}

const EMPTY = {
	stationId: 'charger1',
	connectorId: 'charger1_connector2',
	name: 'latestTransaction',
};
const NEVER_USED = { stationId: 'Yard 3/north', connectorId: '11', name: 'lastTransaction' };

it('reports a session step by step, also the authorization, which only a look-up shows', async () => {
	const polling = await watching([
		'transactionStarted',
		'authorized',
		'chargingStarted',
		'chargingStopped',
		'transactionEnded',
	]);
	const [start, charging, stop, end] = [1, 2, 3, 4].map(at);
	const reported: unknown[] = [];
	const sentences: unknown[] = [];
	const step = async (changes: Json) => {
		Object.assign(session, changes);
		show({ ...session }, EMPTY);
		const { items, error } = await polling.poll();
		expect(error).toBeUndefined();
		for (const item of items) {
			expect(item).toMatchObject({
				txId: 'tx-new',
				stationId: 'charger1',
				connectorId: 'charger1_connector2',
				stationName: 'Charger 1',
				locationName: 'Harbour',
				connectorName: '2',
			});
		}
		sentences.push(...items.map(({ summary: sentence }) => sentence));
		reported.push(items.map(({ event, occurredAt }) => [event, occurredAt]));
	};
	const session: Json = { txId: 'tx-new', simulated: false, authenticated: false };
	await step({ status: 'PluggedInIdle', startTime: start, updateTime: start, sequenceNumber: 1 });
	await step({ authenticated: true, updateTime: charging, sequenceNumber: 2 });
	await step({
		status: 'Charging',
		chargingStartTime: charging,
		updateTime: charging,
		sequenceNumber: 3,
	});
	await step({
		status: 'PluggedInIdle',
		chargingEndTime: stop,
		updateTime: stop,
		sequenceNumber: 4,
	});
	await step({ status: 'Ended', endTime: end, updateTime: end, sequenceNumber: 5 });
	expect(reported).toEqual([
		[['transactionStarted', start]],
		[['authorized', charging]],
		[['chargingStarted', charging]],
		[['chargingStopped', stop]],
		[['transactionEnded', end]],
	]);
	expect(sentences).toEqual([
		'Transaction started at Charger 1 (connector 2, Harbour)',
		'Driver authorized at Charger 1 (connector 2, Harbour)',
		'Charging started at Charger 1 (connector 2, Harbour)',
		'Charging stopped at Charger 1 (connector 2, Harbour) after 2 s',
		'Charging ended at Charger 1 (connector 2, Harbour) after 3 s',
	]);
	expect(await polling.poll()).toEqual({ items: [] });
});

it('reports the first transaction of a connector that had only nulls, with times without an offset', async () => {
	const polling = await watching(['transactionStarted']);
	const start = at(1);
	const transaction = { txId: 'tx-first', status: 'PluggedInIdle', startTime: start.slice(0, -1) };
	show(transaction, NEVER_USED, withTransactionId);
	const { items, error } = await polling.poll();
	expect(error).toBeUndefined();
	expect(items).toEqual([
		expect.objectContaining({
			txId: 'tx-first',
			event: 'transactionStarted',
			occurredAt: start,
			stationId: 'Yard 3/north',
			connectorId: '11',
			stationName: null,
			locationName: null,
			connectorName: 'Nozzle 1',
			summary: 'Transaction started at Yard 3/north (Nozzle 1)',
			transaction: expect.objectContaining({ startTime: start }) as unknown,
		}),
	]);
	expect(await polling.poll()).toEqual({ items: [] });
});

it('reports a transaction that began and ended between two polls', async () => {
	const polling = await watching(['transactionStarted', 'transactionEnded']);
	const [start, end, next] = [1, 2, 3].map(at);
	show({ txId: 'tx-short', status: 'Ended', startTime: start, endTime: end }, EMPTY);
	show({ txId: 'tx-next', status: 'PluggedInIdle', startTime: next }, EMPTY);
	const { items } = await polling.poll();
	expect(items.map(({ txId, event }) => [txId, event])).toEqual([
		['tx-short', 'transactionStarted'],
		['tx-short', 'transactionEnded'],
		['tx-next', 'transactionStarted'],
	]);
});

it('watches only the charging stations with a label, if that is the scope', async () => {
	const polling = await watching(['transactionStarted'], {}, { scope: 'label', label: 'Bus' });
	show({ txId: 'tx-there', status: 'PluggedInIdle', startTime: at(1) }, NEVER_USED);
	show({ txId: 'tx-bus', status: 'PluggedInIdle', startTime: at(1) }, EMPTY);
	expect((await polling.poll()).items.map(({ txId }) => txId)).toEqual(['tx-bus']);
});

it.each([
	[{}, []],
	[{ includeSimulated: true }, ['transactionStarted', 'statusChanged']],
])('with the options %j a simulated transaction causes %j', async (options, events) => {
	const polling = await watching(['transactionStarted', 'statusChanged'], options);
	show({ txId: 'tx-test', status: 'Charging', startTime: at(1), simulated: true }, EMPTY);
	const { items, error } = await polling.poll();
	expect(error).toBeUndefined();
	expect(items.map(({ event }) => event).sort()).toEqual([...events].sort());
	expect(await polling.poll()).toEqual({ items: [] });
});

it('keeps its state when a page key has a wrong form, and reports events when it is right again', async () => {
	const polling = await watching(['transactionStarted']);
	api.pageSize = 1;
	api.pageKey = () => 7;
	show({ txId: 'tx-1', status: 'Ended', startTime: at(1), endTime: at(2) }, EMPTY);
	show({ txId: 'tx-2', status: 'PluggedInIdle', startTime: at(3) }, EMPTY);
	const { items, error } = await polling.poll();
	expect(items).toEqual([]);
	expect(error?.message).toContain('lastEvaluatedKey is 7');
	api.pageKey = (key) => key;
	expect((await polling.poll()).items.map(({ txId }) => txId)).toEqual(['tx-1', 'tx-2']);
});

it('shows a test event of the latest transactions', async () => {
	const polling = await trigger(['transactionStarted']);
	const { items, error } = await polling.fetchTestEvent();
	expect(error).toBeUndefined();
	expect(items).toEqual([
		expect.objectContaining({ txId: 'tx-running', connectorId: 'charger1_connector1' }),
	]);
});

it('says in a test that a simulated transaction was left out, which only a look-up shows', async () => {
	const polling = await trigger(['transactionEnded']);
	show(
		{ txId: 'tx-test', status: 'Ended', startTime: at(-2), endTime: at(-1), simulated: true },
		EMPTY,
	);
	const { items, error } = await polling.fetchTestEvent();
	expect(items).toEqual([]);
	expect(error?.message).toBe('Nothing to show yet: 1 simulated transaction was left out');
	expect(error?.description).toContain('in 3 transactions at 3 charging stations');
	expect(error?.description).toContain('Add the option Include Simulated to report it.');
});
