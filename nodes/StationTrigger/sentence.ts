import { stationIdOf } from '../shared/chargeye/stations';
import { placeInWords, secondsInWords, type Place } from '../shared/polling/place';
import { EVENTS, type EventName } from './events';
import type { StationEvent } from './polling/stationEvent';

/** The state that each event is about. */
const STATES: Readonly<Record<Exclude<EventName, 'statusChanged'>, string>> = {
	stationOffline: 'offline',
	stationOnline: 'online',
	stationFaulted: 'faulted',
	stationUnavailable: 'unavailable',
	stationOperativeAgain: 'operative',
	connectorFaulted: 'faulted',
	connectorUnavailable: 'unavailable',
	connectorAvailableAgain: 'available',
	occupiedWithoutCharging: 'occupied without charging',
};

function changeInWords({ aspect, status, onlineStatus }: StationEvent): string {
	const change = aspect === 'onlineStatus' ? onlineStatus : status;
	return change.previous === null
		? `has the status ${change.status}`
		: `changed from ${change.previous} to ${change.status}`;
}

/**
 * An event as a sentence for a person: "Depot fast charger 1 (Harbour Depot) has been offline for 12 min", "Office wallbox
 * (Type 2, Head Office) is available again after 1 h 5 min".
 */
export function sentenceOf(event: StationEvent, place: Place): string {
	const { station, connectorId, lastedMs } = event;
	const where = placeInWords({ stationId: stationIdOf(station), connectorId }, place);
	if (event.event === 'statusChanged') return `${where} ${changeInWords(event)}`;
	const state = STATES[event.event];
	if (lastedMs === null || lastedMs < 1000) {
		const again = EVENTS[event.event].ends && lastedMs !== null ? ' again' : '';
		return `${where} is ${state}${again}`;
	}
	const lasted = secondsInWords(lastedMs / 1000);
	return EVENTS[event.event].ends
		? `${where} is ${state} again after ${lasted}`
		: `${where} has been ${state} for ${lasted}`;
}
