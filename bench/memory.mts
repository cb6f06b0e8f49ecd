import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const EVERY_MS = 200;

/** The memory that a process holds (MB), as the system's `ps` says. */
async function residentMemory(pid: number): Promise<number> {
	const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
	return Number(stdout.trim()) / 1024;
}

/** Does the work, and says how much memory the process held at most meanwhile (MB). */
export async function peakMemory<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; megabytes: number }> {
	const done = new AbortController();
	let megabytes = 0;
	const watch = async () => {
		while (!done.signal.aborted) {
			megabytes = Math.max(megabytes, await residentMemory(pid));
			await sleep(EVERY_MS);
		}
	};
	const watching = watch();
	try {
		return { result: await work(), megabytes };
	} finally {
		done.abort();
		await watching;
	}
}
