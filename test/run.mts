// npm test [unit | engine | e2e] [-- options for Jest]
//
// Runs all three layers if none is named. n8n is installed for the third while the first two run, if necessary. At the end
// everything that the nodes, n8n and the sandboxes left behind is searched for tokens, and the time of each layer is shown.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n, type InstalledN8n } from '../host/install.mts';
import { buildPackage } from '../host/package.mts';
import { startPackagedN8n } from '../host/packagedN8n.mts';
import { runCommand } from '../host/support/command.mts';
import { describeFailure } from '../host/support/errors.mts';
import { runProcess } from '../host/support/processes.mts';
import { showProgress, type Progress } from '../host/support/progress.mts';
import { SHARED_HOST, type SharedHost } from './support/n8n.mts';
import {
	readRecords,
	record,
	RECORDS,
	searchForTokens,
	type TestRecord,
} from './support/records.mts';
import {
	hasPassed,
	outcomeOf,
	summaryOf,
	type JestReport,
	type LayerResult,
	type Outcome,
} from './support/report.mts';

const SLICES = ['unit', 'engine', 'e2e'] as const;
type Slice = (typeof SLICES)[number];

runCommand(async (signal) => {
	const [first, ...rest] = process.argv.slice(2);
	const chosen = SLICES.find((slice) => slice === first);
	const slices = chosen === undefined ? SLICES : [chosen];
	const jestArgs = chosen === undefined ? process.argv.slice(2) : rest;

	const installing = slices.includes('e2e') ? installInBackground(signal) : undefined;
	if (chosen !== 'unit') {
		console.log('Building the package …');
		await buildPackage(process.cwd(), signal);
	}
	const records = await mkdtemp(join(tmpdir(), 'charger-operations-records-'));
	process.env[RECORDS] = records;
	const results: LayerResult[] = [];
	try {
		for (const slice of slices) {
			console.log(`\n${slice} tests`);
			const began = Date.now();
			const outcome =
				slice === 'e2e' && installing !== undefined
					? await runWithN8n(installing, jestArgs, signal)
					: await runJest(slice, jestArgs, {}, signal);
			results.push({ layer: slice, ...outcome, seconds: (Date.now() - began) / 1000 });
		}
		const noToken = reportTokens(await readRecords(records));
		console.log(`\n${summaryOf(results).join('\n')}`);
		return noToken && hasPassed(results) ? 0 : 1;
	} finally {
		await rm(records, { recursive: true, force: true });
	}
});

interface Installation {
	host: Promise<InstalledN8n>;
	/** Shows the progress from now on; returns a function that stops that. */
	show(): () => void;
}

/** Starts the installation without showing it, so that it does not disturb the reports of Jest. */
function installInBackground(signal: AbortSignal): Installation {
	let show: (progress: Progress) => void = () => undefined;
	let last: Progress | undefined;
	const host = installN8n({
		signal,
		onProgress: (progress) => {
			last = progress;
			show(progress);
		},
	});
	// The failure is reported when the promise is awaited; until then it must not count as unhandled.
	host.catch(() => undefined);
	return {
		host,
		show() {
			const view = showProgress();
			show = (progress) => view.update(progress);
			if (last !== undefined) view.update(last);
			return () => {
				show = () => undefined;
				view.stop();
			};
		},
	};
}

/** The result of a layer that could not run. */
const NOT_RUN: Outcome = { passed: 0, failed: 1, files: [] };

/** The e2e tests share one n8n; if it cannot be started, they count as one failed test. */
async function runWithN8n(
	installing: Installation,
	jestArgs: string[],
	signal: AbortSignal,
): Promise<Outcome> {
	try {
		const hide = installing.show();
		const installed = await installing.host.finally(hide);
		console.log(`Starting n8n ${installed.version} …`);
		const n8n = await startPackagedN8n(installed, {
			signal,
			log: (line) => record('log', 'n8n', line),
		});
		try {
			const shared: SharedHost = { url: n8n.url, owner: n8n.owner };
			const env = { [SHARED_HOST]: JSON.stringify(shared) };
			const outcome = await runJest('e2e', ['--runInBand', ...jestArgs], env, signal);
			for await (const execution of n8n.client.allExecutions()) {
				record('output', `n8n execution ${execution.id}`, JSON.stringify(execution));
			}
			return outcome;
		} finally {
			await n8n.stop();
		}
	} catch (error) {
		signal.throwIfAborted();
		console.error(`The e2e tests could not run.\n${describeFailure(error)}`);
		return NOT_RUN;
	}
}

async function runJest(
	slice: Slice,
	args: string[],
	env: Record<string, string>,
	signal: AbortSignal,
): Promise<Outcome> {
	const folder = await mkdtemp(join(tmpdir(), 'charger-operations-jest-'));
	const report = join(folder, 'report.json');
	try {
		const jest = join(process.cwd(), 'node_modules', 'jest', 'bin', 'jest.js');
		await runProcess(
			process.execPath,
			[jest, '--selectProjects', slice, '--json', `--outputFile=${report}`, ...args],
			{ env, inheritOutput: true, signal },
		);
		const found = JSON.parse(await readFile(report, 'utf8')) as JestReport;
		return outcomeOf(found, join(process.cwd(), 'test', slice));
	} catch (error) {
		signal.throwIfAborted();
		console.error(`Jest ended without a report: ${describeFailure(error)}`);
		return NOT_RUN;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Reports whether anything that the tests left behind contains a token. */
function reportTokens(records: TestRecord[]): boolean {
	const { outputs, logs, found } = searchForTokens(records);
	const result = found.length === 0 ? 'no token' : `${found.length} with a token`;
	console.log(`\nSearched ${outputs} outputs, ${logs} logs: ${result}`);
	for (const place of found) console.error(`  ${place}`);
	return found.length === 0;
}
