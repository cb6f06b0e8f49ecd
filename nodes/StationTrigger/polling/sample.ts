import type { Station } from '../../shared/chargeye/stations';
import { toUtc } from '../../shared/polling/apiValues';
import { EVENTS, type EventName } from '../events';
import { withoutChargingSince } from './occupied';
import { placeIdOf, type StationEvent } from './stationEvent';
import { viewOf, type Reading } from './view';

/** A status that is shown now. */
interface Present {
	station: Station;
	stationId: string;
	connectorId?: string;
	reading: Reading;
	/** What the station says of its connection. */
	online: Reading;
	/** The station's own status. */
	own: Reading;
}

function presentIn(station: Station): Present[] {
	const { stationId, readings, connectors } = viewOf(station);
	const [online, own] = readings;
	const common = { station, stationId, online, own };
	return [
		...readings.map((reading) => ({ ...common, reading })),
		...connectors.map(({ connectorId, reading }) => ({ ...common, connectorId, reading })),
	];
}

const isSuch = (event: EventName, { reading: { aspect, status } }: Present): boolean => {
	const { aspect: wanted = aspect, statuses } = EVENTS[event];
	return status !== undefined && aspect === wanted && (statuses?.includes(status) ?? true);
};

const same = (status: string | null = null) => ({ status, previous: null });

/** Shows a present status as if its event had just been seen. Only the API can say since when it is there. */
function eventOf(event: EventName, present: Present, nowMs: number): StationEvent {
	const { station, stationId, connectorId, reading, online, own } = present;
	const sinceMs =
		event === 'occupiedWithoutCharging'
			? withoutChargingSince(reading.latest, false, nowMs)
			: undefined;
	return {
		eventId: `${placeIdOf(stationId, connectorId)}:${event}:test`,
		event,
		aspect: reading.aspect,
		station,
		connectorId,
		status: same(connectorId === undefined ? own.status : reading.status),
		onlineStatus: same(online.status),
		since: sinceMs === undefined ? null : toUtc(sinceMs),
		lastedMs: sinceMs === undefined ? null : nowMs - sinceMs,
		unreported: 0,
		occurredAt: toUtc(sinceMs ?? nowMs),
		detectedAt: toUtc(nowMs),
	};
}

/** Finds real states for a test: for each wanted event the first place that is in such a state now. */
export function sampleOf(
	stations: readonly Station[],
	events: readonly EventName[],
	nowMs: number,
): { events: StationEvent[]; connectors: number } {
	const present = stations.flatMap(presentIn);
	return {
		events: events.flatMap((event) => {
			const found = present.find((one) => isSuch(event, one));
			return found ? [eventOf(event, found, nowMs)] : [];
		}),
		connectors: present.filter(({ connectorId }) => connectorId !== undefined).length,
	};
}
