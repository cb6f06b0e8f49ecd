import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';

import { createSandboxCredential } from '../../host/credentials.mts';
import { installN8n } from '../../host/install.mts';
import { startN8n, type RunningN8n } from '../../host/n8n.mts';
import { buildPackage, installPackage } from '../../host/package.mts';
import { freePort } from '../../host/support/ports.mts';
import { until } from '../../host/support/until.mts';
import {
	startFaultyProxy,
	type FaultyProxy,
	type ProxiedRequest,
	type ProxyFault,
} from '../support/faultyProxy.mts';
import { balanceOf, importPayments, paymentsOfFleet } from '../support/payments.mts';
import type { PaymentMessage } from '../support/payments.mts';
import { callWebhook, sign, startProvider, type TestProvider } from '../support/provider.mts';
import { record } from '../support/records.mts';
import { startSite, type Site } from '../support/site.mts';

/** How many payments are cut off at each step. */
const EACH = 5;

const HELD_REQUEST: ProxyFault = { held: 'request' };
const HELD_ANSWER: ProxyFault = { held: 'answer' };

/** A step at which the run of a payment is held, until n8n is killed there. */
interface Step {
	/** What the connector of the payment is like. */
	at: 'car waits' | 'no cable' | 'charger refuses';
	/** The request of the run that is held: its number among those of its kind, from 0. */
	look?: { number: number };
	start?: ProxyFault;
	stop?: ProxyFault;
	refund?: ProxyFault;
	/** A car comes while n8n is down. */
	carComes?: boolean;
	becomes: 'charging' | 'refunded';
}

const STEPS: Record<string, Step> = {
	'entry written, nothing looked up': {
		at: 'car waits',
		look: { number: 0 },
		becomes: 'refunded',
	},
	'start on its way': { at: 'car waits', start: HELD_REQUEST, becomes: 'refunded' },
	'start answered, answer on its way': { at: 'car waits', start: HELD_ANSWER, becomes: 'charging' },
	'first look, car charges': { at: 'car waits', look: { number: 1 }, becomes: 'charging' },
	'second look, no cable': { at: 'no cable', look: { number: 2 }, becomes: 'refunded' },
	'second look, a car comes later': {
		at: 'no cable',
		look: { number: 2 },
		carComes: true,
		becomes: 'charging',
	},
	'before the stop': { at: 'no cable', stop: HELD_REQUEST, becomes: 'refunded' },
	'stopped, answer on its way': { at: 'no cable', stop: HELD_ANSWER, becomes: 'refunded' },
	'stopped, before the refund': { at: 'no cable', refund: HELD_REQUEST, becomes: 'refunded' },
	'refused, first look': { at: 'charger refuses', look: { number: 1 }, becomes: 'refunded' },
	'refused, before the refund': {
		at: 'charger refuses',
		refund: HELD_REQUEST,
		becomes: 'refunded',
	},
	'refunded, answer on its way': {
		at: 'charger refuses',
		refund: HELD_ANSWER,
		becomes: 'refunded',
	},
	/** Not held, but killed wherever it is. */
	anywhere: { at: 'car waits', becomes: 'charging' },
};

const NAMES = Object.keys(STEPS);
const stepName = ({ paymentId }: PaymentMessage) => NAMES[Number(paymentId.split('_')[1])];
const stepOf = (payment: PaymentMessage) => STEPS[stepName(payment)];
const PAYMENTS = paymentsOfFleet(
	NAMES.length * EACH,
	(index) => `pay_${Math.floor(index / EACH)}_${index % EACH}`,
);
const BY_STATION = new Map(PAYMENTS.map((payment) => [payment.stationId, payment]));
const BY_ID = new Map(PAYMENTS.map((payment) => [payment.paymentId, payment]));

const SECRET = 'secret of the webhooks';
const API_KEY = 'key of the provider';
const PASSWORD = 'N8n-of-this-test-1';

let userFolder: string;
let port: number;
let site: Site;
let provider: TestProvider;
let api: FaultyProxy;
let refunds: FaultyProxy;
let n8n: RunningN8n | undefined;
/** Whether runs are held. */
let holding = true;
/** What is held at each step: a request that n8n repeats counts once. */
const held = new Map<string, Set<string>>();

function hold(
	fault: ProxyFault | undefined,
	step: string,
	request: ProxiedRequest,
): ProxyFault | undefined {
	if (fault === undefined) return undefined;
	const requests = held.get(step) ?? new Set();
	held.set(step, requests.add(`${request.path} ${request.body}`));
	return fault;
}

const heldAt = () =>
	Object.fromEntries(
		NAMES.filter((name) => held.has(name)).map((name) => [name, held.get(name)!.size]),
	);

/** How many looks the run of a payment has made. */
const looks = new Map<string, number>();
/** The payments whose transactions wait for a cable: a stop names only the transaction. */
const stopping: PaymentMessage[] = [];

/** Holds requests to the API at the step of their payment. */
function holdApi(request: ProxiedRequest): ProxyFault | undefined {
	const { method, path } = request;
	if (!holding) return undefined;
	if (path.endsWith('/stop')) {
		// Which of those that stop is held where makes no difference.
		const payment = stopping.pop()!;
		return hold(stepOf(payment).stop, stepName(payment), request);
	}
	const stationId = /chargingStations\/([^/]+)\//.exec(path)?.[1];
	const payment = BY_STATION.get(decodeURIComponent(stationId ?? ''));
	if (payment === undefined) return undefined;
	const step = stepOf(payment);
	if (method === 'POST') return hold(step.start, stepName(payment), request);
	const number = looks.get(payment.paymentId) ?? 0;
	looks.set(payment.paymentId, number + 1);
	return number === step.look?.number ? hold(HELD_REQUEST, stepName(payment), request) : undefined;
}

/** Holds refunds at the step of their payment. */
function holdRefund(request: ProxiedRequest): ProxyFault | undefined {
	if (!holding) return undefined;
	const payment = BY_ID.get((JSON.parse(request.body) as PaymentMessage).paymentId)!;
	const { at, refund } = stepOf(payment);
	if (at !== 'no cable') return hold(refund, stepName(payment), request);
	return hold(HELD_REQUEST, 'stopped, before the refund', request);
}

const start = async (): Promise<RunningN8n> =>
	(n8n = await startN8n(await installN8n(), {
		userFolder,
		port,
		password: PASSWORD,
		log: (line) => record('log', 'n8n', line),
	}));

beforeAll(async () => {
	await installN8n();
	await buildPackage();
	userFolder = await mkdtemp(join(tmpdir(), 'charger-operations-payments-'));
	await installPackage(userFolder);
	port = await freePort();
	site = await startSite(['--stations', String(PAYMENTS.length)]);
	provider = await startProvider(API_KEY);
	api = await startFaultyProxy(site.rest, (_, request) => holdApi(request));
	refunds = await startFaultyProxy(provider.refundUrl, (_, request) => holdRefund(request));
	for (const payment of PAYMENTS) {
		const step = stepOf(payment);
		if (step.at === 'no cable' && step.look === undefined) stopping.push(payment);
	}
}, 900_000);
afterAll(async () => {
	await n8n?.stop();
	await refunds?.close();
	await api?.close();
	await provider?.stop();
	await site?.stop();
	await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

/** Sends the webhook of a payment, and returns the answer; undefined if n8n was killed before. */
async function pay(payment: PaymentMessage) {
	const body = JSON.stringify(payment);
	const url = `http://127.0.0.1:${port}/webhook/payment-starts-transaction`;
	return await callWebhook(url, body, sign(body, SECRET)).catch(() => undefined);
}

/** Drivers that wait to be authorized, and chargers that refuse. */
async function prepareConnectors(): Promise<void> {
	const action = 'RequestStartTransaction';
	const prepare = async (payment: PaymentMessage) => {
		const { at } = stepOf(payment);
		const { stationId } = payment;
		if (at === 'car waits') await site.plugIn(stationId, 1, { authorize: false });
		if (at === 'charger refuses') await site.script(stationId, { action, behaviour: 'refuse' });
	};
	const slot = pLimit(10);
	await Promise.all(PAYMENTS.map((payment) => slot(() => prepare(payment))));
}

it(`${EACH} payments killed at each of ${NAMES.length} steps: no money is kept without a charge, and nobody charges without money`, async () => {
	const first = await start();
	const credential = await createSandboxCredential(first.client, { ...site, rest: api.baseUrl });
	const services = {
		refundUrl: `${refunds.baseUrl}`,
		inboxUrl: `${refunds.baseUrl}/inbox`,
		secret: SECRET,
		apiKey: API_KEY,
	};
	const settings = {
		payment: { secondsToCharge: 3, secondsBetweenLooks: 1, secondsUntilSweep: 30 },
		sweep: { secondsToWatch: 600, secondsBetweenTries: 1, triesBeforeAPerson: 5 },
	};
	const workflows = await importPayments(first.client, credential, services, settings);
	await prepareConnectors();
	const isHeld = (payment: PaymentMessage) => stepOf(payment) !== STEPS.anywhere;
	for (const payment of PAYMENTS.filter(isHeld)) void pay(payment);
	const wanted = Object.fromEntries(NAMES.slice(0, -1).map((name) => [name, EACH]));
	await until(
		'all runs to be held',
		300,
		() => isDeepStrictEqual(heldAt(), wanted) || undefined,
	).catch(() => expect(heldAt()).toEqual(wanted));
	for (const payment of PAYMENTS.filter((one) => !isHeld(one))) void pay(payment);
	await first.kill();
	holding = false;
	for (const payment of PAYMENTS) {
		if (stepOf(payment).carComes) await site.plugIn(payment.stationId, 1, { authorize: false });
	}
	const balance = () => balanceOf(site, PAYMENTS, provider.refunds());
	console.log('killed:', await balance());

	await start();
	const answers = await Promise.all(PAYMENTS.map(pay));
	PAYMENTS.forEach((payment, index) => {
		if (!isHeld(payment)) return;
		expect(answers[index]).toMatchObject({ status: 503, data: { status: 'repeated' } });
	});
	const unsettled = async () =>
		(await workflows.ledger()).filter(({ state }) => ['open', 'refunding'].includes(state));
	await until('the sweep', 400, async () => {
		await workflows.runSweep();
		return (await unsettled()).length === 0 || undefined;
	});
	const swept = await balance();
	console.log('swept:', swept);
	expect(swept).toMatchObject({ moneyWithoutCharge: 0, chargeWithoutMoney: 0 });
	for (const payment of PAYMENTS) {
		const { becomes: outcome } = stepOf(payment);
		if (!isHeld(payment)) continue;
		expect(await pay(payment)).toMatchObject({
			status: 200,
			data: { status: 'repeated', outcome },
		});
	}

	// The starts that n8n had sent arrive only now, after the money went back.
	api.release();
	await until(
		'the late starts',
		60,
		async () => (await balance()).chargeWithoutMoney > 0 || undefined,
	);
	await until('the late transactions to be stopped', 120, async () => {
		await workflows.runSweep();
		return (await balance()).chargeWithoutMoney === 0 || undefined;
	});
	console.log('late starts:', await balance());
}, 1_200_000);
