// npm test [unit | engine | e2e | queue] [-- options for Jest]
//
// Runs the first three layers if none is named. n8n is installed for the third while the first two run, if necessary. The
// fourth runs n8n in queue mode, with PostgreSQL and Redis. At the end everything that the nodes, n8n and the sandboxes left behind is searched for tokens, and the time of each layer is shown.
import { installN8n, type InstalledN8n } from '../host/install.mts';
import { buildPackage } from '../host/package.mts';
import { runCommand } from '../host/support/command.mts';
import { describeFailure } from '../host/support/errors.mts';
import { showProgress, type Progress } from '../host/support/progress.mts';
import { shareQueue } from './queue/support/queue.mts';
import { shareN8n, type SharedByFiles } from './support/n8n.mts';
import { record } from './support/records.mts';
import { hasPassed, summaryOf, type LayerResult, type Outcome } from './support/report.mts';
import {
	DEFAULT_SLICES,
	NOT_RUN,
	runJest,
	SLICES,
	withTokenSearch,
	type Slice,
} from './support/runJest.mts';

/** What the test files of a layer share; each layer with one needs n8n. */
const SHARED = { e2e: shareN8n, queue: shareQueue };
type SharingSlice = keyof typeof SHARED;

const shares = (slice: Slice): slice is SharingSlice => slice in SHARED;

runCommand(async (signal) => {
	const [first, ...rest] = process.argv.slice(2);
	const chosen = SLICES.find((slice) => slice === first);
	const slices: readonly Slice[] = chosen === undefined ? DEFAULT_SLICES : [chosen];
	const jestArgs = chosen === undefined ? process.argv.slice(2) : rest;

	const installing = slices.some(shares) ? installInBackground(signal) : undefined;
	if (chosen !== 'unit') {
		console.log('Building the package …');
		await buildPackage(process.cwd(), signal);
	}
	const results: LayerResult[] = [];
	const noToken = await withTokenSearch(async () => {
		for (const slice of slices) {
			console.log(`\n${slice} tests`);
			const began = Date.now();
			const outcome =
				shares(slice) && installing !== undefined
					? await runWithN8n(slice, installing, jestArgs, signal)
					: await runJest(slice, jestArgs, {}, signal);
			results.push({ layer: slice, ...outcome, seconds: (Date.now() - began) / 1000 });
		}
	});
	console.log(`\n${summaryOf(results).join('\n')}`);
	return noToken && hasPassed(results) ? 0 : 1;
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

/** The tests of such a layer share one n8n; if it cannot be started, they count as one failed test. */
async function runWithN8n(
	slice: SharingSlice,
	installing: Installation,
	jestArgs: string[],
	signal: AbortSignal,
): Promise<Outcome> {
	try {
		const hide = installing.show();
		const installed = await installing.host.finally(hide);
		console.log(`Starting n8n ${installed.version} …`);
		const shared: SharedByFiles = await SHARED[slice](installed, signal);
		try {
			const outcome = await runJest(slice, ['--runInBand', ...jestArgs], shared.env, signal);
			for await (const execution of shared.client.allExecutions()) {
				record('output', `n8n execution ${execution.id}`, JSON.stringify(execution));
			}
			return outcome;
		} finally {
			await shared.stop();
		}
	} catch (error) {
		signal.throwIfAborted();
		console.error(`The ${slice} tests could not run.\n${describeFailure(error)}`);
		return NOT_RUN;
	}
}
