import type { ConnectedStation } from '../csms/connectedStation.mts';
import type { Csms } from '../csms/csms.mts';
import type { Transaction } from '../csms/transactionRecords.mts';
import { HttpError } from '../http/httpError.mts';

/** @throws HttpError 404 */
export function stationOf(csms: Csms, stationId: string): ConnectedStation {
	const station = csms.stations.get(stationId);
	if (station === undefined) {
		throw new HttpError(404, `There is no charging station ${stationId}.`);
	}
	return station;
}

/** @throws HttpError 404 */
export function connectorOf(
	csms: Csms,
	{ stationId, evseId }: { stationId: string; evseId: number },
): ConnectedStation {
	const station = stationOf(csms, stationId);
	if (!station.asset.evses.some((evse) => evse.evseId === evseId)) {
		throw new HttpError(404, `Charging station ${stationId} has no connector ${evseId}.`);
	}
	return station;
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
