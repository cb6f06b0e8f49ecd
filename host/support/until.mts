import waitFor from 'p-wait-for';
import { OperatorError } from './errors.mts';

/**
 * Calls `probe` repeatedly until it returns something other than `undefined`.
 *
 * @param what the awaited thing, as the end of a sentence: "Gave up after 60 s of waiting for …"
 * @throws OperatorError after `seconds`; whatever `probe` throws; AbortError when `signal` aborts
 */
export function until<T>(
	what: string,
	seconds: number,
	probe: () => Promise<T | undefined> | T | undefined,
	signal?: AbortSignal,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	// Not p-wait-for's own time limit and signal: they leave a listener behind at each check, which Node warns about.
	const look = async () => {
		signal?.throwIfAborted();
		const answer = await probe();
		if (answer !== undefined) return waitFor.resolveWith(answer);
		if (Date.now() > end)
			throw new OperatorError(`Gave up after ${seconds} s of waiting for ${what}.`);
		return false;
	};
	return waitFor(look, { interval: 200 });
}
