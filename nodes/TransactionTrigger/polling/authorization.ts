import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/charging/base/hash';
import type { Memory } from './memory';
import type { Sighting } from './sighting';
import { isKnown } from '../../shared/polling/apiValues';

// A connector's summary of a transaction does not say whether the driver is authorized; only the whole transaction does.
// A mark of the summary is remembered, so that the whole transaction is looked up again only when the mark has changed.

/**
 * A text that changes when a driver may have been authorized, and not with meter values. If the API does not say what
 * caused an update, any update before charging starts may be the authorization.
 */
export function authorizationMarkOf(transaction: Transaction): string {
	const { status, triggerReason, startReason, authorizationToken } = transaction;
	const { chargingStartTime, chargingEndTime, endTime, updateTime } = transaction;
	const mayBeAnyUpdate = !isKnown(triggerReason) && status !== 'Charging';
	const update = mayBeAnyUpdate ? updateTime : undefined;
	const reasons = [status, triggerReason, startReason, authorizationToken];
	return hashOf(JSON.stringify([...reasons, chargingStartTime, chargingEndTime, endTime, update]));
}

/**
 * For a transaction whose authorization was never looked up: its driver was authorized if it has charged, or if it
 * started with an authorization.
 */
export function withAuthorization(memory: Memory, { startReason }: Transaction): Memory {
	const impliesAuthorization =
		memory.phases > 0 ||
		memory.status === 'AuthorizedNotPluggedIn' ||
		startReason === 'Authorized' ||
		startReason === 'RemoteStart';
	const isAuthorized = impliesAuthorization && memory.authorizationMark === undefined;
	return isAuthorized ? { ...memory, isAuthorized } : memory;
}

/** The memory to compare a sighting with. Authorization is inferred if the sighting does not say whether it happened. */
export const recall = (
	memory: Memory | undefined,
	{ transaction, authorizationMark }: Sighting,
): Memory | undefined =>
	memory && authorizationMark === undefined ? withAuthorization(memory, transaction) : memory;

/** Adds to a memory the mark of the answer that said whether the driver is authorized; without one, this is inferred. */
export function withMark(memory: Memory, { transaction, authorizationMark }: Sighting): Memory {
	if (memory.ended) return memory;
	if (authorizationMark === undefined) return withAuthorization(memory, transaction);
	return { ...memory, authorizationMark: memory.isAuthorized ? undefined : authorizationMark };
}
