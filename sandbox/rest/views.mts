import type { ConnectedStation } from '../csms/connectedStation.mts';
import type { Transaction } from '../csms/transactionRecord.mts';
import type { TransactionRecords } from '../csms/transactionRecords.mts';
import { NOMINAL_VOLTAGE, type EvseAsset, type StationAsset } from '../fleet.mts';
import type { Schema } from './contract.mts';

/**
 * How the API shows things: as published, or as in this project's first contract, with numbers as connector IDs, whole
 * transactions in connectors, and texts as page keys.
 */
export type Dialect = 'published' | 'former';

/** A station as the API shows it, from the register and from what the station has reported. */
export function stationView(
	station: ConnectedStation,
	transactions: TransactionRecords,
	dialect: Dialect,
): Schema<'Station'> {
	const { asset } = station;
	const connectors = asset.evses.map((evse) => connectorView(station, evse, transactions, dialect));
	const statuses = connectors.map(({ status }) => status);
	// A connector that is free again draws nothing, even if the end of its transaction was never reported.
	const powerW = asset.evses
		.map(({ evseId }) => transactions.latest(asset.stationId, evseId))
		.filter((_, index) => connectors[index].status === 'Charging')
		.reduce((sum, record) => sum + (record?.power ?? 0), 0);
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
		locationUid: asset.location.id,
		location: { name: asset.location.name },
		connectors,
	};
}

/** The API's ID of the connector of an EVSE. */
const connectorIdOf = (evse: EvseAsset, dialect: Dialect): string | number =>
	dialect === 'former' ? evse.evseId : evse.connectorId;

/** A transaction as the API shows it in lists and look-ups. */
export function transactionView(
	record: Transaction,
	asset: StationAsset,
	dialect: Dialect,
): Schema<'Transaction'> {
	const evse = asset.evses.find(({ evseId }) => evseId === record.evseId);
	if (evse === undefined || asset.formerSpelling) return record;
	return {
		...record,
		evseId: String(connectorIdOf(evse, dialect)),
		...(dialect === 'published' && { evseName: evse.name }),
	};
}

/** What a connector shows of its latest transaction: these fields, and no others. */
const SUMMARY = [
	'txId',
	'status',
	'triggerReason',
	'startReason',
	'startTime',
	'chargingStartTime',
	'chargingEndTime',
	'chargingEndReason',
	'endTime',
	'endReason',
	'chargedEnergyKwh',
	'powerKw',
	'soc',
	'powerLimitation',
	'updateTime',
] as const satisfies Array<keyof Schema<'TransactionSummary'>>;

/** If nothing has ever charged at the connector, all fields are null, its ID included. */
function summaryView(
	record: Transaction | undefined,
	evse: EvseAsset,
): Schema<'TransactionSummary'> {
	const fields = SUMMARY.map((name) => [name, record?.[name] ?? null]);
	return {
		...(Object.fromEntries(fields) as Schema<'TransactionSummary'>),
		connectorId: record === undefined ? null : evse.connectorId,
		connectorName: record === undefined ? null : evse.name,
		connectorType: record === undefined ? null : evse.connectorType,
	};
}

function connectorView(
	station: ConnectedStation,
	evse: EvseAsset,
	transactions: TransactionRecords,
	dialect: Dialect,
): Schema<'Connector'> {
	const { asset } = station;
	const record = transactions.latest(asset.stationId, evse.evseId);
	const latest = () => {
		if (dialect === 'published') return summaryView(record, evse);
		return record === undefined ? null : transactionView(record, asset, dialect);
	};
	return {
		connectorId: connectorIdOf(evse, dialect),
		name: evse.name,
		status: connectorStatus(station, evse.evseId, record),
		type: evse.connectorType,
		maxPowerKw: evse.maxPowerW / 1000,
		maxPowerKwActual: evse.maxPowerW / 1000,
		...(asset.formerSpelling
			? { lastTransaction: record === undefined ? null : latest() }
			: { latestTransaction: latest() }),
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
