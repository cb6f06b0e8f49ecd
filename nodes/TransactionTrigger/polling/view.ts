import { connectorsOf, stationIdOf, type Station } from '../../shared/chargeye/stations';
import { authorizationMarkOf } from './authorization';
import type { Sighting } from './sighting';
import { isKnown } from '../../shared/polling/apiValues';

/** What a station shows: its connectors, and the latest transaction of each that has one. */
export interface StationView {
	stationId: string;
	connectors: string[];
	sightings: Sighting[];
}

/** Reads the API's answer about a station. */
export function viewOf(station: Station): StationView {
	const stationId = stationIdOf(station);
	const connectors = connectorsOf(station);
	const sightings = connectors.flatMap(({ connectorId, latest: transaction }) => {
		if (!transaction) return [];
		const connector = transaction.connectorId ?? connectorId;
		const saysAuthorized = isKnown(transaction.authenticated);
		const authorizationMark = saysAuthorized ? authorizationMarkOf(transaction) : undefined;
		return [{ connector, transaction: { ...transaction, stationId }, authorizationMark }];
	});
	const shown = [
		...connectors.map(({ connectorId }) => connectorId),
		...sightings.map(({ connector }) => connector),
	];
	return { stationId, connectors: [...new Set(shown)], sightings };
}
