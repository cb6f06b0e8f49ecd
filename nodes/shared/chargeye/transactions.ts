import { UnreadableAnswerError } from './answers';
import type { ApiRequest } from './request';
import { listIn, type Station } from './stations';
import type { components } from './types';

export type Transaction = components['schemas']['Transaction'];

/** What the API tells of a transaction's state. */
export const TRANSACTION_STATUSES = [
	'Alarm',
	'AuthorizedNotPluggedIn',
	'Charging',
	'Ended',
	'InsulationTest',
	'PluggedInIdle',
	'Unknown',
] as const;

/** The transactions on a page of `listTransactions`. @throws UnreadableAnswerError */
export const transactionsOf = (body: unknown): Transaction[] => listIn(body, 'transactions');

/** Where the next page begins, or undefined on the last. */
function nextKeyOf(body: unknown): string | undefined {
	const key: unknown =
		typeof body === 'object' && body !== null ? Reflect.get(body, 'lastEvaluatedKey') : undefined;
	return typeof key === 'string' && key !== '' ? key : undefined;
}

/** The request of the page that follows an answer to `request`; undefined after the last. */
export function nextPageOf(request: ApiRequest, body: unknown): ApiRequest | undefined {
	const exclusiveStartKey = nextKeyOf(body);
	if (exclusiveStartKey === undefined) return undefined;
	return { ...request, query: { ...request.query, exclusiveStartKey } };
}

/** The transaction in an answer of `getTransaction`. @throws UnreadableAnswerError */
export function transactionOf(body: unknown): Transaction {
	const transaction: unknown =
		typeof body === 'object' && body !== null ? Reflect.get(body, 'transaction') : undefined;
	if (typeof transaction !== 'object' || transaction === null) {
		throw new UnreadableAnswerError('The answer has no "transaction"');
	}
	return transaction as Transaction;
}

/** The latest transaction of a connector, with the names of where it is. */
export interface LatestTransaction {
	transaction: Transaction;
	station: string;
	connector: string;
}

/** The latest transaction of every connector; the field has two spellings of it. */
export const latestTransactionsOf = (stations: Station[]): LatestTransaction[] =>
	stations.flatMap((station) =>
		(station.connectors ?? []).flatMap((connector) => {
			const transaction = connector.lastTransaction ?? connector.latestTransaction;
			if (!transaction) return [];
			return [
				{
					transaction,
					station: station.name || station.stationId,
					connector: connector.name || `Connector ${connector.connectorId}`,
				},
			];
		}),
	);

/** An EVSE ID as a number, whichever of the API's two forms it has. */
export const toEvseId = (evseId: Transaction['evseId']) =>
	typeof evseId === 'string' && /^\d+$/.test(evseId) ? Number(evseId) : evseId;

/** The fields of a transaction that tell most: its IDs, state, times (UTC), energy, power, and who pays. */
export const simplifyTransaction = (transaction: Transaction) => ({
	txId: transaction.txId,
	stationId: transaction.stationId,
	evseId: toEvseId(transaction.evseId),
	status: transaction.status,
	startTime: transaction.startTime,
	endTime: transaction.endTime,
	chargedEnergyKwh: transaction.chargedEnergyKwh,
	powerKw: transaction.powerKw,
	soc: transaction.soc,
	authorizationReference: transaction.authorizationReference,
});

/** The IDs that every output of a transaction holds. */
export const TRANSACTION_IDS = ['txId', 'stationId', 'evseId'] as const;
