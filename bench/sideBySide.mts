import type { RunningN8n } from '../host/n8n.mts';
import { importAll, nodeTime, withApi } from './runs.mts';
import { ours, workflowFor } from './workflows.mts';

/** The latency and the token bucket of an API that asks to slow down. */
export const LATENCY_MS = 50;
export const BUCKET = { perSecond: 50, burst: 50 };

/** The commands of a run. */
export const COUNT = 500;

/** The least time (s) in which the bucket lets this many commands through. */
export const idealOf = (count: number) => (count - BUCKET.burst) / BUCKET.perSecond;

/** How long n8n may take for a run (s). */
const LONGEST_RUN = 900;

export interface SideBySide {
	/** Commands that the API accepted, and all requests. */
	accepted: number;
	requests: number;
	/** How each run ended, e.g. "success". */
	statuses: string[];
	/** When the nodes of the runs ended, after the first of them began (s), the first one first. */
	ends: number[];
	/** The least time in which all commands can be through (s). */
	ideal: number;
}

/** Executions of `COUNT` commands each at the same time, without knowledge of each other, on one new bucket. */
export const runSideBySide = (n8n: Pick<RunningN8n, 'client'>, runs: number): Promise<SideBySide> =>
	withApi({ latencyMs: LATENCY_MS, throttle: BUCKET }, async (api) => {
		const workflow = workflowFor(COUNT, COUNT, ours());
		const ids = await importAll(
			n8n,
			api,
			Array.from({ length: runs }, () => workflow),
		);
		const executions = await Promise.all(ids.map((id) => n8n.client.run(id, 'Start', LONGEST_RUN)));
		const times = executions.map(nodeTime);
		const began = Math.min(...times.map(({ startedAt }) => startedAt));
		return {
			...api.takeCounts(),
			statuses: executions.map(({ status }) => status),
			ends: times
				.map(({ startedAt, seconds }) => (startedAt - began) / 1000 + seconds)
				.sort((a, b) => a - b),
			ideal: idealOf(runs * COUNT),
		};
	});
