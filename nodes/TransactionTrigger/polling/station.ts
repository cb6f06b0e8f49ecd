import type { Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { NOTHING, type TransactionEvent, type Wanted } from './events';
import { hashOf, readMemories, writeMemories, type Memory } from './memory';
import { observe } from './observe';
import { freshnessOf, hasEnded, isAfter, startOf } from './record';

/** What is remembered of a station: for each connector its transactions, as `writeMemories` gives them. */
export type StationState = Record<string, string>;

/** A transaction and the connector that it is at. */
export interface Sighting {
	connector: string;
	transaction: Transaction;
}

/** What a station shows: its connectors, and the latest transaction of each that has one. */
export interface StationView {
	stationId: string;
	connectors: string[];
	sightings: Sighting[];
}

/** How to look at a station. */
export interface Look {
	wanted: Wanted;
	/** By n8n's clock (ms). */
	now: number;
	/** Whether a transaction is worth an event at a connector that is looked at for the first time. */
	isNews: (transaction: Transaction) => boolean;
}

/** How many ended transactions a connector remembers before its latest one: an answer can be older than the last. */
const OVERLAP = 2;

/** @param isWatched false for transactions that are left out, such as simulated ones */
export function viewOf(
	station: Station,
	isWatched: (transaction: Transaction) => boolean,
): StationView {
	const { stationId } = station;
	const connectors = station.connectors ?? [];
	const sightings = connectors.flatMap(({ connectorId, lastTransaction, latestTransaction }) => {
		const transaction = lastTransaction ?? latestTransaction;
		if (typeof transaction?.txId !== 'string' || !isWatched(transaction)) return [];
		const connector = String(transaction.evseId ?? connectorId);
		return [{ connector, transaction: { ...transaction, stationId } }];
	});
	const shown = [
		...connectors.map(({ connectorId }) => String(connectorId)),
		...sightings.map(({ connector }) => connector),
	];
	return { stationId, connectors: [...new Set(shown)], sightings };
}

const find = (memories: readonly Memory[], { txId }: Transaction): Memory | undefined => {
	const hash = hashOf(txId);
	return memories.find((memory) => memory.hash === hash);
};

/** Over, and from before all that is remembered: it was known once. */
const isForgotten = (transaction: Transaction, memories: readonly Memory[]): boolean =>
	hasEnded(transaction) && isAfter(memories[0]?.start, startOf(transaction) ?? Infinity);

/**
 * From when on the list of a station's transactions is needed to know what became of them (ms): where a connector
 * shows another transaction than before, or does not show one that has not ended. Undefined if it is not needed.
 * @param since when watching began (ms), for connectors that had no transaction before
 */
export function listFrom(
	known: StationState,
	{ sightings }: StationView,
	{ isNews }: Look,
	since: number,
): number | undefined {
	const from: number[] = [];
	for (const { connector, transaction } of sightings) {
		const memories = readMemories(known[connector] ?? '');
		if (known[connector] === undefined && !isNews(transaction)) continue;
		if (find(memories, transaction) || isForgotten(transaction, memories)) continue;
		from.push(memories.at(-1)?.start ?? since);
	}
	const shown = new Set(sightings.map(({ transaction }) => hashOf(transaction.txId)));
	for (const { ended, hash, start } of Object.values(known).flatMap(readMemories)) {
		if (!ended && !shown.has(hash)) from.push(start ?? since);
	}
	return from.length === 0 ? undefined : Math.min(...from);
}

/** True if only a look at the transaction itself can tell its status. */
export function needsDetails(known: StationState, { connector, transaction }: Sighting): boolean {
	if ((transaction.status ?? undefined) !== undefined || hasEnded(transaction)) return false;
	const memory = find(readMemories(known[connector] ?? ''), transaction);
	return memory === undefined || (!memory.ended && freshnessOf(transaction, memory) !== 'same');
}

/**
 * The transactions of a station's list with their connectors.
 * @param view tells the connector where a transaction does not
 */
export function sightingsIn(
	transactions: readonly Transaction[],
	{ stationId, sightings }: StationView,
	known: StationState,
): Sighting[] {
	const connectorOf = (transaction: Transaction) =>
		transaction.evseId ??
		sightings.find((shown) => shown.transaction.txId === transaction.txId)?.connector ??
		Object.keys(known).find((connector) => find(readMemories(known[connector]), transaction)) ??
		'';
	return transactions
		.filter(({ txId }) => typeof txId === 'string')
		.map((transaction) => ({
			connector: String(connectorOf(transaction)),
			transaction: { ...transaction, stationId },
		}));
}

/** Ended ones in the order of their starts; one that has not ended is the latest. */
function add(memories: Memory[], memory: Memory): void {
	const later = memories.findIndex(({ start }) => isAfter(start, memory.start ?? Infinity));
	memories.splice(memory.ended && later !== -1 ? later : memories.length, 0, memory);
}

/** Keeps the latest, those before it that may yet end, and a few that have ended. */
function forget(memories: readonly Memory[]): Memory[] {
	const newestFirst = [...memories].reverse();
	let overlap = 0;
	return newestFirst
		.flatMap((memory, index): Memory[] => {
			if (index === 0) return [memory];
			// Of one whose successor has ended nothing more will be heard.
			if (!memory.ended && !newestFirst[index - 1].ended) return [memory];
			const { hash, start } = memory;
			return overlap++ < OVERLAP ? [{ hash, ended: true, start }] : [];
		})
		.reverse();
}

/**
 * Takes in what a station shows.
 * @param known undefined if the station is looked at for the first time
 * @param sightings what it shows and, where it is needed, its list
 */
export function lookAtStation(
	known: StationState | undefined,
	{ connectors }: StationView,
	sightings: readonly Sighting[],
	{ wanted, now, isNews }: Look,
): { state: StationState; events: TransactionEvent[] } {
	const state: StationState = { ...known };
	for (const connector of connectors) state[connector] ??= '';
	const events: TransactionEvent[] = [];
	const inOrder = sightings
		.map((sighting) => ({ ...sighting, start: startOf(sighting.transaction) ?? Infinity }))
		.sort((a, b) => (a.start === b.start ? 0 : a.start - b.start));
	const byConnector = new Map<string, Memory[]>();
	for (const { connector, transaction } of inOrder) {
		const memories = byConnector.get(connector) ?? readMemories(state[connector] ?? '');
		byConnector.set(connector, memories);
		const memory = find(memories, transaction);
		if (memory ? memory.ended : isForgotten(transaction, memories)) continue;
		if (memory && !memory.ended && freshnessOf(transaction, memory) === 'older') continue;
		const isFirstLook = known?.[connector] === undefined;
		const live = memory?.ended === false ? memory : undefined;
		const seen = observe(
			live,
			transaction,
			isFirstLook && !isNews(transaction) ? NOTHING : wanted,
			now,
		);
		events.push(...seen.events);
		if (memory) memories[memories.indexOf(memory)] = seen.memory;
		else add(memories, seen.memory);
	}
	for (const [connector, memories] of byConnector) {
		state[connector] = writeMemories(forget(memories));
	}
	return { state, events };
}
