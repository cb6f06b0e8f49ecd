import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/charging/base/hash';
import { isAfter, readTime } from '../../shared/polling/apiValues';

/** Identifies the car at a connector; undefined if the API does not say. */
export const carOf = (latest: Transaction | undefined): string | undefined =>
	latest && hashOf(latest.txId);

/**
 * Since when the car at an occupied connector takes no energy, by the API: since charging ended, or since the
 * transaction started if it has never charged.
 * @param isNewCar the connector was free before: then an ended transaction is not this car's
 * @returns undefined if the API does not say, or if the time is not over yet
 */
export function withoutChargingSince(
	latest: Transaction | undefined,
	isNewCar: boolean,
	nowMs: number,
): number | undefined {
	if (!latest || (isNewCar && hasEnded(latest))) return undefined;
	const chargingStart = readTime(latest.chargingStartTime);
	const chargingEnd = readTime(latest.chargingEndTime);
	const isOver = chargingStart === undefined || isAfter(chargingEnd, chargingStart - 1);
	const since = isOver ? (chargingEnd ?? readTime(latest.startTime)) : undefined;
	return since !== undefined && since <= nowMs ? since : undefined;
}
