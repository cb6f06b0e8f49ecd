import { cleanText } from './cleanText';
import { idText, listIn, objectIn, UnreadableAnswerError } from './answers';
import type { AnswerOf, Received, Schema } from './contract';
import type { ApiRequest } from './request';

/** A transaction as the API gives it: whole in lists and look-ups, a summary at its connector. */
export type ReceivedTransaction = Received<Schema<'Transaction'>>;

/** What the API tells of a transaction's state. */
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

/** What is compared with the contract's own words; what is no text is as good as null. */
const WORDS = ['powerLimitation', 'startReason', 'status'] as const;

type WordName = (typeof WORDS)[number];

/**
 * A transaction as it is read, whole or a summary: everything as the API gives it, but with `txId`, `stationId` and
 * `connectorId` as text, and with times that say that they are UTC. The words of `WORDS` may be others than the contract's.
 */
export type Transaction = Omit<
	ReceivedTransaction,
	WordName | 'txId' | 'stationId' | 'connectorId'
> &
	Pick<Schema<'Transaction'>, WordName | 'stationId'> & { txId: string; connectorId?: string };

/** `2024-06-14T08:07:48.596` */
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ]([\d:.]+)$/;

/**
 * Reads a transaction, whole or a summary: the one place that knows their shapes.
 * - `txId` is also called `transactionId`.
 * - `connectorId` is the transaction's `evseId` or a summary's `connectorId`, text or number.
 * - Times without an offset are UTC.
 * @param connectorId that of the connector that shows it, where the transaction does not tell
 * @returns undefined if it has no ID: a connector at which nothing has ever charged shows one whose fields are all null
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

/** The lists of transactions, which come in pages. */
export type ListKey = 'listStationTransactions' | 'listTransactions';

export type ListRequest = ApiRequest<ListKey>;

type TransactionPage = AnswerOf<ListKey>;

/** The transactions on a page of a list, as the API gives them. @throws UnreadableAnswerError */
export const transactionsIn = (body: TransactionPage): ReceivedTransaction[] =>
	listIn(body, 'transactions');

/** The same, read; those without an ID are left out. @throws UnreadableAnswerError */
export const transactionsOf = (body: TransactionPage): Transaction[] =>
	transactionsIn(body).flatMap((json) => readTransaction(json) ?? []);

/**
 * The page key in an answer, as it goes back: text as it is, an object (as DynamoDB has it) as compact JSON.
 * @returns undefined on the last page
 * @throws PageKeyError if it has any other form: a list must not end early in silence
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

/** There are further pages, but the API says in an unknown form where they begin. */
export class PageKeyError extends Error {
	name = 'PageKeyError';

	constructor(key: unknown) {
		super(
			`ChargEye’s list goes on, but its lastEvaluatedKey is ${cleanText(JSON.stringify(key), 100)}, neither a text nor an object with fields`,
		);
	}
}

/**
 * The request of the page that follows an answer to `request`; undefined after the last.
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

/** The same, read. @throws UnreadableAnswerError if it is not there or has no ID */
export function transactionOf(body: AnswerOf<'getTransaction'>): Transaction {
	const transaction = readTransaction(transactionIn(body));
	if (transaction) return transaction;
	throw new UnreadableAnswerError('The "transaction" of the answer has no ID');
}

/** The fields of a transaction that tell most: its IDs, state, times (UTC), energy, power, and who pays. */
export function simplifyTransaction(json: ReceivedTransaction) {
	const transaction = readTransaction(json);
	return {
		txId: transaction?.txId,
		stationId: transaction?.stationId,
		connectorId: transaction?.connectorId,
		status: transaction?.status,
		startTime: transaction?.startTime,
		endTime: transaction?.endTime,
		chargedEnergyKwh: transaction?.chargedEnergyKwh,
		powerKw: transaction?.powerKw,
		soc: transaction?.soc,
		authorizationReference: transaction?.authorizationReference,
	};
}

/** The IDs that every output of a transaction holds. */
export const TRANSACTION_IDS = ['txId', 'stationId', 'connectorId'] as const;
