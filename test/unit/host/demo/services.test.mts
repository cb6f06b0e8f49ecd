import axios from 'axios';

import { sign } from '../../../../host/demo/provider.mts';
import { startServices, type Services } from '../../../../host/demo/services.mts';
import { startServer, withBody, type LocalServer } from '../../../../host/support/localServer.mts';
import { until } from '../../../../host/support/until.mts';

interface Received {
	signature: unknown;
	body: string;
}

const WALLBOX = { stationId: 'OFFICE-AC-1', connectorId: '1' };

let services: Services;
/** In place of n8n: it keeps the webhooks, and answers when `answer` is called. */
let workflow: LocalServer;
let webhooks: Received[] = [];
let answers: Array<() => void> = [];
/** In place of the sandbox's control API. */
let control: LocalServer;
const asked: string[] = [];

beforeAll(async () => {
	workflow = await startServer(
		withBody(({ headers }, response, body) => {
			webhooks.push({ signature: headers['x-signature'], body });
			const { paymentId } = JSON.parse(body) as { paymentId: string };
			answers.push(() => response.end(JSON.stringify({ status: 'charging', paymentId })));
		}),
	);
	control = await startServer(
		withBody(({ method, url }, response, body) => {
			asked.push(`${method} ${url} ${body}`);
			response.writeHead(409, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ message: 'There is a car already.' }));
		}),
	);
	services = await startServices({
		sandbox: { page: 'http://127.0.0.1:1/', control: control.url },
		webhookUrl: `${workflow.url}/pay`,
	});
});
afterAll(async () => {
	await services.stop();
	await workflow.close();
	await control.close();
});
beforeEach(() => {
	services.inbox.forget();
	services.provider.forget();
	webhooks = [];
	answers = [];
});

const origin = () => new URL(services.inboxUrl).origin;
const http = axios.create({ proxy: false, validateStatus: null });
const secretOf = (type: string) =>
	Object.values(services.credentials.find((credential) => credential.type === type)!.data).at(
		-1,
	) as string;

interface Payment {
	paymentId: string;
	deliveries: Array<{ status?: number; answer?: unknown }>;
	refunds: unknown[];
}
const payments = async () => (await http.get<Payment[]>(`${services.shopUrl}/payments`)).data;

describe('the pages', () => {
	it.each(['/inbox', '/payments', '/pages/shop.mjs', '/pages/style.css'])(
		'%s is shown, contains no secret, and runs no script of others',
		async (path) => {
			const { status, data, headers } = await http.get<string>(`${origin()}${path}`);
			expect(status).toBe(200);
			for (const type of ['crypto', 'httpHeaderAuth', 'httpBasicAuth']) {
				expect(data).not.toContain(secretOf(type));
			}
			expect(headers['content-security-policy']).toContain("default-src 'none'");
		},
	);

	it.each([
		['a page of another site', { origin: 'https://evil.example' }],
		['a page of another port', { origin: 'http://127.0.0.1:1' }],
		['a page that hides where it is from', { origin: 'null' }],
		['another name for this machine', { host: 'rebound.example' }],
	])('refuse a request from %s, and do nothing', async (_, headers) => {
		for (const path of ['/inbox/receipts', '/payments/pay', '/payments/v1/refunds']) {
			const { status } = await http.post<unknown>(`${origin()}${path}`, WALLBOX, { headers });
			expect(status).toBe(403);
		}
		expect(services.inbox.messages()).toEqual([]);
		expect(services.provider.refunds()).toEqual([]);
		expect(webhooks).toEqual([]);
	});

	it('refuse what is larger than 100 kB', async () => {
		const { status } = await http.post<unknown>(services.inboxUrl, 'x'.repeat(110_000));
		expect(status).toBe(413);
		expect(services.inbox.messages()).toEqual([]);
	});

	it('say that there is nothing at another path', async () => {
		const { status, data } = await http.get<unknown>(`${origin()}/other`);
		expect({ status, data }).toEqual({
			status: 404,
			data: { message: 'There is nothing at /other.' },
		});
	});
});

describe('the inbox', () => {
	const messages = async () => (await http.get<unknown[]>(`${services.inboxUrl}/messages`)).data;

	it('keeps every message, newest first: JSON, text, nothing, at any path', async () => {
		await http.post<unknown>(`${services.inboxUrl}/receipts`, { energyKwh: 0 });
		await http.post<unknown>(`${services.inboxUrl}/a/b`, 'Grüße', {
			headers: { 'content-type': 'text/plain' },
		});
		await http.post<unknown>(services.inboxUrl);
		expect(await messages()).toMatchObject([
			{ path: '/', body: '' },
			{ path: '/a/b', body: 'Grüße' },
			{ path: '/receipts', body: { energyKwh: 0 } },
		]);
	});

	it('drops a message that is repeated with the same Idempotency-Key', async () => {
		const headers = { 'Idempotency-Key': 'tx-1:transactionEnded' };
		const first = await http.post<unknown>(services.inboxUrl, { n: 1 }, { headers });
		const second = await http.post<unknown>(services.inboxUrl, { n: 1 }, { headers });
		expect([first.status, second.status]).toEqual([201, 200]);
		expect(await messages()).toMatchObject([{ key: 'tx-1:transactionEnded', body: { n: 1 } }]);
	});

	it('keeps the latest hundred', async () => {
		for (let n = 1; n <= 103; n++) await http.post<unknown>(services.inboxUrl, { n });
		const kept = await messages();
		expect(kept).toHaveLength(100);
		expect(kept[0]).toMatchObject({ body: { n: 103 } });
	});
});

describe('the shop', () => {
	it('sends a signed webhook for a payment, the same one again if asked, and shows each answer', async () => {
		const { status, data } = await http.post<Payment>(`${services.shopUrl}/pay`, WALLBOX);
		expect(status).toBe(202);
		const { paymentId } = data;
		await until('the webhook', 10, () => webhooks[0]);
		expect(JSON.parse(webhooks[0].body)).toEqual({
			event: 'payment.succeeded',
			paymentId,
			amount: 500,
			currency: 'EUR',
			...WALLBOX,
		});
		expect(webhooks[0].signature).toBe(sign(webhooks[0].body, secretOf('crypto')));
		expect((await payments())[0]).toMatchObject({ paymentId, refunds: [] });
		expect((await payments())[0].deliveries).toEqual([{ sentAt: expect.any(String) as string }]);

		await http.post<unknown>(`${services.shopUrl}/repeat`, { paymentId });
		await until('the repeated webhook', 10, () => webhooks[1]);
		expect(webhooks[1]).toEqual(webhooks[0]);
		answers.forEach((answer) => answer());
		const both = await until('both answers', 10, async () => {
			const { deliveries } = (await payments())[0];
			return deliveries.every((delivery) => delivery.status !== undefined) ? deliveries : undefined;
		});
		const charging = { status: 200, answer: { status: 'charging', paymentId } };
		expect(both).toMatchObject([charging, charging]);
	});

	it.each([
		['an unknown station', { stationId: 'NOWHERE', connectorId: '1' }],
		['a connector of another station', { stationId: 'OFFICE-AC-1', connectorId: '12' }],
		['no connector', { stationId: 'OFFICE-AC-1' }],
		['nothing', {}],
	])('takes no money for %s', async (_, body) => {
		const { status, data } = await http.post<unknown>(`${services.shopUrl}/pay`, body);
		expect({ status, data }).toMatchObject({
			status: 400,
			data: { message: expect.stringMatching(/^Choose a connector/) as string },
		});
		expect(webhooks).toEqual([]);
	});

	it('repeats only payments that it knows', async () => {
		const { status } = await http.post<unknown>(`${services.shopUrl}/repeat`, {
			paymentId: 'pay_other',
		});
		expect(status).toBe(404);
	});

	it('shows a refund with its payment; one without the API key is refused', async () => {
		const { data } = await http.post<Payment>(`${services.shopUrl}/pay`, WALLBOX);
		const refund = { paymentId: data.paymentId, reason: 'The car did not charge in time.' };
		const ask = (Authorization: string) =>
			http.post<unknown>(`${services.shopUrl}/v1/refunds`, refund, { headers: { Authorization } });
		expect((await ask('Bearer guessed')).status).toBe(401);
		expect((await payments())[0].refunds).toEqual([]);
		expect((await ask(secretOf('httpHeaderAuth'))).status).toBe(201);
		expect((await payments())[0].refunds).toEqual([refund]);
		await until('the webhook', 10, () => webhooks[0]);
		answers.forEach((answer) => answer());
	});

	it('plugs a car in at the station that was chosen, and says why that failed', async () => {
		const { status, data } = await http.post<unknown>(`${services.shopUrl}/plugIn`, WALLBOX);
		expect(asked.at(-1)).toMatch(
			/^POST \/stations\/OFFICE-AC-1\/evse\/1\/plugIn .*"authorize":false/,
		);
		expect({ status, data }).toMatchObject({
			status: 500,
			data: { message: expect.stringMatching(/There is a car already/) as string },
		});
	});
});
