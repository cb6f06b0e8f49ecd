// A ChargEye with any number of connectors, whose transactions continue and end on command.
import { startServer } from '../host/support/localServer.mts';
import type { Station } from '../nodes/shared/chargeye/stations.ts';
import type { Schema } from '../nodes/shared/chargeye/contract.ts';

const CONNECTORS_A_STATION = 2;
const PAGE_SIZE = 100;
const MINUTE_MS = 60_000;

export interface StubFleet {
	baseUrl: string;
	/** Requests answered since the last call. */
	takeRequests(): number;
	/** Ends this many transactions, connector by connector, and begins a new one on each. */
	replace(transactions: number): void;
	/** Raises the meter of every connector. */
	meter(): void;
	/** Ends this many latest transactions without a new one. */
	end(transactions: number): void;
	/** Takes this many stations offline, and brings the others back. */
	takeOffline(stations: number): void;
	close(): Promise<void>;
}

type Transaction = Schema<'Transaction'>;

/** A connector's summary of its latest transaction. */
function summaryOf(transaction: Transaction): Transaction {
	const summary = { ...transaction };
	for (const name of [
		'activeStartTime',
		'authenticated',
		'evseId',
		'sequenceNumber',
		'simulated',
		'stationId',
	]) {
		delete summary[name];
	}
	return summary;
}

/** @param connectors number of connectors, each with a charging transaction */
export async function startStubFleet(connectors: number): Promise<StubFleet> {
	let requests = 0;
	let started = 0;
	let now = Date.now();
	const utc = () => new Date(now).toISOString();

	/** A charging transaction, with the API's fields. */
	const begin = (stationId: string, evseId: number): Transaction => ({
		txId: `00000000-0000-4000-8000-${String(++started).padStart(12, '0')}`,
		stationId,
		evseId,
		status: 'Charging',
		sequenceNumber: 12,
		startTime: utc(),
		startReason: 'CablePluggedIn',
		activeStartTime: utc(),
		chargingStartTime: utc(),
		updateTime: utc(),
		authenticated: true,
		cableConnected: true,
		chargedEnergyKwh: 12.345,
		powerKw: 84.1,
		soc: 57,
		powerLimitation: 'Vehicle',
		simulated: false,
	});
	/** All transactions of each connector, the latest last. */
	const histories = Array.from({ length: connectors }, (_, index) => {
		const stationId = `STATION-${Math.floor(index / CONNECTORS_A_STATION)}`;
		const evseId = (index % CONNECTORS_A_STATION) + 1;
		return { stationId, evseId, transactions: [begin(stationId, evseId)] };
	});
	const stations = Array.from(
		{ length: Math.ceil(connectors / CONNECTORS_A_STATION) },
		(_, index) => histories.slice(index * CONNECTORS_A_STATION, (index + 1) * CONNECTORS_A_STATION),
	);

	let offline = 0;
	const listStations = (): Station[] =>
		stations.map((station, index) => ({
			stationId: station[0].stationId,
			name: `Charger ${station[0].stationId}`,
			status: 'Operative',
			onlineStatus: index < offline ? 'Offline' : 'Online',
			connectors: station.map(({ evseId, transactions }) => ({
				connectorId: evseId,
				name: `CCS ${evseId}`,
				status: 'Charging',
				type: 'CCS',
				latestTransaction: summaryOf(transactions.at(-1)!),
			})),
		}));
	const listTransactions = (stationId: string, query: URLSearchParams) => {
		const from = query.get('startDate') ?? '';
		const all = stations[Number(stationId.split('-')[1])]
			.flatMap(({ transactions }) => transactions)
			.filter(({ startTime }) => (startTime ?? '') >= from)
			.sort((a, b) => (a.startTime ?? '').localeCompare(b.startTime ?? ''));
		const begins = Number(query.get('exclusiveStartKey') ?? 0);
		const ends = begins + PAGE_SIZE;
		return {
			transactions: all.slice(begins, ends),
			...(ends < all.length && { lastEvaluatedKey: String(ends) }),
		};
	};

	// Written in advance, so that only the poll is measured.
	let fleet = JSON.stringify({ stations: listStations() });

	const { url, close } = await startServer((request, response) => {
		requests++;
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const station = /\/chargingStations\/([^/]+)\/transactions$/.exec(pathname)?.[1];
		const txId = /\/transactions\/([^/]+)$/.exec(pathname)?.[1];
		response.writeHead(200, { 'Content-Type': 'application/json' });
		if (txId !== undefined) {
			const all = histories.flatMap(({ transactions }) => transactions.at(-1) ?? []);
			response.end(JSON.stringify({ transaction: all.find((found) => found.txId === txId) }));
			return;
		}
		response.end(
			station === undefined ? fleet : JSON.stringify(listTransactions(station, searchParams)),
		);
	});
	let turn = 0;
	return {
		baseUrl: `${url}/api`,
		takeRequests() {
			const count = requests;
			requests = 0;
			return count;
		},
		takeOffline(count) {
			offline = count;
			fleet = JSON.stringify({ stations: listStations() });
		},
		meter() {
			now += MINUTE_MS;
			for (const { transactions } of histories) {
				const last = transactions[transactions.length - 1];
				if (last.status === 'Ended') continue;
				const chargedEnergyKwh = (last.chargedEnergyKwh ?? 0) + 1;
				Object.assign(last, { chargedEnergyKwh, updateTime: utc() });
			}
			fleet = JSON.stringify({ stations: listStations() });
		},
		end(count) {
			now += MINUTE_MS;
			const charging = histories.filter(
				({ transactions }) => transactions.at(-1)?.status !== 'Ended',
			);
			for (const { transactions } of charging.slice(0, count)) {
				const ends: Partial<Transaction> = { status: 'Ended', endTime: utc(), updateTime: utc() };
				Object.assign(transactions[transactions.length - 1], { ...ends, chargingEndTime: utc() });
			}
			fleet = JSON.stringify({ stations: listStations() });
		},
		replace(count) {
			for (let left = count; left > 0; left--) {
				const { stationId, evseId, transactions } = histories[turn++ % histories.length];
				now += MINUTE_MS;
				const last = transactions[transactions.length - 1];
				const ends: Partial<Transaction> = { status: 'Ended', endTime: utc(), updateTime: utc() };
				Object.assign(last, { ...ends, chargingEndTime: utc(), sequenceNumber: 13 });
				transactions.push(begin(stationId, evseId));
			}
			fleet = JSON.stringify({ stations: listStations() });
		},
		close,
	};
}
