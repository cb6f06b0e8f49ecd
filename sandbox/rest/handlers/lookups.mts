import type { Csms } from '../../csms/csms.mts';
import type { Transaction } from '../../csms/transactionRecord.mts';
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

	const startIndex = (records: Transaction[], pageKey: string | undefined): number => {
		if (pageKey === undefined) return 0;
		const last = recordOf(csms, pageKey, dialect);
		const index = last === undefined ? -1 : records.indexOf(last);
		if (index !== -1) return index + 1;
		throw new HttpError(400, 'query.exclusiveStartKey is not a lastEvaluatedKey of this list.');
	};

	/** The transactions that started in [startDate, endDate), oldest first, one page at a time. */
	const page = (query: PageQuery, stationId?: string) => {
		const from = query.startDate === undefined ? -Infinity : Date.parse(query.startDate);
		const to = query.endDate === undefined ? Infinity : Date.parse(query.endDate);
		const matching = csms.transactions.between(from, to, stationId);
		const begins = startIndex(matching, query.exclusiveStartKey);
		const transactions = matching.slice(begins, begins + pageSize);
		const last = transactions.at(-1);
		return {
			transactions: transactions.map(view),
			...(dialect === 'published' ? { summary: totalsOf(matching) } : {}),
			...(last !== undefined && matching.length > begins + pageSize
				? { lastEvaluatedKey: keyOf(last, dialect) }
				: {}),
		};
	};

	return {
		listLocations: () => ({ locations: locationsOf(csms) }),
		listStations: ({ query: { locationUid, stationIds } }) => ({
			stations: [...csms.stations.values()]
				.filter(({ asset }) => locationUid === undefined || asset.location.id === locationUid)
				.filter(({ asset }) => stationIds === undefined || stationIds.includes(asset.stationId))
				.map((station) => stationView(station, csms.transactions, dialect)),
		}),
		listStationTransactions: ({ params: { stationId }, query }) => {
			stationOf(csms, stationId);
			return page(query, stationId);
		},
		listTransactions: ({ query }) => page(query),
		getTransaction: ({ params: { txId } }) => ({
			transaction: view(transactionOf(csms, txId).record),
		}),
	};
}

/** Every place that has a station. */
const locationsOf = (csms: Csms): Schema<'Location'>[] => {
	const all = [...csms.stations.values()].map(({ asset }) => asset.location);
	return [...new Map(all.map((location) => [location.id, { ...location }])).values()];
};

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

/** The record of a page key, which the caller sends back unchanged, an object as compact JSON. */
function recordOf(csms: Csms, pageKey: string, dialect: Dialect): Transaction | undefined {
	const record = csms.transactions.get(txIdIn(pageKey, dialect) ?? '');
	if (record === undefined) return undefined;
	const key = keyOf(record, dialect);
	return (typeof key === 'string' ? key : JSON.stringify(key)) === pageKey ? record : undefined;
}

function txIdIn(pageKey: string, dialect: Dialect): string | undefined {
	if (dialect === 'former') return Buffer.from(pageKey, 'base64url').toString();
	return /"txId":"([^"]+)"/.exec(pageKey)?.[1];
}
