import { until } from '../../host/support/until.mts';
import { record, RECORDS } from './records.mts';
import { startSandbox, type Sandbox } from './sandbox.mts';

/** An OCPP message as the station saw it. */
export interface RecordedMessage {
	stationId: string;
	action: string;
	payload: Record<string, unknown>;
	answer?: Record<string, unknown>;
}

/** A request as the REST API saw it. */
export interface RecordedRequest {
	method: string;
	path: string;
	/** The API operation that it was. */
	operationId?: string;
	query: Record<string, string>;
	body?: unknown;
	status: number;
}

/** The composite schedule that a station answers with. */
export interface StationSchedule {
	/** UTC. */
	scheduleStart: string;
	chargingRateUnit: 'A' | 'W';
	chargingSchedulePeriod: Array<{ startPeriod: number; limit: number; numberPhases?: number }>;
}

interface StationState {
	stationId: string;
	connected: boolean;
	evses: Array<{ evseId: number; powerKw: number; status: string }>;
}

/** A sandbox and what someone on site does and sees there. */
/** What the API calls the connectors of the sandbox's stations, in the order of their EVSEs. */
const CONNECTOR_IDS: Record<string, string[]> = {
	'DEPOT-DC-1': ['1', 'DEPOT-DC-1_connector2'],
	'OFFICE-AC-3': ['12'],
	'OFFICE-AC-1': ['1'],
};

/** The API's ID of the connector of an EVSE (1, 2, …). */
export const connectorIdOf = (stationId: string, evseId: number): string =>
	CONNECTOR_IDS[stationId][evseId - 1];

export interface Site extends Sandbox {
	/** Stations, clock, logs and tokens as new. */
	reset(): Promise<void>;
	/** Plugs in an empty car whose driver presents a card, unless `authorize` is false. */
	plugIn(stationId: string, evseId: number, options?: { authorize: boolean }): Promise<void>;
	/** Waits until the power that the station itself reports is as wanted, and returns it (kW). */
	waitForPower(
		stationId: string,
		evseId: number,
		wanted: (powerKw: number) => boolean,
	): Promise<number>;
	/** Waits until the connector has this status. */
	waitForConnector(stationId: string, evseId: number, status: string): Promise<void>;
	/** Cuts the station off from the cloud, or brings it back. */
	setOnline(stationId: string, online: boolean): Promise<void>;
	/** Makes the station refuse, stall or break. */
	script(stationId: string, answer: Record<string, unknown>): Promise<void>;
	/** Makes the REST API fail, once unless `times` says otherwise. */
	fault(fault: Record<string, unknown>): Promise<void>;
	expire(which: 'access' | 'refresh'): Promise<void>;
	/** Sets the simulated time, which then stands still. */
	setClock(now: string): Promise<void>;
	/** Asks the station over OCPP which limits it will keep for so many seconds from now on. */
	compositeSchedule(
		stationId: string,
		request: { evseId: number; duration: number; chargingRateUnit?: 'A' | 'W' },
	): Promise<StationSchedule>;
	/** The OCPP messages of an action that the station received. */
	messages(stationId: string, action: string): Promise<RecordedMessage[]>;
	/** The requests that the REST API received. */
	requests(): Promise<RecordedRequest[]>;
}

const SECONDS = 20;

/** Keeps what the sandbox has logged, if this test run searches it. */
async function recordLogs({ controlClient }: Sandbox): Promise<void> {
	if (process.env[RECORDS] === undefined) return;
	for (const log of ['/requests', '/messages']) {
		const { data } = await controlClient.get<unknown>(log);
		record('log', `sandbox ${log}`, JSON.stringify(data));
	}
}

/** Starts a sandbox without cars. @param args further command-line options of the sandbox */
export async function startSite(args: readonly string[] = []): Promise<Site> {
	const sandbox = await startSandbox(['--no-cars', ...args]);
	const { controlClient } = sandbox;

	const control = async <T,>(method: string, url: string, data?: unknown): Promise<T> => {
		const response = await controlClient.request<T>({ method, url, data });
		if (response.status >= 400) {
			throw new Error(`${method} ${url}: ${response.status} ${JSON.stringify(response.data)}`);
		}
		return response.data;
	};
	const evse = async (stationId: string, evseId: number) => {
		const { evses } = await control<StationState>('GET', `/stations/${stationId}`);
		return evses.find((candidate) => candidate.evseId === evseId)!;
	};

	return {
		...sandbox,
		async reset() {
			await recordLogs(sandbox);
			await control('POST', '/reset');
		},
		async stop(signal) {
			await recordLogs(sandbox);
			return await sandbox.stop(signal);
		},
		plugIn: (stationId, evseId, { authorize } = { authorize: true }) =>
			control('POST', `/stations/${stationId}/evse/${evseId}/plugIn`, { soc: 20, authorize }),
		waitForPower: (stationId, evseId, wanted) =>
			until(`the power of ${stationId}`, SECONDS, async () => {
				const { powerKw } = await evse(stationId, evseId);
				return wanted(powerKw) ? powerKw : undefined;
			}),
		async waitForConnector(stationId, evseId, status) {
			await until(`${stationId} to be ${status}`, SECONDS, async () =>
				(await evse(stationId, evseId)).status === status ? true : undefined,
			);
		},
		setOnline: (stationId, online) =>
			control('POST', `/stations/${stationId}/connection`, { online }),
		script: (stationId, answer) => control('POST', `/stations/${stationId}/answers`, answer),
		fault: (fault) => control('POST', '/faults', { times: 1, ...fault }),
		expire: (which) => control('POST', '/tokens/expire', { which }),
		setClock: (now) => control('PUT', '/clock', { now, speed: 0 }),
		async compositeSchedule(stationId, request) {
			const url = `/stations/${stationId}/compositeSchedule`;
			const { schedule } = await control<{ schedule: StationSchedule }>('POST', url, request);
			return schedule;
		},
		messages: (stationId, action) =>
			control('GET', `/messages?stationId=${stationId}&action=${action}`),
		requests: () => control('GET', '/requests'),
	};
}

/** A sandbox for the tests of a file: as new before each of them. @param args further command-line options of it */
export function useSite(args: readonly string[] = []): Site {
	// Filled in before the first test.
	const site = {} as Site;
	beforeAll(async () => {
		Object.assign(site, await startSite(args));
	});
	afterAll(() => site.stop());
	beforeEach(() => site.reset());
	return site;
}
