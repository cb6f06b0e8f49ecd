import type { Transaction } from '../../shared/chargeye/transactions';
import { authorizationMarkOf } from './authorization';
import { find, hashesOf, isForgotten, type Known } from './known';
import type { Memory } from './memory';
import type { Sighting } from './sighting';
import type { StationView } from './view';

/** How many more times the list is requested if it lacks a transaction that a connector shows. */
const LISTS = 3;

/**
 * The time (ms) from which the list of a station's transactions is needed, because a connector shows another transaction
 * than before, or no longer shows one that has not ended, or because the list lagged behind. Undefined if it is not
 * needed.
 * @param isNews whether events of a transaction are reported at a connector that is looked at for the first time
 * @param sinceMs when watching began (ms), for connectors that had no transaction before
 */
export function listFrom(
	known: Known,
	{ sightings }: StationView,
	isNews: (transaction: Transaction) => boolean,
	sinceMs: number,
): number | undefined {
	const from: number[] = [];
	for (const { connector, transaction } of sightings) {
		const memories = known.get(connector) ?? [];
		if (!known.has(connector) && !isNews(transaction)) continue;
		if (find(memories, transaction) || isForgotten(transaction, memories)) continue;
		from.push(memories.at(-1)?.start ?? sinceMs);
	}
	const shown = hashesOf(sightings.map(({ transaction }) => transaction));
	for (const memories of known.values()) {
		memories.forEach(({ ended, hash, start, listsLeft }, index) => {
			if (!ended && !shown.has(hash)) from.push(start ?? sinceMs);
			if (listsLeft > 0) from.push(memories[index - 1]?.start ?? sinceMs);
		});
	}
	return from.length === 0 ? undefined : Math.min(...from);
}

/**
 * Finds the connector of each transaction in a station's list.
 * @param view what the station shows: it gives the connector if a transaction does not
 */
export function sightingsIn(
	transactions: readonly Transaction[],
	{ stationId, sightings }: StationView,
	known: Known,
): Sighting[] {
	const connectorOf = (transaction: Transaction) =>
		transaction.connectorId ??
		sightings.find((shown) => shown.transaction.txId === transaction.txId)?.connector ??
		[...known].find(([, memories]) => find(memories, transaction))?.[0] ??
		'';
	return transactions.map((transaction) => ({
		connector: connectorOf(transaction),
		transaction: { ...transaction, stationId },
		authorizationMark: authorizationMarkOf(transaction),
	}));
}

/**
 * Counts down `listsLeft` of the transactions that a connector shows and the list lacks.
 * @param known the connector's memories before this poll
 * @param listed hashes of the transactions in the list
 */
export function countLists(
	memories: readonly Memory[],
	known: readonly Memory[],
	listed: ReadonlySet<string>,
): Memory[] {
	return memories.map((memory) => {
		const { hash, listsLeft } = memory;
		const isNew = !known.some((other) => other.hash === hash);
		if (listed.has(hash)) return { ...memory, listsLeft: 0 };
		if (listsLeft > 0) return { ...memory, listsLeft: listsLeft - 1 };
		return isNew ? { ...memory, listsLeft: LISTS } : memory;
	});
}
