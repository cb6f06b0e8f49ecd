import { credentialsFor } from '../../host/credentials.mts';
import type { Fault } from '../../sandbox/faults/fault.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import { searchList } from '../support/engine.mts';
import { startFaultyProxy, type FaultyProxy } from '../support/faultyProxy.mts';
import { useSite } from '../support/site.mts';

const STATIONS = ['DEPOT-DC-1', 'OFFICE-AC-1', 'OFFICE-AC-3'];

const site = useSite();
let proxy: FaultyProxy | undefined;
afterEach(async () => {
	await proxy?.close();
	proxy = undefined;
});

/** Puts a proxy in front of the sandbox and returns a credential for it. */
async function behindProxy(
	decide: Parameters<typeof startFaultyProxy>[1],
	kind: 'accessToken' | 'refreshToken' = 'accessToken',
) {
	proxy = await startFaultyProxy(site.rest, decide);
	return { proxy, credential: credentialsFor(site)[kind]({ baseUrl: proxy.baseUrl }) };
}

const setLimits = (
	items: Array<{ id: string; kw: number }>,
	options: Partial<RunOptions> & { node?: Record<string, unknown> } = {},
) =>
	runOperation(
		'chargingStation:setPowerLimit',
		{
			stationId: byId('={{ $json.id }}'),
			limitType: 'acMaxPowerKw',
			limitValue: '={{ $json.kw }}',
			options: options.node ?? {},
		},
		{ credential: credentialsFor(site).accessToken(), ...options, items },
	);

/** `count` limits (kW), in turn for each station, all with different values. */
const limits = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: STATIONS[n % STATIONS.length],
		kw: (n + 1) / 10,
	}));

/** Makes the API fail until the end of the test. */
const always = (fault: Fault) => site.fault({ ...fault, times: undefined });

const renewals = async () =>
	(await site.requests()).filter(({ path }) => path.includes('refresh')).length;

describe('what fails for a passing reason', () => {
	it.each([
		{ status: 500 },
		{ answer: 'htmlPage' } as const,
		{ status: 503 },
		{ answer: 'reset' } as const,
		{ answer: 'reset', when: 'after' } as const,
		{ answer: 'cutOff' } as const,
		{ status: 429, headers: { 'Retry-After': '1' } },
		{ status: 429, headers: { 'Retry-After': new Date(Date.now() + 1000).toUTCString() } },
		{ status: 503, headers: { 'Retry-After': '1' } },
	])('%j is repeated', async (fault) => {
		await site.fault(fault);
		const { status } = await setLimits(limits(1));
		expect(status).toBe('success');
		expect(await site.requests()).toHaveLength(2);
	});

	it('is repeated a limited number of times', async () => {
		await always({ status: 500, body: 'Broken' });
		const { error } = await setLimits(limits(1));
		expect(error?.message).toBe('ChargEye answered 500: Broken [item 0]');
		expect(await site.requests()).toHaveLength(5);
	});

	it.each([{ status: 400 }, { status: 404 }, { status: 403 }])(
		'%j is not a passing reason, and is not repeated',
		async (fault) => {
			await always(fault);
			await setLimits(limits(1));
			expect(await site.requests()).toHaveLength(1);
		},
	);

	const restart = () =>
		runOperation(
			'chargingStation:restart',
			{
				stationId: byId('DEPOT-DC-1'),
				restartType: 'Immediate',
				options: { timeLimit: 5 },
			},
			{ credential: credentialsFor(site).accessToken() },
		);

	it.each([{ status: 500 }, { status: 503 }, { answer: 'reset' } as const])(
		'%j never repeats a restart',
		async (fault) => {
			await always(fault);
			const { status } = await restart();
			expect(status).toBe('error');
			expect(await site.requests()).toHaveLength(1);
			expect(await site.messages('DEPOT-DC-1', 'Reset')).toEqual([]);
		},
	);

	it.each([
		{ status: 429, headers: { 'Retry-After': '0' } },
		{ status: 429 },
		{ status: 503, headers: { 'Retry-After': '1' } },
	])('%j was not carried out, so a restart is sent again', async (fault) => {
		await site.fault(fault);
		const { status } = await restart();
		expect(status).toBe('success');
		expect(await site.requests()).toHaveLength(2);
		expect(await site.messages('DEPOT-DC-1', 'Reset')).toHaveLength(1);
	});

	it('is not repeated if the API asks to wait beyond the time limit', async () => {
		await always({ status: 429, headers: { 'Retry-After': '600' } });
		const { error } = await setLimits(limits(1), { node: { timeLimit: 5 } });
		expect(error?.message).toBe(
			'Not sent: ChargEye asks to wait beyond the time limit of 5 s [item 0]',
		);
		expect(error?.description).toBe(
			'Raise Time Limit (S) in the options, or run fewer items at a time. It is safe to run this item again.',
		);
		expect(await site.requests()).toHaveLength(1);
	});
});

it('an answer of 10 MB becomes a short message', async () => {
	const { credential } = await behindProxy(() => ({
		status: 400,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ message: 'no '.repeat(3_500_000) }),
	}));
	const { error } = await setLimits(limits(1), { credential });
	expect(error?.message).toBe(`ChargEye answered 400: ${'no '.repeat(99)}no… [item 0]`);
});

describe('the order of commands', () => {
	it('is the order of the items, for each station', async () => {
		const items = limits(60);
		const { status } = await setLimits(items, { credential: credentialsFor(site).accessToken() });
		expect(status).toBe('success');
		for (const station of STATIONS) {
			const sent = (await site.requests()).filter(({ path }) => path.includes(station));
			expect(sent.map(({ body }) => (body as { limit: object }).limit)).toEqual(
				items.filter(({ id }) => id === station).map(({ kw }) => ({ acMaxPowerKw: kw })),
			);
		}
	});
});

describe('an access token that expires', () => {
	it('during a run is renewed once, and nothing is lost', async () => {
		const credential = credentialsFor(site).refreshToken();
		await setLimits(limits(1), { credential });
		await site.expire('access');
		const { status, items } = await setLimits(limits(90), { credential });
		expect(status).toBe('success');
		expect(items).toHaveLength(90);
		// The first renewal gets a token, the second replaces the expired one.
		expect(await renewals()).toBe(2);
	});

	it('is requested once at the start, however many stations there are', async () => {
		const credential = credentialsFor(site).refreshToken();
		await setLimits(limits(30), { credential });
		expect(await renewals()).toBe(1);
	});

	it('a 401 in spite of a new token is explained as missing permission', async () => {
		await always({ operationId: 'setStationPowerLimit', answer: 'noPermission', status: 401 });
		const { items } = await setLimits(limits(30), {
			credential: credentialsFor(site).refreshToken(),
			onError: 'continueRegularOutput',
		});
		expect(items).toHaveLength(30);
		for (const { json } of items) {
			expect(json.message).toMatch(/^Either the token is wrong or expired, or its user has no/);
		}
		// The first renewal gets a token, the second tries whether another one is accepted.
		expect(await renewals()).toBe(2);
	});
});

describe('Dry Run', () => {
	it('outputs the exact request and sends nothing, even without an API', async () => {
		const credential = credentialsFor(site).refreshToken({ baseUrl: 'http://127.0.0.1:9/api' });
		const { items, everything } = await setLimits(limits(2), {
			credential,
			node: { dryRun: true, comment: 'Peak & more' },
		});
		expect(items.map(({ json }) => json)).toMatchObject([
			{
				stationId: 'DEPOT-DC-1',
				dryRun: true,
				method: 'PUT',
				url: 'http://127.0.0.1:9/api/chargingStations/DEPOT-DC-1/powerLimit?comment=Peak+%26+more',
				body: { limit: { acMaxPowerKw: 0.1 } },
			},
			{ stationId: 'OFFICE-AC-1', dryRun: true, body: { limit: { acMaxPowerKw: 0.2 } } },
		]);
		expect(everything).not.toContain(site.refreshToken);
	});
});

describe('a cancelled execution', () => {
	it('stops before the next command', async () => {
		let cancel = () => {};
		const { proxy, credential } = await behindProxy((index) => {
			if (index === 4) cancel();
			return undefined;
		});
		const station = limits(100).map(({ kw }) => ({ id: 'DEPOT-DC-1', kw }));
		const { error } = await setLimits(station, {
			credential,
			onStart: (stop) => (cancel = stop),
		});
		expect(error?.message).toBe('The execution was cancelled [item 4]');
		expect(error?.description).toMatch(/Done: 0-3\. Failed: 4\. Not tried: 5-99\.$/);
		expect(proxy.requests).toHaveLength(5);
	});
});

describe('1,000 items through faults', () => {
	it('every limit is accepted exactly as given, in order for each station', async () => {
		// A fixed sequence: 5 % throttled, 2 % errors, 1 % broken connections.
		let state = 1;
		const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
		const counts = { throttled: 0, errors: 0, resets: 0 };
		const { proxy, credential } = await behindProxy((index, { path }) => {
			if (path.includes('refresh')) return undefined;
			if (index === 700) void site.expire('access');
			const dice = random();
			if (dice < 0.05) {
				counts.throttled++;
				return { status: 429, headers: { 'Retry-After': '0' } };
			}
			if (dice < 0.07) {
				counts.errors++;
				return { status: 500 };
			}
			if (dice < 0.08) {
				counts.resets++;
				return { reset: true };
			}
			return undefined;
		}, 'refreshToken');

		const wanted = limits(1000);
		const { error, items } = await setLimits(wanted, { credential });

		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.stationId, json.limit, json.response])).toEqual(
			wanted.map(({ id, kw }) => [id, { acMaxPowerKw: kw }, 'Accepted']),
		);
		for (const station of STATIONS) {
			const accepted = proxy.requests.filter(
				({ method, path, status }) => method === 'PUT' && status === 200 && path.includes(station),
			);
			expect(accepted.map(({ body }) => body)).toEqual(
				wanted
					.filter(({ id }) => id === station)
					.map(({ kw }) => JSON.stringify({ limit: { acMaxPowerKw: kw } })),
			);
		}
		expect(proxy.requests.filter(({ path }) => path.includes('refresh'))).toHaveLength(2);
		expect(Math.min(counts.throttled, counts.errors, counts.resets)).toBeGreaterThan(5);
	}, 180_000);
});

describe('without a Time Limit to raise', () => {
	it('a look-up says what to do instead', async () => {
		await always({ status: 429, headers: { 'Retry-After': '7000' } });
		const { error } = await runOperation(
			'chargingStation:getAll',
			{ returnAll: true },
			{ credential: credentialsFor(site).accessToken() },
		);
		expect(error?.message).toBe(
			'Not sent: ChargEye asks to wait beyond the time limit of 600 s [item 0]',
		);
		expect(error?.description).toBe(
			'Try again later, or with fewer items at a time. It is safe to run this item again.',
		);
	});

	it('a list reports it while the user is still waiting', async () => {
		await always({ status: 429, headers: { 'Retry-After': '11' } });
		const search = searchList({
			type: 'chargerOperations',
			method: 'searchStations',
			credential: credentialsFor(site).accessToken(),
		});
		await expect(search).rejects.toMatchObject({
			message: 'Not sent: ChargEye asks to wait beyond the time limit of 10 s',
			description: 'Try again later.',
		});
		expect(await site.requests()).toHaveLength(1);
	});
});
