// npm run test:versions -- --engine [versions] [-- options for Jest]
import { installEngine } from '../../host/engine.mts';
import { buildPackage } from '../../host/package.mts';
import { runCommand } from '../../host/support/command.mts';
import { withProgress } from '../../host/support/progress.mts';
import { hasPassed, summaryOf, type LayerResult } from '../support/report.mts';
import { runJest, withTokenSearch } from '../support/runJest.mts';
import { parseVersionsOptions, VERSIONS_HELP } from './commandLine.mts';

/** The variable by which jest.config.js finds the engine. */
const ENGINE = 'CHARGER_OPERATIONS_TEST_ENGINE';

runCommand(async (signal) => {
	const { versions, jestArgs, help } = parseVersionsOptions(process.argv.slice(2));
	if (help) {
		console.log(VERSIONS_HELP);
		return 0;
	}
	console.log('Building the package …');
	await buildPackage(process.cwd(), signal);
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
	return noToken && hasPassed(results) ? 0 : 1;
});
