import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import spawn from 'nano-spawn';

/** Does the work, and reads a figure repeatedly until the work is done. @returns also the highest figure */
async function highestMeanwhile<T>(
	everyMs: number,
	figure: () => Promise<number>,
	work: () => Promise<T>,
): Promise<{ result: T; highest: number }> {
	const done = new AbortController();
	let highest = 0;
	const watch = async () => {
		while (!done.signal.aborted) {
			highest = Math.max(highest, await figure());
			await sleep(everyMs);
		}
	};
	const watching = watch();
	try {
		const result = await work();
		return { result, highest };
	} finally {
		done.abort();
		await watching;
	}
}

/** Does the work, and measures the most memory that a process used meanwhile (MB), by the system's `ps`. */
export async function peakMemory<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; megabytes: number }> {
	const resident = async () => {
		const { stdout } = await spawn('ps', ['-o', 'rss=', '-p', String(pid)]);
		return Number(stdout.trim()) / 1024;
	};
	const { result, highest } = await highestMeanwhile(200, resident, work);
	return { result, megabytes: highest };
}

/**
 * Does the work, and measures the longest time (ms) in which n8n did not answer meanwhile: its health check runs on the same
 * event loop as the nodes.
 * @param url n8n's address
 */
export async function longestSilence<T>(
	url: string,
	work: () => Promise<T>,
): Promise<{ result: T; milliseconds: number }> {
	const http = axios.create({ baseURL: url, proxy: false, validateStatus: null });
	const silence = async () => {
		const sentAt = performance.now();
		await http.get('/healthz').catch(() => undefined);
		return performance.now() - sentAt;
	};
	const { result, highest } = await highestMeanwhile(10, silence, work);
	return { result, milliseconds: highest };
}
