// npm run test:versions [-- versions | --engine versions -- options for Jest]
import { readFile, writeFile } from 'node:fs/promises';

import { installEngine } from '../../host/engine.mts';
import { buildPackage } from '../../host/package.mts';
import { runCommand } from '../../host/support/command.mts';
import { withProgress } from '../../host/support/progress.mts';
import { hasPassed, summaryOf, type LayerResult } from '../support/report.mts';
import { runJest, withTokenSearch } from '../support/runJest.mts';
import { parseVersionsOptions, VERSIONS_HELP, type VersionsOptions } from './commandLine.mts';
import { tryVersion } from './realN8n.mts';
import { compatibilityPage, withCompatibility, worksIn, type VersionResult } from './report.mts';

/** The variable by which jest.config.js finds the engine. */
const ENGINE = 'CHARGER_OPERATIONS_TEST_ENGINE';

runCommand(async (signal) => {
	const options = parseVersionsOptions(process.argv.slice(2));
	if (options.help) {
		console.log(VERSIONS_HELP);
		return 0;
	}
	console.log('Building the package …');
	await buildPackage(process.cwd(), signal);
	const passed = await (options.engine ? runInEngines : runInN8n)(options, signal);
	return passed ? 0 : 1;
});

/** Runs the engine tests in the engine of each version. @returns whether all passed */
async function runInEngines(
	{ versions, jestArgs }: VersionsOptions,
	signal: AbortSignal,
): Promise<boolean> {
	const results: LayerResult[] = [];
	const noToken = await withTokenSearch(async () => {
		for (const version of versions) {
			const engine = await withProgress((onProgress) =>
				installEngine(version, { onProgress, signal }),
			);
			console.log(`\nengine tests with the engine of n8n ${version}`);
			const began = Date.now();
			// Older versions of n8n leave timers behind, which would keep Jest's process alive.
			const args = ['--forceExit', ...jestArgs];
			const outcome = await runJest('engine', args, { [ENGINE]: engine }, signal);
			const layer = `engine of n8n ${version}`;
			results.push({ layer, ...outcome, seconds: (Date.now() - began) / 1000 });
		}
	});
	console.log(`\n${summaryOf(results).join('\n')}`);
	return noToken && hasPassed(results);
}

/** Tries the packed package in a real n8n of each version. @returns whether it works in all */
async function runInN8n(
	{ versions, write }: VersionsOptions,
	signal: AbortSignal,
): Promise<boolean> {
	const results: VersionResult[] = [];
	const noToken = await withTokenSearch(async () => {
		for (const version of versions) {
			console.log(`\nn8n ${version}`);
			results.push(await tryVersion(version, signal));
		}
	});
	const page = compatibilityPage(results, new Date().toISOString().slice(0, 10));
	console.log(`\n${page}`);
	if (write) {
		await writeFile('docs/compatibility.md', page);
		await writeFile('README.md', withCompatibility(await readFile('README.md', 'utf8'), results));
	}
	return noToken && results.every(worksIn);
}
