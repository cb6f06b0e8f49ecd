// npm test [unit | engine | e2e] [-- options for Jest]
//
// Without a slice runs all three. While the first two run, n8n is installed for the third if need be. In the end all
// that the nodes, n8n and the sandboxes left behind is searched for tokens.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n, type InstalledN8n } from '../host/install.mts';
import { buildPackage } from '../host/package.mts';
import { startPackagedN8n } from '../host/packagedN8n.mts';
import { runCommand } from '../host/support/command.mts';
import { describeFailure } from '../host/support/errors.mts';
import { runProcess } from '../host/support/processes.mts';
import { duration, showProgress, type Progress } from '../host/support/progress.mts';
import { SHARED_HOST, type SharedHost } from './support/n8n.mts';
import {
	readRecords,
	record,
	RECORDS,
	searchForTokens,
	type TestRecord,
} from './support/records.mts';

const SLICES = ['unit', 'engine', 'e2e'] as const;
type Slice = (typeof SLICES)[number];

interface SliceResult {
	slice: Slice;
	passed: number;
	failed: number;
	seconds: number;
}

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
	const results: SliceResult[] = [];
	try {
		for (const slice of slices) {
			console.log(`\n${slice} tests`);
			const began = Date.now();
			const counts =
				slice === 'e2e' && installing !== undefined
					? await runWithN8n(installing, jestArgs, signal)
					: await runJest(slice, jestArgs, {}, signal);
			results.push({ slice, ...counts, seconds: (Date.now() - began) / 1000 });
		}
		const noToken = reportTokens(await readRecords(records));
		const code = summarize(results);
		return noToken ? code : 1;
	} finally {
		await rm(records, { recursive: true, force: true });
	}
});

interface Installation {
	host: Promise<InstalledN8n>;
	/** Shows the progress from now on; answers how to stop that. */
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
	// Whoever awaits it sees the failure; until then it is none.
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

type Counts = Pick<SliceResult, 'passed' | 'failed'>;

/** The e2e tests share one n8n; they get one test failed when it cannot be had. */
async function runWithN8n(
	installing: Installation,
	jestArgs: string[],
	signal: AbortSignal,
): Promise<Counts> {
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
			const counts = await runJest('e2e', ['--runInBand', ...jestArgs], env, signal);
			for await (const execution of n8n.client.allExecutions()) {
				record('output', `n8n execution ${execution.id}`, JSON.stringify(execution));
			}
			return counts;
		} finally {
			await n8n.stop();
		}
	} catch (error) {
		signal.throwIfAborted();
		console.error(`The e2e tests could not run.\n${describeFailure(error)}`);
		return { passed: 0, failed: 1 };
	}
}

/** Jest's own report, as far as it is read here. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	/** Test files that failed before any test of theirs ran. */
	numRuntimeErrorTestSuites: number;
	success: boolean;
}

async function runJest(
	slice: Slice,
	args: string[],
	env: Record<string, string>,
	signal: AbortSignal,
): Promise<Counts> {
	const folder = await mkdtemp(join(tmpdir(), 'charger-operations-jest-'));
	const report = join(folder, 'report.json');
	try {
		const jest = join(process.cwd(), 'node_modules', 'jest', 'bin', 'jest.js');
		await runProcess(
			process.execPath,
			[jest, '--selectProjects', slice, '--json', `--outputFile=${report}`, ...args],
			{ env: { ...process.env, ...env }, inheritOutput: true, signal },
		);
		const found = JSON.parse(await readFile(report, 'utf8')) as JestReport;
		const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
		// A run can fail without any failed test, for example when it finds no test at all.
		return { passed: found.numPassedTests, failed: found.success ? failed : Math.max(failed, 1) };
	} catch (error) {
		signal.throwIfAborted();
		console.error(`Jest ended without a report: ${describeFailure(error)}`);
		return { passed: 0, failed: 1 };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Says whether a token stands in what the tests left behind. */
function reportTokens(records: TestRecord[]): boolean {
	const { outputs, logs, found } = searchForTokens(records);
	const result = found.length === 0 ? 'no token' : `${found.length} with a token`;
	console.log(`\nSearched ${outputs} outputs, ${logs} logs: ${result}`);
	for (const place of found) console.error(`  ${place}`);
	return found.length === 0;
}

/** @returns the exit code: 0 only when something passed and nothing failed */
function summarize(results: SliceResult[]): number {
	console.log('');
	for (const { slice, passed, failed, seconds } of results) {
		console.log(`${slice.padEnd(8)}${passed} passed, ${failed} failed in ${duration(seconds)}`);
	}
	const total = (key: 'passed' | 'failed') => results.reduce((sum, one) => sum + one[key], 0);
	console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
	return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
}
