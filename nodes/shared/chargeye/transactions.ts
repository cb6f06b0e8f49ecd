import { cleanText } from './cleanText';
import { idText, listIn, objectIn, UnreadableAnswerError } from './answers';
import type { AnswerOf, Received, Schema } from './contract';
import type { ApiRequest } from './request';

/** A transaction as the API gives it: whole in lists and look-ups, a summary at its connector. */
export type ReceivedTransaction = Received<Schema<'Transaction'>>;

/** The API's words for the state of a transaction. */
export const TRANSACTION_STATUSES = [
	'Alarm',
	'AuthorizedNotPluggedIn',
	'Charging',
	'Ended',
	'InsulationTest',
	'PluggedInIdle',
	'Unknown',
] as const satisfies ReadonlyArray<Schema<'Transaction'>['status']>;

/** What can limit the power of a transaction. */
export const POWER_LIMITATIONS = [
	'Charger',
	'Grid',
	'Queue',
	'Shared',
	'Vehicle',
] as const satisfies ReadonlyArray<Schema<'Transaction'>['powerLimitation']>;

const TIMES = [
	'activeStartTime',
	'chargingEndTime',
	'chargingStartTime',
	'endTime',
	'startTime',
	'updateTime',
] as const;

/** The fields that are compared with the contract's words; a value that is not text is read as null. */
const WORDS = ['powerLimitation', 'startReason', 'status'] as const;

type WordName = (typeof WORDS)[number];

/**
 * A transaction, read from an answer, whole or a summary: everything as the API gives it, but with `txId`, `stationId`
 * and `connectorId` as text, and with a `Z` at times in UTC. The fields in `WORDS` may have words that are not in the
 * contract.
 */
export type Transaction = Omit<
	ReceivedTransaction,
	WordName | 'txId' | 'stationId' | 'connectorId'
> &
	Pick<Schema<'Transaction'>, WordName | 'stationId'> & { txId: string; connectorId?: string };

/** `2024-06-14T08:07:48.596` */
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ]([\d:.]+)$/;

/**
 * Reads a transaction, whole or a summary: the only place that knows their shapes.
 * - `txId` is also called `transactionId`.
 * - `connectorId` is the transaction's `evseId` or a summary's `connectorId`, text or number.
 * - Times without an offset are UTC.
 * @param connectorId the connector that shows the transaction, used if the transaction itself names none
 * @returns undefined if there is no ID: where nothing has ever charged, a connector shows a transaction of null fields
 */
export function readTransaction(json: unknown, connectorId?: string): Transaction | undefined {
	if (typeof json !== 'object' || json === null) return undefined;
	const given = json as ReceivedTransaction;
	const txId = idText(given.txId) ?? idText(given.transactionId);
	if (txId === undefined) return undefined;
	const times = TIMES.flatMap((name) => {
		const time = given[name];
		return typeof time === 'string' ? [[name, time.replace(WITHOUT_OFFSET, '$1T$2Z')]] : [];
	});
	const words = WORDS.flatMap((name) => {
		const word = given[name];
		return word === undefined ? [] : [[name, typeof word === 'string' ? word : null]];
	});
	return {
		...given,
		...Object.fromEntries([...times, ...words]),
		txId,
		...(given.stationId !== undefined && { stationId: idText(given.stationId) ?? null }),
		connectorId: idText(given.evseId) ?? idText(given.connectorId) ?? connectorId,
	} as Transaction;
}

/** True if the transaction is over. */
export const hasEnded = ({ status, endTime }: Transaction): boolean =>
	status === 'Ended' ||
	((status ?? 'Unknown') === 'Unknown' &&
		typeof endTime === 'string' &&
		!Number.isNaN(Date.parse(endTime)));

/** The operations that list transactions, in pages. */
export type ListKey = 'listStationTransactions' | 'listTransactions';

export type ListRequest = ApiRequest<ListKey>;

type TransactionPage = AnswerOf<ListKey>;

/** The transactions on a page of a list, as the API gives them. @throws UnreadableAnswerError */
export const transactionsIn = (body: TransactionPage): ReceivedTransaction[] =>
	listIn(body, 'transactions');

/** The transactions on a page of a list, read; those without an ID are left out. @throws UnreadableAnswerError */
export const transactionsOf = (body: TransactionPage): Transaction[] =>
	transactionsIn(body).flatMap((json) => readTransaction(json) ?? []);

/**
 * The key of the next page, as it is sent back: text unchanged, an object (as in DynamoDB) as compact JSON.
 * @returns undefined on the last page
 * @throws PageKeyError if the key has any other form: otherwise the list would end early, unnoticed
 */
function nextKeyOf(body: TransactionPage): string | undefined {
	const key = body?.lastEvaluatedKey;
	if (key === undefined || key === null) return undefined;
	if (typeof key === 'string' && key !== '') return key;
	if (typeof key === 'object' && !Array.isArray(key) && Object.keys(key).length > 0) {
		return JSON.stringify(key);
	}
	throw new PageKeyError(key);
}

/** There are further pages, but the key of the next one has an unknown form. */
export class PageKeyError extends Error {
	name = 'PageKeyError';

	constructor(key: unknown) {
		super(
			`ChargEye’s list has more pages, but its lastEvaluatedKey is ${cleanText(JSON.stringify(key), 100)}, neither a text nor an object with fields`,
		);
	}
}

/**
 * The request for the next page of a list; undefined after the last page.
 * @param body the answer to `request`
 * @throws PageKeyError
 */
export function nextPageOf<K extends ListKey>(
	request: ApiRequest<K>,
	body: TransactionPage,
): ApiRequest<K> | undefined {
	const exclusiveStartKey = nextKeyOf(body);
	if (exclusiveStartKey === undefined) return undefined;
	return { ...request, query: { ...request.query, exclusiveStartKey } };
}

/** The transaction in an answer of `getTransaction`, as the API gives it. @throws UnreadableAnswerError */
export const transactionIn = (body: AnswerOf<'getTransaction'>): ReceivedTransaction =>
	objectIn(body, 'transaction');

/** The transaction in an answer of `getTransaction`, read. @throws UnreadableAnswerError if it or its ID is missing */
export function transactionOf(body: AnswerOf<'getTransaction'>): Transaction {
	const transaction = readTransaction(transactionIn(body));
	if (transaction) return transaction;
	throw new UnreadableAnswerError('The "transaction" of the answer has no ID');
}

/** A transaction as the API gives it, with its `evseName` also under the name that it has at a connector. */
export const withConnectorName = (json: ReceivedTransaction) => ({
	...json,
	...(json.connectorName === undefined &&
		json.evseName !== undefined && { connectorName: json.evseName }),
});

/**
 * The most useful fields of a transaction: its state, energy, power, the connector by name and who authorized it, then
 * IDs and times (UTC).
 */
export function simplifyTransaction(json: ReceivedTransaction) {
	const transaction = readTransaction(json);
	return {
		status: transaction?.status,
		chargedEnergyKwh: transaction?.chargedEnergyKwh,
		powerKw: transaction?.powerKw,
		soc: transaction?.soc,
		connectorName: withConnectorName(json).connectorName,
		authorizationReference: transaction?.authorizationReference,
		stationId: transaction?.stationId,
		connectorId: transaction?.connectorId,
		txId: transaction?.txId,
		startTime: transaction?.startTime,
		endTime: transaction?.endTime,
	};
}

/** The IDs in every output about a transaction. */
export const TRANSACTION_IDS = ['txId', 'stationId', 'connectorId'] as const;
