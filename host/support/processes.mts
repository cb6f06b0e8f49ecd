import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProcessOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	shell?: boolean;
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
	/** Undefined when it could not be started. */
	pid: number | undefined;
	/** What it printed so far, the newest at the end, at most `KEPT_LINES` lines. */
	output: () => string;
	/** Settles once it has ended; rejects when it could not be started. */
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

/** Starts a program that is stopped together with everything that it starts itself. */
export function startProcess(
	command: string,
	args: string[],
	options: ProcessOptions = {},
): RunningProcess {
	options.signal?.throwIfAborted();
	const lines: string[] = [];
	const output = options.inheritOutput ? 'inherit' : 'pipe';
	// A process group of its own (on POSIX), so that the whole tree can be signalled at once.
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env,
		shell: options.shell,
		detached: !windows,
		stdio: ['ignore', output, output],
	});
	if (child.pid !== undefined) runningChildren.add(child.pid);
	for (const name of ['stdout', 'stderr'] as const) {
		const stream = child[name];
		if (stream === null) continue;
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			options.onLine?.(line, name);
		});
	}

	let hasEnded = false;
	const ended = new Promise<ProcessEnd>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve({ code, signal }));
	}).finally(() => {
		hasEnded = true;
		if (child.pid !== undefined) runningChildren.delete(child.pid);
		options.signal?.removeEventListener('abort', stopNow);
	});
	// Whoever awaits `ended` sees the error; nobody has to.
	ended.catch(() => undefined);

	async function stop() {
		const { pid } = child;
		if (pid === undefined || hasEnded) return;
		signalTree(pid, 'SIGTERM');
		const insist = setTimeout(() => signalTree(pid, 'SIGKILL'), PATIENCE_MS);
		await ended.catch(() => undefined);
		clearTimeout(insist);
	}
	const stopNow = () => void stop();
	options.signal?.addEventListener('abort', stopNow, { once: true });

	async function kill() {
		if (child.pid === undefined || hasEnded) return;
		signalTree(child.pid, 'SIGKILL');
		await ended.catch(() => undefined);
	}

	return {
		pid: child.pid,
		output: () => lines.join('\n'),
		ended,
		running: () => !hasEnded,
		stop,
		kill,
	};
}

/** Runs a program to its end. */
export async function runProcess(
	command: string,
	args: string[],
	options: ProcessOptions = {},
): Promise<ProcessEnd & { output: string }> {
	const child = startProcess(command, args, options);
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
