import type { Transaction } from '../../shared/chargeye/transactions';
import type { Memory } from './memory';
import { readNumber, readTime } from '../../shared/polling/apiValues';

/** Whether an answer is newer than what is remembered: answers can come twice, and overtake each other. */
export type Freshness = 'newer' | 'same' | 'older' | 'unknown';

/** Compares by `sequenceNumber`, then by `updateTime`. */
export function freshnessOf(
	transaction: Transaction,
	memory: Pick<Memory, 'sequenceNumber' | 'updated'>,
): Freshness {
	const pairs = [
		[readNumber(transaction.sequenceNumber), memory.sequenceNumber],
		[readTime(transaction.updateTime), memory.updated],
	];
	let freshness: Freshness = 'unknown';
	for (const [shown, remembered] of pairs) {
		if (shown === undefined || remembered === undefined) continue;
		if (shown !== remembered) return shown > remembered ? 'newer' : 'older';
		freshness = 'same';
	}
	return freshness;
}

/** Compares two answers about a transaction in the same way. */
export const freshnessThan = (transaction: Transaction, other: Transaction): Freshness =>
	freshnessOf(transaction, {
		sequenceNumber: readNumber(other.sequenceNumber),
		updated: readTime(other.updateTime),
	});
