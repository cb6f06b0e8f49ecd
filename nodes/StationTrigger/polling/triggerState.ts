import * as shared from '../../shared/polling/state';

/** The version of the state's form. After a change of the form, a trigger begins again unless its state is converted. */
const VERSION = 1;

/** What is remembered of a station: under `''` its own statuses, and of each connector its status. */
export type StationState = Record<string, string>;

/** The state between two polls: it grows with the number of connectors, and not with time. */
export type PollState = shared.PollState<StationState>;

/** What is watched. If one of these changes, the trigger begins again. Renaming the node or credential has no effect. */
export interface Watch {
	baseUrl: string;
	credentialId: string;
	/** Such as `{type: 'location', locationUid: '…'}`. */
	scope: Record<string, unknown>;
}

const fingerprintOf = ({ baseUrl, credentialId, scope }: Watch) =>
	shared.fingerprintOf([baseUrl, credentialId, scope]);

/** @param sinceMs when watching began, by n8n's clock (ms) */
export const newState = (watch: Watch, sinceMs: number): PollState => ({
	version: VERSION,
	fingerprint: fingerprintOf(watch),
	since: sinceMs,
	stations: {},
});

/** Reads the stored state; undefined if there is none, if its form is unknown, or if something else was watched. */
export const readState = (stored: unknown, watch: Watch): PollState | undefined =>
	shared.readState<StationState>(stored, VERSION, fingerprintOf(watch));
