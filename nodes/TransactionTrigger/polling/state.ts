import { hashOf } from '../../shared/polling/hash';
import type { StationState } from './station';

const VERSION = 1;

/**
 * What a poll leaves to the next one. It grows with the connectors, not with their past: each remembers its latest
 * transaction, those that have not ended, and the two before.
 */
export interface PollState {
	version: typeof VERSION;
	/** Of what is watched; see `fingerprintOf`. */
	fingerprint: string;
	/** When watching began, by n8n's clock (ms). */
	since: number;
	/** The first station that was left to the next poll, if any was. */
	next?: string;
	stations: Record<string, StationState>;
}

/** What is watched: another account or scope begins anew, another name does not. */
export interface Watch {
	baseUrl: string;
	credentialId: string;
	/** Such as `{locationUid: '…'}`. */
	scope: Record<string, unknown>;
	includeSimulated: boolean;
}

export const fingerprintOf = ({ baseUrl, credentialId, scope, includeSimulated }: Watch): string =>
	hashOf(JSON.stringify([baseUrl, credentialId, scope, includeSimulated]));

export const newState = (fingerprint: string, since: number): PollState => ({
	version: VERSION,
	fingerprint,
	since,
	stations: {},
});

/** Reads what was stored; undefined if there is none, or if it is of another version or of something else watched. */
export function readState(stored: unknown, fingerprint: string): PollState | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const state = stored as Partial<PollState>;
	const isOurs = state.version === VERSION && state.fingerprint === fingerprint;
	return isOurs ? (state as PollState) : undefined;
}
