// npm run bench: the nodes compared with n8n's HTTP Request, on one machine, with one server, in one run.
import Table from 'cli-table3';
import { installN8n } from '../host/install.mts';
import type { WorkflowFile } from '../host/n8nClient.mts';
import type { RunningN8n } from '../host/n8n.mts';
import { buildPackage } from '../host/package.mts';
import { startPackagedN8n } from '../host/packagedN8n.mts';
import { runCommand } from '../host/support/command.mts';
import { OperatorError } from '../host/support/errors.mts';
import { withProgress } from '../host/support/progress.mts';
import { benchFleet } from './fleet.mts';
import { longestSilence, peakMemory } from './meanwhile.mts';
import { benchSchedules } from './schedules.mts';
import { measure, withApi, type Measurement } from './runs.mts';
import { inSeconds, spreadOf } from './statistics.mts';
import { benchThrottling } from './throttling.mts';
import { editFields, httpRequest, ours, oursEvaluated, workflowFor } from './workflows.mts';

const ROUNDS = 5;
/** The rows in which n8n evaluates the expressions, and the node does not read the item itself. */
const EVALUATED = 'Charger Operations, expressions that n8n evaluates';

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
	scale,
	throttling: inOneN8n((n8n) => benchThrottling(n8n, print)),
	growth: inOneN8n(growth),
	fleet: () => benchFleet(print),
	schedules: () => benchSchedules(print),
	polling: async () => {
		await buildPackage();
		// Imported only here, because it loads n8n's engine, which the other benchmarks do not need.
		const { benchPolling, benchStationPolling } = await import('./polling.mts');
		await benchPolling(print);
		await benchStationPolling(print);
	},
};

/** The benchmarks named on the command line; all if none is named. */
function chosenSections(names: string[]): string[] {
	const all = Object.keys(SECTIONS);
	const unknown = names.find((name) => !all.includes(name));
	if (unknown !== undefined) {
		throw new OperatorError(`There is no benchmark "${unknown}". Choose from ${all.join(', ')}.`);
	}
	return names.length > 0 ? names : all;
}

/** Installs n8n once; every call of the returned function starts another one. */
function n8nStarter(signal: AbortSignal): StartN8n {
	const installed = async () => {
		const host = await withProgress((onProgress) => installN8n({ signal, onProgress }));
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

const secondsOf = (measurements: Measurement[]) =>
	spreadOf(measurements.map(({ seconds }) => seconds));

async function compareSpeed(n8n: RunningN8n, latencyMs: number): Promise<void> {
	await withApi({ latencyMs }, async (api) => {
		const [floor, mine, evaluated, theirs] = await measure(
			n8n,
			api,
			[
				workflowFor(1000, 1000, editFields()),
				workflowFor(1000, 1000, ours()),
				workflowFor(1000, 1000, oursEvaluated()),
				workflowFor(1000, 1000, httpRequest(api.baseUrl)),
			],
			ROUNDS,
		);
		const toFloor = (runs: Measurement[]) => {
			const { median, min, max } = spreadOf(
				runs.map(({ seconds }, i) => seconds / floor[i].seconds),
			);
			return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
		};
		const table = new Table({ head: ['Node', 'Node time', '× the floor'] });
		table.push(
			['Edit Fields, the floor: sends nothing', inSeconds(secondsOf(floor)), '1'],
			['Charger Operations', inSeconds(secondsOf(mine)), toFloor(mine)],
			[EVALUATED, inSeconds(secondsOf(evaluated)), toFloor(evaluated)],
			['HTTP Request 4.2', inSeconds(secondsOf(theirs)), toFloor(theirs)],
		);
		print(
			`1,000 Set Power Limit with two expressions, ${latencyMs} ms of latency, ${ROUNDS} rounds. Goal: 1.2`,
			table,
		);
	});
}

/** Each workflow gets a new n8n, because a process keeps memory for a while after a run. */
async function scale(start: StartN8n): Promise<void> {
	await withApi({ latencyMs: 0 }, async (api) => {
		const candidates: Array<[string, number, WorkflowFile]> = [
			['Edit Fields, which sends nothing', 10_000, workflowFor(10_000, 1000, editFields())],
			['Charger Operations', 10_000, workflowFor(10_000, 1000, ours())],
			[EVALUATED, 10_000, workflowFor(10_000, 1000, oursEvaluated())],
			['HTTP Request', 10_000, workflowFor(10_000, 1000, httpRequest(api.baseUrl))],
			['Charger Operations', 25_000, workflowFor(25_000, 1000, ours())],
		];
		const table = new Table({
			head: [
				'Node',
				'Items',
				'Outcome',
				'Node time',
				'n8n is silent for at most',
				'n8n uses at most',
			],
		});
		for (const [name, count, workflow] of candidates) {
			const n8n = await start();
			try {
				const run = () => measure(n8n, api, [workflow], 1);
				const watched = () => longestSilence(n8n.url, run);
				const { result, megabytes } = await peakMemory(n8n.pid, watched);
				const [[{ seconds, status, accepted }]] = result.result;
				table.push([
					name,
					count.toLocaleString('en'),
					accepted > 0 ? `${status}, ${accepted.toLocaleString('en')} done` : status,
					`${seconds.toFixed(1)} s`,
					`${result.milliseconds.toFixed(0)} ms`,
					`${megabytes.toFixed(0)} MB`,
				]);
			} finally {
				await n8n.stop();
			}
		}
		print('Many items, run twice (no latency). Goal: silent for at most 250 ms', table);
	});
}

async function growth(n8n: RunningN8n): Promise<void> {
	await withApi({ latencyMs: 0 }, async (api) => {
		const table = new Table({ head: ['Items', 'Node time', 'Per item'] });
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

runCommand(async (signal) => {
	const start = n8nStarter(signal);
	for (const section of chosenSections(process.argv.slice(2))) await SECTIONS[section](start);
	return 0;
});
