import { spawnSync } from 'node:child_process';
import spawn from 'nano-spawn';
import { messageOf, OperatorError } from './errors.mts';

export interface ProcessOptions {
	cwd?: string;
	/** Beside the variables of this process, or over them; undefined takes one away. */
	env?: Record<string, string | undefined>;
	/** Every line of output as it comes; without it the lines are only kept. */
	onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
	/** Lets it print on this process's own terminal; then nothing is kept and `onLine` is not called. */
	inheritOutput?: boolean;
	/** Stops the process, with all that it started, when aborted. */
	signal?: AbortSignal;
}

export interface ProcessEnd {
	/** Exit code; null when a signal ended it. */
	code: number | null;
	signal: NodeJS.Signals | null;
}

export interface RunningProcess {
	pid: number;
	/** What it printed so far, the newest at the end, at most `KEPT_LINES` lines. */
	output: () => string;
	/** Settles once it has ended. */
	ended: Promise<ProcessEnd>;
	/** Whether it has not ended yet. */
	running: () => boolean;
	/** Asks it and all that it started to end, insists after `PATIENCE_MS`, and waits. */
	stop: () => Promise<void>;
	/** Ends it and all that it started at once, with no chance to tidy up, and waits. */
	kill: () => Promise<void>;
}

const KEPT_LINES = 2000;
const PATIENCE_MS = 15_000;
const windows = process.platform === 'win32';

/** The children that still run: an exit of this process takes them along, however it comes. */
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
		// A process group of its own (on POSIX), so that the whole tree can be signalled at once.
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

function signalTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (windows) {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// It ended in the meantime.
	}
}
