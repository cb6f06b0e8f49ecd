import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/charging/base/hash';
import { startOf } from '../../shared/polling/transactionTimes';
import { recall, withMark } from './authorization';
import { freshnessOf } from './freshness';
import { add, find, forget, hashesOf, isForgotten, type Known, type StationState } from './known';
import { endedMemory, newMemory, writeMemories, type Memory } from './memory';
import { observe } from './observe';
import type { Sighting } from './sighting';
import { countLists, sightingsIn } from './stationList';
import type { TransactionEvent } from './transactionEvent';
import type { StationView } from './view';
import { isOld, NOTHING, type Watching } from './watching';

/** Oldest first; those without a start come last, in the order given. */
function byStart(sightings: readonly Sighting[]): Sighting[] {
	return sightings
		.map((sighting) => ({ sighting, start: startOf(sighting.transaction) ?? Infinity }))
		.sort((a, b) => (a.start === b.start ? 0 : a.start - b.start))
		.map(({ sighting }) => sighting);
}

/**
 * Compares what a station shows with what is remembered of it.
 * @param known what is remembered; a connector that is looked at for the first time is not in it
 * @param view what the station shows, with complete sightings. A transaction that changed while it was read is in it
 * twice: as it was, and as it is now.
 * @param listed the transactions in the station's list, if the list was needed
 * @returns the events, and what is to be remembered
 */
export function lookAtStation(
	known: Known,
	view: StationView,
	listed: readonly Transaction[] | undefined,
	watching: Watching,
): { state: StationState; events: TransactionEvent[] } {
	const { connectors, sightings } = view;
	const after = new Map([...known].map(([connector, memories]) => [connector, [...memories]]));
	for (const connector of connectors) if (!after.has(connector)) after.set(connector, []);

	const events: TransactionEvent[] = [];
	const shown = hashesOf(sightings.map(({ transaction }) => transaction));
	const lookedAt = new Set<string>();
	for (const sighting of byStart([...sightings, ...sightingsIn(listed ?? [], view, known)])) {
		const { connector, transaction } = sighting;
		const memories = after.get(connector) ?? [];
		after.set(connector, memories);
		const found = find(memories, transaction);
		if (found?.ended || (!found && isForgotten(transaction, memories))) continue;
		const put = (changed: Memory) => {
			if (found) memories[memories.indexOf(found)] = changed;
			else add(memories, changed);
		};
		const memory = found ?? newMemory(hashOf(transaction.txId));
		const { hash, start = startOf(transaction) } = memory;
		if (!watching.isWatched(transaction)) {
			if (found || shown.has(hash)) put(endedMemory({ ...memory, start, unwatched: true }));
			continue;
		}
		const isAgain = lookedAt.has(hash);
		lookedAt.add(hash);
		const freshness = found && freshnessOf(transaction, found);
		if (freshness === 'older' || (freshness === 'same' && isAgain)) continue;
		const wanted = isOld(known, sighting, watching) ? NOTHING : watching.wanted;
		const seen = observe(recall(found, sighting), transaction, wanted, watching.nowMs);
		events.push(...seen.events);
		put(isAgain ? seen.memory : withMark(seen.memory, sighting));
	}

	const inList = hashesOf(listed ?? []);
	const state: StationState = {};
	for (const [connector, memories] of after) {
		const counted = listed ? countLists(memories, known.get(connector) ?? [], inList) : memories;
		state[connector] = writeMemories(forget(counted, shown));
	}
	return { state, events };
}
