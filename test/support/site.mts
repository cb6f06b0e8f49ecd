import axios, { type AxiosInstance } from 'axios';

import { controlClient, type ControlClient } from '../../host/controlClient.mts';
import { startSandbox, type RunningSandbox } from '../../host/sandbox.mts';
import { until } from '../../host/support/until.mts';
import { record, RECORDS } from './records.mts';

/** The API's IDs of the connectors of the sandbox's stations, in the order of their EVSEs. */
const CONNECTOR_IDS: Record<string, string[]> = {
	'DEPOT-DC-1': ['1', 'DEPOT-DC-1_connector2'],
	'OFFICE-AC-3': ['12'],
	'OFFICE-AC-1': ['1'],
};

/** The API's ID of the connector of an EVSE (1, 2, …). */
export const connectorIdOf = (stationId: string, evseId: number): string =>
	CONNECTOR_IDS[stationId][evseId - 1];

/** A sandbox, and what a person on site does and sees there. */
export interface Site extends RunningSandbox, ControlClient {
	/** Sends requests to the ChargEye API with the access token; resolves for every status. */
	restClient: AxiosInstance;
	/** Waits until the station reports the wanted power, and returns it (kW). */
	waitForPower(
		stationId: string,
		evseId: number,
		wanted: (powerKw: number) => boolean,
	): Promise<number>;
	/** Waits until the connector has this status. */
	waitForConnector(stationId: string, evseId: number, status: string): Promise<void>;
}

const SECONDS = 20;

/** Starts a sandbox without cars; its tokens and logs are kept if this test run searches them. @param args further command line options */
export async function startSite(args: readonly string[] = []): Promise<Site> {
	const sandbox = await startSandbox({ args: ['--no-cars', ...args] });
	const client = controlClient(sandbox.control);
	record('token', 'sandbox', sandbox.accessToken);
	record('token', 'sandbox', sandbox.refreshToken);
	const recordLogs = async () => {
		if (process.env[RECORDS] === undefined) return;
		record('log', 'sandbox /requests', JSON.stringify(await client.requests()));
		record('log', 'sandbox /messages', JSON.stringify(await client.messages()));
	};
	const evse = async (stationId: string, evseId: number) => {
		const { evses } = await client.station(stationId);
		return evses.find((candidate) => candidate.evseId === evseId)!;
	};
	return {
		...sandbox,
		...client,
		restClient: axios.create({
			baseURL: sandbox.rest,
			headers: { Authorization: `Bearer ${sandbox.accessToken}` },
			proxy: false,
			validateStatus: null,
		}),
		async reset(options) {
			await recordLogs();
			await client.reset(options);
		},
		async stop() {
			await recordLogs();
			await sandbox.stop();
			record('log', 'sandbox', sandbox.output());
		},
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
	};
}

/** A sandbox for the tests of a file, reset before each test. @param args further command line options */
export function useSite(args: readonly string[] = []): Site {
	// The properties are added before the first test.
	const site = {} as Site;
	beforeAll(async () => {
		Object.assign(site, await startSite(args));
	});
	afterAll(() => site.stop());
	beforeEach(() => site.reset());
	return site;
}
