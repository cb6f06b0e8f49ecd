import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './errors.mts';

/**
 * Asks `probe` again and again until it answers something other than `undefined`.
 *
 * @param what what is waited for, as the end of a sentence: "Waited 60 s in vain for …"
 * @throws OperatorError after `seconds`; whatever `probe` throws; AbortError when `signal` aborts
 */
export async function until<T>(
	what: string,
	seconds: number,
	probe: () => Promise<T | undefined> | T | undefined,
	signal?: AbortSignal,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		signal?.throwIfAborted();
		const answer = await probe();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new OperatorError(`Waited ${seconds} s in vain for ${what}.`);
		await sleep(200, undefined, { signal });
	}
}
