import { idText, listIn } from './answers';
import type { AnswerOf, Received, Schema } from './contract';
import { limitedBy } from './limitedBy';
import { readTransaction, type Transaction } from './transactions';

/** A station as the API gives it. */
export type Station = Received<Schema<'Station'>>;
/** A location as the API gives it. */
export type Location = Received<Schema<'Location'>>;

/** The API's words for the state of a station, of its connection, and of a connector; without `Unknown`. */
export const STATION_STATUSES = [
	'Faulted',
	'Operative',
	'Unavailable',
] as const satisfies ReadonlyArray<Schema<'Station'>['status']>;
export const ONLINE_STATUSES = ['Offline', 'Online'] as const satisfies ReadonlyArray<
	Schema<'Station'>['onlineStatus']
>;

export const CONNECTOR_STATUSES = [
	'Available',
	'Charging',
	'Faulted',
	'Occupied',
	'Reserved',
	'Unavailable',
] as const satisfies ReadonlyArray<Schema<'Connector'>['status']>;

/** The stations in an answer of `listStations`, as the API gives them. @throws UnreadableAnswerError */
export const stationsOf = (body: AnswerOf<'listStations'>): Station[] => listIn(body, 'stations');

/** The locations in an answer of `listLocations`, as the API gives them. @throws UnreadableAnswerError */
export const locationsOf = (body: AnswerOf<'listLocations'>): Location[] =>
	listIn(body, 'locations');

/** Whether a station is at a location. Answers for a location are filtered too, in case the API ignores the filter. */
export const isAt =
	(uid: string) =>
	({ locationUid }: Station): boolean =>
		(locationUid ?? uid) === uid;

/** Whether a station has a label; upper and lower case count alike. */
export function hasLabel(label: string): (station: Station) => boolean {
	const wanted = label.toLowerCase();
	return (station) =>
		Array.isArray(station.labels) &&
		listIn(station, 'labels').some(({ value }) => idText(value)?.trim().toLowerCase() === wanted);
}

/** The ID of a station as text, which the API can give as a number. */
export const stationIdOf = ({ stationId }: Station): string => idText(stationId) ?? '';

/** A connector, read from the API's answer. */
export interface Connector {
	/** Any text, such as `12` or `charger1_connector2`; unique only within its station. Empty if the API gives none. */
	connectorId: string;
	name: string;
	type: unknown;
	status: unknown;
	/** The most that it can give. */
	maxPowerKw: unknown;
	/** The most that it can give now. */
	maxPowerKwActual: unknown;
	/** The latest transaction, usually a summary; undefined if nothing has ever charged at this connector. */
	latest?: Transaction;
}

/**
 * The connectors of a station. The API spells their `latestTransaction` also `lastTransaction`.
 * @throws UnreadableAnswerError if the connectors are not a list
 */
export const connectorsOf = (station: Station): Connector[] =>
	(station.connectors ? listIn(station, 'connectors') : []).map((connector) => {
		const connectorId = idText(connector.connectorId) ?? '';
		const { name, type, status, latestTransaction, lastTransaction } = connector;
		return {
			connectorId,
			name: idText(name) ?? `Connector ${connectorId}`,
			type,
			status,
			maxPowerKw: connector.maxPowerKw,
			maxPowerKwActual: connector.maxPowerKwActual,
			latest:
				readTransaction(latestTransaction, connectorId) ??
				readTransaction(lastTransaction, connectorId),
		};
	});

/**
 * The most useful fields of a station: its state, power, location and each connector's state and what limits it, then IDs.
 */
export const simplifyStation = (station: Station) => ({
	name: station.name,
	status: station.status,
	onlineStatus: station.onlineStatus,
	currentPowerKw: station.currentPowerKw,
	maxPowerKw: station.maxPowerKw,
	locationName: station.location?.name,
	stationId: stationIdOf(station),
	connectors: connectorsOf(station).map((connector) => ({
		connectorId: connector.connectorId,
		type: connector.type,
		status: connector.status,
		limitedBy: limitedBy(connector),
	})),
	locationUid: station.locationUid,
});
