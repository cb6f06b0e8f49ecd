import { idText, listIn } from '../shared/chargeye/answers';
import { stationIdOf, type Station } from '../shared/chargeye/stations';
import type { Transaction } from '../shared/chargeye/transactions';
import { stationPlace, type Place } from '../shared/polling/place';

/**
 * Finds where transactions take place, in what a poll has read anyway: names cost no request, and need not be stored.
 * @param stations those that the poll has read; a single transaction that is watched comes without names
 */
export function placesIn(stations: readonly Station[]): (transaction: Transaction) => Place {
	const byId = new Map(stations.map((station) => [stationIdOf(station), station]));
	return ({ stationId, connectorId, evseName, connectorName }) => {
		const station = byId.get(stationId ?? '');
		const connectors = station?.connectors ? listIn(station, 'connectors') : [];
		const connector = connectors.find((one) => idText(one.connectorId) === connectorId);
		return {
			...stationPlace(station),
			connectorName: idText(connector?.name) ?? idText(evseName) ?? idText(connectorName) ?? null,
		};
	};
}
