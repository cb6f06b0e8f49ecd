import { EVENT_NAMES, EVENTS, type EventName } from '../../../nodes/StationTrigger/events.ts';
import type { StationEvent } from '../../../nodes/StationTrigger/polling/stationEvent.ts';
import { toItem } from '../../../nodes/StationTrigger/stationItem.ts';
import type { Station } from '../../../nodes/shared/chargeye/stations.ts';

const STATION: Station = {
	stationId: 'DEPOT-DC-1',
	name: 'Depot fast charger 1',
	status: 'Operative',
	onlineStatus: 'Offline',
	location: { name: 'Harbour Depot' },
	connectors: [
		{ connectorId: '1', name: 'CCS left', status: 'Faulted' },
		{ connectorId: 2, status: null },
	],
};

const eventOf = (event: EventName, changes: Partial<StationEvent> = {}): StationEvent => {
	const { aspect = 'stationStatus' } = EVENTS[event];
	return {
		eventId: 'ID',
		event,
		aspect,
		station: STATION,
		connectorId: aspect === 'connectorStatus' ? '1' : undefined,
		status: { status: 'Operative', previous: 'Faulted' },
		onlineStatus: { status: 'Offline', previous: 'Online' },
		since: '2026-03-01T10:00:00.000Z',
		lastedMs: 725_000,
		unreported: 2,
		occurredAt: '2026-03-01T10:00:00.000Z',
		detectedAt: '2026-03-01T10:12:05.000Z',
		...changes,
	};
};

const WHY = { chargingEndAlarms: ['RCD tripped'], endReason: 'GroundFault' };

const itemOf = (event: EventName, changes: Partial<StationEvent> = {}) =>
	toItem(eventOf(event, changes), 'simplified', WHY);

it('begins with what a person wants to know, and ends with the times and the key of programs', () => {
	expect(
		Object.entries(itemOf('stationOffline')).map(
			([name, value]) => `${name} ${JSON.stringify(value)}`,
		),
	).toEqual([
		'event "stationOffline"',
		'summary "Depot fast charger 1 (Harbour Depot) has been offline for 12 min"',
		'stationName "Depot fast charger 1"',
		'locationName "Harbour Depot"',
		'connectorName null',
		'status "Operative"',
		'previousStatus "Faulted"',
		'onlineStatus "Offline"',
		'previousOnlineStatus "Online"',
		'since "2026-03-01T10:00:00.000Z"',
		'lastedMinutes 12.1',
		'unreported 2',
		'chargingEndAlarms ["RCD tripped"]',
		'endReason "GroundFault"',
		'connectors [{"connectorId":"1","name":"CCS left","status":"Faulted"},{"connectorId":"2","name":"Connector 2","status":null}]',
		'stationId "DEPOT-DC-1"',
		'connectorId null',
		expect.stringMatching(/^station \{"name":"Depot fast charger 1",/),
		'occurredAt "2026-03-01T10:00:00.000Z"',
		'detectedAt "2026-03-01T10:12:05.000Z"',
		'eventId "ID"',
	]);
});

const AT = 'Depot fast charger 1 (Harbour Depot)';
const AT_CONNECTOR = 'Depot fast charger 1 (CCS left, Harbour Depot)';
const SENTENCES: Record<EventName, string> = {
	stationOffline: `${AT} has been offline for 12 min`,
	stationOnline: `${AT} is online again after 12 min`,
	stationFaulted: `${AT} has been faulted for 12 min`,
	stationUnavailable: `${AT} has been unavailable for 12 min`,
	stationOperativeAgain: `${AT} is operative again after 12 min`,
	connectorFaulted: `${AT_CONNECTOR} has been faulted for 12 min`,
	connectorUnavailable: `${AT_CONNECTOR} has been unavailable for 12 min`,
	connectorAvailableAgain: `${AT_CONNECTOR} is available again after 12 min`,
	occupiedWithoutCharging: `${AT_CONNECTOR} has been occupied without charging for 12 min`,
	statusChanged: `${AT} changed from Faulted to Operative`,
};

it.each(EVENT_NAMES)('%s is a sentence', (event) => {
	expect(itemOf(event).summary).toBe(SENTENCES[event]);
});

it.each<[string, Parameters<typeof itemOf>, string]>([
	['a state that has just begun', ['stationOffline', { lastedMs: 0 }], `${AT} is offline`],
	[
		'less than a minute',
		['stationOnline', { lastedMs: 42_500 }],
		`${AT} is online again after 42 s`,
	],
	[
		'a test',
		['connectorAvailableAgain', { lastedMs: null, since: null }],
		`${AT_CONNECTOR} is available`,
	],
	[
		'a change of the connection',
		['statusChanged', { aspect: 'onlineStatus' }],
		`${AT} changed from Online to Offline`,
	],
	[
		'a status that was not known before',
		['statusChanged', { status: { status: 'Faulted', previous: null } }],
		`${AT} has the status Faulted`,
	],
	[
		'a station and a connector without names',
		['connectorFaulted', { station: { stationId: 'bare' }, connectorId: '7' }],
		'bare (connector 7) has been faulted for 12 min',
	],
])('the sentence with %s', (_name, [event, ...others], sentence) => {
	expect(itemOf(event, ...others).summary).toBe(sentence);
});

it('has the station in full on request, and no duration in a test', () => {
	expect(toItem(eventOf('stationOffline'), 'raw', WHY).station).toEqual(STATION);
	expect(itemOf('stationOffline', { lastedMs: null })).toMatchObject({ lastedMinutes: null });
});
