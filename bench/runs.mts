import { CREDENTIAL_TYPE } from '../host/credentials.mts';
import type { Execution, WorkflowFile } from '../host/n8nClient.mts';
import type { RunningN8n } from '../host/n8n.mts';
import { credentialOf, startStubApi, type StubApi, type StubOptions } from './stubApi.mts';
import { MEASURED } from './workflows.mts';

/** The result of one run of a workflow. */
export interface Measurement {
	/** How long the measured node ran, by n8n's record (s). */
	seconds: number;
	/** When the measured node began, by n8n's clock (ms). */
	startedAt: number;
	/** Commands that the API answered with Accepted. */
	accepted: number;
	/** Requests that reached the API, including those answered with 429. */
	requests: number;
	status: string;
}

/** Does some work with a new stub API. */
export async function withApi<T>(
	options: StubOptions,
	work: (api: StubApi) => Promise<T>,
): Promise<T> {
	const api = await startStubApi(options);
	try {
		return await work(api);
	} finally {
		await api.close();
	}
}

/** Saves workflows with a credential for the API, ready to be run. @returns their IDs */
export async function importAll(
	n8n: Pick<RunningN8n, 'client'>,
	api: Pick<StubApi, 'baseUrl'>,
	workflows: WorkflowFile[],
): Promise<string[]> {
	const credential = await n8n.client.createCredential('Bench', CREDENTIAL_TYPE, credentialOf(api));
	const ids: string[] = [];
	for (const workflow of workflows) {
		ids.push((await n8n.client.importWorkflow(workflow, credential)).id);
	}
	return ids;
}

/** When the measured node began (ms) and how long it ran (s), by n8n's record. */
export function nodeTime(execution: Execution): { startedAt: number; seconds: number } {
	const task = execution.data.resultData.runData[MEASURED]?.[0];
	return { startedAt: task?.startTime ?? NaN, seconds: (task?.executionTime ?? NaN) / 1000 };
}

/** Runs a saved workflow once. */
export async function runOnce(n8n: RunningN8n, api: StubApi, id: string): Promise<Measurement> {
	api.takeCounts();
	const execution = await n8n.client.run(id, 'Start', 600);
	return { ...nodeTime(execution), ...api.takeCounts(), status: execution.status };
}

/** Runs the candidates in turn, round by round, after a first round to warm up. */
export async function measure(
	n8n: RunningN8n,
	api: StubApi,
	candidates: WorkflowFile[],
	rounds: number,
): Promise<Measurement[][]> {
	const ids = await importAll(n8n, api, candidates);
	const results: Measurement[][] = candidates.map(() => []);
	for (let round = -1; round < rounds; round++) {
		for (const [index, id] of ids.entries()) {
			const measurement = await runOnce(n8n, api, id);
			if (round >= 0) results[index].push(measurement);
		}
	}
	return results;
}
