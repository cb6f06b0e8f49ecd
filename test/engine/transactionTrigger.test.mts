import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { connectorsOf, type Station } from '../../nodes/shared/chargeye/stations.ts';
import { until } from '../../host/support/until.mts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { startPolling, type NodePoll, type PollingNode } from '../support/engine.mts';
import { STORES_CURSORS } from '../support/engineVersion.mts';
import { SCOPES } from '../support/scopes.mts';
import { startFaultyProxy } from '../support/faultyProxy.mts';
import { startSite, type Site } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

let site: Site;

beforeAll(async () => {
	site = await startSite(['--page-size', '3']);
});
afterAll(() => site.stop());
beforeEach(() => site.reset());

type Options = Partial<Parameters<typeof startPolling>[0]>;

/** A trigger on the sandbox, whose transactions are simulated. */
const trigger = (
	events: string[],
	parameters: Record<string, unknown> = {},
	options: Options = {},
): Promise<PollingNode> =>
	startPolling({
		type: 'transactionTrigger',
		parameters: {
			events,
			scope: 'all',
			output: 'simplified',
			...parameters,
			options: { includeSimulated: true, ...(parameters.options as IDataObject) },
		} as INodeParameters,
		credential: credentialsFor(site).accessToken(),
		...options,
	});

const unplug = (stationId: string, evseId: number) => site.unplug(stationId, evseId);

/** Waits until the fleet shows that the latest transaction of a connector has this status. */
const waitFor = (stationId: string, evseId: number, status: string) =>
	until(`a transaction at ${stationId} that is ${status}`, 20, async () => {
		const { data } = await site.restClient.get<{ stations: Station[] }>('/stations');
		const station = data.stations.find((found) => found.stationId === stationId)!;
		const { latest } = connectorsOf(station)[evseId - 1];
		return latest?.status === status ? latest : undefined;
	});

/** A session from plugging in to pulling the cable. */
async function charge(stationId: string, evseId: number) {
	await site.plugIn(stationId, evseId);
	await waitFor(stationId, evseId, 'Charging');
	await unplug(stationId, evseId);
	return await waitFor(stationId, evseId, 'Ended');
}

const eventsOf = ({ items }: NodePoll) => items.map(({ event }) => event);

/** Polls until there is something to report. */
const next = (polling: PollingNode) =>
	until('an event', 20, async () => {
		const poll = await polling.poll();
		return poll.items.length > 0 || poll.error ? poll : undefined;
	});

/** Sets the API's answer to the next request for the fleet. */
const show = (transaction: Record<string, unknown>) =>
	site.fault({
		operationId: 'listStations',
		status: 200,
		body: {
			stations: [{ stationId: DC, connectors: [{ connectorId: 1, lastTransaction: transaction }] }],
		},
	});

const session = {
	txId: 'TX-1',
	stationId: DC,
	connectorId: '1',
	status: 'Charging',
	startTime: '2026-03-01T10:00:00Z',
	chargingStartTime: '2026-03-01T10:01:00Z',
	updateTime: '2026-03-01T10:05:00Z',
	simulated: true,
};

const silenced = async (polling: PollingNode) => {
	expect(await polling.poll()).toEqual({ items: [] });
	return polling;
};

describe('Trigger On', () => {
	it('reports a session completely, oldest event first, although it ended before the next poll', async () => {
		const polling = await silenced(
			await trigger([
				'transactionStarted',
				'authorized',
				'chargingStarted',
				'chargingStopped',
				'transactionEnded',
				'statusChanged',
			]),
		);
		const first = await charge(DC, 1);
		const second = await charge(DC, 1);
		const { items } = await polling.poll();
		expect(items.map(({ txId, event }) => [txId, event])).toEqual(
			[first, second].flatMap(({ txId }) =>
				[
					'transactionStarted',
					'authorized',
					'chargingStarted',
					'chargingStopped',
					'transactionEnded',
					'statusChanged',
				].map((event) => [txId, event]),
			),
		);
		const times = items.map(({ occurredAt }) => Date.parse(occurredAt as string));
		expect(times).toEqual([...times].sort((a, b) => a - b));
		expect(items[4]).toMatchObject({
			eventId: `${first.txId}:transactionEnded`,
			event: 'transactionEnded',
			occurredAt: new Date(String(first.endTime)).toISOString(),
			detectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
			previousStatus: null,
			status: 'Ended',
			reason: 'EVDisconnected',
			stationId: DC,
			connectorId: '1',
			transaction: { txId: first.txId, status: 'Ended' },
			stationName: 'Depot fast charger 1',
			locationName: 'Harbour Depot',
			connectorName: 'CCS left',
			chargedEnergyKwh: first.chargedEnergyKwh,
			durationMinutes: expect.any(Number) as number,
			summary: expect.stringMatching(
				/^Charging ended at Depot fast charger 1 \(CCS left, Harbour Depot\) after \d+ s, [\d.]+ kWh$/,
			) as string,
		});
		expect(await polling.poll()).toEqual({ items: [] });
	});

	it('reports each step of a session as it happens', async () => {
		const polling = await silenced(
			await trigger(['transactionStarted', 'chargingStarted', 'transactionEnded']),
		);
		await site.plugIn(AC3, 1, { authorize: false });
		expect(eventsOf(await next(polling))).toEqual(['transactionStarted']);
		await unplug(AC3, 1);
		expect(eventsOf(await next(polling))).toEqual(['transactionEnded']);
		await site.plugIn(AC1, 1);
		await waitFor(AC1, 1, 'Charging');
		const started = await next(polling);
		expect(eventsOf(started)).toEqual(['transactionStarted', 'chargingStarted']);
		expect(started.items[0]).toMatchObject({ stationId: AC1, connectorId: '1' });
	});

	it('reports when energy and state of charge reach the set values', async () => {
		const polling = await silenced(
			await trigger(['energyReached', 'stateOfChargeReached'], {
				energyKwh: '0.2',
				stateOfCharge: 21,
			}),
		);
		await site.plugIn(DC, 1);
		await site.setSpeed(60);
		const reported: unknown[] = [];
		await until('both events', 20, async () => {
			reported.push(...eventsOf(await polling.poll()));
			return reported.length === 2 ? true : undefined;
		});
		expect(reported.sort()).toEqual(['energyReached', 'stateOfChargeReached']);
		await waitFor(DC, 1, 'Charging');
		expect(await polling.poll()).toEqual({ items: [] });
	});

	it('reports alarms and limits, with reasons', async () => {
		const polling = await trigger(['alarm', 'powerLimited'], { powerLimitations: ['Grid'] });
		await show(session);
		await silenced(polling);
		await show({ ...session, status: 'Alarm' });
		expect((await polling.poll()).items).toMatchObject([
			{ event: 'alarm', previousStatus: 'Charging', status: 'Alarm', eventId: 'TX-1:alarm:1' },
		]);
		await show({ ...session, powerLimitation: 'Shared' });
		expect((await polling.poll()).items).toEqual([]);
		await show({ ...session, powerLimitation: 'Grid' });
		expect((await polling.poll()).items).toMatchObject([{ event: 'powerLimited', reason: 'Grid' }]);
	});

	it('outputs the raw transaction on request', async () => {
		const polling = await silenced(await trigger(['transactionEnded'], { output: 'raw' }));
		const { txId } = await charge(DC, 2);
		const { data } = await site.restClient.get<{ transaction: IDataObject }>(
			`/transactions/${txId}`,
		);
		// The transaction is complete, although the connector shows only a summary.
		expect(data.transaction).toMatchObject({ authenticated: true, simulated: true });
		expect((await polling.poll()).items[0].transaction).toMatchObject(data.transaction);
	});
});

describe('Scope', () => {
	it.each(SCOPES)('%s', async (_name, parameters, stations) => {
		const polling = await silenced(await trigger(['transactionEnded'], parameters));
		for (const stationId of [DC, AC3, AC1]) await charge(stationId, 1);
		const { items } = await polling.poll();
		expect(items.map(({ stationId }) => stationId)).toEqual(stations);
	});

	it('one transaction', async () => {
		await site.plugIn(DC, 1);
		await site.plugIn(DC, 2);
		const { txId } = await waitFor(DC, 1, 'Charging');
		const polling = await silenced(
			await trigger(['transactionEnded'], { scope: 'transaction', txId: byId(txId), options: {} }),
		);
		await unplug(DC, 2);
		await waitFor(DC, 2, 'Ended');
		expect((await polling.poll()).items).toEqual([]);
		await unplug(DC, 1);
		await waitFor(DC, 1, 'Ended');
		// Only the transaction is read: it has the connector's name, and no others.
		expect((await polling.poll()).items).toMatchObject([
			{
				txId,
				event: 'transactionEnded',
				stationName: null,
				locationName: null,
				summary: expect.stringMatching(
					/^Charging ended at DEPOT-DC-1 \(.+\) after \d+ s, [\d.]+ kWh$/,
				) as string,
			},
		]);
	});

	it('leaves out simulated transactions unless they are included', async () => {
		const polling = await silenced(
			await trigger(['transactionEnded'], { options: { includeSimulated: false } }),
		);
		await charge(DC, 1);
		expect(await polling.poll()).toEqual({ items: [] });
	});
});

describe('Activation', () => {
	it('does not report ongoing transactions, except on request', async () => {
		await charge(AC1, 1);
		await site.plugIn(DC, 1);
		await waitFor(DC, 1, 'Charging');
		await silenced(await trigger(['transactionStarted', 'chargingStarted']));
		const telling = await trigger(['transactionStarted', 'chargingStarted'], {
			options: { emitOngoing: true },
		});
		const { items } = await telling.poll();
		expect(items.map(({ stationId, event }) => [stationId, event])).toEqual([
			[DC, 'transactionStarted'],
			[DC, 'chargingStarted'],
		]);
		expect(await telling.poll()).toEqual({ items: [] });
	});

	it('continues where it stopped, but starts from the beginning with another account or scope', async () => {
		const polling = await silenced(await trigger(['transactionEnded']));
		await charge(DC, 1);
		const { staticData } = polling;
		const goOn = (parameters: Record<string, unknown>, options: Options = {}) =>
			trigger(['transactionEnded'], parameters, { staticData, ...options });
		for (const other of [
			await goOn({}, { credentialId: '2' }),
			await goOn({ scope: 'location', locationUid: byId('loc-harbour-depot') }),
		]) {
			await silenced(other);
		}
		expect((await (await goOn({ output: 'raw' })).poll()).items).toHaveLength(1);
	});

	it('refuses a charging station that does not exist', async () => {
		const polling = await trigger(['alarm'], {
			scope: 'stations',
			stations: { values: [{ stationId: byId(DC) }, { stationId: byId('NO-SUCH') }] },
		});
		const { error } = await polling.poll();
		expect(error?.message).toBe('ChargEye knows no charging station NO-SUCH');
		expect(error?.failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([
		['Trigger On is empty', { events: [] }],
		[
			'Energy (kWh) is "much", which is not a number',
			{ events: ['energyReached'], energyKwh: 'much' },
		],
		[
			'State of Charge (%) is 180, which is more than 100',
			{ events: ['stateOfChargeReached'], stateOfCharge: 180 },
		],
		['Limited By is empty', { events: ['powerLimited'], powerLimitations: [] }],
		['Charging Stations is empty', { scope: 'stations' }],
		[
			'Include Simulated is "maybe", which is neither true nor false',
			{ options: { includeSimulated: 'maybe' } },
		],
		['Include Ongoing Transactions is empty', { options: { emitOngoing: '' } }],
		['Location is empty', { scope: 'location', locationUid: byId('') }],
		[
			'Charging Station 2 is empty',
			{
				scope: 'stations',
				stations: { values: [{ stationId: byId(DC) }, { stationId: byId('') }] },
			},
		],
		['Trigger On is "loud", which is not a valid option', { events: ['alarm', 'loud'] }],
	])('says what is wrong: %s', async (message, parameters) => {
		const polling = await trigger(['alarm'], parameters);
		const { error } = await polling.poll();
		expect(error?.message).toBe(message);
		expect(error?.failure).toEqual({ cause: 'configuration-invalid' });
		expect(await site.requests()).toEqual([]);
	});
});

describe('Fetch Test Event', () => {
	it('shows recent real events, and changes nothing', async () => {
		await charge(AC1, 1);
		const { txId } = await charge(DC, 1);
		const polling = await trigger(['transactionStarted', 'transactionEnded', 'alarm']);
		const { items } = await polling.fetchTestEvent();
		expect(items.map((item) => [item.txId, item.event])).toEqual([
			[txId, 'transactionStarted'],
			[txId, 'transactionEnded'],
		]);
		expect(polling.staticData).toEqual({});
	});

	/** What a test of the trigger says: message and description. */
	const saidBy = async (events: string[], parameters: Record<string, unknown> = {}) => {
		const { error, items } = await (await trigger(events, parameters)).fetchTestEvent();
		expect(items).toEqual([]);
		return [error?.message, error?.description];
	};
	const ACTIVE = 'Once the workflow is active, it starts with each such event.';

	it('says what was looked at and what to do if there is nothing to show', async () => {
		expect(await saidBy(['alarm', 'transactionEnded'])).toEqual([
			'Nothing to show yet: no transaction has had such an event',
			`Looked for Alarm, Transaction Ended in 0 transactions at 3 charging stations. Start charging at one of them, or choose more events, and fetch again. ${ACTIVE}`,
		]);
		const { txId } = await charge(AC1, 1);
		expect(await saidBy(['alarm'], { scope: 'transaction', txId: byId(txId) })).toEqual([
			'Nothing to show yet: no transaction has had such an event',
			`Looked for Alarm in 1 transaction at 1 charging station. Wait until something happens to it, or choose more events or a wider scope, and fetch again. ${ACTIVE}`,
		]);
	});

	it('says that simulated transactions were left out, which an active workflow never does', async () => {
		const options = { includeSimulated: false };
		await charge(AC1, 1);
		expect(await saidBy(['transactionEnded'], { options })).toEqual([
			'Nothing to show yet: 1 simulated transaction was left out',
			`Looked for Transaction Ended in 1 transaction at 3 charging stations. Add the option Include Simulated to report it. ${ACTIVE}`,
		]);
		await charge(DC, 1);
		expect(await saidBy(['transactionEnded', 'alarm'], { options })).toEqual([
			'Nothing to show yet: 2 simulated transactions were left out',
			expect.stringContaining('Add the option Include Simulated to report them.'),
		]);
		// What is left out has not had the event either.
		expect((await saidBy(['alarm'], { options }))[0]).toBe(
			'Nothing to show yet: no transaction has had such an event',
		);
		await silenced(
			await trigger(['transactionEnded'], { options: { ...options, emitOngoing: true } }),
		);
	});

	it('says that there is no charging station', async () => {
		const fault = { operationId: 'listStations', status: 200, body: { stations: [] } };
		await site.fault(fault);
		expect((await saidBy(['alarm']))[0]).toBe(
			'Nothing to show yet: ChargEye shows no charging station',
		);
		await site.fault(fault);
		const location = { scope: 'location', locationUid: byId('loc-head-office') };
		expect((await saidBy(['alarm'], location))[0]).toBe(
			'Nothing to show yet: the location has no charging station',
		);
	});
});

describe('A poll that fails', () => {
	const reset = { operationId: 'listStations', answer: 'reset' as const, times: 5 };

	it.each([
		['a server fault', { status: 500, times: 5 }, { cause: 'temporarily-unavailable' }],
		['a broken connection', reset, { cause: 'temporarily-unavailable' }],
		[
			'too many requests',
			{ status: 429, headers: { 'Retry-After': '90' } },
			{ cause: 'rate-limited', retryAfterMs: 90_000 },
		],
		['no permission', { status: 401 }, { cause: 'credential-invalid' }],
		['not allowed', { status: 403 }, { cause: 'configuration-invalid' }],
		[
			'an answer that is not from the API',
			{ status: 200, body: 'Maintenance' },
			{ cause: 'temporarily-unavailable' },
		],
	])('is visible, says why, and does not change the state: %s', async (_name, fault, failure) => {
		const polling = await silenced(await trigger(['transactionEnded']));
		const { txId } = await charge(DC, 1);
		const before = structuredClone(polling.staticData);
		await site.fault({ operationId: 'listStations', ...fault });
		const { error, items } = await polling.poll();
		expect(items).toEqual([]);
		expect(error?.failure).toEqual(failure);
		expect(error?.description).toContain('No event is lost');
		expect(error?.description).not.toContain('this item');
		expect(polling.staticData).toEqual(before);
		expect((await polling.poll()).items).toMatchObject([{ txId, event: 'transactionEnded' }]);
	});

	it('does not report a part of the events if the list of a station fails', async () => {
		const polling = await silenced(await trigger(['transactionStarted', 'transactionEnded']));
		await charge(AC1, 1);
		await charge(DC, 1);
		await site.fault({ operationId: 'listStationTransactions', status: 400 });
		expect((await polling.poll()).items).toEqual([]);
		expect((await polling.poll()).items).toHaveLength(4);
	});

	it('stops if pages have no end', async () => {
		const polling = await silenced(await trigger(['transactionEnded']));
		const { txId } = await charge(DC, 1);
		await site.fault({
			operationId: 'listStationTransactions',
			status: 200,
			body: { transactions: [], lastEvaluatedKey: 'again' },
			times: 2,
		});
		const { error } = await polling.poll();
		expect(error?.message).toMatch(/^ChargEye’s list of pages has no end/);
		expect((await polling.poll()).items).toMatchObject([{ txId }]);
	});

	it('does not fail for ever: a transaction that the API shows but does not know is reported by its summary', async () => {
		const polling = await trigger(['alarm']);
		await show(session);
		await silenced(polling);
		const alarm = { ...session, status: 'Alarm', updateTime: '2026-03-01T10:06:00Z' };
		await show(alarm);
		await site.fault({ operationId: 'getTransaction', status: 404 });
		expect((await polling.poll()).items).toMatchObject([{ txId: 'TX-1', event: 'alarm' }]);
		await show(alarm);
		await silenced(polling);
	});

	it('does not change the state if a transaction cannot be looked up', async () => {
		const polling = await trigger(['alarm']);
		await show(session);
		await silenced(polling);
		const before = structuredClone(polling.staticData);
		const alarm = { ...session, status: 'Alarm', updateTime: '2026-03-01T10:06:00Z' };
		await show(alarm);
		await site.fault({ operationId: 'getTransaction', status: 400 });
		const { error, items } = await polling.poll();
		expect(items).toEqual([]);
		expect(error).toBeDefined();
		expect(polling.staticData).toEqual(before);
	});

	it('shows no token', async () => {
		const polling = await trigger(['alarm']);
		await site.fault({ status: 401, body: { message: `Bad token ${site.accessToken}` } });
		const { error } = await polling.poll();
		expect(`${error?.message} ${error?.description}`).not.toContain(site.accessToken);
	});
});

describe('What a poll costs', () => {
	it('is one request while no transaction is replaced, and else the pages from the connector’s last transaction', async () => {
		for (let count = 0; count < 4; count++) await charge(DC, 1);
		const proxy = await startFaultyProxy(site.rest, () => undefined);
		try {
			const counting = await trigger(
				['transactionEnded'],
				{},
				{
					credential: credentialsFor(site).accessToken({ baseUrl: proxy.baseUrl }),
				},
			);
			await silenced(counting);
			for (let count = 0; count < 3; count++) await silenced(counting);
			expect(proxy.requests.map(({ path }) => path)).toEqual(Array(4).fill('/api/stations'));
			for (let count = 0; count < 4; count++) await charge(DC, 1);
			expect((await counting.poll()).items).toHaveLength(4);
			// The last known transaction and four new ones, three per page.
			expect(proxy.requests.slice(4)).toHaveLength(3);
		} finally {
			await proxy.close();
		}
	});

	it('fits the time that n8n gives a poll: the next polls do the rest, and nothing is lost', async () => {
		const polling = await silenced(await trigger(['transactionEnded'], {}, { budgetMs: 1 }));
		for (const stationId of [DC, AC3, AC1]) await charge(stationId, 1);
		const polls = [await polling.poll(), await polling.poll(), await polling.poll()];
		expect(polls.map(({ items }) => items.map(({ stationId }) => stationId))).toEqual([
			[DC],
			[AC3],
			[AC1],
		]);
		expect(await polling.poll()).toEqual({ items: [] });
	});

	it('lets a running poll finish first', async () => {
		const polling = await silenced(await trigger(['transactionEnded']));
		await charge(DC, 1);
		const polls = await Promise.all([polling.poll(), polling.poll()]);
		expect(polls.flatMap(({ items }) => items)).toHaveLength(1);
	});
});

describe('n8n’s durable scheduler', () => {
	it('makes up for missed polls at once, each with the same state: only one reports', async () => {
		const polling = await silenced(await trigger(['transactionEnded']));
		const before = structuredClone(polling.staticData);
		await charge(DC, 1);
		expect((await polling.poll()).items).toHaveLength(1);
		const after = polling.staticData;
		polling.staticData = before;
		await silenced(polling);
		expect(polling.staticData).toEqual(before);

		polling.staticData = after;
		await charge(DC, 1);
		expect((await polling.poll()).items).toHaveLength(1);
	});

	it('is asked to store the state at activation, which it would forget otherwise', async () => {
		const polling = await silenced(await trigger(['transactionStarted']));
		// Versions of n8n without this scheduler keep the state by themselves.
		expect(polling.stored).toEqual(STORES_CURSORS ? polling.staticData : undefined);
		await site.plugIn(DC, 1);
		polling.staticData = structuredClone(polling.stored ?? polling.staticData);
		expect(eventsOf(await next(polling))).toEqual(['transactionStarted']);
	});
});
