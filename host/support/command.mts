import { constants } from 'node:os';
import { describeFailure } from './errors.mts';

type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * Runs the main function of a command and exits with the code that it returns.
 *
 * The first SIGINT, SIGTERM or SIGHUP aborts `signal`: everything that was started stops, `main` settles,
 * and the exit code is 128 + the signal's number. Later signals change nothing, because on a terminal
 * one Ctrl-C arrives both directly and through the bootstrap, and stopping has its own time limits.
 */
export function runCommand(main: (signal: AbortSignal) => Promise<number>): void {
	const controller = new AbortController();
	let stoppedBy: StopSignal | undefined;
	const stop = (name: StopSignal) => {
		stoppedBy ??= name;
		controller.abort();
	};
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);

	void main(controller.signal)
		.catch((failure: unknown) => {
			if (stoppedBy === undefined) console.error(`\n${describeFailure(failure)}`);
			return 1;
		})
		.then((code) => {
			process.exit(stoppedBy === undefined ? code : 128 + constants.signals[stoppedBy]);
		});
}
