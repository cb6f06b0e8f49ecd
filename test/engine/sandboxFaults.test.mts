import axios from 'axios';
import type { Fault } from '../../sandbox/faults/fault.mts';
import { credentialsFor } from '../../host/credentials.mts';
import { until } from '../../host/support/until.mts';
import { byId, runOperation } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';

const AC3 = 'OFFICE-AC-3';

const site = useSite();

const locations = () => site.restClient.get<unknown>('/locations');
const setLimit = (timeout = 0) =>
	site.restClient.put<{ message?: string }>(
		`/chargingStations/${AC3}/powerLimit`,
		{ limit: { acMaxPowerA: 10 } },
		{ timeout },
	);
const limitW = async () => (await site.station(AC3)).limitW;
const addFault = (body: object) =>
	axios.post<{ message: string }>(`${site.control}/faults`, body, { validateStatus: null });
const msOf = async (request: () => Promise<unknown>) => {
	const began = performance.now();
	await request();
	return performance.now() - began;
};

describe('a command under a fault reaches the station only if the fault comes after the effect', () => {
	const FULL = 22_080;
	it.each<[string, Fault, number]>([
		['a broken connection', { answer: 'reset' }, FULL],
		['a broken connection, after', { answer: 'reset', when: 'after' }, 6900],
		['no answer', { answer: 'none' }, FULL],
		['no answer, after', { answer: 'none', when: 'after' }, 6900],
		['half of the answer', { answer: 'cutOff' }, 6900],
	])('%s', async (_name, fault, expected) => {
		await site.fault({ operationId: 'setStationPowerLimit', ...fault });
		await expect(setLimit(2000)).rejects.toThrow(/ECONNRESET|hang up|aborted|timeout of 2000ms/);
		expect(await limitW()).toBe(expected);
		expect((await setLimit()).status).toBe(200);
	});

	it.each<[string, Fault, number]>([
		['500', { status: 500, body: { message: 'Broken' } }, FULL],
		['500, after', { status: 500, body: { message: 'Broken' }, when: 'after' }, 6900],
	])('%s', async (_name, fault, expected) => {
		await site.fault(fault);
		const { status, data } = await setLimit();
		expect([status, data]).toEqual([500, { message: 'Broken' }]);
		expect(await limitW()).toBe(expected);
	});

	it('a late answer: the station has the limit before the client knows', async () => {
		await site.fault({ delayMs: 60_000, when: 'after' });
		const stop = new AbortController();
		const answer = site.restClient
			.put(
				`/chargingStations/${AC3}/powerLimit`,
				{ limit: { acMaxPowerA: 10 } },
				{ signal: stop.signal },
			)
			.then(
				() => 'answered',
				() => 'waited',
			);
		await until('the limit', 20, async () => (await limitW()) === 6900 || undefined);
		stop.abort();
		expect(await answer).toBe('waited');
	});
});

it('half of an answer has the headers of the whole', async () => {
	const whole = await site.restClient.get('/locations', { responseType: 'text' });
	await site.fault({ answer: 'cutOff' });
	const { status, headers, body } = await fetch(`${site.rest}/locations`, {
		headers: { Authorization: `Bearer ${site.accessToken}` },
	});
	expect([status, headers.get('content-length')]).toEqual([200, whole.headers['content-length']]);
	const received: Uint8Array[] = [];
	const read = async () => {
		for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) received.push(chunk);
	};
	await expect(read()).rejects.toThrow('terminated');
	const half = Buffer.concat(received).toString();
	expect(half).not.toBe('');
	expect(JSON.stringify(whole.data)).not.toBe(half);
	expect(whole.data).toContain(half);
});

it.each([
	[{}, 502, 'Bad Gateway'],
	[{ status: 503 }, 503, 'Service Unavailable'],
])('the page of a gateway: %j', async (fault, status, title) => {
	await site.fault({ answer: 'htmlPage', ...fault });
	const answer = await locations();
	expect([answer.status, answer.headers['content-type']]).toEqual([
		status,
		'text/html; charset=utf-8',
	]);
	expect(answer.data).toContain(`<h1>${status} ${title}</h1>`);
});

it.each([
	[{}, 403],
	[{ status: 401 }, 401],
])('no permission: %j', async (fault, status) => {
	await site.fault({ answer: 'noPermission', ...fault });
	const answer = await locations();
	expect(answer).toMatchObject({
		status,
		data: { message: expect.stringMatching(/user has no permission$/) as string },
	});
});

describe('too many requests', () => {
	it.each(['seconds', 'date'] as const)('are told in %s when to come again', async (form) => {
		await addFault({ rateLimit: { perSecond: 0.05, burst: 3, retryAfter: form } });
		const answers = await Promise.all(Array.from({ length: 5 }, locations));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(2);
		for (const { headers } of refused) {
			const header = String(headers['retry-after']);
			const seconds =
				form === 'seconds' ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
			expect(header).toMatch(form === 'seconds' ? /^\d+$/ : / GMT$/);
			expect(seconds).toBeGreaterThan(10);
			expect(seconds).toBeLessThanOrEqual(21);
		}
		expect(await site.faults()).toMatchObject([{ hits: 2 }]);
	});

	it('are let through again once tokens have come back', async () => {
		await addFault({ rateLimit: { perSecond: 2, burst: 1 } });
		await locations();
		expect((await locations()).status).toBe(429);
		await until('a token', 20, async () => (await locations()).status === 200 || undefined);
	});
});

describe('faults by chance', () => {
	const outcomes = async () => {
		const statuses: number[] = [];
		for (let count = 0; count < 40; count++) statuses.push((await locations()).status);
		return statuses.join(' ');
	};
	const underFaults = async (seed: number) => {
		await site.reset({ seed });
		await addFault({ probability: 0.3, status: 503 });
		await addFault({ probability: 0.3, status: 500 });
		return outcomes();
	};

	it('are the same with the same seed, and others with another', async () => {
		const run = await underFaults(7);
		expect(new Set(run.split(' '))).toEqual(new Set(['200', '500', '503']));
		expect(await underFaults(7)).toBe(run);
		expect(await underFaults(8)).not.toBe(run);
	});

	it('delays add up, up to the fault that replaces the answer', async () => {
		await addFault({ delayMs: 100, spreadMs: 50 });
		await addFault({ delayMs: 100 });
		await addFault({ status: 503, times: 1 });
		await addFault({ delayMs: 60_000, times: 1 });
		expect(await msOf(async () => expect((await locations()).status).toBe(503))).toBeGreaterThan(
			199,
		);
		expect(await site.faults()).toEqual([
			{ delayMs: 100, spreadMs: 50, hits: 1 },
			{ delayMs: 100, hits: 1 },
			{ delayMs: 60_000, times: 1, hits: 0 },
		]);
		await site.clearFaults();
		expect(await site.faults()).toEqual([]);
	});
});

it('each request is logged with the faults that hit it', async () => {
	await site.fault({ delayMs: 1 });
	await site.fault({ status: 503, body: `Bad token ${site.accessToken}` });
	await locations();
	await locations();
	const [hit, usual] = await site.requests();
	expect(hit).toMatchObject({ status: 503, faults: [{ delayMs: 1 }, { status: 503 }] });
	expect(usual.status).toBe(200);
	expect(usual).not.toHaveProperty('faults');
	expect(JSON.stringify(hit)).not.toContain(site.accessToken);
});

it.each(['seconds', 'date'] as const)(
	'a node comes again when the API says so in %s, and loses nothing',
	async (form) => {
		await addFault({ rateLimit: { perSecond: 4, burst: 2, retryAfter: form } });
		const { status, items } = await runOperation(
			'chargingStation:setPowerLimit',
			{
				stationId: byId(AC3),
				limitType: 'acMaxPowerA',
				limitValue: '={{ $json.amperes }}',
				options: {},
			},
			{
				credential: credentialsFor(site).accessToken(),
				items: [6, 7, 8, 9, 10].map((amperes) => ({ amperes })),
			},
		);
		expect([status, items.length]).toEqual(['success', 5]);
		expect((await site.faults())[0].hits).toBeGreaterThan(0);
		expect(await limitW()).toBe(6900);
	},
);

describe('the access token', () => {
	it('expires at a moment of the simulated time', async () => {
		await site.setClock('2026-03-01T12:00:00Z');
		await site.expire('access', { at: '2026-03-01T12:30:00Z' });
		await site.setClock('2026-03-01T12:29:59Z');
		expect((await locations()).status).toBe(200);
		await site.setClock('2026-03-01T12:30:00Z');
		expect((await locations()).status).toBe(401);
		await site.reset();
		expect((await locations()).status).toBe(200);
	});

	it('expires after some requests', async () => {
		await site.expire('access', { afterRequests: 2 });
		const statuses = [await locations(), await locations(), await locations()];
		expect(statuses.map(({ status }) => status)).toEqual([200, 200, 401]);
	});
});

it.each<[object, RegExp]>([
	[{}, /^One of delayMs, spreadMs, answer, status and rateLimit is required$/],
	[{ times: 2, probability: 0.5 }, /^One of delayMs/],
	[{ status: 503, operationId: 'dance' }, /^operationId must be one of .*listStations/],
	[{ body: 'Oops' }, /^headers and body need a status$/],
	[{ answer: 'reset', status: 503 }, /^status does not go with answer: reset$/],
	[{ answer: 'htmlPage', status: 503, body: 'Oops' }, /^headers and body do not go with answer/],
	[{ answer: 'cutOff', when: 'before' }, /^when must be after with answer: cutOff/],
	[{ status: 503, rateLimit: { perSecond: 1, burst: 1 } }, /^rateLimit does not go with/],
	[{ rateLimit: { perSecond: 0, burst: 1 } }, /body\.rateLimit\.perSecond must be > 0/],
	[{ probability: 30, status: 503 }, /body\.probability must be <= 1/],
	[{ answer: 'explode' }, /body\.answer must be one of reset, none, cutOff/],
	[{ reset: true }, /body\.reset is not known/],
])('a fault that makes no sense is refused: %j', async (fault, message) => {
	const { status, data } = await addFault(fault);
	expect([status, data.message]).toEqual([400, expect.stringMatching(message)]);
	expect(await site.faults()).toEqual([]);
});
