import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
import { formerHashOf } from './formerState';
import { endedMemory, readMemories, type Memory } from './memory';
import { hasEnded, startOf } from './transactionFacts';
import { isAfter, readTime } from './apiValues';

/** What is remembered of a station: for each connector its transactions, as `writeMemories` gives them. */
export type StationState = Record<string, string>;

/** The same, read: the transactions of each connector that has been looked at, in their order. */
export type Known = ReadonlyMap<string, readonly Memory[]>;

export const readStation = (state: StationState | undefined): Known =>
	new Map(Object.entries(state ?? {}).map(([connector, text]) => [connector, readMemories(text)]));

/** The hashes by which transactions may be remembered. */
export const hashesOf = (transactions: readonly Transaction[]): ReadonlySet<string> =>
	new Set(transactions.flatMap(({ txId }) => [hashOf(txId), formerHashOf(txId)]));

/** What is remembered of a transaction, if anything. */
export function find(memories: readonly Memory[], transaction: Transaction): Memory | undefined {
	const hashes = hashesOf([transaction]);
	return memories.find(({ hash }) => hashes.has(hash));
}

/**
 * An unknown transaction from before all that is remembered: it was known once. One that is still heard of after the
 * latest one has begun is news: the charger's clock was set back.
 */
export const isForgotten = (transaction: Transaction, memories: readonly Memory[]): boolean =>
	memories[0]?.listsLeft === 0 &&
	isAfter(memories[0].start, startOf(transaction) ?? Infinity) &&
	(hasEnded(transaction) || !isAfter(readTime(transaction.updateTime), memories.at(-1)?.start));

/** Adds a memory by its start; what is heard of after the latest one has begun is the latest itself. */
export function add(memories: Memory[], memory: Memory): void {
	const goesOn = !memory.ended && isAfter(memory.updated, memories.at(-1)?.start);
	const later = goesOn
		? -1
		: memories.findIndex(({ start }) => isAfter(start, memory.start ?? Infinity));
	memories.splice(later === -1 ? memories.length : later, 0, memory);
}

/** How many ended transactions a connector remembers before its latest one: an answer can be older than the last. */
const OVERLAP = 2;

/**
 * Keeps the latest, those before it that may yet end, and a few that have ended.
 * @param shown the hashes of those that a connector shows: a list that is newer can lack how they ended
 */
export function forget(memories: readonly Memory[], shown: ReadonlySet<string>): Memory[] {
	const newestFirst = [...memories].reverse();
	let overlap = 0;
	return newestFirst
		.flatMap((memory, index): Memory[] => {
			if (index === 0) return [memory];
			// Of one whose successor has ended nothing more will be heard.
			const next = newestFirst[index - 1];
			const successor = newestFirst
				.slice(0, index)
				.reverse()
				.find(({ unwatched }) => !unwatched);
			const goesOn = successor?.ended !== true || shown.has(memory.hash);
			if (next.listsLeft > 0 || (!memory.ended && goesOn)) return [memory];
			return overlap++ < OVERLAP ? [endedMemory(memory)] : [];
		})
		.reverse();
}
