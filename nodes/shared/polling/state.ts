import type { IPollFunctions } from 'n8n-workflow';

import { CREDENTIAL, type ChargeEyeClient } from '../chargeye/client';
import { hashOf } from '../charging/base/hash';

/** What is watched. If one of these changes, the trigger begins again. Renaming the node or credential has no effect. */
export interface Watch {
	baseUrl: string;
	credentialId: string;
	/** Such as `{type: 'location', locationUid: '…'}`. */
	scope: Record<string, unknown>;
}

export const watchOf = (
	context: IPollFunctions,
	{ baseUrl }: ChargeEyeClient,
	scope: object,
): Watch => ({
	baseUrl,
	credentialId: context.getNode().credentials?.[CREDENTIAL]?.id ?? '',
	scope: { ...scope },
});

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

/** The state before the first poll. @param since when watching began, by n8n's clock (ms) */
export const newState = <T>(version: number, fingerprint: string, since: number): PollState<T> => ({
	version,
	fingerprint,
	since,
	stations: {},
});

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
