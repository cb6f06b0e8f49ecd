import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import {
	runNode,
	searchList,
	startPolling,
	type Credential,
	type NodeRun,
} from '../support/engine.mts';
import { startHostileApi, type HostileAnswer, type HostileApi } from '../support/hostileApi.mts';

const TOKEN = 'acc+ess/tok"en=4711~secret?x&y';
const REFRESH_TOKEN = 'ref+resh/tok"en=0815~secret?x&y';

let api: HostileApi;
beforeAll(async () => {
	api = await startHostileApi();
});
afterAll(() => api.stop());

const credentialFor = (rest: string, more: Credential = {}): Credential =>
	credentialsFor({ rest, accessToken: TOKEN, refreshToken: REFRESH_TOKEN }).accessToken(more);

/** n items, each for a different station. */
const itemsOf = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `S-${n}` }));

const BY_ITEM = { stationId: byId('={{ $json.id }}') };
const LIMIT = { limitType: 'acMaxPowerKw', limitValue: 9 };

const setLimits = (
	items: IDataObject[],
	options: RunOptions & { node?: Record<string, unknown> },
): Promise<NodeRun> =>
	runOperation(
		'chargingStation:setPowerLimit',
		{ ...BY_ITEM, ...LIMIT, options: options.node ?? {} },
		{ ...options, items },
	);

const setLimit = (credential: Credential, node: Record<string, unknown> = {}) =>
	setLimits(itemsOf(1), { credential, node });

const restart = (credential: Credential) =>
	runOperation(
		'chargingStation:restart',
		{ ...BY_ITEM, restartType: 'Immediate', options: { timeLimit: 5 } },
		{ credential, items: itemsOf(1) },
	);

const start = (credential: Credential) =>
	runNode({
		type: 'transaction',
		parameters: {
			resource: 'transaction',
			operation: 'start',
			stationId: byId('S-0'),
			connectorId: byId('1'),
			options: { timeLimit: 5 },
		} as INodeParameters,
		credential,
	});

const poll = async (type: string, credential: Credential, budgetMs: number) => {
	const trigger = await startPolling({
		type,
		parameters: { events: ['statusChanged'], scope: 'all', output: 'simplified', options: {} },
		credential,
		budgetMs,
	});
	return await trigger.poll();
};

/** A run against a storm: how many seconds and requests it may take, and what it leaves behind. */
interface Runner {
	seconds: number;
	requests: number;
	run: (credential: Credential, seconds: number) => Promise<{ error?: Error }>;
}

const RUNNERS: Record<string, Runner> = {
	'a command': {
		seconds: 10,
		requests: 60,
		run: (credential, timeLimit) => setLimit(credential, { timeLimit }),
	},
	'20 commands': {
		seconds: 10,
		requests: 200,
		run: (credential, timeLimit) => setLimits(itemsOf(20), { credential, node: { timeLimit } }),
	},
	'20 commands that continue after errors': {
		seconds: 10,
		requests: 200,
		run: async (credential, timeLimit) => {
			const { items } = await setLimits(itemsOf(20), {
				credential,
				node: { timeLimit },
				onError: 'continueRegularOutput',
			});
			expect(items).toHaveLength(20);
			return { error: new Error(items[0].json.error as unknown as string) };
		},
	},
	'a list': {
		seconds: 10,
		requests: 60,
		run: (credential) =>
			searchList({ type: 'chargerOperations', method: 'searchStations', credential }).then(
				() => ({}),
				(error: Error) => ({ error }),
			),
	},
	// The run has no Time Limit, and is cancelled.
	'a look-up': {
		seconds: 10,
		requests: 60,
		run: (credential, seconds) =>
			runOperation(
				'chargingStation:getAll',
				{ returnAll: true },
				{ credential, onStart: (cancel) => setTimeout(cancel, seconds * 1000) },
			).then(({ error, status }) => ({
				error: error ?? (status === 'success' ? undefined : new Error(status)),
			})),
	},
	'the transaction trigger': {
		seconds: 10,
		requests: 60,
		run: (credential, seconds) => poll('transactionTrigger', credential, seconds * 1000),
	},
	'the station trigger': {
		seconds: 10,
		requests: 60,
		run: (credential, seconds) => poll('stationTrigger', credential, seconds * 1000),
	},
};

interface Storm {
	name: string;
	answer: HostileAnswer;
	/** How long the runs may take (s); by default the runner's limit. */
	seconds?: number;
}

const THROTTLES: Storm[] = [429, 503].flatMap((status) => [
	...['0', '-5', '0.5', 'Thu, 01 Jan 2015 00:00:00 GMT', 'garbage', '1000000000'].map(
		(retryAfter): Storm => ({
			name: `${status} with Retry-After ${retryAfter}`,
			answer: { status, headers: { 'Retry-After': retryAfter } },
		}),
	),
	{
		name: `${status} with a date by a clock that is a minute slow`,
		answer: { status, retryInSeconds: 2 - 60 },
	},
]);

const FAULTS: Storm[] = [
	{ name: '429 without Retry-After', answer: { status: 429 } },
	{ name: '503 without Retry-After', answer: { status: 503 } },
	{ name: '500', answer: { status: 500, body: '{"message": "Broken"}' } },
	{ name: 'connections that are reset', answer: { manner: 'reset' as const } },
	{ name: 'no answer', answer: { manner: 'silent' as const } },
	{ name: 'a body that drips for ever', answer: { manner: 'drip' as const } },
].map((storm) => ({ ...storm, seconds: 4 }));

/** Time (s) that one request may take beyond the limit on a busy machine. */
const GRACE = 3;

const CASES = [...THROTTLES, ...FAULTS].flatMap((storm) =>
	Object.entries(RUNNERS)
		// Lists and look-ups have no time limit that a test can shorten.
		.filter(([runner]) => storm.seconds === undefined || runner !== 'a list')
		.map(([runner]) => ({ storm, runner, name: `${storm.name}: ${runner}` })),
);

describe('a storm', () => {
	const results = new Map<string, { error?: Error; seconds: number; requests: number }>();

	beforeAll(async () => {
		await Promise.all(
			CASES.map(async ({ storm, runner, name }) => {
				const site = await api.open(storm.answer);
				const { run, seconds } = RUNNERS[runner];
				const from = performance.now();
				const { error } = await run(credentialFor(site.baseUrl), storm.seconds ?? seconds);
				const took = (performance.now() - from) / 1000;
				const requests = (await site.requests()).length;
				results.set(name, { error, seconds: took, requests });
			}),
		);
		const lines = CASES.map(({ name }) => {
			const { seconds, requests } = results.get(name)!;
			return `${String(requests).padStart(5)} requests in ${seconds.toFixed(1).padStart(5)} s: ${name}`;
		});
		process.stdout.write(`${lines.join('\n')}\n`);
	}, 120_000);

	it.each(CASES)('of $name ends', ({ storm, runner, name }) => {
		const { error, seconds, requests } = results.get(name)!;
		const { requests: most, seconds: limit } = RUNNERS[runner];
		expect(error?.message).toEqual(expect.any(String));
		expect(requests).toBeGreaterThan(0);
		expect(requests).toBeLessThan(most);
		expect(seconds).toBeLessThan((storm.seconds ?? limit) + GRACE);
	});
});

/** The forms in which an answer can contain a token. */
const formsOf = (token: string): Record<string, string> => ({
	plain: token,
	'in base64': Buffer.from(token).toString('base64'),
	'in base64url': Buffer.from(token).toString('base64url'),
	'URL-encoded': encodeURIComponent(token),
	'in JSON': JSON.stringify(token).slice(1, -1),
});

describe('a token that the API echoes', () => {
	const echoes = (echo: string): Record<string, HostileAnswer> => ({
		message: { status: 400, body: JSON.stringify({ message: `Bad ${echo}!` }) },
		text: { status: 400, headers: { 'Content-Type': 'text/plain' }, body: `Bad ${echo}!` },
		reasonCode: {
			body: JSON.stringify({ response: 'Rejected', statusInfo: { reasonCode: echo } }),
		},
		additionalInfo: {
			body: JSON.stringify({
				response: 'Rejected',
				statusInfo: { reasonCode: 'Other', additionalInfo: `It was ${echo}.` },
			}),
		},
		response: { body: JSON.stringify({ response: echo }) },
		'Retry-After': { status: 400, headers: { 'Retry-After': echo } },
		station: { body: JSON.stringify({ stations: [{ stationId: 'S-0', name: echo, [echo]: 1 }] }) },
	});

	/** Everything that a user can see of the runs. */
	async function seen(credential: Credential): Promise<string> {
		const options = [{}, { onError: 'continueRegularOutput' }, { onError: 'continueErrorOutput' }];
		const runs = await Promise.all([
			...options.map((more) =>
				setLimits(itemsOf(1), {
					credential,
					node: { timeLimit: 1, passRejected: 'onError' in more },
					...(more as Partial<RunOptions>),
				}),
			),
			...['get', 'getAll'].map((operation) =>
				runOperation(
					`chargingStation:${operation}`,
					{ ...BY_ITEM, returnAll: true, output: 'raw' },
					{ credential, items: itemsOf(1), onStart: (cancel) => setTimeout(cancel, 2000) },
				),
			),
		]);
		return runs.map(({ everything }) => everything).join('\n');
	}

	it.each(Object.keys(echoes('')))(
		'as %s appears nowhere',
		async (place) => {
			const forms = Object.entries(formsOf(TOKEN));
			const found = await Promise.all(
				['', '  '].flatMap((space) =>
					forms.map(async ([form, echo]) => {
						const { baseUrl, requests } = await api.open(echoes(echo)[place]);
						const all = await seen(
							credentialFor(baseUrl, { accessToken: `${space}${TOKEN}${space}` }),
						);
						// Each run got an answer.
						expect((await requests()).length).toBeGreaterThanOrEqual(5);
						return forms
							.filter(([, text]) => all.includes(text) || all.includes(JSON.stringify(text)))
							.map(([as]) => `sent ${form}, seen ${as}`);
					}),
				),
			);
			expect(found.flat()).toEqual([]);
		},
		60_000,
	);
});

describe('an answer that is not from the API', () => {
	it.each(['<!doctype html>', '<!DOCTYPE HTML><!-- proxy -->', '<html lang="en">'])(
		'such as a sign-in page that begins with %s, is named as such',
		async (beginning) => {
			const { baseUrl } = await api.open({
				headers: { 'Content-Type': 'text/html' },
				body: `${beginning}<head><title>Sign in</title></head><body><form></form></body></html>`,
			});
			const { error } = await setLimit(credentialFor(baseUrl));
			expect(error?.description).toMatch(/a web page titled "Sign in"/);
			expect(error?.description).toMatch(/Base URL/);
		},
	);

	it('that never ends leaves the outcome of a restart and a start unknown', async () => {
		const { baseUrl, requests } = await api.open({ manner: 'drip' });
		const runs = await Promise.all(
			[restart, start].map((command) => command(credentialFor(baseUrl))),
		);
		for (const { error } of runs) {
			expect(error?.message).toMatch(/^127\.0\.0\.1:\d+ did not answer within 5 s \[item 0\]$/);
			expect(error?.description).toContain(
				'It is not known whether the charger carried out the command.',
			);
		}
		expect(await requests()).toHaveLength(2);
	});
});

describe('the words of an error', () => {
	it.each([
		[{ code: 'E42', reason: 'Too hot' }, ['Too hot']],
		[{ errorMessage: 'Too hot' }, ['Too hot']],
		[{ Message: 'Too hot' }, ['Too hot']],
		[{ errors: { 'limit.acMaxPowerKw': ['must be >= 0'] } }, ['limit.acMaxPowerKw', '>= 0']],
		[
			{ message: 'Validation failed', errors: [{ field: 'limit', message: 'is too big' }] },
			['Validation failed', 'limit', 'is too big'],
		],
		[{ message: 'Bad', errors: ['one', 'two'] }, ['Bad', 'one', 'two']],
		[{ error: { message: 'Too hot', code: 7 } }, ['Too hot']],
	])('are found in %j', async (body, words) => {
		const { baseUrl } = await api.open({ status: 400, body: JSON.stringify(body) });
		const { error } = await setLimit(credentialFor(baseUrl));
		for (const word of words) expect(error?.message).toContain(word);
	});

	it.each([
		[409, /conflicts with the present state/],
		[422, /Check the values of this item/],
	])('%i come with a fix', async (status, fix) => {
		const { baseUrl } = await api.open({ status, body: '{"message": "No"}' });
		const { error } = await setLimit(credentialFor(baseUrl));
		expect(error?.message).toBe(`ChargEye answered ${status}: No [item 0]`);
		expect(error?.description).toMatch(fix);
	});
});

describe('a setting that cannot be used', () => {
	it.each([
		['Base URL', { baseUrl: 'nonsense' }, {}],
		['Endpoint Overrides', { endpointOverrides: '{"restartStation": 7}' }, {}],
		['Time Limit', {}, { timeLimit: 'soon' }],
		['Stations at Once', {}, { stationsAtOnce: 0 }],
	] as Array<[string, Credential, Record<string, unknown>]>)(
		'%s gives each item an error when the node continues',
		async (name, wrong, node) => {
			const { baseUrl, requests } = await api.open({ body: '{"response": "Accepted"}' });
			for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
				const run = await setLimits(itemsOf(3), {
					credential: credentialFor(baseUrl, wrong),
					node,
					onError,
				});
				const failed = onError === 'continueErrorOutput' ? run.errorItems : run.items;
				expect(run.items).toHaveLength(onError === 'continueErrorOutput' ? 0 : 3);
				expect(failed).toHaveLength(3);
				for (const { json } of failed) {
					expect(json.error).toContain(name);
					expect(json.message).toEqual(expect.any(String));
				}
				expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([
					{ item: 0 },
					{ item: 1 },
					{ item: 2 },
				]);
			}
			expect(await requests()).toEqual([]);
		},
	);
});

it('an error that stops the node names what was done, what failed and why, and what was not tried', async () => {
	const { baseUrl, requests } = await api.open(
		{ at: 'S-3', status: 400, body: '{"message": "Too hot"}' },
		{ body: '{"response": "Accepted"}' },
	);
	const { error, items } = await setLimits(itemsOf(7), {
		credential: credentialFor(baseUrl),
		node: { stationsAtOnce: 1 },
	});
	expect(items).toEqual([]);
	expect(error?.message).toBe('ChargEye answered 400: Too hot [item 3]');
	expect(error?.description).toContain('Done: 0-2. Failed: 3. Not tried: 4-6.');
	expect(error?.context.progress).toEqual({
		done: '0-2',
		failed: [{ items: '3', reason: 'ChargEye answered 400: Too hot' }],
		untried: '4-6',
	});
	expect(await requests()).toHaveLength(4);
});
