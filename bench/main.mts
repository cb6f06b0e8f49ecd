// npm run bench: the nodes beside n8n's HTTP Request, on one machine, one server, in one run.
import Table from 'cli-table3';
import { installN8n } from '../host/install.mts';
import type { CredentialReference, Execution, WorkflowFile } from '../host/n8nClient.mts';
import type { RunningN8n } from '../host/n8n.mts';
import { buildPackage } from '../host/package.mts';
import { startPackagedN8n } from '../host/packagedN8n.mts';
import { runCommand } from '../host/support/command.mts';
import { OperatorError } from '../host/support/errors.mts';
import { showProgress } from '../host/support/progress.mts';
import { peakMemory } from './memory.mts';
import { benchPolling } from './polling.mts';
import { benchSchedules } from './schedules.mts';
import { inSeconds, spreadOf } from './statistics.mts';
import { startStubApi, type StubApi, type StubOptions } from './stubApi.mts';
import { editFields, httpRequest, MEASURED, ours, workflowFor } from './workflows.mts';

const ROUNDS = 5;

type StartN8n = () => Promise<RunningN8n>;

const inOneN8n = (work: (n8n: RunningN8n) => Promise<void>) => async (start: StartN8n) => {
	const n8n = await start();
	try {
		await work(n8n);
	} finally {
		await n8n.stop();
	}
};

const SECTIONS: Record<string, (start: StartN8n) => Promise<void>> = {
	speed: inOneN8n(async (n8n) => {
		await compareSpeed(n8n, 0);
		await compareSpeed(n8n, 50);
	}),
	throttling: inOneN8n(throttled),
	growth: inOneN8n(growth),
	memory,
	schedules: () => Promise.resolve(benchSchedules(print)),
	polling: async () => {
		await buildPackage();
		await benchPolling(print);
	},
};

/** Those named on the command line; all without a name. */
function chosenSections(names: string[]): string[] {
	const all = Object.keys(SECTIONS);
	const unknown = names.find((name) => !all.includes(name));
	if (unknown !== undefined) {
		throw new OperatorError(`There is no benchmark "${unknown}". There are ${all.join(', ')}.`);
	}
	return names.length > 0 ? names : all;
}

/** Installs n8n once, and starts as many as are asked for. */
function n8nStarter(signal: AbortSignal): StartN8n {
	const installed = async () => {
		const view = showProgress();
		const host = await installN8n({ signal, onProgress: (p) => view.update(p) }).finally(() =>
			view.stop(),
		);
		await buildPackage(process.cwd(), signal);
		return host;
	};
	let host: ReturnType<typeof installed> | undefined;
	return async () => {
		host ??= installed();
		return startPackagedN8n(await host, { signal });
	};
}

function print(title: string, table: Table.Table): void {
	console.log(`\n${title}\n${table.toString()}`);
}

interface Measurement {
	/** How long the node ran, as n8n says (s). */
	seconds: number;
	accepted: number;
	status: string;
}

const withApi = async (options: StubOptions, work: (api: StubApi) => Promise<void>) => {
	const api = await startStubApi(options);
	try {
		await work(api);
	} finally {
		await api.close();
	}
};

const credentialFor = ({ client }: RunningN8n, baseUrl: string): Promise<CredentialReference> =>
	client.createCredential('Bench', 'chargeEyeApi', {
		authentication: 'accessToken',
		accessToken: 'bench',
		baseUrl,
	});

const nodeSeconds = (execution: Execution) =>
	(execution.data.resultData.runData[MEASURED]?.[0]?.executionTime ?? NaN) / 1000;

/** Runs the candidates in turn, round by round, after a round that does not count. */
async function measure(
	n8n: RunningN8n,
	api: StubApi,
	candidates: WorkflowFile[],
	rounds = ROUNDS,
): Promise<Measurement[][]> {
	const credential = await credentialFor(n8n, api.baseUrl);
	const ids: string[] = [];
	for (const workflow of candidates) {
		ids.push((await n8n.client.importWorkflow(workflow, credential)).id);
	}
	const results: Measurement[][] = candidates.map(() => []);
	for (let round = -1; round < rounds; round++) {
		for (const [index, id] of ids.entries()) {
			const execution = await n8n.client.run(id, 'Start', 600);
			const measurement = {
				seconds: nodeSeconds(execution),
				accepted: api.takeAccepted(),
				status: execution.status,
			};
			if (round >= 0) results[index].push(measurement);
		}
	}
	return results;
}

const secondsOf = (measurements: Measurement[]) =>
	spreadOf(measurements.map(({ seconds }) => seconds));

async function compareSpeed(n8n: RunningN8n, latencyMs: number): Promise<void> {
	await withApi({ latencyMs }, async (api) => {
		const [mine, theirs] = await measure(n8n, api, [
			workflowFor(1000, 1000, ours()),
			workflowFor(1000, 1000, httpRequest(api.baseUrl)),
		]);
		const ratios = spreadOf(mine.map(({ seconds }, i) => seconds / theirs[i].seconds));
		const table = new Table({ head: ['Node', 'Node time', 'Ratio'] });
		table.push(
			['HTTP Request 4.2', inSeconds(secondsOf(theirs)), '1'],
			[
				'Charger Operations',
				inSeconds(secondsOf(mine)),
				`${ratios.median.toFixed(2)} (${ratios.min.toFixed(2)}–${ratios.max.toFixed(2)})`,
			],
		);
		print(`1,000 Set Power Limit, ${latencyMs} ms of latency, ${ROUNDS} rounds`, table);
	});
}

async function throttled(n8n: RunningN8n): Promise<void> {
	const throttle = { perSecond: 50, burst: 50 };
	const count = 500;
	const ideal = (count - throttle.burst) / throttle.perSecond;
	const rows: string[][] = [];
	const candidates: Array<[string, (baseUrl: string) => WorkflowFile]> = [
		['Charger Operations', () => workflowFor(count, count, ours())],
		['HTTP Request', (url) => workflowFor(count, count, httpRequest(url))],
		[
			'HTTP Request, continue on fail',
			(url) => workflowFor(count, count, httpRequest(url, {}, 'continueRegularOutput')),
		],
		[
			'HTTP Request, batches of 50 a second',
			(url) =>
				workflowFor(
					count,
					count,
					httpRequest(url, { batching: { batch: { batchSize: 50, batchInterval: 1000 } } }),
				),
		],
	];
	// Each with a bucket of its own, so that none begins with what another has used up.
	for (const [name, workflow] of candidates) {
		await withApi({ latencyMs: 50, throttle }, async (api) => {
			const credential = await credentialFor(n8n, api.baseUrl);
			const { id } = await n8n.client.importWorkflow(workflow(api.baseUrl), credential);
			const execution = await n8n.client.run(id, 'Start', 600);
			const seconds = nodeSeconds(execution);
			rows.push([
				name,
				execution.status,
				`${api.takeAccepted()} of ${count}`,
				`${seconds.toFixed(1)} s`,
				(seconds / ideal).toFixed(2),
			]);
		});
	}
	const table = new Table({ head: ['Node', 'Outcome', 'Accepted', 'Node time', '× ideal'] });
	table.push(...rows);
	print(
		`${count} commands to an API that allows ${throttle.perSecond} a second (burst ${throttle.burst}, 50 ms); ideal ${ideal} s`,
		table,
	);
}

async function growth(n8n: RunningN8n): Promise<void> {
	await withApi({ latencyMs: 0 }, async (api) => {
		const table = new Table({ head: ['Items', 'Node time', 'An item'] });
		for (const count of [100, 1000, 10_000]) {
			const workflow = workflowFor(count, Math.min(count, 1000), ours());
			const [runs] = await measure(n8n, api, [workflow], 3);
			const spread = secondsOf(runs);
			const each = (spread.median / count) * 1000;
			table.push([count.toLocaleString('en'), inSeconds(spread), `${each.toFixed(2)} ms`]);
		}
		print('How time grows with the number of items (no latency)', table);
	});
}

/** Each in an n8n of its own: what one has held stays with the process for a while. */
async function memory(start: StartN8n): Promise<void> {
	const count = 10_000;
	await withApi({ latencyMs: 0 }, async (api) => {
		const candidates: Array<[string, WorkflowFile]> = [
			['Edit Fields, which sends nothing', workflowFor(count, 1000, editFields())],
			['Charger Operations', workflowFor(count, 1000, ours())],
			['HTTP Request', workflowFor(count, 1000, httpRequest(api.baseUrl))],
		];
		const table = new Table({ head: ['Node', 'n8n holds at most'] });
		for (const [name, workflow] of candidates) {
			const n8n = await start();
			try {
				const run = () => measure(n8n, api, [workflow], 1);
				const { megabytes } = await peakMemory(n8n.pid!, run);
				table.push([name, `${megabytes.toFixed(0)} MB`]);
			} finally {
				await n8n.stop();
			}
		}
		print(`Memory with ${count.toLocaleString('en')} items, run twice`, table);
	});
}

runCommand(async (signal) => {
	const start = n8nStarter(signal);
	for (const section of chosenSections(process.argv.slice(2))) await SECTIONS[section](start);
	return 0;
});
