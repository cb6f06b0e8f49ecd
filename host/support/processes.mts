import { spawnSync } from 'node:child_process';
import spawn from 'nano-spawn';
import { messageOf, OperatorError } from './errors.mts';

export interface ProcessOptions {
	cwd?: string;
	/** Added to the variables of this process, or replacing them; undefined removes one. */
	env?: Record<string, string | undefined>;
	/** Called with every line of output; if absent, the lines are only kept. */
	onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
	/** Lets the program print on this process's terminal; then nothing is kept and `onLine` is not called. */
	inheritOutput?: boolean;
	/** When aborted, stops the process and everything that it started. */
	signal?: AbortSignal;
}

export interface ProcessEnd {
	/** Exit code; null if a signal ended the process. */
	code: number | null;
	signal: NodeJS.Signals | null;
}

export interface RunningProcess {
	pid: number;
	/** The last lines that the process has printed, at most `KEPT_LINES`. */
	output: () => string;
	/** Settles when the process has ended. */
	ended: Promise<ProcessEnd>;
	/** Whether the process is still running. */
	running: () => boolean;
	/** Asks the process and everything that it started to end, kills them after `PATIENCE_MS`, and waits for the end. */
	stop: () => Promise<void>;
	/** Kills the process and everything that it started, and waits for the end. */
	kill: () => Promise<void>;
}

const KEPT_LINES = 2000;
const PATIENCE_MS = 15_000;
const windows = process.platform === 'win32';

/** The children that are still running: they are ended whenever this process exits. */
const runningChildren = new Set<number>();
process.on('exit', () => runningChildren.forEach((pid) => signalTree(pid, 'SIGKILL')));

/**
 * Starts a program that is stopped together with everything that it starts itself.
 *
 * @throws OperatorError when it cannot be started
 */
export async function startProcess(
	command: string,
	args: string[],
	{ cwd, env, onLine, inheritOutput = false, signal }: ProcessOptions = {},
): Promise<RunningProcess> {
	signal?.throwIfAborted();
	const output = inheritOutput ? 'inherit' : 'pipe';
	const subprocess = spawn(command, args, {
		cwd,
		env,
		// A separate process group (on POSIX), so that one signal reaches the whole tree.
		detached: !windows,
		stdin: 'ignore',
		stdout: output,
		stderr: output,
	});
	const lines: string[] = [];
	const read = async (name: 'stdout' | 'stderr') => {
		for await (const line of subprocess[name]) {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			onLine?.(line, name);
		}
	};
	const settled = Promise.allSettled([
		subprocess,
		...(inheritOutput ? [] : [read('stdout'), read('stderr')]),
	]);
	const child = await subprocess.nodeChildProcess.catch(({ cause }: Error) => {
		throw new OperatorError(`"${command}" could not be started: ${messageOf(cause)}`);
	});
	const pid = child.pid!;
	runningChildren.add(pid);

	let hasEnded = false;
	const ended = settled.then(() => {
		hasEnded = true;
		runningChildren.delete(pid);
		signal?.removeEventListener('abort', stopNow);
		return { code: child.exitCode, signal: child.signalCode };
	});
	async function stop() {
		if (hasEnded) return;
		signalTree(pid, 'SIGTERM');
		const insist = setTimeout(() => signalTree(pid, 'SIGKILL'), PATIENCE_MS);
		await ended;
		clearTimeout(insist);
	}
	async function kill() {
		if (hasEnded) return;
		signalTree(pid, 'SIGKILL');
		await ended;
	}
	const stopNow = () => void stop();
	signal?.addEventListener('abort', stopNow, { once: true });
	if (signal?.aborted) stopNow();

	return {
		pid,
		output: () => lines.join('\n'),
		ended,
		running: () => !hasEnded,
		stop,
		kill,
	};
}

/**
 * Runs a program to its end.
 *
 * @throws OperatorError when it cannot be started; AbortError when `signal` aborts
 */
export async function runProcess(
	command: string,
	args: string[],
	options: ProcessOptions = {},
): Promise<ProcessEnd & { output: string }> {
	const child = await startProcess(command, args, options);
	const end = await child.ended;
	options.signal?.throwIfAborted();
	return { ...end, output: child.output() };
}

/**
 * Runs a program to its end and returns what it printed on stdout.
 *
 * @param failure what has failed if the program fails, e.g. "npm pack failed"
 * @throws OperatorError with the program's output
 */
export async function outputOfProcess(
	failure: string,
	command: string,
	args: string[],
	options: ProcessOptions = {},
): Promise<string> {
	const printed: string[] = [];
	const end = await runProcess(command, args, {
		...options,
		onLine: (line, stream) => {
			if (stream === 'stdout') printed.push(line);
		},
	});
	if (end.code !== 0) throw new OperatorError(`${failure}:\n\n${end.output}`);
	return printed.join('\n');
}

function signalTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (windows) {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// The process has ended in the meantime.
	}
}
