import type { Station } from '../../shared/chargeye/stations';
import * as shared from '../../shared/polling/oldestFirst';
import type { Aspect, EventName } from '../events';

/** A status now, and before the event; null if it is not known. */
export interface Change {
	status: string | null;
	previous: string | null;
}

/** Something that happened to a charging station, or to one of its connectors. */
export interface StationEvent {
	/** The same whenever the event is seen: `<station>[/<connector>]:<event>:<when watching began>-<number>`. */
	eventId: string;
	event: EventName;
	/** Which status it is about. */
	aspect: Aspect;
	/** The station as the API shows it now. */
	station: Station;
	/** Undefined for an event of the whole station. */
	connectorId?: string;
	/** The status of the connector, or of the station. */
	status: Change;
	onlineStatus: Change;
	/** When the state began that is reported, or whose end is; as far as known, UTC. Null in a test. */
	since: string | null;
	/** For how long the state has lasted, or had lasted when it ended (ms). Null in a test. */
	lastedMs: number | null;
	/** How often such a state came and went without being reported since the last such event. */
	unreported: number;
	/** When it began or ended, UTC. */
	occurredAt: string;
	/** When the poll saw that it was to be reported, by n8n's clock, UTC. */
	detectedAt: string;
}

/** Identifies a station, or one of its connectors: `<station>[/<connector>]`, with no other `/` and no `:`. */
export const placeIdOf = (stationId: string, connectorId?: string): string =>
	[stationId, ...(connectorId === undefined ? [] : [connectorId])]
		.map(encodeURIComponent)
		.join('/');

/** Sorts events, oldest first. @param events those of each station in the order in which they happened */
export const oldestFirst = (events: readonly StationEvent[]): StationEvent[] =>
	shared.oldestFirst(events, ({ station: { stationId }, connectorId }) =>
		JSON.stringify([stationId, connectorId]),
	);
