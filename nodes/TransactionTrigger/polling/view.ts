import { connectorsOf, stationIdOf, type Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { isKnown, markOf } from './record';

/** A transaction and the connector that it is at. */
export interface Sighting {
	connector: string;
	transaction: Transaction;
	/** What was shown, as `markOf` has it, if it is known with that whether the driver is authorized. */
	asked?: string;
}

/** What a station shows: its connectors, and the latest transaction of each that has one. */
export interface StationView {
	stationId: string;
	connectors: string[];
	sightings: Sighting[];
}

/** What a station shows, as the API gives it. */
export function viewOf(station: Station): StationView {
	const stationId = stationIdOf(station);
	const connectors = connectorsOf(station);
	const sightings = connectors.flatMap(({ connectorId, latest: transaction }) => {
		if (!transaction) return [];
		const connector = transaction.connectorId ?? connectorId;
		const asked = isKnown(transaction.authenticated) ? markOf(transaction) : undefined;
		return [{ connector, transaction: { ...transaction, stationId }, asked }];
	});
	const shown = [
		...connectors.map(({ connectorId }) => connectorId),
		...sightings.map(({ connector }) => connector),
	];
	return { stationId, connectors: [...new Set(shown)], sightings };
}
