import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/charging/base/hash';
import { formerHashOf } from './formerState';
import { endedMemory, readMemories, type Memory } from './memory';
import { isAfter, readTime } from '../../shared/polling/apiValues';
import { startOf } from '../../shared/polling/transactionTimes';

/** What is remembered of a station: for each connector its transactions, as text from `writeMemories`. */
export type StationState = Record<string, string>;

/** A `StationState` that has been read: the transactions of each connector that has been looked at, oldest first. */
export type Known = ReadonlyMap<string, readonly Memory[]>;

export const readStation = (state: StationState | undefined): Known =>
	new Map(Object.entries(state ?? {}).map(([connector, text]) => [connector, readMemories(text)]));

/** The hashes under which transactions may be remembered: today's and those of version 1 of the state. */
export const hashesOf = (transactions: readonly Transaction[]): ReadonlySet<string> =>
	new Set(transactions.flatMap(({ txId }) => [hashOf(txId), formerHashOf(txId)]));

/** What is remembered of a transaction, if anything. */
export function find(memories: readonly Memory[], transaction: Transaction): Memory | undefined {
	const hashes = hashesOf([transaction]);
	return memories.find(({ hash }) => hashes.has(hash));
}

/**
 * True if an unknown transaction began before all that are remembered: it was known once, and has been forgotten. One
 * that has not ended and was updated after the latest transaction began is new: the charger's clock was set back.
 */
export const isForgotten = (transaction: Transaction, memories: readonly Memory[]): boolean =>
	memories[0]?.listsLeft === 0 &&
	isAfter(memories[0].start, startOf(transaction) ?? Infinity) &&
	(hasEnded(transaction) || !isAfter(readTime(transaction.updateTime), memories.at(-1)?.start));

/**
 * Adds a memory in the order of starts. A transaction that was updated after the latest one began is itself the latest,
 * whatever its start.
 */
export function add(memories: Memory[], memory: Memory): void {
	const isLatest = !memory.ended && isAfter(memory.updated, memories.at(-1)?.start);
	const later = isLatest
		? -1
		: memories.findIndex(({ start }) => isAfter(start, memory.start ?? Infinity));
	memories.splice(later === -1 ? memories.length : later, 0, memory);
}

/** How many ended transactions are remembered before a connector's latest one: an answer can be older than the last. */
const OVERLAP = 2;

/**
 * Keeps the latest transaction, the earlier ones whose end may still be reported, and a few that have ended.
 * @param shown hashes of the transactions that connectors show: their end may still be missing from a newer list
 */
export function forget(memories: readonly Memory[], shown: ReadonlySet<string>): Memory[] {
	const newestFirst = [...memories].reverse();
	let overlap = 0;
	return newestFirst
		.flatMap((memory, index): Memory[] => {
			if (index === 0) return [memory];
			// Nothing more will be reported of a transaction whose successor has ended.
			const next = newestFirst[index - 1];
			const successor = newestFirst
				.slice(0, index)
				.reverse()
				.find(({ unwatched }) => !unwatched);
			const mayEnd = successor?.ended !== true || shown.has(memory.hash);
			if (next.listsLeft > 0 || (!memory.ended && mayEnd)) return [memory];
			return overlap++ < OVERLAP ? [endedMemory(memory)] : [];
		})
		.reverse();
}
