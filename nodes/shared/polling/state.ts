import { hashOf } from '../charging/base/hash';

/** The state between two polls. */
export interface PollState<T> {
	/** The version of the state's form. */
	version: number;
	/** Identifies what is watched: `fingerprintOf`. */
	fingerprint: string;
	/** When watching began, by n8n's clock (ms). */
	since: number;
	/** The station with which the next poll begins: the first that the last poll left out. */
	next?: string;
	/** What is remembered of each station, by its ID. */
	stations: Record<string, T>;
}

/**
 * A text that differs between any two watches.
 * @param watch JSON of all that decides what is watched, such as the account and the scope
 */
export const fingerprintOf = (watch: readonly unknown[]): string => hashOf(JSON.stringify(watch));

/** Reads the stored state; undefined if there is none, if its version differs, or if something else was watched. */
export function readState<T>(
	stored: unknown,
	version: number,
	fingerprint: string,
): PollState<T> | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const state = stored as Partial<PollState<T>>;
	const isOurs = state.version === version && state.fingerprint === fingerprint;
	return isOurs ? (state as PollState<T>) : undefined;
}
