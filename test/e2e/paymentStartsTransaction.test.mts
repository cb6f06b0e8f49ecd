import type { Workflow } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { readWorkflow, workflowOf } from '../../host/workflows.mts';
import { byId } from '../support/byId.mts';
import { startFaultyProxy, type FaultyProxy } from '../support/faultyProxy.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { callWebhook, sign, startProvider, type TestProvider } from '../support/provider.mts';
import { setSettings } from '../support/settings.mts';
import { startSite, type Site } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const SECRET = 'webhook-secret-of-the-provider';
const API_KEY = 'api-key-of-the-provider';

let site: Site;
let host: Host;
let provider: TestProvider;
let proxy: FaultyProxy;
/** Whether the answers to starts get lost on their way back. */
let losing = false;
/** Whether look-ups fail after a start. */
let blinding = false;
let workflow: Workflow;

/** Follows the workflow’s notes: chooses the credentials and fills in the settings. */
async function importWorkflow(): Promise<Workflow> {
	const file = await readWorkflow('payment-starts-transaction');
	const nodeOf = (wanted: string) => file.nodes.find(({ name }) => name === wanted)!;
	const choose = async (node: string, type: string, data: Record<string, string>) => {
		const { id, name } = await host.client.createCredential(`For ${node}`, type, data);
		nodeOf(node).credentials = { [type]: { id, name } };
	};
	await choose('Compute Signature', 'crypto', { hmacSecret: SECRET });
	const key = { name: 'Authorization', value: `Bearer ${API_KEY}` };
	await choose('Give Money Back', 'httpHeaderAuth', key);
	setSettings(file, {
		refundUrl: provider.refundUrl,
		secondsToCharge: 4,
		secondsBetweenLooks: 1,
	});
	const credential = await host.credentialFor({ ...site, rest: proxy.baseUrl });
	return await host.client.importWorkflow(file, credential);
}

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	provider = await startProvider(API_KEY);
	proxy = await startFaultyProxy(site.rest, (_, { path }) => {
		if (losing && path.endsWith('/startTransaction')) return { lost: true };
		const hasStarted = proxy.requests.some((before) => before.path.endsWith('/startTransaction'));
		return blinding && hasStarted ? { status: 403 } : undefined;
	});
	workflow = await importWorkflow();
	await host.client.activate(workflow);
}, 900_000);
afterAll(async () => {
	if (workflow) await host.client.deactivate(workflow.id);
	await provider?.stop();
	await proxy?.close();
	await host?.stop();
	await site?.stop();
});
beforeEach(async () => {
	await site.reset();
	provider.forget();
	losing = false;
	blinding = false;
});

let payments = 0;
const newPayment = (changes: Record<string, unknown> = {}) => ({
	event: 'payment.succeeded',
	paymentId: `pay_${++payments}`,
	amount: 2500,
	currency: 'EUR',
	stationId: DC,
	connectorId: '1',
	...changes,
});

const webhookUrl = () => `${host.url}/webhook/payment-starts-transaction`;

/** Sends the webhook of a payment, correctly signed. */
const pay = (payment: object) => {
	const body = JSON.stringify(payment, null, '  ');
	return callWebhook(webhookUrl(), body, sign(body, SECRET));
};

const starts = () => site.messages(DC, 'RequestStartTransaction');
const stops = () => site.messages(DC, 'RequestStopTransaction');

/** A car whose driver has not been authorized yet. */
async function plugIn() {
	await site.plugIn(DC, 1, { authorize: false });
	await waitForTransaction(site, DC, 1, 'PluggedInIdle');
}

describe('workflows/payment-starts-transaction.json', () => {
	// This test is the first, so that the table of payments does not exist yet.
	it('repeated at the same moment: one start, one "charging"', async () => {
		await plugIn();
		const payment = newPayment();
		const answers = await Promise.all(Array.from({ length: 8 }, () => pay(payment)));
		const statuses = answers.map(({ data }) => (data as { status: string }).status).sort();
		expect(statuses).toEqual(['charging', ...Array<string>(7).fill('repeated')]);
		expect(await starts()).toHaveLength(1);
		expect(provider.refunds()).toEqual([]);
	});

	it('paid: the car charges, and the provider gets the answer', async () => {
		await plugIn();
		const payment = newPayment();
		const answer = await pay(payment);
		const transaction = await waitForTransaction(site, DC, 1, 'Charging');
		expect(answer).toEqual({
			status: 200,
			data: {
				status: 'charging',
				paymentId: payment.paymentId,
				transactionId: transaction.txId,
			},
		});
		expect(transaction.authorizationReference).toBe(payment.paymentId);
		expect(await starts()).toMatchObject([
			{ payload: { evseId: 1 }, answer: { status: 'Accepted' } },
		]);
		await site.waitForPower(DC, 1, (kw) => kw > 0);
		expect(await stops()).toEqual([]);
		expect(provider.refunds()).toEqual([]);
	});

	it('repeated later: answered, and nothing is started twice', async () => {
		await plugIn();
		const payment = newPayment();
		expect(await pay(payment)).toMatchObject({ status: 200, data: { status: 'charging' } });
		const { txId } = await waitForTransaction(site, DC, 1, 'Charging');
		expect(await pay(payment)).toEqual({
			status: 200,
			data: {
				status: 'repeated',
				paymentId: payment.paymentId,
				outcome: 'charging',
				transactionId: txId,
			},
		});
		expect(await starts()).toHaveLength(1);
		expect(provider.refunds()).toEqual([]);
	});

	it('two payments at the same moment are both stored', async () => {
		await site.plugIn(DC, 2, { authorize: false });
		await plugIn();
		const two = [newPayment(), newPayment({ connectorId: 'DEPOT-DC-1_connector2' })];
		for (const { data } of await Promise.all(two.map(pay))) {
			expect(data).toMatchObject({ status: 'charging' });
		}
		for (const { data } of await Promise.all(two.map(pay))) {
			expect(data).toMatchObject({ status: 'repeated' });
		}
		expect(await starts()).toHaveLength(2);
	});

	it.each([
		['with another secret', (body: string) => sign(body, 'guessed')],
		['of another body', (body: string) => sign(`${body} `, SECRET)],
		['missing', () => undefined],
		['empty', () => ''],
	])('forged: a signature %s is refused, and nothing happens', async (_, signatureOf) => {
		await plugIn();
		const body = JSON.stringify(newPayment());
		expect(await callWebhook(webhookUrl(), body, signatureOf(body))).toEqual({
			status: 401,
			data: { status: 'refused', reason: 'The signature is missing or wrong.' },
		});
		expect(await starts()).toEqual([]);
		expect(provider.refunds()).toEqual([]);
	});

	it('another event starts nothing', async () => {
		await plugIn();
		expect(await pay(newPayment({ event: 'payment.failed' }))).toMatchObject({
			status: 200,
			data: { status: 'ignored' },
		});
		expect(await starts()).toEqual([]);
		expect(provider.refunds()).toEqual([]);
	});

	it('refused by the charger: the money goes back, with the reason', async () => {
		await plugIn();
		await site.script(DC, {
			action: 'RequestStartTransaction',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'NotEnabled' },
		});
		const payment = newPayment();
		const { paymentId } = payment;
		const answer = await pay(payment);
		const reason = expect.stringMatching(
			/^The charger refused to start a transaction on connector 1 of DEPOT-DC-1\. Reason: NotEnabled\./,
		) as string;
		expect(answer).toEqual({ status: 200, data: { status: 'refunded', paymentId, reason } });
		expect(provider.refunds()).toEqual([
			{
				idempotencyKey: paymentId,
				body: { paymentId, reason },
			},
		]);
		expect(await starts()).toMatchObject([{ answer: { status: 'Rejected' } }]);
		expect(await stops()).toEqual([]);
		// A repeated webhook does not refund a second time.
		expect(await pay(payment)).toEqual({
			status: 200,
			data: { status: 'repeated', paymentId, outcome: 'refunded', reason },
		});
		expect(await starts()).toHaveLength(1);
		expect(provider.refunds()).toHaveLength(1);
	});

	it.each([
		['an unknown station', { stationId: 'NOWHERE' }, /^ChargEye answered 404: .*NOWHERE/],
		['no station', { stationId: undefined }, /^Charging Station is empty/],
	])('%s: the money goes back', async (_, changes, reason) => {
		const { status, data } = await pay(newPayment(changes));
		expect(status).toBe(200);
		expect(data).toMatchObject({
			status: 'refunded',
			reason: expect.stringMatching(reason) as string,
		});
		expect(provider.refunds()).toHaveLength(1);
		expect(await starts()).toEqual([]);
	});

	it('no cable: the waiting transaction is stopped before the money goes back', async () => {
		const { paymentId, ...rest } = newPayment();
		const answer = await pay({ paymentId, ...rest });
		const reason = 'The car did not charge in time.';
		expect(answer).toEqual({ status: 200, data: { status: 'refunded', paymentId, reason } });
		expect(await starts()).toMatchObject([{ answer: { status: 'Accepted' } }]);
		const { txId } = await waitForTransaction(site, DC, 1, 'Ended');
		expect(await stops()).toMatchObject([
			{ payload: { transactionId: txId }, answer: { status: 'Accepted' } },
		]);
		expect(provider.refunds()).toMatchObject([{ body: { paymentId, reason } }]);
		// A car that arrives too late does not charge for free.
		await plugIn();
		expect((await starts()).length).toBe(1);
	});

	it('the answer to the start got lost: the transaction is found, and not started again', async () => {
		await plugIn();
		losing = true;
		const { data } = await pay(newPayment());
		const { txId } = await waitForTransaction(site, DC, 1, 'Charging');
		expect(data).toMatchObject({ status: 'charging', transactionId: txId });
		expect(await starts()).toHaveLength(1);
		expect(provider.refunds()).toEqual([]);
	});

	it('the start never reached the charger: the money goes back, and no second start is sent', async () => {
		await plugIn();
		await site.fault({ operationId: 'startTransaction', status: 502, body: 'Bad gateway' });
		expect(await pay(newPayment())).toMatchObject({
			status: 200,
			data: { status: 'refunded', reason: 'The car did not charge in time.' },
		});
		expect(
			(await site.requests()).filter(({ path }) => path.endsWith('/startTransaction')),
		).toHaveLength(1);
		expect(await starts()).toEqual([]);
	});

	it('this very payment charges already: nothing is started, and the money stays', async () => {
		await plugIn();
		const payment = newPayment();
		await site.restClient.post(`/chargingStations/${DC}/evse/1/startTransaction`, {
			authorizationReference: payment.paymentId,
		});
		await waitForTransaction(site, DC, 1, 'Charging');
		expect(await pay(payment)).toMatchObject({ status: 200, data: { status: 'charging' } });
		expect(await starts()).toMatchObject([{ answer: { status: 'Accepted' } }]);
		expect(provider.refunds()).toEqual([]);
	});

	it('refused because another driver charges: the money goes back, and that driver continues', async () => {
		await site.plugIn(DC, 1);
		await waitForTransaction(site, DC, 1, 'Charging');
		expect(await pay(newPayment())).toMatchObject({ status: 200, data: { status: 'refunded' } });
		expect(provider.refunds()).toHaveLength(1);
		expect(await stops()).toEqual([]);
		await waitForTransaction(site, DC, 1, 'Charging');
	});

	it('a refund that fails is tried again; if it fails for good, the execution fails', async () => {
		await site.script(DC, { action: 'RequestStartTransaction', behaviour: 'refuse' });
		provider.fail(2);
		const passing = newPayment();
		expect(await pay(passing)).toMatchObject({ status: 200, data: { status: 'refunded' } });
		expect(provider.refunds()).toHaveLength(3);

		provider.forget();
		provider.fail(3);
		const failing = newPayment();
		expect(await pay(failing)).toEqual({
			status: 500,
			data: { status: 'refundFailed', paymentId: failing.paymentId },
		});
		const execution = await until('the failed execution', 30, async () =>
			(await host.client.executions(workflow.id)).find(({ status }) => status === 'error'),
		);
		const { data } = await host.client.execution(execution.id);
		expect(data.resultData.error?.message).toMatch(
			new RegExp(`^Payment ${failing.paymentId} was not refunded: .*Try again later`),
		);
	});

	it('contains no secret, and leaves none in its executions', async () => {
		const file = JSON.stringify(await readWorkflow('payment-starts-transaction'));
		expect(file).not.toMatch(/secret"|Bearer|api[-_ ]?key"/i);
		const executions = await host.client.executions(workflow.id);
		// Those of the tests before.
		expect(executions).not.toEqual([]);
		for (const { id } of executions) {
			const execution = JSON.stringify(await host.client.execution(id));
			for (const secret of [SECRET, API_KEY, site.accessToken, site.refreshToken]) {
				expect(execution).not.toContain(secret);
			}
		}
	});
});

it('an execution whose start got no answer, retried 50 times in n8n: nothing is started twice', async () => {
	await plugIn();
	losing = true;
	blinding = true;
	const chargeEyeApi = await host.credentialFor({ ...site, rest: proxy.baseUrl });
	const { id } = await host.client.importWorkflow(
		workflowOf({
			name: 'Start Once',
			type: 'n8n-nodes-charger-operations.transaction',
			typeVersion: 1,
			credentials: { chargeEyeApi },
			parameters: {
				operation: 'start',
				stationId: byId(DC),
				connectorId: byId(1),
				authorizationReference: 'pay_retried',
			},
		}),
	);
	proxy.requests.length = 0;
	const failed = await host.client.run(id, 'Start');
	expect(failed.data.resultData.error?.description).toContain(
		'It is not known whether the charger carried out the command.',
	);
	losing = false;
	blinding = false;
	const { txId } = await waitForTransaction(site, DC, 1, 'Charging');
	for (let repeat = 0; repeat < 50; repeat++) {
		expect(await host.client.retry(failed.id)).toMatchObject({ status: 'success' });
	}
	const [last] = await host.client.executions(id);
	const { data } = await host.client.execution(last.id);
	expect(data.resultData.runData['Start Once'][0].data?.main[0]).toMatchObject([
		{ json: { alreadyStarted: true, txId, status: 'Charging' } },
	]);
	expect(await starts()).toHaveLength(1);
}, 120_000);
