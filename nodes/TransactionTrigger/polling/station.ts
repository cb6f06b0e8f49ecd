import { connectorsOf, type Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { NOTHING, type TransactionEvent, type Wanted } from './events';
import { hashOf, readMemories, writeMemories, type Memory } from './memory';
import { observe } from './observe';
import { freshnessOf, hasEnded, isAfter, readTime, startOf } from './record';

/** What is remembered of a station: for each connector its transactions, as `writeMemories` gives them. */
export type StationState = Record<string, string>;

/** The same, read: the transactions of each connector that has been looked at. */
export type Known = ReadonlyMap<string, readonly Memory[]>;

export const readStation = (state: StationState | undefined): Known =>
	new Map(Object.entries(state ?? {}).map(([connector, text]) => [connector, readMemories(text)]));

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

/** How often the list is asked again for a transaction that a connector shows. */
const LISTS = 3;

/** @param isWatched false for transactions that are left out, such as simulated ones */
export function viewOf(
	station: Station,
	isWatched: (transaction: Transaction) => boolean,
): StationView {
	const { stationId } = station;
	const connectors = connectorsOf(station);
	const sightings = connectors.flatMap(({ connectorId, latest: transaction }) => {
		if (!transaction || !isWatched(transaction)) return [];
		const connector = transaction.connectorId ?? connectorId;
		return [{ connector, transaction: { ...transaction, stationId } }];
	});
	const shown = [
		...connectors.map(({ connectorId }) => connectorId),
		...sightings.map(({ connector }) => connector),
	];
	return { stationId, connectors: [...new Set(shown)], sightings };
}

const find = (memories: readonly Memory[], { txId }: Transaction): Memory | undefined => {
	const hash = hashOf(txId);
	return memories.find((memory) => memory.hash === hash);
};

/**
 * An unknown transaction from before all that is remembered: it was known once. One that is still heard of after the
 * latest one has begun is news: the charger's clock was set back.
 */
const isForgotten = (transaction: Transaction, memories: readonly Memory[]): boolean =>
	memories[0]?.unlisted === undefined &&
	isAfter(memories[0]?.start, startOf(transaction) ?? Infinity) &&
	(hasEnded(transaction) || !isAfter(readTime(transaction.updateTime), memories.at(-1)?.start));

/**
 * From when on the list of a station's transactions is needed to know what became of them (ms): where a connector
 * shows another transaction than before, or does not show one that has not ended, or where the list lagged behind.
 * Undefined if it is not needed.
 * @param since when watching began (ms), for connectors that had no transaction before
 */
export function listFrom(
	known: Known,
	{ sightings }: StationView,
	{ isNews }: Look,
	since: number,
): number | undefined {
	const from: number[] = [];
	for (const { connector, transaction } of sightings) {
		const memories = known.get(connector) ?? [];
		if (!known.has(connector) && !isNews(transaction)) continue;
		if (find(memories, transaction) || isForgotten(transaction, memories)) continue;
		from.push(memories.at(-1)?.start ?? since);
	}
	const shown = new Set(sightings.map(({ transaction }) => hashOf(transaction.txId)));
	for (const memories of known.values()) {
		memories.forEach(({ ended, hash, start, unlisted }, index) => {
			if (!ended && !shown.has(hash)) from.push(start ?? since);
			if (unlisted !== undefined) from.push(memories[index - 1]?.start ?? since);
		});
	}
	return from.length === 0 ? undefined : Math.min(...from);
}

/** True if only a look at the transaction itself can tell its status. */
export function needsDetails(known: Known, { connector, transaction }: Sighting): boolean {
	if ((transaction.status ?? undefined) !== undefined || hasEnded(transaction)) return false;
	const memory = find(known.get(connector) ?? [], transaction);
	return memory === undefined || (!memory.ended && freshnessOf(transaction, memory) !== 'same');
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
		transaction.evseId ??
		sightings.find((shown) => shown.transaction.txId === transaction.txId)?.connector ??
		[...known].find(([, memories]) => find(memories, transaction))?.[0] ??
		'';
	return transactions
		.filter(({ txId }) => typeof txId === 'string')
		.map((transaction) => ({
			connector: String(connectorOf(transaction)),
			transaction: { ...transaction, stationId },
		}));
}

/**
 * Counts how often the list lacked a transaction that a connector shows.
 * @param known the memories before it was asked
 */
function countLists(
	memories: readonly Memory[],
	known: readonly Memory[],
	listed: ReadonlySet<string>,
): Memory[] {
	return memories.map((memory) => {
		const { unlisted, ...rest } = memory;
		const wasKnown = known.some(({ hash }) => hash === memory.hash);
		if (listed.has(memory.hash) || (wasKnown && unlisted === undefined)) return rest;
		const left = unlisted === undefined ? LISTS : unlisted - 1;
		return left === 0 ? rest : { ...rest, unlisted: left };
	});
}

/** Adds a memory by its start; what is heard of after the latest one has begun is the latest itself. */
function add(memories: Memory[], memory: Memory): void {
	const goesOn = !memory.ended && isAfter(memory.updated, memories.at(-1)?.start);
	const later = goesOn
		? -1
		: memories.findIndex(({ start }) => isAfter(start, memory.start ?? Infinity));
	memories.splice(later === -1 ? memories.length : later, 0, memory);
}

/** Oldest first; those without a time last, as they come. */
function byStart(sightings: readonly Sighting[]): Sighting[] {
	return sightings
		.map((sighting) => ({ sighting, start: startOf(sighting.transaction) ?? Infinity }))
		.sort((a, b) => (a.start === b.start ? 0 : a.start - b.start))
		.map(({ sighting }) => sighting);
}

/** Keeps the latest, those before it that may yet end, and a few that have ended. */
function forget(memories: readonly Memory[]): Memory[] {
	const newestFirst = [...memories].reverse();
	let overlap = 0;
	return newestFirst
		.flatMap((memory, index): Memory[] => {
			if (index === 0) return [memory];
			// Of one whose successor has ended nothing more will be heard.
			const next = newestFirst[index - 1];
			if (next.unlisted !== undefined || (!memory.ended && !next.ended)) return [memory];
			const { hash, start, unlisted } = memory;
			return overlap++ < OVERLAP ? [{ hash, start, unlisted, ended: true }] : [];
		})
		.reverse();
}

/**
 * Takes in what a station shows.
 * @param known without the connectors that are looked at for the first time
 * @param view its sightings complete
 * @param listed those in its list, if that was needed
 */
export function lookAtStation(
	known: Known,
	{ connectors, sightings }: StationView,
	listed: readonly Sighting[] | undefined,
	{ wanted, now, isNews }: Look,
): { state: StationState; events: TransactionEvent[] } {
	const after = new Map([...known].map(([connector, memories]) => [connector, [...memories]]));
	for (const connector of connectors) if (!after.has(connector)) after.set(connector, []);

	const events: TransactionEvent[] = [];
	for (const { connector, transaction } of byStart([...sightings, ...(listed ?? [])])) {
		const memories = after.get(connector) ?? [];
		after.set(connector, memories);
		const memory = find(memories, transaction);
		if (memory?.ended || (!memory && isForgotten(transaction, memories))) continue;
		if (memory && freshnessOf(transaction, memory) === 'older') continue;
		const isOld = !known.has(connector) && !isNews(transaction);
		const seen = observe(memory, transaction, isOld ? NOTHING : wanted, now);
		events.push(...seen.events);
		if (memory) memories[memories.indexOf(memory)] = seen.memory;
		else add(memories, seen.memory);
	}

	const hashes = new Set(listed?.map(({ transaction }) => hashOf(transaction.txId)));
	const state: StationState = {};
	for (const [connector, memories] of after) {
		const counted = listed ? countLists(memories, known.get(connector) ?? [], hashes) : memories;
		state[connector] = writeMemories(forget(counted));
	}
	return { state, events };
}
