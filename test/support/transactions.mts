import type { IDataObject } from 'n8n-workflow';

import { until } from '../../host/support/until.mts';
import { credentialsFor } from '../../host/credentials.mts';
import { runnerOf, type RunOptions } from './chargerOperations.mts';
import type { NodeRun } from './engine.mts';
import { connectorIdOf, type Site } from './site.mts';

export { firstProfile } from './firstProfile.mts';

const run = runnerOf('transaction');

/** Runs an operation of Charging Transaction with the site's access token, by default in UTC. */
export const runTransaction = (
	site: Site,
	operation: string,
	parameters: Record<string, unknown>,
	options: Partial<RunOptions> = {},
): Promise<NodeRun> =>
	run(`transaction:${operation}`, parameters, {
		credential: credentialsFor(site).accessToken(),
		timezone: 'UTC',
		...options,
	});

/** Waits until the API shows this status for the latest transaction of a connector, and returns that. */
export const waitForTransaction = (
	site: Site,
	stationId: string,
	evseId: number,
	status: string,
): Promise<IDataObject & { txId: string }> =>
	until(`a transaction at ${stationId} that is ${status}`, 20, async () => {
		const { data } = await site.restClient.get<{
			transactions: Array<IDataObject & { txId: string }>;
		}>(`/chargingStations/${stationId}/transactions`);
		const latest = data.transactions
			.filter(
				({ evseId: id }) => String(id as string | number) === connectorIdOf(stationId, evseId),
			)
			.at(-1);
		return latest?.status === status ? latest : undefined;
	});
