import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '../../host/support/errors.mts';
import { runProcess } from '../../host/support/processes.mts';
import { readRecords, RECORDS, searchForTokens } from './records.mts';
import { outcomeOf, type JestReport, type Outcome } from './report.mts';

/** The layers that `npm test` runs. */
export const DEFAULT_SLICES = ['unit', 'engine', 'e2e'] as const;
/** All layers of tests. */
export const SLICES = [...DEFAULT_SLICES, 'queue'] as const;
export type Slice = (typeof SLICES)[number];

/** The result of a layer that could not run. */
export const NOT_RUN: Outcome = { passed: 0, failed: 1, files: [] };

/** Runs the tests of a layer. @param env added to the environment of the tests */
export async function runJest(
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

/** Runs tests, then searches all that they left behind for tokens. @returns whether there was none */
export async function withTokenSearch(run: () => Promise<void>): Promise<boolean> {
	const records = await mkdtemp(join(tmpdir(), 'charger-operations-records-'));
	process.env[RECORDS] = records;
	try {
		await run();
		const { outputs, logs, found } = searchForTokens(await readRecords(records));
		const result = found.length === 0 ? 'no token' : `${found.length} with a token`;
		console.log(`\nSearched ${outputs} outputs, ${logs} logs: ${result}`);
		for (const place of found) console.error(`  ${place}`);
		return found.length === 0;
	} finally {
		await rm(records, { recursive: true, force: true });
	}
}
