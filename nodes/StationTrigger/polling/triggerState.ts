import * as shared from '../../shared/polling/state';

/** The version of the state's form. After a change of the form, a trigger begins again unless its state is converted. */
const VERSION = 1;

/** What is remembered of a station: under `''` its own statuses, and of each connector its status. */
export type StationState = Record<string, string>;

/** The state between two polls: it grows with the number of connectors, and not with time. */
export type PollState = shared.PollState<StationState>;

const fingerprintOf = ({ baseUrl, credentialId, scope }: shared.Watch) =>
	shared.fingerprintOf([baseUrl, credentialId, scope]);

/** @param sinceMs when watching began, by n8n's clock (ms) */
export const newState = (watch: shared.Watch, sinceMs: number): PollState =>
	shared.newState(VERSION, fingerprintOf(watch), sinceMs);

/** Reads the stored state; undefined if there is none, if its form is unknown, or if something else was watched. */
export const readState = (stored: unknown, watch: shared.Watch): PollState | undefined =>
	shared.readState<StationState>(stored, VERSION, fingerprintOf(watch));
