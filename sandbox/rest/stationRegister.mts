import type { ConnectedStation } from '../csms/connectedStation.mts';
import type { Csms } from '../csms/csms.mts';
import type { Transaction } from '../csms/transactionRecord.mts';
import { HttpError } from '../http/httpError.mts';

/** @throws HttpError 404 */
export function stationOf(csms: Csms, stationId: string): ConnectedStation {
	const station = csms.stations.get(stationId);
	if (station === undefined) {
		throw new HttpError(404, `There is no charging station ${stationId}.`);
	}
	return station;
}

/**
 * The OCPP EVSE behind a connector of the API. The API's paths call the connector `evseId`.
 * @throws HttpError 404
 */
export function connectorOf(
	csms: Csms,
	{ stationId, evseId: connectorId }: { stationId: string; evseId: string },
): { station: ConnectedStation; evseId: number } {
	const station = stationOf(csms, stationId);
	const evse = station.asset.evses.find((found) => found.connectorId === connectorId);
	if (evse === undefined) {
		throw new HttpError(404, `Charging station ${stationId} has no connector ${connectorId}.`);
	}
	return { station, evseId: evse.evseId };
}

/** @throws HttpError 404 */
export function transactionOf(
	csms: Csms,
	txId: string,
): { record: Transaction; station: ConnectedStation } {
	const record = csms.transactions.get(txId);
	if (record === undefined) throw new HttpError(404, `There is no transaction ${txId}.`);
	return { record, station: stationOf(csms, record.stationId) };
}
