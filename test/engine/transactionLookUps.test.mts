import { DateTime } from 'luxon';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { searchList } from '../support/engine.mts';
import { useSite } from '../support/site.mts';
import { runTransaction, waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite(['--page-size', '2']);

const getAll = (
	parameters: Record<string, unknown>,
	options: Parameters<typeof runTransaction>[3] = {},
) => runTransaction(site, 'getAll', parameters, options);

const idsOf = async (parameters: Record<string, unknown>) =>
	(await getAll(parameters)).items.map(({ json }) => json.txId);

/** Starts a transaction at each of these connectors, one after the other, and returns their IDs. */
async function startAt(...connectors: Array<[stationId: string, evseId: number]>) {
	const ids: string[] = [];
	for (const [stationId, evseId] of connectors) {
		await site.plugIn(stationId, evseId);
		ids.push((await waitForTransaction(site, stationId, evseId, 'Charging')).txId);
	}
	return ids;
}

const everywhere: Array<[string, number]> = [
	[DC, 1],
	[DC, 2],
	[AC3, 1],
	[AC1, 1],
];

const lookUps = async () =>
	(await site.requests()).filter(({ path }) => path.endsWith('/transactions'));

describe('Get', () => {
	it('outputs one transaction: simplified, raw, or the chosen fields and the IDs', async () => {
		await site.plugIn(DC, 2, { authorize: false });
		await runTransaction(site, 'start', {
			stationId: byId(DC),
			connectorId: byId('DEPOT-DC-1_connector2'),
			authorizationReference: 'pay_1',
		});
		const { txId } = await waitForTransaction(site, DC, 2, 'Charging');
		const get = async (parameters: Record<string, unknown>) =>
			(await runTransaction(site, 'get', { txId: byId(txId), ...parameters })).items;

		const simplified = await get({});
		expect(simplified).toHaveLength(1);
		expect(simplified[0].json).toMatchObject({
			txId,
			stationId: DC,
			connectorId: 'DEPOT-DC-1_connector2',
			status: 'Charging',
			connectorName: 'CCS right',
			authorizationReference: 'pay_1',
		});
		// One more than a station has: a person knows a connector by its name, which its ID does not tell.
		expect(Object.keys(simplified[0].json).length).toBeLessThanOrEqual(11);
		const [raw] = await get({ output: 'raw' });
		expect(Object.keys(raw.json)).toEqual(expect.arrayContaining(['startReason', 'maxPowerKw']));
		const [selected] = await get({ output: 'selected', outputFields: 'status, startReason' });
		expect(Object.keys(selected.json).sort()).toEqual(
			['connectorId', 'startReason', 'stationId', 'status', 'txId'].sort(),
		);
		const [chosen] = await get({
			output: 'selected',
			selectedFields: ['connectorName', 'chargedEnergyKwh'],
		});
		expect(chosen.json).toEqual({
			chargedEnergyKwh: expect.any(Number) as number,
			connectorName: 'CCS right',
			connectorId: 'DEPOT-DC-1_connector2',
			stationId: DC,
			txId,
		});
	});

	it('says that a transaction does not exist', async () => {
		const { error } = await runTransaction(site, 'get', { txId: byId('NO-SUCH') });
		expect(error?.message).toMatch(/^ChargEye answered 404: .*NO-SUCH.* \[item 0\]$/);
		expect(error?.description).toContain('Check the IDs of this item.');
	});

	it.each([
		[2, '2'],
		['12', '12'],
		['charger1_connector2', 'charger1_connector2'],
	])('outputs the connector of evseId %j as text', async (evseId, connectorId) => {
		const transaction = {
			txId: 't-1',
			stationId: DC,
			evseId,
			startTime: '2024-06-14T08:07:48.596',
		};
		await site.fault({
			operationId: 'getTransaction',
			status: 200,
			body: { transaction },
			times: 2,
		});
		const get = async (output: string) =>
			(await runTransaction(site, 'get', { txId: byId('t-1'), output })).items[0].json;
		expect(await get('simplified')).toEqual({
			txId: 't-1',
			stationId: DC,
			connectorId,
			startTime: '2024-06-14T08:07:48.596Z',
		});
		expect(await get('raw')).toEqual(transaction);
	});
});

describe('Get Many', () => {
	it('reads every page once', async () => {
		const started = await startAt(...everywhere);
		expect(await idsOf({ returnAll: true })).toEqual(started);
		const [first, second, ...more] = (await lookUps()).filter(
			({ path }) => path === '/api/transactions',
		);
		expect(more).toEqual([]);
		expect(first.query).toEqual({});
		expect(second.query).toEqual({ exclusiveStartKey: expect.any(String) as string });
	});

	it('reads no more pages than the limit needs', async () => {
		const started = await startAt(...everywhere);
		const before = (await lookUps()).length;
		expect(await idsOf({ returnAll: false, limit: 1 })).toEqual(started.slice(0, 1));
		expect((await lookUps()).length - before).toBe(1);
		expect(await idsOf({ returnAll: false, limit: '3' })).toEqual(started.slice(0, 3));
	});

	it('requests one station’s list, and filters by status and reference', async () => {
		const [dc1, dc2, ac3] = await startAt([DC, 1], [DC, 2], [AC3, 1]);
		expect(await idsOf({ returnAll: true, filters: { stationId: byId(DC) } })).toEqual([dc1, dc2]);
		expect((await lookUps()).at(-1)?.path).toBe(`/api/chargingStations/${DC}/transactions`);

		await runTransaction(site, 'stop', { txId: byId(dc1) });
		await waitForTransaction(site, DC, 1, 'Ended');
		expect(await idsOf({ returnAll: true, filters: { status: 'Ended' } })).toEqual([dc1]);
		expect(await idsOf({ returnAll: true, filters: { status: 'Charging' } })).toEqual([dc2, ac3]);

		await runTransaction(site, 'start', {
			stationId: byId(AC1),
			connectorId: byId(1),
			authorizationReference: 'pay_2',
		});
		const { txId } = await waitForTransaction(site, AC1, 1, 'AuthorizedNotPluggedIn');
		const filters = { authorizationReference: 'pay_2' };
		expect(await idsOf({ returnAll: true, filters })).toEqual([txId]);
	});

	it('reads times without an offset in the workflow’s time zone, and sends UTC on every page', async () => {
		await startAt(...everywhere);
		const today = DateTime.now().setZone('Asia/Kathmandu');
		const from = today.minus({ days: 1 }).startOf('day');
		const to = today.plus({ days: 1 }).startOf('day');
		const { items } = await getAll(
			{
				returnAll: true,
				filters: {
					from: from.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
					to: to.toFormat('yyyy-MM-dd HH:mm:ss'),
				},
			},
			{ timezone: 'Asia/Kathmandu' },
		);
		expect(items).toHaveLength(4);
		const range = {
			startDate: from.toUTC().toISO({ suppressMilliseconds: true }),
			endDate: to.toUTC().toISO({ suppressMilliseconds: true }),
		};
		expect(range.startDate).toMatch(/T18:15:00Z$/);
		const pages = (await lookUps()).filter(({ path }) => path === '/api/transactions');
		expect(pages.map(({ query: { startDate, endDate } }) => ({ startDate, endDate }))).toEqual([
			range,
			range,
		]);
	});

	it('takes times with an offset, and times of expressions', async () => {
		await getAll(
			{
				returnAll: true,
				filters: {
					from: '2026-01-01T00:00:00+02:00',
					to: '={{ DateTime.fromISO("2026-03-29T03:00:00", { zone: "Europe/Helsinki" }) }}',
				},
			},
			{ timezone: 'America/New_York' },
		);
		expect((await lookUps()).at(-1)?.query).toEqual({
			startDate: '2025-12-31T22:00:00Z',
			endDate: '2026-03-29T01:00:00Z',
		});
	});

	it('finds nothing without failing', async () => {
		const { status, items } = await getAll({ returnAll: true });
		expect(status).toBe('success');
		expect(items).toEqual([]);
	});

	it.each([
		['the same page', ['a', 'a']],
		['pages in a circle', ['a', 'b', 'a']],
	])('stops at an endless list: %s', async (_, keys) => {
		for (const lastEvaluatedKey of keys) {
			const body = { transactions: [{ txId: lastEvaluatedKey }], lastEvaluatedKey };
			await site.fault({ operationId: 'listTransactions', status: 200, body });
		}
		const { error } = await getAll({ returnAll: true });
		expect(error).toMatchObject({
			message:
				'ChargEye’s list of pages has no end: the next page is one that was read already [item 0]',
			description: expect.stringContaining('turn Return All off') as string,
		});
		expect(await lookUps()).toHaveLength(keys.length);
	});

	it('pairs transactions with the item that asked for them', async () => {
		const [dc, ac] = await startAt([DC, 1], [AC3, 1]);
		const { items } = await getAll(
			{ returnAll: true, filters: { stationId: byId('={{ $json.id }}') } },
			{ items: [{ id: AC3 }, { id: DC }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.txId, pairedItem])).toEqual([
			[ac, { item: 0 }],
			[dc, { item: 1 }],
		]);
	});
});

describe('the list of transactions', () => {
	const search = (filter?: string) =>
		searchList({
			type: 'transaction',
			method: 'searchTransactions',
			credential: credentialsFor(site).accessToken(),
			filter,
		});

	it('shows station, connector and start, and the status apart, running ones first', async () => {
		const [dc, ac] = await startAt([DC, 1], [AC3, 1]);
		await runTransaction(site, 'stop', { txId: byId(ac) });
		await waitForTransaction(site, AC3, 1, 'Ended');
		const { results } = await search();
		expect(results.map(({ value }) => value)).toEqual([dc, ac]);
		for (const { name } of results) {
			expect(name).toMatch(/^.+ · .+ · \d{4}-\d\d-\d\d \d\d:\d\d$/);
		}
		expect(results.map(({ description }) => description)).toEqual(['Charging', 'Ended']);
	});

	it('is searched by station, status and ID', async () => {
		const [dc, ac] = await startAt([DC, 1], [AC3, 1]);
		const found = async (filter: string) =>
			(await search(filter)).results.map(({ value }) => value).sort();
		expect(await found('charging')).toEqual([dc, ac].sort());
		expect(await found(ac.toUpperCase())).toEqual([ac]);
		expect(await found('no such thing')).toEqual([]);
	});
});
