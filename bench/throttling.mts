// How the nodes cope with an API that asks to slow down. The ideal is the time that no client can save: the wait that the
// API asks for, and the time that its bucket, or its latency, takes for the commands.
import Table from 'cli-table3';
import type { WorkflowFile } from '../host/n8nClient.mts';
import type { RunningN8n } from '../host/n8n.mts';
import { importAll, runOnce, withApi } from './runs.mts';
import { BUCKET, COUNT, idealOf, LATENCY_MS, runSideBySide } from './sideBySide.mts';
import { httpRequest, ours, workflowFor } from './workflows.mts';

export type Print = (title: string, table: Table.Table) => void;

export async function benchThrottling(n8n: RunningN8n, print: Print): Promise<void> {
	await oneEarly429(n8n, print);
	await lastingLimit(n8n, print);
	await sideBySide(n8n, print);
}

/**
 * The least time for commands around one 429 (s): the wait that it asks for, and the latency of the commands that go out
 * side by side.
 */
const idealAround = (count: number, atOnce: number, retryAfter: number) =>
	retryAfter + (count / atOnce) * (LATENCY_MS / 1000);

async function oneEarly429(n8n: RunningN8n, print: Print): Promise<void> {
	const arrangements = [
		{
			name: '300 commands, 5 stations at once',
			count: 300,
			atOnce: 5,
			workflow: workflowFor(300, 300, ours({ stationsAtOnce: 5, timeLimit: 60 })),
			early429: { request: 10, retryAfter: 10 },
		},
		{
			name: '3 stations × 50 commands',
			count: 150,
			atOnce: 3,
			workflow: workflowFor(150, 3, ours()),
			early429: { request: 10, retryAfter: 10 },
		},
		{
			name: '300 commands, one at a time',
			count: 300,
			atOnce: 1,
			workflow: workflowFor(300, 1, ours({ timeLimit: 100 })),
			early429: { request: 2, retryAfter: 30 },
		},
	];
	const table = new Table({
		head: ['Arrangement', 'The 429', 'Done', 'Requests', 'Node time', 'Ideal', '× ideal'],
	});
	for (const { name, count, atOnce, workflow, early429 } of arrangements) {
		const { accepted, requests, seconds } = await withApi(
			{ latencyMs: LATENCY_MS, early429 },
			async (api) => {
				const [id] = await importAll(n8n, api, [workflow]);
				return await runOnce(n8n, api, id);
			},
		);
		const ideal = idealAround(count, atOnce, early429.retryAfter);
		table.push([
			name,
			`request ${early429.request}, wait ${early429.retryAfter} s`,
			`${accepted} of ${count}`,
			requests,
			`${seconds.toFixed(1)} s`,
			`${ideal.toFixed(1)} s`,
			(seconds / ideal).toFixed(2),
		]);
	}
	print(
		`One early 429; ideal: its wait and the latency of the commands (${LATENCY_MS} ms each). Goal: 1.15`,
		table,
	);
}

/** An API with a permanent rate limit, for our node and for n8n's HTTP Request. */
async function lastingLimit(n8n: RunningN8n, print: Print): Promise<void> {
	const candidates: Array<[string, (baseUrl: string) => WorkflowFile]> = [
		['Charger Operations', () => workflowFor(COUNT, COUNT, ours())],
		['HTTP Request', (url) => workflowFor(COUNT, COUNT, httpRequest(url))],
		[
			'HTTP Request, continue on fail',
			(url) => workflowFor(COUNT, COUNT, httpRequest(url, {}, 'continueRegularOutput')),
		],
		[
			'HTTP Request, batches of 50 a second',
			(url) =>
				workflowFor(
					COUNT,
					COUNT,
					httpRequest(url, { batching: { batch: { batchSize: 50, batchInterval: 1000 } } }),
				),
		],
	];
	const ideal = idealOf(COUNT);
	const table = new Table({
		head: ['Node', 'Outcome', 'Done', 'Requests', 'Node time', '× ideal'],
	});
	// Each node gets a new bucket, so that none starts with a bucket that another has emptied.
	for (const [name, workflow] of candidates) {
		await withApi({ latencyMs: LATENCY_MS, throttle: BUCKET }, async (api) => {
			const [id] = await importAll(n8n, api, [workflow(api.baseUrl)]);
			const { status, accepted, requests, seconds } = await runOnce(n8n, api, id);
			table.push([
				name,
				status,
				`${accepted} of ${COUNT}`,
				requests,
				`${seconds.toFixed(1)} s`,
				(seconds / ideal).toFixed(2),
			]);
		});
	}
	print(
		`${COUNT} commands to an API that allows ${BUCKET.perSecond} a second (burst ${BUCKET.burst}, ${LATENCY_MS} ms); ideal ${ideal} s. Goal: 1.15`,
		table,
	);
}

/** Executions at the same time, on one bucket. */
async function sideBySide(n8n: RunningN8n, print: Print): Promise<void> {
	const table = new Table({
		head: ['Runs', 'Done', 'Failed runs', 'Requests', 'First', 'Last', 'Ideal', '× ideal'],
	});
	for (const runs of [2, 4, 8]) {
		const { accepted, requests, statuses, ends, ideal } = await runSideBySide(n8n, runs);
		const last = ends[runs - 1];
		table.push([
			runs,
			`${accepted} of ${runs * COUNT}`,
			statuses.filter((status) => status !== 'success').length,
			requests,
			`${ends[0].toFixed(1)} s`,
			`${last.toFixed(1)} s`,
			`${ideal} s`,
			(last / ideal).toFixed(2),
		]);
	}
	print(
		`Runs of ${COUNT} commands side by side, on one bucket of ${BUCKET.perSecond} a second. Goal: 1.3`,
		table,
	);
}
