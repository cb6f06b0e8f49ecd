import type { EventText } from '../shared/polling/form/triggerOn';

/** What the API says the state of. Each is watched by itself. */
export const ASPECTS = ['onlineStatus', 'stationStatus', 'connectorStatus'] as const;

export type Aspect = (typeof ASPECTS)[number];

/** The events that begin a state whose end is an event too. */
type Beginning =
	| 'connectorFaulted'
	| 'connectorUnavailable'
	| 'stationFaulted'
	| 'stationOffline'
	| 'stationUnavailable';

/** An event that can start a workflow: its texts, and how it is detected. */
interface EventRow {
	text: EventText;
	/** What it is about; undefined if it is about every aspect. */
	aspect?: Aspect;
	/** The statuses with which it comes; undefined for any. */
	statuses?: readonly string[];
	/** For an event that ends states: the events that begin them. Without one of them before, it does not come. */
	ends?: readonly Beginning[];
}

/** In the order in which they are reported if one look shows several. */
const ROWS = {
	stationOffline: {
		text: {
			name: 'Station Offline',
			description: 'A charging station is not connected to ChargEye',
		},
		aspect: 'onlineStatus',
		statuses: ['Offline'],
	},
	stationOnline: {
		text: { name: 'Station Online', description: 'A charging station is online again' },
		aspect: 'onlineStatus',
		statuses: ['Online'],
		ends: ['stationOffline'],
	},
	stationFaulted: {
		text: { name: 'Station Faulted', description: 'A charging station has a fault' },
		aspect: 'stationStatus',
		statuses: ['Faulted'],
	},
	stationUnavailable: {
		text: {
			name: 'Station Unavailable',
			description: 'A charging station has been taken out of operation',
		},
		aspect: 'stationStatus',
		statuses: ['Unavailable'],
	},
	stationOperativeAgain: {
		text: {
			name: 'Station Operative Again',
			description: 'A charging station that was faulted or unavailable is operative again',
		},
		aspect: 'stationStatus',
		statuses: ['Operative'],
		ends: ['stationFaulted', 'stationUnavailable'],
	},
	connectorFaulted: {
		text: { name: 'Connector Faulted', description: 'A connector has a fault' },
		aspect: 'connectorStatus',
		statuses: ['Faulted'],
	},
	connectorUnavailable: {
		text: {
			name: 'Connector Unavailable',
			description: 'A connector has been taken out of operation',
		},
		aspect: 'connectorStatus',
		statuses: ['Unavailable'],
	},
	connectorAvailableAgain: {
		text: {
			name: 'Connector Available Again',
			description: 'A connector that was faulted or unavailable can be used again',
		},
		aspect: 'connectorStatus',
		statuses: ['Available', 'Charging', 'Occupied', 'Reserved'],
		ends: ['connectorFaulted', 'connectorUnavailable'],
	},
	occupiedWithoutCharging: {
		text: {
			name: 'Connector Occupied Without Charging',
			description: 'A car stays plugged in, and takes no energy',
		},
		aspect: 'connectorStatus',
		statuses: ['Occupied'],
	},
	statusChanged: {
		text: {
			name: 'Status Changed',
			description: 'Any status of a charging station or a connector has changed',
		},
	},
} satisfies Record<string, EventRow>;

export type EventName = keyof typeof ROWS;

export const EVENTS: Readonly<Record<EventName, EventRow>> = ROWS;

export const EVENT_NAMES = Object.keys(ROWS) as EventName[];

const comesWith = (event: EventName, aspect: Aspect, status: string): boolean =>
	EVENTS[event].aspect === aspect && EVENTS[event].statuses?.includes(status) === true;

/** The event that a status begins, such as `stationOffline`; undefined for a status that needs nobody. */
export const beginOf = (aspect: Aspect, status: string): EventName | undefined =>
	EVENT_NAMES.find((event) => !EVENTS[event].ends && comesWith(event, aspect, status));

/** The event that a status causes if it ends a state that was reported. */
export const endOf = (aspect: Aspect, status: string): EventName | undefined =>
	EVENT_NAMES.find((event) => EVENTS[event].ends && comesWith(event, aspect, status));

/** The event that ends the state that an event begins, if there is one. */
export const endingOf = (begin: EventName): EventName | undefined =>
	EVENT_NAMES.find((event) => EVENTS[event].ends?.some((one) => one === begin));

/** What a workflow waits for. */
export interface Wanted {
	events: readonly EventName[];
	/** How long a state must have lasted to be reported (ms). */
	atLeastMs: number;
}

/**
 * Whether a state is reported once it has lasted: its beginning is wanted, or only the end of such states is, which comes
 * if the state had lasted long enough.
 */
export function isReportable(begin: EventName, { events }: Wanted): boolean {
	if (events.includes(begin)) return true;
	const end = endingOf(begin);
	return (
		end !== undefined &&
		events.includes(end) &&
		!EVENTS[end].ends?.some((one) => events.includes(one))
	);
}
