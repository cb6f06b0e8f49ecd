import type { ChargeEyeClient } from '../shared/chargeye/client';
import type { QueryOf } from '../shared/chargeye/contract';
import { ApiFailure } from '../shared/chargeye/failure';
import { isAt, stationIdOf, stationsOf, type Station } from '../shared/chargeye/stations';
import {
	nextPageOf,
	transactionOf,
	transactionsOf,
	type ListRequest,
	type Transaction,
} from '../shared/chargeye/transactions';
import { NotFoundError } from '../shared/node/operation';
import { collectItems } from '../shared/node/pages';
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

/** The stations in scope. */
async function stations(
	send: Send,
	scope: Exclude<Scope, { type: 'transaction' }>,
): Promise<Station[]> {
	const list = async (query?: QueryOf<'listStations'>) =>
		stationsOf(await send({ endpoint: 'listStations', query }));
	switch (scope.type) {
		case 'all':
			return await list();
		case 'location': {
			const { locationUid } = scope;
			return (await list({ locationUid })).filter(isAt(locationUid));
		}
		case 'stations': {
			// How to send several IDs is not published: one station is requested by its ID, several are picked from all.
			const [stationId, ...others] = scope.stationIds;
			const listed = await list(others.length === 0 ? { stationIds: [stationId] } : undefined);
			return listed.filter((station) => scope.stationIds.includes(stationIdOf(station)));
		}
	}
}

/** @throws NotFoundError if the API does not know a chosen station: a trigger on it would never fire */
export function checkStations(scope: Scope, found: readonly Station[]): void {
	if (scope.type !== 'stations') return;
	const missing = scope.stationIds.filter(
		(stationId) => !found.some((station) => stationIdOf(station) === stationId),
	);
	if (missing.length === 0) return;
	throw new NotFoundError(
		`ChargEye knows no charging station ${missing.join(', ')}`,
		'Choose the charging stations from the list, or check the IDs.',
	);
}

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
			if (scope.type !== 'transaction') return await stations(send, scope);
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
