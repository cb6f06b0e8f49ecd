import * as shared from '../../shared/polling/state';
import { readFormerState } from './formerState';
import type { StationState } from './known';

/** The version of the state's form. After a change of the form, a trigger begins again unless its state is converted. */
const VERSION = 2;

/**
 * The state between two polls. It grows with the number of connectors, not of transactions: for each connector it holds
 * the latest transaction, those that have not ended, and two that ended before.
 */
export type PollState = shared.PollState<StationState>;

/** What is watched. If one of these changes, the trigger begins again. */
export interface Watch extends shared.Watch {
	includeSimulated: boolean;
}

const partsOf = ({ baseUrl, credentialId, scope, includeSimulated }: Watch) => [
	baseUrl,
	credentialId,
	scope,
	includeSimulated,
];

const fingerprintOf = (watch: Watch) => shared.fingerprintOf(partsOf(watch));

/** @param sinceMs when watching began, by n8n's clock (ms) */
export const newState = (watch: Watch, sinceMs: number): PollState =>
	shared.newState(VERSION, fingerprintOf(watch), sinceMs);

/** Reads the stored state; undefined if there is none, if its form is unknown, or if something else was watched. */
export function readState(stored: unknown, watch: Watch): PollState | undefined {
	const fingerprint = fingerprintOf(watch);
	const state = shared.readState<StationState>(stored, VERSION, fingerprint);
	if (state) return state;
	const former = readFormerState(stored, partsOf(watch));
	return former && { ...former, version: VERSION, fingerprint };
}
