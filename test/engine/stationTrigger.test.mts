import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { stationsOf, type Station } from '../../nodes/shared/chargeye/stations.ts';
import type { EventName } from '../../nodes/StationTrigger/events.ts';
import { credentialsFor } from '../../host/credentials.mts';
import { until } from '../../host/support/until.mts';
import { byId } from '../support/chargerOperations.mts';
import { startPolling, type PollingNode } from '../support/engine.mts';
import { SCOPES } from '../support/scopes.mts';
import { startFaultyProxy } from '../support/faultyProxy.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite();

type Options = Partial<Parameters<typeof startPolling>[0]>;

/** A trigger on the sandbox; a state is reported at once unless a test says otherwise. */
const trigger = (
	events: EventName[],
	parameters: Record<string, unknown> = {},
	options: Options = {},
): Promise<PollingNode> =>
	startPolling({
		type: 'stationTrigger',
		parameters: {
			events,
			atLeastMinutes: 0,
			scope: 'all',
			output: 'simplified',
			options: {},
			...parameters,
		} as INodeParameters,
		credential: credentialsFor(site).accessToken(),
		...options,
	});

/** The stations as the API shows them. */
const shown = async (): Promise<Station[]> =>
	stationsOf((await site.restClient.get<{ stations: Station[] }>('/stations')).data);

/** Sets the API's answer to the next request for the fleet. */
const show = (...stations: object[]) =>
	site.fault({ operationId: 'listStations', status: 200, body: { stations } });

const silenced = async (polling: PollingNode) => {
	expect(await polling.poll()).toEqual({ items: [] });
	return polling;
};

const namesOf = (items: IDataObject[]) =>
	items.map(({ stationId, connectorId, event }) => [stationId, connectorId, event]);

/** Polls until there is something to report. */
const next = (polling: PollingNode) =>
	until('an event', 20, async () => {
		const poll = await polling.poll();
		return poll.items.length > 0 || poll.error ? poll : undefined;
	});

const STATES: EventName[] = [
	'stationOffline',
	'stationOnline',
	'stationFaulted',
	'stationUnavailable',
	'stationOperativeAgain',
	'connectorFaulted',
	'connectorUnavailable',
	'connectorAvailableAgain',
];

describe('Trigger On', () => {
	it('reports a station that goes offline, and that is back, with all that a person wants to know', async () => {
		const polling = await silenced(await trigger(STATES));
		await site.setOnline(DC, false);
		const { items } = await polling.poll();
		expect(items).toEqual([
			{
				event: 'stationOffline',
				summary: 'Depot fast charger 1 (Harbour Depot) is offline',
				stationName: 'Depot fast charger 1',
				locationName: 'Harbour Depot',
				connectorName: null,
				status: 'Operative',
				previousStatus: 'Operative',
				onlineStatus: 'Offline',
				previousOnlineStatus: 'Online',
				since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
				lastedMinutes: 0,
				unreported: 0,
				chargingEndAlarms: [],
				endReason: null,
				connectors: [
					{ connectorId: '1', name: 'CCS left', status: 'Available' },
					{ connectorId: 'DEPOT-DC-1_connector2', name: 'CCS right', status: 'Available' },
				],
				stationId: DC,
				connectorId: null,
				station: expect.objectContaining({ stationId: DC, onlineStatus: 'Offline' }) as object,
				occurredAt: items[0].since,
				detectedAt: items[0].since,
				eventId: expect.stringMatching(/^DEPOT-DC-1:stationOffline:\w+-1$/) as string,
			},
		]);
		await silenced(polling);
		await site.setOnline(DC, true);
		expect((await polling.poll()).items).toMatchObject([
			{
				event: 'stationOnline',
				summary: expect.stringMatching(
					/^Depot fast charger 1 \(Harbour Depot\) is online again/,
				) as string,
				since: items[0].since,
				previousOnlineStatus: 'Offline',
			},
		]);
		await silenced(polling);
	});

	it('reports a connector that breaks, why its transaction ended, and that it can be used again', async () => {
		const polling = await silenced(await trigger(STATES));
		await site.plugIn(DC, 1);
		await site.waitForConnector(DC, 1, 'Occupied');
		await silenced(polling);
		await site.setFaulted(DC, 1, true);
		const broken = (await next(polling)).items;
		expect(broken).toMatchObject([
			{
				event: 'connectorFaulted',
				summary: 'Depot fast charger 1 (CCS left, Harbour Depot) is faulted',
				connectorName: 'CCS left',
				status: 'Faulted',
				onlineStatus: 'Online',
				connectorId: '1',
				eventId: expect.stringMatching(/^DEPOT-DC-1\/1:connectorFaulted:\w+-1$/) as string,
			},
		]);
		await site.setFaulted(DC, 1, false);
		expect(namesOf((await next(polling)).items)).toEqual([[DC, '1', 'connectorAvailableAgain']]);
	});

	it('reports a station of which every connector is broken, or unavailable', async () => {
		const polling = await silenced(await trigger(STATES));
		await site.setFaulted(AC1, 1, true);
		expect(namesOf((await next(polling)).items)).toEqual([
			[AC1, null, 'stationFaulted'],
			[AC1, '1', 'connectorFaulted'],
		]);
		await site.setFaulted(AC1, 1, false);
		expect(namesOf((await next(polling)).items)).toEqual([
			[AC1, null, 'stationOperativeAgain'],
			[AC1, '1', 'connectorAvailableAgain'],
		]);
		await site.restClient.put(`/chargingStations/${AC1}/evse/1/availability`, {
			type: 'Inoperative',
		});
		expect(namesOf((await next(polling)).items)).toEqual([
			[AC1, null, 'stationUnavailable'],
			[AC1, '1', 'connectorUnavailable'],
		]);
	});

	it('reports a car that stays, since it has stopped charging, and any status', async () => {
		const polling = await silenced(await trigger(['occupiedWithoutCharging', 'statusChanged']));
		await site.plugIn(AC3, 1, { authorize: false });
		const { items } = await next(polling);
		expect(namesOf(items)).toEqual([
			[AC3, '12', 'occupiedWithoutCharging'],
			[AC3, '12', 'statusChanged'],
		]);
		const station = (await shown()).find(({ stationId }) => stationId === AC3)!;
		const [{ latestTransaction, lastTransaction }] = station.connectors as Array<
			Record<string, { startTime: string } | undefined>
		>;
		expect(items[0].since).toBe(
			new Date((latestTransaction ?? lastTransaction)!.startTime).toISOString(),
		);
		expect(items[1]).toMatchObject({
			summary: expect.stringMatching(/changed from Available to Occupied$/) as string,
			status: 'Occupied',
			previousStatus: 'Available',
		});
	});

	it('outputs the raw station on request', async () => {
		const polling = await silenced(await trigger(['stationOffline'], { output: 'raw' }));
		await site.setOnline(DC, false);
		const station = (await shown()).find(({ stationId }) => stationId === DC);
		expect((await polling.poll()).items[0].station).toEqual(station);
	});
});

describe('For at Least', () => {
	it('waits until a state has lasted, and reports no restart of a station', async () => {
		const polling = await silenced(await trigger(STATES, { atLeastMinutes: 10 }));
		await site.setOnline(DC, false);
		await silenced(polling);
		await site.setOnline(DC, true);
		await silenced(polling);
		await site.setOnline(AC1, false);
		await silenced(polling);
		// With a shorter time, the same trigger goes on with what it remembers.
		const { staticData } = polling;
		const impatient = await trigger(STATES, { atLeastMinutes: 0 }, { staticData });
		expect(namesOf((await impatient.poll()).items)).toEqual([[AC1, null, 'stationOffline']]);
	});
});

describe('Scope', () => {
	it.each(SCOPES)('%s', async (_name, parameters, stations) => {
		const polling = await silenced(await trigger(['stationOffline'], parameters));
		for (const stationId of [DC, AC3, AC1]) await site.setOnline(stationId, false);
		const { items } = await polling.poll();
		expect(items.map(({ stationId }) => stationId).sort()).toEqual([...stations].sort());
	});

	const labelled = (labels: unknown, onlineStatus = 'Online') => ({
		stationId: DC,
		onlineStatus,
		labels,
	});
	const other = { stationId: AC1, onlineStatus: 'Offline', labels: null };

	it('stations with a label', async () => {
		const polling = await trigger(['stationOffline'], { scope: 'label', label: 'Bus ' });
		await show(labelled([{ value: 'bus' }]), other);
		await silenced(polling);
		await show(labelled([{ value: 'vip' }, { value: 'bus' }], 'Offline'), other);
		expect(namesOf((await polling.poll()).items)).toEqual([[DC, null, 'stationOffline']]);
	});

	it.each([
		['No charging station has the label truck', { scope: 'label', label: 'truck' }],
		[
			'ChargEye knows no charging station NO-SUCH',
			{ scope: 'stations', stations: { values: [{ stationId: byId('NO-SUCH') }] } },
		],
	])('says what does not exist: %s', async (message, parameters) => {
		const { error } = await (await trigger(['stationOffline'], parameters)).poll();
		expect(error?.message).toBe(message);
		expect(error?.failure).toEqual({ cause: 'configuration-invalid' });
	});
});

describe('Activation', () => {
	it('reports the states that are there, or leaves them out', async () => {
		await site.setOnline(AC1, false);
		const telling = await trigger(['stationOffline', 'stationOnline']);
		expect((await telling.poll()).items).toMatchObject([
			{ stationId: AC1, event: 'stationOffline', previousOnlineStatus: null },
		]);
		const silent = await silenced(
			await trigger(['stationOffline', 'stationOnline'], { options: { leaveOutOngoing: true } }),
		);
		await site.setOnline(AC1, true);
		expect((await telling.poll()).items).toMatchObject([{ event: 'stationOnline' }]);
		await silenced(silent);
	});

	it('continues where it stopped, but starts from the beginning with another account or scope', async () => {
		const polling = await silenced(await trigger(['stationOffline']));
		const { staticData } = polling;
		await site.setOnline(AC1, false);
		const goOn = async (parameters: Record<string, unknown>, options: Options = {}) => {
			const { items } = await (
				await trigger(['stationOffline'], parameters, { staticData, ...options })
			).poll();
			return items[0].previousOnlineStatus;
		};
		expect(await goOn({ output: 'raw' })).toBe('Online');
		expect(await goOn({}, { credentialId: '2' })).toBeNull();
		expect(await goOn({ scope: 'location', locationUid: byId('loc-head-office') })).toBeNull();
	});

	it.each([
		['Trigger On is empty', { events: [] }],
		['Trigger On is "loud", which is not a valid option', { events: ['loud'] }],
		['For at Least (Minutes) is "long", which is not a number', { atLeastMinutes: 'long' }],
		['For at Least (Minutes) is -1, which is less than 0', { atLeastMinutes: -1 }],
		['Label is empty', { scope: 'label' }],
		['Location is empty', { scope: 'location', locationUid: byId('') }],
		['Charging Stations is empty', { scope: 'stations' }],
		['Leave Out Ongoing is empty', { options: { leaveOutOngoing: '' } }],
	])('says what is wrong: %s', async (message, parameters) => {
		const { error } = await (await trigger(['stationOffline'], parameters)).poll();
		expect(error?.message).toBe(message);
		expect(error?.failure).toEqual({ cause: 'configuration-invalid' });
		expect(await site.requests()).toEqual([]);
	});
});

describe('Fetch Test Event', () => {
	it('shows real present states, one for each event, and changes nothing', async () => {
		await site.setOnline(AC1, false);
		await site.setFaulted(DC, 2, true);
		await until('the fault', 20, async () =>
			JSON.stringify(await shown()).includes('Faulted') ? true : undefined,
		);
		const polling = await trigger([...STATES, 'statusChanged'], { atLeastMinutes: 30 });
		const { items } = await polling.fetchTestEvent();
		expect(items.map(({ event, summary }) => [event, summary])).toEqual([
			['stationOffline', 'Office wallbox, one phase (Head Office) is offline'],
			['stationOnline', 'Depot fast charger 1 (Harbour Depot) is online'],
			['stationOperativeAgain', 'Depot fast charger 1 (Harbour Depot) is operative'],
			['connectorFaulted', 'Depot fast charger 1 (CCS right, Harbour Depot) is faulted'],
			['connectorAvailableAgain', 'Depot fast charger 1 (CCS left, Harbour Depot) is available'],
			['statusChanged', 'Depot fast charger 1 (Harbour Depot) has the status Online'],
		]);
		expect(items[0]).toMatchObject({ since: null, lastedMinutes: null });
		expect(polling.staticData).toEqual({});
	});

	it('says what was looked at and what to do if there is nothing to show', async () => {
		const { error, items } = await (
			await trigger(['stationOffline', 'connectorFaulted'])
		).fetchTestEvent();
		expect(items).toEqual([]);
		expect([error?.message, error?.description]).toEqual([
			'Nothing to show yet: no charging station or connector is in such a state now',
			'Looked for Station Offline, Connector Faulted at 3 charging stations with 4 connectors. For a test, add Status Changed, which shows any status, or choose more events, and fetch again. Once the workflow is active, it starts with each such event.',
		]);
	});

	it('says that there is no charging station', async () => {
		await show();
		const { error } = await (await trigger(['stationOffline'])).fetchTestEvent();
		expect(error?.message).toBe('Nothing to show yet: ChargEye shows no charging station');
	});
});

describe('A poll', () => {
	it.each([
		['a server fault', { status: 500, times: 5 }, { cause: 'temporarily-unavailable' }],
		['no permission', { status: 401 }, { cause: 'credential-invalid' }],
		[
			'an answer that is not from the API',
			{ status: 200, body: 'Maintenance' },
			{ cause: 'temporarily-unavailable' },
		],
	])(
		'that fails is visible, says why, and does not change the state: %s',
		async (_name, fault, failure) => {
			const polling = await silenced(await trigger(['stationOffline']));
			await site.setOnline(DC, false);
			const before = structuredClone(polling.staticData);
			await site.fault({ operationId: 'listStations', ...fault });
			const { error, items } = await polling.poll();
			expect(items).toEqual([]);
			expect(error?.failure).toEqual(failure);
			expect(error?.description).toContain('No event is lost');
			expect(polling.staticData).toEqual(before);
			expect(namesOf((await polling.poll()).items)).toEqual([[DC, null, 'stationOffline']]);
		},
	);

	it('is one request while there is nothing to report, and one more for each transaction that may say why', async () => {
		const proxy = await startFaultyProxy(site.rest, () => undefined);
		try {
			const credential = credentialsFor(site).accessToken({ baseUrl: proxy.baseUrl });
			const polling = await silenced(await trigger(STATES, {}, { credential }));
			await site.plugIn(DC, 1);
			await silenced(polling);
			await site.setOnline(AC3, false);
			expect((await polling.poll()).items).toHaveLength(1);
			expect(proxy.requests.map(({ path }) => path)).toEqual(Array(3).fill('/api/stations'));
			await site.setOnline(DC, false);
			expect((await polling.poll()).items).toHaveLength(1);
			expect(proxy.requests.slice(3).map(({ path }) => path)).toEqual([
				'/api/stations',
				expect.stringMatching(/^\/api\/transactions\//) as string,
			]);
		} finally {
			await proxy.close();
		}
	});

	const transaction = {
		txId: 'TX-1',
		status: 'Ended',
		endTime: '2026-03-01T10:00:00Z',
		endReason: 'EmergencyStop',
	};
	const broken = {
		stationId: DC,
		status: 'Faulted',
		connectors: [{ connectorId: '1', status: 'Faulted', latestTransaction: transaction }],
	};

	it('says what the last transaction says of why', async () => {
		const polling = await trigger(['stationFaulted', 'connectorFaulted']);
		await show(broken);
		await site.fault({
			operationId: 'getTransaction',
			status: 200,
			body: { transaction: { ...transaction, chargingEndAlarms: ['Emergency stop pressed'] } },
		});
		const why = { endReason: 'EmergencyStop', chargingEndAlarms: ['Emergency stop pressed'] };
		expect((await polling.poll()).items).toMatchObject([why, why]);
	});

	it.each([
		['unknown', { status: 404 }],
		['broken', { status: 200, body: 'Maintenance' }],
		['forbidden', { status: 403 }],
	])('reports an event without alarms if their look-up is %s', async (_name, fault) => {
		const polling = await trigger(['connectorFaulted']);
		await show(broken);
		await site.fault({ operationId: 'getTransaction', ...fault });
		expect((await polling.poll()).items).toMatchObject([
			{ event: 'connectorFaulted', endReason: 'EmergencyStop', chargingEndAlarms: [] },
		]);
	});

	it('reports an event in the time that n8n gives a poll, although the look-up of its alarms hangs', async () => {
		// If it waited for the answer, this test would time out.
		const polling = await trigger(['connectorFaulted'], {}, { budgetMs: 4000 });
		await show(broken);
		await site.fault({ operationId: 'getTransaction', delayMs: 120_000 });
		expect((await polling.poll()).items).toMatchObject([
			{ event: 'connectorFaulted', chargingEndAlarms: [] },
		]);
	});

	it('shows no token', async () => {
		const polling = await trigger(['stationOffline']);
		await site.fault({ status: 401, body: { message: `Bad token ${site.accessToken}` } });
		const { error } = await polling.poll();
		expect(`${error?.message} ${error?.description}`).not.toContain(site.accessToken);
	});

	it('of two at once reports once, and so does one that n8n makes up for', async () => {
		const polling = await silenced(await trigger(['stationOffline']));
		const before = structuredClone(polling.staticData);
		await site.setOnline(DC, false);
		const polls = await Promise.all([polling.poll(), polling.poll()]);
		expect(polls.flatMap(({ items }) => items)).toHaveLength(1);
		polling.staticData = before;
		await silenced(polling);
	});
});
