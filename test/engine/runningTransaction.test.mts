// A transaction that is given by the connector at which it runs.
import type { INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { summary } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';
import { useSite } from '../support/site.mts';
import { runTransaction, waitForTransaction } from '../support/transactions.mts';

const AC3 = 'OFFICE-AC-3';

const at = (stationId: string, connectorId: string) => ({
	transactionBy: 'connector',
	stationId: byId(stationId),
	connectorId: byId(connectorId),
});

describe('at a charger', () => {
	const site = useSite();

	const run = (operation: string, parameters: Record<string, unknown>) =>
		runTransaction(site, operation, { ...at(AC3, '12'), ...parameters });

	it('Stop ends the transaction that runs, and says which; then there is none', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const { items } = await run('stop', {});
		expect(items).toEqual([
			{
				json: {
					message: 'The charger ends the transaction.',
					response: 'Accepted',
					stationId: AC3,
					connectorId: '12',
					txId,
				},
				pairedItem: { item: 0 },
			},
		]);
		const { endTime } = await waitForTransaction(site, AC3, 1, 'Ended');
		const { error } = await run('stop', {});
		expect(error?.message).toBe(`No transaction is running on connector 12 of ${AC3} [item 0]`);
		expect(error?.description).toBe(
			`The last one, ${txId}, has ended at ${endTime as string} (Remote). No command was sent.`,
		);
		expect(await site.messages(AC3, 'RequestStopTransaction')).toHaveLength(1);
	});

	it('Get, Set and Clear Power Limit take the same', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const get = await run('get', {});
		expect(get.items[0].json).toMatchObject({ txId, status: 'Charging' });

		const set = await run('setPowerLimit', { limitType: 'acMaxPowerA', limitValue: 0 });
		const pauses = expect.stringMatching(/most AC cars pause/) as string;
		expect(set.items[0].json).toMatchObject({
			response: 'Accepted',
			limit: { acMaxPowerA: 0 },
			stationId: AC3,
			connectorId: '12',
			txId,
		});
		expect(set.hints).toEqual([pauses]);
		await site.waitForPower(AC3, 1, (kw) => kw === 0);

		const clear = await run('clearPowerLimit', {});
		expect(clear.items[0].json).toMatchObject({ response: 'Accepted', txId });
		await site.waitForPower(AC3, 1, (kw) => kw > 0);
	});

	it('commands to one station keep the order of their items', async () => {
		await site.plugIn(AC3, 1, { authorize: false });
		await waitForTransaction(site, AC3, 1, 'PluggedInIdle');
		const limits = [10, 9, 8, 7, 6].map((limit) => ({ limit }));
		await runTransaction(
			site,
			'setPowerLimit',
			{ ...at(AC3, '12'), limitType: 'acMaxPowerA', limitValue: '={{ $json.limit }}' },
			{ items: limits },
		);
		const sent = (await site.messages(AC3, 'SetChargingProfile')).map(({ payload }) => payload);
		expect(sent).toMatchObject(
			limits.map(({ limit }) => ({
				chargingProfile: {
					chargingSchedule: [{ chargingSchedulePeriod: [{ limit }] }],
				},
			})),
		);
	});

	it('a dry run looks up, and shows the request', async () => {
		await site.plugIn(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Charging');
		const { items } = await run('stop', { options: { dryRun: true } });
		expect(items[0].json).toEqual({
			dryRun: true,
			stationId: AC3,
			connectorId: '12',
			txId,
			method: 'POST',
			url: `${site.rest}/transactions/${txId}/stop`,
		});
		expect(await site.messages(AC3, 'RequestStopTransaction')).toEqual([]);
	});

	it('a look-up that fails stops nothing, and says so', async () => {
		await site.fault({ operationId: 'listStations', status: 403, body: { message: 'No' } });
		const { error } = await run('stop', {});
		expect(error?.message).toBe('ChargEye answered 403: No [item 0]');
		expect(error?.description).toMatch(/No command was sent\.$/);
		expect(await site.requests()).toHaveLength(1);
	});

	it.each([
		[{ stationId: byId('={{ "" }}') }, 'Charging Station is empty'],
		[{ connectorId: byId('={{ "" }}') }, 'Connector is empty'],
		[{ transactionBy: 'cable' }, 'Transaction By is "cable", which is not a valid option'],
	])('bad input is refused before anything is sent: %j', async (changes, message) => {
		const { error } = await run('stop', changes);
		expect(error?.message).toBe(`${message} [item 0]`);
		expect(await site.requests()).toEqual([]);
	});
});

describe('in every published form', () => {
	const api = usePublishedApi();

	const stop = (stationId: string, connectorId: string) =>
		runNode({
			type: 'transaction',
			parameters: {
				resource: 'transaction',
				operation: 'stop',
				...at(stationId, connectorId),
			} as INodeParameters,
			credential: credentialsFor(api).accessToken(),
		});
	const sent = () => api.requests.filter(({ method }) => method === 'POST');

	it.each([
		['charger1', 'charger1_connector1', 'tx-running'],
		// As lastTransaction, with transactionId.
		['Yard 3/north', '12', 'tx-local'],
	])('%s, %s: %s is stopped', async (stationId, connectorId, txId) => {
		const { items } = await stop(stationId, connectorId);
		expect(items[0].json).toMatchObject({ response: 'Accepted', stationId, connectorId, txId });
		expect(sent().map(({ path }) => path)).toEqual([`/transactions/${txId}/stop`]);
	});

	const none = (connectorId: string, stationId: string) =>
		`No transaction is running on connector ${connectorId} of ${stationId}`;

	it.each([
		// Nothing has ever charged: null, or a summary of nulls.
		[
			'charger1',
			'charger1_connector2',
			none('charger1_connector2', 'charger1'),
			'no transaction there so far',
		],
		['Yard 3/north', '11', none('11', 'Yard 3/north'), 'no transaction there so far'],
		[
			'charger1',
			'7',
			'charger1 has no connector 7',
			'Its connectors are charger1_connector1, charger1_connector2.',
		],
		[
			'bare',
			'1',
			'bare has no connector 1',
			'ChargEye shows no connector of this charging station.',
		],
		['nowhere', '1', 'ChargEye knows no charging station nowhere', 'Choose it from the list'],
	])('%s, %s: %s', async (stationId, connectorId, message, description) => {
		const { error } = await stop(stationId, connectorId);
		expect(error?.message).toBe(`${message} [item 0]`);
		expect(error?.description).toContain(description);
		expect(error?.description).toMatch(/No command was sent\.$/);
		expect(sent()).toEqual([]);
	});

	it('one that has ended, without a reason or a status, is named', async () => {
		const [{ connectors }] = api.account.stations;
		Object.assign((connectors as object[])[0], {
			latestTransaction: summary({ txId: 'tx-old', endTime: '2026-03-01T09:00:00.000' }),
		});
		const { error } = await stop('charger1', 'charger1_connector1');
		expect(error?.description).toBe(
			'The last one, tx-old, has ended at 2026-03-01T09:00:00.000Z. No command was sent.',
		);
	});
});
