import { hashOf } from './hash';

/** The state between two polls. */
export interface PollState<T> {
	/** Of the way in which it is written. */
	version: number;
	/** Of what is watched; see `fingerprintOf`. */
	fingerprint: string;
	/** When watching began, by n8n's clock (ms). */
	since: number;
	/** The station with which the next poll begins, where the last one came to its end. */
	next?: string;
	/** What is remembered of each, by its ID. */
	stations: Record<string, T>;
}

/**
 * Tells one watch from another.
 * @param watch JSON of all that decides what is watched, such as the account and the scope
 */
export const fingerprintOf = (watch: readonly unknown[]): string => hashOf(JSON.stringify(watch));

/** Reads what was stored; undefined if there is none, or if it is of another version or of something else watched. */
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
