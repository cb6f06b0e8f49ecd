import { idText, listIn } from './answers';
import { readTransaction, type Transaction } from './transactions';
import type { components } from './types';

export type Station = components['schemas']['Station'];
export type Location = components['schemas']['Location'];

/** The stations in an answer of `listStations`, as the API gives them. @throws UnreadableAnswerError */
export const stationsOf = (body: unknown): Station[] => listIn(body, 'stations');

/** The locations in an answer of `listLocations`, as the API gives them. @throws UnreadableAnswerError */
export const locationsOf = (body: unknown): Location[] => listIn(body, 'locations');

/** The ID of a station as text, which the API can give as a number. */
export const stationIdOf = ({ stationId }: Station): string => idText(stationId) ?? '';

/** A connector as it is read. */
export interface Connector {
	/** Any text, such as `12` or `charger1_connector2`; unique only within its station. Empty if the API gives none. */
	connectorId: string;
	name: string;
	type?: string | null;
	status?: string | null;
	/** The latest transaction, mostly a summary of it; undefined if nothing has ever charged there. */
	latest?: Transaction;
}

/** The connectors of a station; `latestTransaction` has a second spelling. */
export const connectorsOf = (station: Station): Connector[] =>
	(station.connectors ?? []).map((connector) => {
		const connectorId = idText(connector.connectorId) ?? '';
		const { name, type, status, latestTransaction, lastTransaction } = connector;
		return {
			connectorId,
			name: name || `Connector ${connectorId}`,
			type,
			status,
			latest:
				readTransaction(latestTransaction, connectorId) ??
				readTransaction(lastTransaction, connectorId),
		};
	});

/** The fields of a station that tell most: its IDs, state, power, and each connector's state. */
export const simplifyStation = (station: Station) => ({
	stationId: stationIdOf(station),
	name: station.name,
	status: station.status,
	onlineStatus: station.onlineStatus,
	locationUid: station.locationUid,
	locationName: station.location?.name,
	maxPowerKw: station.maxPowerKw,
	currentPowerKw: station.currentPowerKw,
	connectors: connectorsOf(station).map(({ connectorId, type, status }) => ({
		connectorId,
		type,
		status,
	})),
});
