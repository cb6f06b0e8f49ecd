import * as shared from '../../shared/polling/state';
import { readFormerState } from './formerState';
import type { StationState } from './known';

/** Of the way in which the state is written: one that cannot be read begins anew. */
const VERSION = 2;

/**
 * The state between two polls. It grows with the connectors, not with their past: each remembers its latest
 * transaction, those that have not ended, and the two before.
 */
export type PollState = shared.PollState<StationState>;

/** What is watched: another account or scope begins anew, another name does not. */
export interface Watch {
	baseUrl: string;
	credentialId: string;
	/** Such as `{locationUid: '…'}`. */
	scope: Record<string, unknown>;
	includeSimulated: boolean;
}

const partsOf = ({ baseUrl, credentialId, scope, includeSimulated }: Watch) => [
	baseUrl,
	credentialId,
	scope,
	includeSimulated,
];

const fingerprintOf = (watch: Watch) => shared.fingerprintOf(partsOf(watch));

/** @param since when watching began, by n8n's clock (ms) */
export const newState = (watch: Watch, since: number): PollState => ({
	version: VERSION,
	fingerprint: fingerprintOf(watch),
	since,
	stations: {},
});

/** Reads what was stored; undefined if there is none, or if it cannot be read or is of something else watched. */
export function readState(stored: unknown, watch: Watch): PollState | undefined {
	const fingerprint = fingerprintOf(watch);
	const state = shared.readState<StationState>(stored, VERSION, fingerprint);
	if (state) return state;
	const former = readFormerState(stored, partsOf(watch));
	return former && { ...former, version: VERSION, fingerprint };
}
