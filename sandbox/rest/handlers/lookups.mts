import type { Csms } from '../../csms/csms.mts';
import type { Transaction } from '../../csms/transactionRecords.mts';
import { LOCATIONS } from '../../fleet.mts';
import { HttpError } from '../../http/httpError.mts';
import type { ContractHandlers, Schema } from '../contract.mts';
import { stationOf, transactionOf } from '../stationRegister.mts';
import { stationView, transactionView, type Dialect } from '../views.mts';

interface PageQuery {
	startDate?: string;
	endDate?: string;
	exclusiveStartKey?: string;
}

export function lookupHandlers(
	csms: Csms,
	pageSize: number,
	dialect: Dialect,
): ContractHandlers<
	| 'listLocations'
	| 'listStations'
	| 'listStationTransactions'
	| 'listTransactions'
	| 'getTransaction'
> {
	const view = (record: Transaction): Schema<'Transaction'> =>
		transactionView(record, stationOf(csms, record.stationId).asset, dialect);

	/** The transactions that started in [startDate, endDate), oldest first, one page at a time. */
	const page = (records: Transaction[], query: PageQuery) => {
		const from = query.startDate === undefined ? -Infinity : Date.parse(query.startDate);
		const to = query.endDate === undefined ? Infinity : Date.parse(query.endDate);
		const matching = records.filter(({ startTime }) => {
			const start = Date.parse(startTime);
			return start >= from && start < to;
		});
		const rest = matching.slice(startIndex(matching, query.exclusiveStartKey, dialect));
		const transactions = rest.slice(0, pageSize);
		const last = transactions.at(-1);
		return {
			transactions: transactions.map(view),
			...(dialect === 'published' ? { summary: totalsOf(matching) } : {}),
			...(last !== undefined && rest.length > pageSize
				? { lastEvaluatedKey: keyOf(last, dialect) }
				: {}),
		};
	};

	return {
		listLocations: () => ({ locations: LOCATIONS.map((location) => ({ ...location })) }),
		listStations: ({ query: { locationUid, stationIds } }) => ({
			stations: [...csms.stations.values()]
				.filter(({ asset }) => locationUid === undefined || asset.locationUid === locationUid)
				.filter(({ asset }) => stationIds === undefined || stationIds.includes(asset.stationId))
				.map((station) => stationView(station, csms.transactions, dialect)),
		}),
		listStationTransactions: ({ params: { stationId }, query }) => {
			stationOf(csms, stationId);
			return page(csms.transactions.all(stationId), query);
		},
		listTransactions: ({ query }) => page(csms.transactions.all(), query),
		getTransaction: ({ params: { txId } }) => ({
			transaction: view(transactionOf(csms, txId).record),
		}),
	};
}

/** The totals of all pages of a list. */
function totalsOf(records: Transaction[]): Schema<'TransactionTotals'> {
	const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
	const energiesWh = records.map(({ chargedEnergyKwh }) => (chargedEnergyKwh ?? 0) * 1000);
	return {
		count: records.length,
		chargedEnergyKwh: Math.round(total(energiesWh)) / 1000,
		chargingTimeMs: total(records.map(({ chargingDurationMs }) => chargingDurationMs ?? 0)),
		occupiedTimeMs: total(records.map(({ sessionDurationMs }) => sessionDurationMs ?? 0)),
	};
}

/** The page key: an object, as in DynamoDB, or a text. */
const keyOf = ({ txId, stationId, startTime }: Transaction, dialect: Dialect) =>
	dialect === 'former' ? Buffer.from(txId).toString('base64url') : { stationId, startTime, txId };

/** The caller sends the page key back unchanged, an object as compact JSON. */
function startIndex(
	records: Transaction[],
	exclusiveStartKey: string | undefined,
	dialect: Dialect,
): number {
	if (exclusiveStartKey === undefined) return 0;
	const index = records.findIndex((record) => {
		const key = keyOf(record, dialect);
		return (typeof key === 'string' ? key : JSON.stringify(key)) === exclusiveStartKey;
	});
	if (index === -1) {
		throw new HttpError(400, 'query.exclusiveStartKey is not a lastEvaluatedKey of this list.');
	}
	return index + 1;
}
