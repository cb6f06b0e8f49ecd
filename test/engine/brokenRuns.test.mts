import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode, type Credential } from '../support/engine.mts';
import { startHostileApi, type HostileApi } from '../support/hostileApi.mts';

let api: HostileApi;
beforeAll(async () => {
	api = await startHostileApi();
});
afterAll(() => api.stop());

const credentialFor = (rest: string): Credential =>
	credentialsFor({
		rest,
		accessToken: 'access-token-4711',
		refreshToken: 'refresh-token-4711',
	}).accessToken();

const START: IDataObject = {
	resource: 'transaction',
	operation: 'start',
	connectorId: byId('1'),
};
const SET_LIMIT: IDataObject = {
	resource: 'chargingStation',
	operation: 'setPowerLimit',
	limitType: 'acMaxPowerKw',
	limitValue: 9,
};

const run = (
	parameters: IDataObject,
	credential: Credential,
	options: IDataObject = { timeLimit: 3 },
	more: Partial<Parameters<typeof runNode>[0]> = {},
) =>
	runNode({
		type: parameters.resource === 'transaction' ? 'transaction' : 'chargerOperations',
		parameters: { ...parameters, stationId: byId('={{ $json.id }}'), options } as INodeParameters,
		credential,
		items: [{ id: 'S-0' }],
		...more,
	});

it('a request whose answer breaks off is repeated if that does no harm, and it is then safe to run the item again', async () => {
	const { baseUrl, requests } = await api.open({ manner: 'cut off', body: '{"response": "Acc' });
	const { error } = await run(SET_LIMIT, credentialFor(baseUrl));
	expect(error?.message).toMatch(/^The answer from 127\.0\.0\.1:\d+ is incomplete/);
	expect(error?.description).toContain('It is safe to run this item again.');
	const { length } = await requests();
	expect(length).toBeGreaterThan(1);
	expect(length).toBeLessThan(60);
});

describe('a certificate that nobody trusts', () => {
	const pem = readFileSync('test/fixtures/self-signed.pem');
	const server = createServer({ key: pem, cert: pem }, (_, response) => response.end());
	let arrived = 0;
	server.on('request', () => arrived++);
	beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
	afterAll(() => once(server.close(), 'close'));

	it.each([
		['Start', START],
		['Set Power Limit', SET_LIMIT],
	])('keeps %s from leaving, so that it is safe to run it again', async (_, parameters) => {
		const { port } = server.address() as AddressInfo;
		const { error } = await run(parameters, credentialFor(`https://127.0.0.1:${port}`));
		expect(error?.message).toMatch(/^There is no secure connection to 127\.0\.0\.1:\d+ \(/);
		expect(error?.description).toContain('It is safe to run this item again.');
		expect(arrived).toBe(0);
	});
});

const ITEMS = Array.from({ length: 3 }, (_, n) => ({ id: `S-${n}` }));

describe('a Time Limit by an expression', () => {
	const limits = async (
		timeLimit: string,
		onError: 'continueRegularOutput' | 'continueErrorOutput',
	) => {
		const { baseUrl, requests } = await api.open({ body: '{"response": "Accepted"}' });
		const credential = credentialFor(baseUrl);
		const result = await run(SET_LIMIT, credential, { timeLimit }, { items: ITEMS, onError });
		return { ...result, sent: (await requests()).length };
	};

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'that gives 0 fails every item by itself (%s)',
		async (onError) => {
			const { items, errorItems, sent } = await limits('={{ 0 }}', onError);
			const failed = onError === 'continueErrorOutput' ? errorItems : items;
			expect(items).toHaveLength(onError === 'continueErrorOutput' ? 0 : 3);
			expect(failed.map(({ json }) => json.error)).toEqual(
				ITEMS.map(
					(_, n) => expect.stringMatching(new RegExp(`^Time Limit .*item ${n}\\]$`)) as unknown,
				),
			);
			expect(sent).toBe(0);
		},
	);

	it('that gives nothing counts as not given', async () => {
		const { items, sent } = await limits('={{ $json.nothing }}', 'continueRegularOutput');
		expect(items.map(({ json }) => json)).toEqual(
			ITEMS.map(
				({ id }) => expect.objectContaining({ stationId: id, response: 'Accepted' }) as unknown,
			),
		);
		expect(sent).toBe(3);
	});
});

/** "0-2, 5" → [0, 1, 2, 5] */
const indexesIn = (ranges: string): number[] =>
	(ranges === '' ? [] : ranges.split(', ')).flatMap((range) => {
		const [from, to = from] = range.split('-').map(Number);
		return Array.from({ length: to - from + 1 }, (_, n) => from + n);
	});

it('an error among commands side by side names every item once, and stops further commands', async () => {
	const { baseUrl, requests } = await api.open(
		{ at: 'S-3/', status: 400, body: '{"message": "Too hot"}' },
		{ body: '{"response": "Accepted"}' },
	);
	const items = Array.from({ length: 40 }, (_, n) => ({ id: `S-${n}` }));
	const { error } = await run(SET_LIMIT, credentialFor(baseUrl), { stationsAtOnce: 4 }, { items });
	const progress = error?.context.progress as {
		done: string;
		failed: Array<{ items: string; reason: string }>;
		untried: string;
	};
	expect(progress.failed).toEqual([{ items: '3', reason: 'ChargEye answered 400: Too hot' }]);
	const [done, untried] = [progress.done, progress.untried].map(indexesIn);
	expect([...done, 3, ...untried].sort((a, b) => a - b)).toEqual(items.map((_, n) => n));
	// Commands in progress are waited for, and count as done.
	expect(await requests()).toHaveLength(done.length + 1);
	expect(untried.length).toBeGreaterThan(30);
});
