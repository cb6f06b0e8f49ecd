import type { Station } from '../../../nodes/shared/chargeye/stations.ts';
import { poll, type PollSettings } from '../../../nodes/StationTrigger/polling/poll.ts';
import type { StationEvent } from '../../../nodes/StationTrigger/polling/stationEvent.ts';
import type { PollState } from '../../../nodes/StationTrigger/polling/triggerState.ts';
import { EVENT_NAMES, type EventName } from '../../../nodes/StationTrigger/events.ts';

export const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();

export const WATCH = {
	baseUrl: 'https://kempower.io/api',
	credentialId: '1',
	scope: { type: 'all' },
};

/** Every event but Status Changed, which comes with each of the others. */
export const STATES = EVENT_NAMES.filter((event) => event !== 'statusChanged');

/** Of a connector, its status, or its status and latest transaction. */
type ConnectorLook = unknown[] | string | null;

/** A station with connectors 1, 2, … */
export const station = (
	stationId: string,
	onlineStatus: string | null = 'Online',
	status: string | null = 'Operative',
	...connectors: ConnectorLook[]
): Station => ({
	stationId,
	onlineStatus,
	status,
	connectors: connectors.map((look, index) => {
		const [shown, latestTransaction = null] = [look].flat();
		return { connectorId: String(index + 1), status: shown, latestTransaction } as object;
	}),
});

/** Polls a fleet that a test sets; between polls the state is converted to JSON and back, as in n8n. */
export class Poller {
	stations: Station[] = [];
	state?: PollState;
	settings: PollSettings;

	constructor(minutes = 0, events: readonly EventName[] = STATES, leaveOutOngoing = false) {
		const wanted = { events, atLeastMs: minutes * 60_000 };
		this.settings = { wanted, watch: WATCH, leaveOutOngoing };
	}

	poll(minute: number, ...stations: Station[]): StationEvent[] {
		if (stations.length > 0) this.stations = stations;
		const nowMs = Date.parse(at(minute));
		const { events, state } = poll(this.stations, nowMs, this.state, this.settings);
		this.state = JSON.parse(JSON.stringify(state)) as PollState;
		return events;
	}

	/** Polls. @returns the events and their places: "S stationOffline", "S/1 connectorFaulted" */
	names(minute: number, ...stations: Station[]): string[] {
		return this.poll(minute, ...stations).map(
			({ event, station: { stationId }, connectorId }) =>
				`${String(stationId)}${connectorId === undefined ? '' : `/${connectorId}`} ${event}`,
		);
	}
}
