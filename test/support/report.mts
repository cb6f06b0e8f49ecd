import { relative } from 'node:path';

import { duration } from '../../host/support/progress.mts';

/** The parts of Jest's report that are read here. */
export interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	/** Test files that failed before any of their tests ran. */
	numRuntimeErrorTestSuites: number;
	success: boolean;
	testResults: Array<{
		/** The path of the test file. */
		name: string;
		/** Epoch milliseconds. */
		startTime: number;
		endTime: number;
	}>;
}

/** The results of some tests. */
export interface Outcome {
	passed: number;
	failed: number;
	/** Each file without its layer's folder and its extension, the slowest first. */
	files: Array<{ name: string; seconds: number }>;
}

/** The results of one layer's tests, and how long the layer took in all. */
export interface LayerResult extends Outcome {
	layer: string;
	seconds: number;
}

/** Reads Jest’s report of a layer, whose files are in `folder`. */
export function outcomeOf(report: JestReport, folder: string): Outcome {
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	return {
		passed: report.numPassedTests,
		// A run can fail without any failed test, for example when it finds no test at all.
		failed: report.success ? failed : Math.max(failed, 1),
		files: report.testResults
			.map(({ name, startTime, endTime }) => ({
				name: relative(folder, name).replace(/\.test\.mts$/, ''),
				seconds: (endTime - startTime) / 1000,
			}))
			.sort((a, b) => b.seconds - a.seconds),
	};
}

const SLOWEST = 5;

const counted = (count: number) => `${count.toLocaleString('en')} test${count === 1 ? '' : 's'}`;

/** The slowest files of each layer, how long each layer took, and what failed: lines for the end of a run. */
export function summaryOf(results: readonly LayerResult[]): string[] {
	const slowest = results
		.filter(({ files }) => files.length > 0)
		.map(({ layer, files }) => {
			const names = files
				.slice(0, SLOWEST)
				.map(({ name, seconds }) => `${name} ${duration(seconds)}`);
			return `Slowest of ${layer}: ${names.join(', ')}`;
		});
	const layers = results.map(
		({ layer, passed, failed, seconds }) =>
			`${layer} ${counted(passed + failed)} in ${duration(seconds)}`,
	);
	const failures = results
		.filter(({ failed }) => failed > 0)
		.map(({ layer, failed }) => `${failed} of ${layer}`);
	const outcome = failures.length === 0 ? 'None failed.' : `Failed: ${failures.join(', ')}.`;
	return [...slowest, layers.join(' · '), outcome];
}

/** Whether something passed and nothing failed. */
export const hasPassed = (results: readonly LayerResult[]): boolean =>
	results.every(({ failed }) => failed === 0) && results.some(({ passed }) => passed > 0);
