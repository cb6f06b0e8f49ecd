import type { ChargeEyeClient } from '../shared/chargeye/client';
import { ApiFailure } from '../shared/chargeye/failure';
import type { Station } from '../shared/chargeye/stations';
import {
	nextPageOf,
	transactionOf,
	transactionsOf,
	type ListRequest,
	type Transaction,
} from '../shared/chargeye/transactions';
import { collectItems } from '../shared/node/pages';
import { stationsIn } from '../shared/polling/stationScope';
import type { PollApi } from './polling/api';
import type { Scope } from './scope';

type Send = ChargeEyeClient['send'];

async function transaction(send: Send, txId: string): Promise<Transaction> {
	return transactionOf(await send({ endpoint: 'getTransaction', path: { txId } }));
}

const isUnknown = (error: unknown): boolean =>
	error instanceof ApiFailure && error.failure.type === 'status' && error.failure.status === 404;

/** @returns undefined if the API does not know the transaction */
const transactionIfAny = (send: Send, txId: string): Promise<Transaction | undefined> =>
	transaction(send, txId).catch((error: unknown) =>
		isUnknown(error) ? undefined : Promise.reject(error as Error),
	);

/** A station that shows only this transaction, so that one transaction is polled in the same way as a fleet. */
const stationOf = (watched: Transaction): Station => ({
	stationId: watched.stationId ?? '',
	connectors: [{ connectorId: watched.connectorId ?? '', lastTransaction: watched }],
});

/**
 * What a poll reads from the API through the client, including the stations in scope with each connector's latest
 * transaction.
 * @param deadlineMs when the poll should stop sending further requests (ms since 1970)
 */
export const pollApiOf = (
	client: ChargeEyeClient,
	scope: Scope,
	deadlineMs: number,
): PollApi & { stations(): Promise<Station[]> } => {
	const send: Send = (request) => client.send(request);
	/** The transaction in scope, once it has been read: one request is enough for a poll. */
	let watched: Transaction | undefined;
	return {
		stations: async () => {
			if (scope.type !== 'transaction') return await stationsIn(scope, send);
			watched = await transaction(send, scope.txId);
			return [stationOf(watched)];
		},
		transactionsSince: async (stationId, startDate) => {
			const request: ListRequest = {
				endpoint: 'listStationTransactions',
				path: { stationId },
				query: { startDate },
			};
			return await collectItems(
				{ request, items: transactionsOf, next: (body) => nextPageOf(request, body) },
				send,
			);
		},
		transaction: async (txId) => watched ?? (await transactionIfAny(send, txId)),
		now: Date.now,
		hasTime: () => Date.now() < deadlineMs,
	};
};
