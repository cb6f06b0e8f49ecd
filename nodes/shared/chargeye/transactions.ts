import { cleanText } from './cleanText';
import { idText, listIn, objectIn, UnreadableAnswerError } from './answers';
import type { ApiRequest } from './request';
import type { components } from './types';

/** A transaction as the API gives it: whole in lists and look-ups, a summary at its connector. */
export type TransactionJson =
	| components['schemas']['Transaction']
	| components['schemas']['TransactionSummary'];

/**
 * A transaction as it is read, whole or a summary: everything as the API gives it, but with `txId`, `stationId` and
 * `connectorId` as text, and with times that say that they are UTC.
 */
export type Transaction = components['schemas']['Transaction'] & { connectorId?: string };

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

/** What can limit the power of a transaction. */
export const POWER_LIMITATIONS = ['Charger', 'Grid', 'Queue', 'Shared', 'Vehicle'] as const;

const TIMES = [
	'activeStartTime',
	'chargingEndTime',
	'chargingStartTime',
	'endTime',
	'startTime',
	'updateTime',
] as const;

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
	const given = json as TransactionJson;
	const txId = idText(given.txId) ?? idText(given.transactionId);
	if (txId === undefined) return undefined;
	const times = TIMES.flatMap((name) => {
		const time = given[name];
		return typeof time === 'string' ? [[name, time.replace(WITHOUT_OFFSET, '$1T$2Z')]] : [];
	});
	const stationId = idText(given.stationId);
	const connector = idText(given.evseId) ?? idText(given.connectorId) ?? connectorId;
	return {
		...given,
		...(Object.fromEntries(times) as Partial<Transaction>),
		txId,
		...(stationId !== undefined && { stationId }),
		connectorId: connector,
	};
}

/** The transactions on a page of a list, as the API gives them. @throws UnreadableAnswerError */
export const transactionsIn = (body: unknown): TransactionJson[] => listIn(body, 'transactions');

/** The same, read; those without an ID are left out. @throws UnreadableAnswerError */
export const transactionsOf = (body: unknown): Transaction[] =>
	transactionsIn(body).flatMap((json) => readTransaction(json) ?? []);

/**
 * The page key in an answer, as it goes back: text as it is, an object (as DynamoDB has it) as compact JSON.
 * @returns undefined on the last page
 * @throws PageKeyError if it has any other form: a list must not end early in silence
 */
function nextKeyOf(body: unknown): string | undefined {
	const key: unknown =
		typeof body === 'object' && body !== null ? Reflect.get(body, 'lastEvaluatedKey') : undefined;
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

/** A request of the lists that come in pages. */
export type ListRequest = ApiRequest<'listStationTransactions' | 'listTransactions'>;

/**
 * The request of the page that follows an answer to `request`; undefined after the last.
 * @throws PageKeyError
 */
export function nextPageOf(request: ListRequest, body: unknown): ListRequest | undefined {
	const exclusiveStartKey = nextKeyOf(body);
	if (exclusiveStartKey === undefined) return undefined;
	return { ...request, query: { ...request.query, exclusiveStartKey } };
}

/** The transaction in an answer of `getTransaction`, as the API gives it. @throws UnreadableAnswerError */
export const transactionIn = (body: unknown): TransactionJson => objectIn(body, 'transaction');

/** The same, read. @throws UnreadableAnswerError if it is not there or has no ID */
export function transactionOf(body: unknown): Transaction {
	const transaction = readTransaction(transactionIn(body));
	if (transaction) return transaction;
	throw new UnreadableAnswerError('The "transaction" of the answer has no ID');
}

/** The fields of a transaction that tell most: its IDs, state, times (UTC), energy, power, and who pays. */
export function simplifyTransaction(json: TransactionJson) {
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
