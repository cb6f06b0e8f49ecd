// Start, once per Authorization Reference.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { until } from '../../host/support/until.mts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { startFaultyProxy, type FaultyProxy } from '../support/faultyProxy.mts';
import type { Json } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';
import { connectorIdOf, useSite } from '../support/site.mts';
import { runTransaction, waitForTransaction } from '../support/transactions.mts';

const DAY_MS = 86_400_000;

describe('at a charger', () => {
	const DC = 'DEPOT-DC-1';
	const AC1 = 'OFFICE-AC-1';
	const CONNECTORS: Array<[stationId: string, evseId: number]> = [
		[DC, 1],
		[DC, 2],
		['OFFICE-AC-3', 1],
		[AC1, 1],
	];

	const site = useSite();
	let proxy: FaultyProxy | undefined;
	afterEach(async () => {
		await proxy?.close();
		proxy = undefined;
	});

	const start = (
		parameters: Record<string, unknown> = {},
		items: IDataObject[] = [{}],
		others: Parameters<typeof runTransaction>[3] = {},
	) =>
		runTransaction(
			site,
			'start',
			{
				stationId: byId(AC1),
				connectorId: byId(1),
				authorizationReference: 'pay_1',
				...parameters,
			},
			{ items, ...others },
		);
	const starts = async () =>
		(
			await Promise.all(
				[DC, 'OFFICE-AC-3', AC1].map((stationId) =>
					site.messages(stationId, 'RequestStartTransaction'),
				),
			)
		).flat();
	const startsSent = async () =>
		(await site.requests()).filter(({ path }) => path.endsWith('/startTransaction'));

	/** The proxy through which the start’s answer gets lost. @param isListFailing whether the look-up after that fails */
	async function losing(isListFailing = false) {
		let isLost = false;
		proxy = await startFaultyProxy(site.rest, (_, { path }) => {
			if (path.endsWith('/startTransaction')) {
				isLost = true;
				return { lost: true };
			}
			return isLost && isListFailing ? { status: 403, body: '{"message":"No"}' } : undefined;
		});
		return { credential: credentialsFor(site).accessToken({ baseUrl: proxy.baseUrl }) };
	}

	/** Waits until the transactions of these payments have this status, and returns their IDs. */
	const waitForStatus = (payments: Array<{ payment: string }>, status: string) =>
		until(`${payments[0].payment} … to be ${status}`, 20, async () => {
			const { items } = await runTransaction(site, 'getAll', { returnAll: true });
			const found = payments.map(({ payment }) =>
				items.find(({ json }) => json.authorizationReference === payment),
			);
			const isReached = found.every((one) => one?.json.status === status);
			return isReached ? found.map((one) => one?.json.txId as string) : undefined;
		});

	it('50 starts, each repeated while the transaction runs and after it has ended: none is sent twice', async () => {
		const all = Array.from({ length: 50 }, (_, n) => {
			const [stationId, evseId] = CONNECTORS[n % CONNECTORS.length];
			return { payment: `pay_${n}`, stationId, connectorId: connectorIdOf(stationId, evseId) };
		});
		for (let from = 0; from < all.length; from += CONNECTORS.length) {
			const payments = all.slice(from, from + CONNECTORS.length);
			const startAll = async () => {
				const parameters = {
					stationId: byId('={{ $json.stationId }}'),
					connectorId: byId('={{ $json.connectorId }}'),
					authorizationReference: '={{ $json.payment }}',
				};
				return (await start(parameters, payments)).items.map(({ json }) => json);
			};
			expect(await startAll()).toEqual(
				payments.map(
					() => expect.objectContaining({ response: 'Accepted', alreadyStarted: false }) as unknown,
				),
			);
			const waiting = 'AuthorizedNotPluggedIn';
			const txIds = await waitForStatus(payments, waiting);
			const expected = payments.map(({ payment, stationId, connectorId }, index) => ({
				message: expect.stringMatching(
					`^Nothing was sent: transaction ${txIds[index]}, which started at .*Z \\(\\w+\\) has this authorization reference\\.$`,
				) as string,
				response: 'Accepted',
				alreadyStarted: true,
				stationId,
				connectorId,
				txId: txIds[index],
				status: waiting,
				startTime: expect.stringMatching(/Z$/) as string,
				authorizationReference: payment,
			}));
			expect(await startAll()).toEqual(expected);
			const ids = txIds.map((txId) => ({ txId }));
			await runTransaction(site, 'stop', { txId: byId('={{ $json.txId }}') }, { items: ids });
			await waitForStatus(payments, 'Ended');
			expect(await startAll()).toEqual(expected.map((one) => ({ ...one, status: 'Ended' })));
		}
		expect(await starts()).toHaveLength(50);
		expect(await startsSent()).toHaveLength(50);
	}, 120_000);

	it('two items with the same reference start once', async () => {
		const { items } = await start({ authorizationReference: '={{ $json.payment }}' }, [
			{ payment: 'pay_1' },
			{ payment: 'pay_1' },
		]);
		expect(items.map(({ json }) => [json.response, json.alreadyStarted])).toEqual([
			['Accepted', false],
			['Accepted', true],
		]);
		expect(items[1].json.message).toMatch(/^Nothing was sent: /);
		expect(await starts()).toHaveLength(1);
	});

	it('after a refusal, a start with the same reference is sent again', async () => {
		await site.script(AC1, { action: 'RequestStartTransaction', behaviour: 'refuse' });
		const refused = await start({ options: { passRejected: true } });
		expect(refused.items[0].json).toMatchObject({ response: 'Rejected', alreadyStarted: false });
		await site.reset();
		expect((await start()).items[0].json).toMatchObject({ alreadyStarted: false });
		expect(await starts()).toHaveLength(1);
	});

	it('another reference, and the same one at another station, start', async () => {
		await start();
		await waitForTransaction(site, AC1, 1, 'AuthorizedNotPluggedIn');
		const elsewhere = await start({ stationId: byId(DC) });
		expect(elsewhere.items[0].json).toMatchObject({ response: 'Accepted', alreadyStarted: false });
		const other = await start({ authorizationReference: 'pay_2' });
		expect(other.error?.description).toContain('Reason: TxInProgress.');
		expect(await starts()).toHaveLength(3);
	});

	it.each([
		['without a reference', { authorizationReference: '' }],
		['with Start Again', { options: { startAgain: true } }],
	])('%s nothing is looked up', async (_, parameters) => {
		await start(parameters);
		const { error } = await start(parameters);
		expect(error?.description).toContain('Reason: TxInProgress.');
		const methods = (await site.requests()).map(({ method }) => method);
		expect(methods).toEqual(['POST', 'POST']);
	});

	it('a lost answer: the transaction is looked up once more, and is the answer', async () => {
		const { items } = await start({}, [{}], await losing());
		const { txId } = await waitForTransaction(site, AC1, 1, 'AuthorizedNotPluggedIn');
		expect(items[0].json).toMatchObject({
			message: expect.stringContaining('The answer to the start got lost') as string,
			response: 'Accepted',
			alreadyStarted: false,
			stationId: AC1,
			connectorId: '1',
			txId,
			status: 'AuthorizedNotPluggedIn',
			authorizationReference: 'pay_1',
		});
		expect(await starts()).toHaveLength(1);
	});

	it('an unknown outcome: the error says so, a later item does not start, and a repeat finds the transaction', async () => {
		const { credential } = await losing(true);
		const { items } = await start({}, [{}, {}], {
			credential,
			onError: 'continueRegularOutput',
		});
		expect(items[0].json.message).toContain(
			'It is not known whether the charger carried out the command.',
		);
		expect(items[1].json.error).toContain('ChargEye answered 403');
		expect(items[1].json.message).toContain('No command was sent.');
		const { txId } = await waitForTransaction(site, AC1, 1, 'AuthorizedNotPluggedIn');
		const repeated = await start();
		expect(repeated.items[0].json).toMatchObject({ alreadyStarted: true, txId });
		expect(await starts()).toHaveLength(1);
	});

	it('a start that never arrived and is not listed: a later item with its reference fails', async () => {
		await site.fault({ operationId: 'startTransaction', status: 502, body: 'Bad gateway' });
		const { items } = await start({}, [{}, {}], { onError: 'continueRegularOutput' });
		expect(items[0].json.message).toContain('It is not known');
		expect(items[1].json).toMatchObject({
			error:
				'An earlier item has sent a start with the reference pay_1, and it is not known whether the charger carried it out [item 1]',
			message: expect.stringMatching(/No command was sent\.$/) as string,
		});
		expect(await startsSent()).toHaveLength(1);
	});

	it.each([
		[404, 'Endpoint Overrides'],
		[403, 'no permission'],
		[405, 'Endpoint Overrides'],
	])('a look-up that fails with %i starts nothing, and says so', async (status, fix) => {
		await site.fault({ operationId: 'listStationTransactions', status, body: { message: 'No' } });
		const { error } = await start();
		expect(error?.message).toBe(`ChargEye answered ${status}: No [item 0]`);
		expect(error?.description).toContain(fix);
		expect(error?.description).toMatch(
			/No command was sent\. The option Start Again starts without this look-up \(listStationTransactions\)\.$/,
		);
		expect(await startsSent()).toEqual([]);
	});

	it('an answer that is no list starts nothing', async () => {
		await site.fault({ operationId: 'listStationTransactions', status: 200, body: {} });
		const { error } = await start();
		expect(error?.message).toBe('ChargEye’s answer cannot be read [item 0]');
		expect(error?.description).toContain('No command was sent.');
		expect(await startsSent()).toEqual([]);
	});

	it('a dry run looks up: it shows the request, or the transaction that has the reference', async () => {
		const options = { dryRun: true };
		const first = await start({ options });
		expect(first.items[0].json).toMatchObject({ dryRun: true, method: 'POST' });
		await start();
		await waitForTransaction(site, AC1, 1, 'AuthorizedNotPluggedIn');
		const again = await start({ options });
		expect(again.items[0].json).toMatchObject({ alreadyStarted: true });
		expect(await starts()).toHaveLength(1);
	});
});

describe('in every published form', () => {
	const api = usePublishedApi();

	const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
	const transaction = (txId: string, changes: Json = {}): Json => ({
		...api.account.transactions.find((one) => one.txId === 'tx-ended-1'),
		txId,
		authorizationReference: 'pay_x',
		startTime: daysAgo(1),
		...changes,
	});
	const start = () =>
		runNode({
			type: 'transaction',
			parameters: {
				resource: 'transaction',
				operation: 'start',
				stationId: byId('charger1'),
				connectorId: byId('charger1_connector1'),
				authorizationReference: 'pay_x',
			} as INodeParameters,
			credential: credentialsFor(api).accessToken(),
		});
	const sent = () => api.requests.filter(({ method }) => method === 'POST');

	it.each([
		[
			'one that a person repeats after n8n’s 14 days, from a charger whose clock is nearly a day slow',
			14.9,
		],
		['one from a charger whose clock is a day fast', -1],
	])('finds %s', async (_, days) => {
		api.account.transactions = [transaction('tx-x', { startTime: daysAgo(days) })];
		const { items } = await start();
		expect(items[0].json).toMatchObject({
			alreadyStarted: true,
			txId: 'tx-x',
			status: 'Ended',
			// Another connector of the station.
			connectorId: 'charger1_connector2',
		});
		expect(sent()).toEqual([]);
	});

	it('finds it on the last page, and prefers the one that runs, then the latest', async () => {
		const others = Array.from({ length: 7 }, (_, n) =>
			transaction(`tx-${n}`, { authorizationReference: n % 2 ? null : `pay_${n}` }),
		);
		const old = transaction('tx-old', { startTime: daysAgo(3) });
		const latest = transaction('tx-latest', { startTime: daysAgo(0.1) });
		const running = transaction('tx-runs', {
			startTime: daysAgo(2),
			status: 'Charging',
			endTime: null,
		});
		api.account.transactions = [...others, old, latest];
		expect((await start()).items[0].json).toMatchObject({
			alreadyStarted: true,
			txId: 'tx-latest',
		});
		api.account.transactions.push(running);
		expect((await start()).items[0].json).toMatchObject({ alreadyStarted: true, txId: 'tx-runs' });
		expect(sent()).toEqual([]);
	});

	it('an unknown status passes', async () => {
		api.account.transactions = [transaction('tx-x', { status: 'Defrosting' })];
		expect((await start()).items[0].json).toMatchObject({
			alreadyStarted: true,
			status: 'Defrosting',
		});
	});

	it('a list whose next page cannot be requested starts nothing', async () => {
		api.account.transactions = [1, 2, 3].map((n) =>
			transaction(`tx-${n}`, { authorizationReference: null }),
		);
		api.pageKey = () => 17;
		const { error } = await start();
		expect(error?.message).toMatch(
			/^ChargEye’s list has more pages, but its lastEvaluatedKey is 17/,
		);
		expect(error?.description).toContain('No command was sent.');
		expect(sent()).toEqual([]);
	});
});
