import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
import type { Memory } from './memory';
import type { Sighting } from './sighting';
import { isKnown } from './apiValues';

// A connector's summary of a transaction does not tell whether the driver is authorized. What was shown when that was
// last known is marked, so that it is looked up again only when it may have changed.

/**
 * Changes when a driver may have been authorized, and not with meter values. Where the API does not tell what caused an
 * update, any update may be it until charging begins.
 */
export function authorizationMarkOf(transaction: Transaction): string {
	const { status, triggerReason, startReason, authorizationToken } = transaction;
	const { chargingStartTime, chargingEndTime, endTime, updateTime } = transaction;
	const isUntold = !isKnown(triggerReason) && status !== 'Charging';
	const update = isUntold ? updateTime : undefined;
	const what = [status, triggerReason, startReason, authorizationToken];
	return hashOf(JSON.stringify([...what, chargingStartTime, chargingEndTime, endTime, update]));
}

/**
 * A driver whose transaction was there before anybody asked about authorization was authorized then, if it charged or
 * began with it.
 */
export function withAuthorization(memory: Memory, { startReason }: Transaction): Memory {
	const isPlain =
		memory.phases > 0 ||
		memory.status === 'AuthorizedNotPluggedIn' ||
		startReason === 'Authorized' ||
		startReason === 'RemoteStart';
	const isAuthorized = isPlain && memory.authorizationMark === undefined;
	return isAuthorized ? { ...memory, isAuthorized } : memory;
}

/** What is remembered of a transaction that a connector shows. */
export const recall = (
	memory: Memory | undefined,
	{ transaction, authorizationMark }: Sighting,
): Memory | undefined =>
	memory && authorizationMark === undefined ? withAuthorization(memory, transaction) : memory;

/** Remembers with what was shown it was known whether the driver is authorized. */
export function withMark(memory: Memory, { transaction, authorizationMark }: Sighting): Memory {
	if (memory.ended) return memory;
	if (authorizationMark === undefined) return withAuthorization(memory, transaction);
	return { ...memory, authorizationMark: memory.isAuthorized ? undefined : authorizationMark };
}
