import express from 'express';

import { createInbox, type Inbox } from '../../host/demo/inbox.mts';
import { startServer, type LocalServer } from '../../host/support/localServer.mts';
import { until } from '../../host/support/until.mts';

import { startFaultyProxy, type FaultyProxy } from '../support/faultyProxy.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { importPayments, type LedgerEntry, type PaymentWorkflows } from '../support/payments.mts';
import { callWebhook, sign, startProvider, type TestProvider } from '../support/provider.mts';
import { startSite, type Site } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const SECRET = 'secret of these webhooks';
const API_KEY = 'key for these refunds';

let site: Site;
let host: Host;
let provider: TestProvider;
let api: FaultyProxy;
let inbox: Inbox;
let inboxServer: LocalServer;
let workflows: PaymentWorkflows;
/** Whether ChargEye cannot be reached. */
let down = false;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	provider = await startProvider(API_KEY);
	api = await startFaultyProxy(site.rest, () => (down ? { status: 403 } : undefined));
	inbox = createInbox((_request, response) => response.end());
	inboxServer = await startServer(express().use(inbox.router));
	workflows = await importPayments(
		host.client,
		await host.credentialFor({ ...site, rest: api.baseUrl }),
		{
			refundUrl: provider.refundUrl,
			inboxUrl: `${inboxServer.url}/payments`,
			secret: SECRET,
			apiKey: API_KEY,
		},
		{
			payment: { secondsToCharge: 60, secondsBetweenLooks: 1, secondsUntilSweep: 1 },
			sweep: { secondsToWatch: 600, secondsBetweenTries: 0, triesBeforeAPerson: 2 },
		},
		undefined,
		'payments_of_this_file',
	);
}, 900_000);
afterAll(async () => {
	if (workflows) await host.client.deactivate(workflows.payment.id);
	await inboxServer?.close();
	await provider?.stop();
	await api?.close();
	await host?.stop();
	await site?.stop();
});
beforeEach(async () => {
	await site.reset();
	provider.forget();
	inbox.forget();
	down = false;
});

/** What a person was told about a payment. */
const told = (paymentId: string) =>
	inbox.messages().filter(({ key }) => key === `${paymentId}:person`);

const starts = () => site.messages(DC, 'RequestStartTransaction');
const stops = () => site.messages(DC, 'RequestStopTransaction');

const pay = (paymentId: string) => {
	const body = JSON.stringify({
		event: 'payment.succeeded',
		paymentId,
		amount: 2500,
		stationId: DC,
		connectorId: '1',
	});
	return callWebhook(`${host.url}/webhook/payment-starts-transaction`, body, sign(body, SECRET));
};

/** Pays at a connector without a car, and ends the run while it waits for one. */
async function payAndCutOff(paymentId: string): Promise<void> {
	void pay(paymentId).catch(() => undefined);
	await waitForTransaction(site, DC, 1, 'AuthorizedNotPluggedIn');
	const running = await until('the run', 10, async () =>
		(await host.client.executions(workflows.payment.id)).find(({ stoppedAt }) => !stoppedAt),
	);
	await host.client.stopExecution(running.id);
	await until('the entry to be due', 20, async () => {
		const { checkAt } = await entryOf(paymentId);
		return (checkAt !== null && Date.parse(checkAt) < Date.now()) || undefined;
	});
}

const entryOf = async (paymentId: string): Promise<LedgerEntry> => {
	const found = (await workflows.ledger()).filter((entry) => entry.paymentId === paymentId);
	expect(found).toHaveLength(1);
	return found[0];
};

describe('workflows/payments-left-open.json', () => {
	it('no car came: the waiting transaction is stopped, and the money goes back once', async () => {
		await payAndCutOff('left_1');
		expect(await pay('left_1')).toEqual({
			status: 503,
			data: { status: 'repeated', paymentId: 'left_1', outcome: 'open' },
		});
		await workflows.runSweep();
		expect(await entryOf('left_1')).toMatchObject({ state: 'refunded' });
		await waitForTransaction(site, DC, 1, 'Ended');
		await workflows.runSweep();
		expect(await stops()).toHaveLength(1);
		expect(provider.refunds()).toEqual([
			{
				idempotencyKey: 'left_1',
				body: { paymentId: 'left_1', reason: 'The car did not charge in time.' },
			},
		]);
		expect(inbox.messages()).toEqual([]);
		expect(await pay('left_1')).toMatchObject({ status: 200, data: { outcome: 'refunded' } });
	});

	it('a car came later: the payment is kept, and the car goes on charging', async () => {
		await payAndCutOff('left_2');
		await site.plugIn(DC, 1, { authorize: false });
		const { txId } = await waitForTransaction(site, DC, 1, 'Charging');
		await workflows.runSweep();
		expect(await entryOf('left_2')).toMatchObject({ state: 'charging', transactionId: txId });
		await workflows.runSweep();
		expect(provider.refunds()).toEqual([]);
		expect(await stops()).toEqual([]);
		expect(await starts()).toHaveLength(1);
	});

	it('a car has charged and left: the payment is kept', async () => {
		await payAndCutOff('left_3');
		await site.plugIn(DC, 1, { authorize: false });
		await site.setSpeed(60);
		await until('some energy', 20, async () => {
			const { evses } = await site.station(DC);
			return evses[0].energyKwh > 1 || undefined;
		});
		await site.unplug(DC, 1);
		await site.setSpeed(1);
		await waitForTransaction(site, DC, 1, 'Ended');
		await workflows.runSweep();
		expect(await entryOf('left_3')).toMatchObject({ state: 'charging' });
		expect(provider.refunds()).toEqual([]);
	});

	it('ChargEye does not answer: nothing is decided, then a person is told once', async () => {
		await payAndCutOff('left_4');
		down = true;
		for (let round = 0; round < 5; round++) await workflows.runSweep();
		expect(told('left_4')).toMatchObject([
			{
				path: '/payments',
				key: 'left_4:person',
				body: {
					paymentId: 'left_4',
					text: expect.stringMatching(
						/^Payment left_4 \(amount 2500\) at connector 1 of DEPOT-DC-1 needs a person: it is not known whether the car charges\. ChargEye answered 403 .*why$/,
					) as string,
				},
			},
		]);
		expect(await entryOf('left_4')).toMatchObject({ state: 'personNeeded', tries: 2 });
		expect(provider.refunds()).toEqual([]);
		down = false;
		await workflows.runSweep();
		expect(provider.refunds()).toEqual([]);
		expect(await pay('left_4')).toMatchObject({ status: 200, data: { outcome: 'personNeeded' } });
	});

	it('the provider does not pay back: it is asked again with the same key, then a person is told once', async () => {
		await payAndCutOff('left_5');
		provider.fail(99);
		for (let round = 0; round < 4; round++) await workflows.runSweep();
		expect(told('left_5')).toMatchObject([
			{
				key: 'left_5:person',
				body: {
					text: expect.stringMatching(
						/the money back was promised, and the provider did not accept it/,
					) as string,
				},
			},
		]);
		const keys = new Set(provider.refunds().map(({ idempotencyKey }) => idempotencyKey));
		expect([...keys]).toEqual(['left_5']);
		expect(await entryOf('left_5')).toMatchObject({ state: 'personNeeded' });
	});

	it('a run that is at work is left alone', async () => {
		await site.plugIn(DC, 1, { authorize: false });
		expect(await pay('left_6')).toMatchObject({ status: 200, data: { status: 'charging' } });
		const before = (await site.requests()).length;
		await workflows.runSweep();
		expect((await site.requests()).length).toBe(before);
		expect(await entryOf('left_6')).toMatchObject({ state: 'charging', checkAt: null });
	});
});
