import waitFor from 'p-wait-for';
import { OperatorError } from './errors.mts';

/**
 * Asks `probe` again and again until it answers something other than `undefined`.
 *
 * @param what what is waited for, as the end of a sentence: "Waited 60 s in vain for …"
 * @throws OperatorError after `seconds`; whatever `probe` throws; AbortError when `signal` aborts
 */
export function until<T>(
	what: string,
	seconds: number,
	probe: () => Promise<T | undefined> | T | undefined,
	signal?: AbortSignal,
): Promise<T> {
	const message = new OperatorError(`Waited ${seconds} s in vain for ${what}.`);
	const answered = async () => {
		const answer = await probe();
		return answer !== undefined && waitFor.resolveWith(answer);
	};
	return waitFor(answered, {
		interval: 200,
		timeout: { milliseconds: seconds * 1000, message },
		signal,
	});
}
