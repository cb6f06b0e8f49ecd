import type { Transaction } from '../../shared/chargeye/transactions';
import { authorizationMarkOf } from './authorization';
import { find, hashesOf, isForgotten, type Known } from './known';
import type { Memory } from './memory';
import type { Sighting } from './sighting';
import type { StationView } from './view';

/** How often the list is asked again for a transaction that a connector shows. */
const LISTS = 3;

/**
 * From when on the list of a station's transactions is needed to know what became of them (ms): where a connector
 * shows another transaction than before, or does not show one that has not ended, or where the list lagged behind.
 * Undefined if it is not needed.
 * @param isNews whether a transaction is told at a connector that is looked at for the first time
 * @param since when watching began (ms), for connectors that had no transaction before
 */
export function listFrom(
	known: Known,
	{ sightings }: StationView,
	isNews: (transaction: Transaction) => boolean,
	since: number,
): number | undefined {
	const from: number[] = [];
	for (const { connector, transaction } of sightings) {
		const memories = known.get(connector) ?? [];
		if (!known.has(connector) && !isNews(transaction)) continue;
		if (find(memories, transaction) || isForgotten(transaction, memories)) continue;
		from.push(memories.at(-1)?.start ?? since);
	}
	const shown = hashesOf(sightings.map(({ transaction }) => transaction));
	for (const memories of known.values()) {
		memories.forEach(({ ended, hash, start, listsLeft }, index) => {
			if (!ended && !shown.has(hash)) from.push(start ?? since);
			if (listsLeft > 0) from.push(memories[index - 1]?.start ?? since);
		});
	}
	return from.length === 0 ? undefined : Math.min(...from);
}

/**
 * The transactions of a station's list with their connectors.
 * @param view tells the connector where a transaction does not
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
 * Counts how often the list lacked a transaction that a connector shows.
 * @param known the memories before it was asked
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
