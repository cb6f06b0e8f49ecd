import type { ConnectedStation } from '../csms/connectedStation.mts';
import type { Transaction, TransactionRecords } from '../csms/transactionRecords.mts';
import { LOCATIONS, NOMINAL_VOLTAGE, type EvseAsset, type StationAsset } from '../fleet.mts';
import type { Schema } from './contract.mts';

/** A station as the API shows it, from the register and from what the station has reported. */
export function stationView(
	station: ConnectedStation,
	transactions: TransactionRecords,
): Schema<'Station'> {
	const { asset } = station;
	const location = LOCATIONS.find(({ id }) => id === asset.locationUid);
	const connectors = asset.evses.map((evse) => connectorView(station, evse, transactions));
	const statuses = connectors.map(({ status }) => status);
	const powerW = asset.evses
		.map(({ evseId }) => transactions.latest(asset.stationId, evseId))
		.reduce((sum, record) => sum + (record?.status === 'Charging' ? (record.power ?? 0) : 0), 0);
	return {
		stationId: asset.stationId,
		name: asset.name,
		status: statuses.every((status) => status === 'Faulted')
			? 'Faulted'
			: statuses.every((status) => status === 'Unavailable')
				? 'Unavailable'
				: 'Operative',
		onlineStatus: station.online ? 'Online' : 'Offline',
		maxPowerKw: asset.maxPowerW / 1000,
		maxPowerA: asset.maxCurrentA,
		currentPowerKw: Math.round(powerW / 10) / 100,
		currentPowerA: gridCurrent(asset, powerW),
		acDcPowerRatio: asset.currentType === 'DC' ? asset.acDcPowerRatio : null,
		locationUid: asset.locationUid,
		location: location ? { name: location.name } : null,
		connectors,
	};
}

/** A transaction as the API shows it; the field knows numeric and textual evseIds. */
export function transactionView(
	record: Transaction,
	{ latestTransactionSpelling }: StationAsset,
): Schema<'Transaction'> {
	return latestTransactionSpelling ? { ...record, evseId: String(record.evseId) } : record;
}

function connectorView(
	station: ConnectedStation,
	evse: EvseAsset,
	transactions: TransactionRecords,
): Schema<'Connector'> {
	const { asset } = station;
	const record = transactions.latest(asset.stationId, evse.evseId);
	const last = record === undefined ? null : transactionView(record, asset);
	return {
		connectorId: evse.evseId,
		name: evse.name,
		status: connectorStatus(station, evse.evseId, record),
		type: evse.connectorType,
		maxPowerKw: evse.maxPowerW / 1000,
		maxPowerKwActual: evse.maxPowerW / 1000,
		...(asset.latestTransactionSpelling ? { latestTransaction: last } : { lastTransaction: last }),
	};
}

function connectorStatus(
	station: ConnectedStation,
	evseId: number,
	record: Transaction | undefined,
): Schema<'Connector'>['status'] {
	const reported = station.connectorStatus(evseId) ?? 'Unknown';
	return reported === 'Occupied' && record?.status === 'Charging' ? 'Charging' : reported;
}

/** A per phase, to one decimal. */
function gridCurrent(asset: StationAsset, powerW: number): number {
	const perPhase = powerW / asset.acDcPowerRatio / (NOMINAL_VOLTAGE * asset.phases);
	return Math.round(perPhase * 10) / 10;
}
