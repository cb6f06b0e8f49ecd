import type { Transaction } from '../../shared/chargeye/transactions';
import type { Memory } from './memory';
import { isCharging } from './transactionFacts';
import { greatest, isAfter, readTime, toUtc } from '../../shared/polling/apiValues';

/** Charging started or stopped, which can happen several times in a transaction. */
export interface ChargingChange {
	event: 'chargingStarted' | 'chargingStopped';
	/** What distinguishes it from the other changes: a time of the API's (UTC), or a number if there is no time. */
	detail?: string;
	/** When it happened by the API (ms). */
	at?: number;
}

/**
 * What distinguishes one phase of charging from another: when it started. The API may keep showing the first phase's
 * start; then the stop before this phase distinguishes it.
 */
function detailOfPhase({ chargingStart, chargingEnd, phases }: Memory): string | undefined {
	const began = greatest(chargingStart, chargingEnd);
	if (began !== undefined) return toUtc(began);
	return phases > 1 ? `#${phases}` : undefined;
}

/**
 * Finds the starts and stops of charging since the last look, in order. The API shows the times of one phase only, so a
 * stop and a new start between two looks are recognized by times that have become later.
 * @param memory what is remembered of the transaction; this function updates it
 */
export function observeCharging(memory: Memory, transaction: Transaction): ChargingChange[] {
	const start = readTime(transaction.chargingStartTime);
	const end = readTime(transaction.chargingEndTime);
	const chargesNow = isCharging(transaction) ?? memory.isCharging;
	const isNewStart = memory.chargingStart !== undefined && isAfter(start, memory.chargingStart);
	const changes: ChargingChange[] = [];
	const begin = (at?: number) => {
		memory.phases++;
		memory.isCharging = true;
		memory.chargingStart = start ?? memory.chargingStart;
		changes.push({ event: 'chargingStarted', detail: detailOfPhase(memory), at });
	};
	const stop = (at?: number) => {
		const detail = at === undefined ? detailOfPhase(memory) : toUtc(at);
		changes.push({ event: 'chargingStopped', detail, at });
		memory.isCharging = false;
		memory.chargingEnd = at ?? memory.chargingEnd;
	};

	if (memory.isCharging && isNewStart) {
		stop(isAfter(end, memory.chargingEnd) && end <= start ? end : start);
	}
	const isFirst = memory.phases === 0;
	const isNewEnd = isAfter(end, memory.chargingEnd);
	const hasCharged = isNewEnd || isNewStart || (isFirst && start !== undefined);
	if (!memory.isCharging && (chargesNow || hasCharged)) {
		const resumedAt = chargesNow ? readTime(transaction.updateTime) : memory.chargingEnd;
		begin(isFirst || isNewStart || isAfter(start, memory.chargingEnd) ? start : resumedAt);
	}
	if (memory.isCharging && !chargesNow) stop(isNewEnd ? end : undefined);
	memory.chargingStart = start ?? memory.chargingStart;
	return changes;
}
