import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';

const EVERY_MS = 10;

/**
 * Does the work, and says how long n8n did not answer at most meanwhile (ms): its health check comes from the event loop
 * that runs the nodes too.
 * @param url n8n's address
 */
export async function longestSilence<T>(
	url: string,
	work: () => Promise<T>,
): Promise<{ result: T; milliseconds: number }> {
	const http = axios.create({ baseURL: url, proxy: false, validateStatus: null });
	const done = new AbortController();
	let milliseconds = 0;
	const watch = async () => {
		while (!done.signal.aborted) {
			const asked = performance.now();
			await http.get('/healthz').catch(() => undefined);
			milliseconds = Math.max(milliseconds, performance.now() - asked);
			await sleep(EVERY_MS);
		}
	};
	const watching = watch();
	try {
		const result = await work();
		return { result, milliseconds };
	} finally {
		done.abort();
		await watching;
	}
}
