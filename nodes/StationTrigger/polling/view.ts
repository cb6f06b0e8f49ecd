import { cleanText } from '../../shared/chargeye/cleanText';
import { connectorsOf, stationIdOf, type Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import type { Aspect } from '../events';

/** A status as one answer shows it. */
export interface Reading {
	aspect: Aspect;
	/** Undefined if the API does not know it: then nothing has changed as far as anyone knows. */
	status?: string;
	/** A connector's latest transaction, usually a summary. */
	latest?: Transaction;
}

/** A status that the API knows. */
export type KnownReading = Reading & { status: string };

export interface ConnectorView {
	connectorId: string;
	reading: Reading;
}

/** What a station shows. */
export interface StationView {
	stationId: string;
	/** Whether it is online, and whether it is operative. */
	readings: [Reading, Reading];
	connectors: ConnectorView[];
}

/** The longest status that is remembered; the API's words are much shorter. */
const LONGEST_STATUS = 50;

function readStatus(value: unknown): string | undefined {
	const status = typeof value === 'string' ? cleanText(value, LONGEST_STATUS) : '';
	return status === '' || status === 'Unknown' ? undefined : status;
}

/** Reads the API's answer about a station. Connectors without an ID cannot be told apart, and are left out. */
export function viewOf(station: Station): StationView {
	const seen = new Set(['']);
	return {
		stationId: stationIdOf(station),
		readings: [
			{ aspect: 'onlineStatus', status: readStatus(station.onlineStatus) },
			{ aspect: 'stationStatus', status: readStatus(station.status) },
		],
		connectors: connectorsOf(station).flatMap(({ connectorId, status, latest }) => {
			if (seen.has(connectorId)) return [];
			seen.add(connectorId);
			return [
				{ connectorId, reading: { aspect: 'connectorStatus', status: readStatus(status), latest } },
			];
		}),
	};
}
