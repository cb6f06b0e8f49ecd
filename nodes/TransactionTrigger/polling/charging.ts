import type { Transaction } from '../../shared/chargeye/transactions';
import type { Memory } from './memory';
import { isCharging } from './transactionFacts';
import { greatest, isAfter, readTime, toUtc } from './apiValues';

/** Charging began or stopped; a transaction can do so several times. */
export interface ChargingChange {
	event: 'chargingStarted' | 'chargingStopped';
	/** What sets it apart from the others: a time of the API's (UTC), without any its number. */
	detail?: string;
	/** ms */
	at?: number;
}

/**
 * A part of the charging is known by when it began. The API may go on showing the first part's time: then by the stop
 * before it.
 */
function detailOfPart({ chargingStart, chargingEnd, phases }: Memory): string | undefined {
	const began = greatest(chargingStart, chargingEnd);
	if (began !== undefined) return toUtc(began);
	return phases > 1 ? `#${phases}` : undefined;
}

/**
 * What charging did since the last look, in order. The API shows the times of one part only, so a stop and a new
 * start between two looks are told by times that have moved on.
 * @param memory is brought up to date
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
		changes.push({ event: 'chargingStarted', detail: detailOfPart(memory), at });
	};
	const stop = (at?: number) => {
		const detail = at === undefined ? detailOfPart(memory) : toUtc(at);
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
		const goesOn = chargesNow ? readTime(transaction.updateTime) : memory.chargingEnd;
		begin(isFirst || isNewStart || isAfter(start, memory.chargingEnd) ? start : goesOn);
	}
	if (memory.isCharging && !chargesNow) stop(isNewEnd ? end : undefined);
	memory.chargingStart = start ?? memory.chargingStart;
	return changes;
}
