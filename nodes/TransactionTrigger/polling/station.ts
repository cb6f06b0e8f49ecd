import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
import { NOTHING, type TransactionEvent, type Wanted } from './events';
import { readMemories, writeMemories, type LiveMemory, type Memory } from './memory';
import { observe } from './observe';
import {
	freshnessOf,
	hasEnded,
	isAfter,
	isKnown,
	isWhole,
	markOf,
	readTime,
	startOf,
} from './record';
import type { Sighting, StationView } from './view';

/** What is remembered of a station: for each connector its transactions, as `writeMemories` gives them. */
export type StationState = Record<string, string>;

/** The same, read: the transactions of each connector that has been looked at. */
export type Known = ReadonlyMap<string, readonly Memory[]>;

export const readStation = (state: StationState | undefined): Known =>
	new Map(Object.entries(state ?? {}).map(([connector, text]) => [connector, readMemories(text)]));

/** How to look at a station. */
export interface Look {
	wanted: Wanted;
	/** By n8n's clock (ms). */
	now: number;
	/** Whether a transaction is worth an event at a connector that is looked at for the first time. */
	isNews: (transaction: Transaction) => boolean;
	/** False for transactions that are left out, such as simulated ones. A summary does not tell. */
	isWatched: (transaction: Transaction) => boolean;
}

/** How many ended transactions a connector remembers before its latest one: an answer can be older than the last. */
const OVERLAP = 2;

/** How often the list is asked again for a transaction that a connector shows. */
const LISTS = 3;

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

/** True if it was there before watching began: then it is only remembered. */
export const isOld = (known: Known, { connector, transaction }: Sighting, look: Look): boolean =>
	!known.has(connector) && !look.isNews(transaction);

/**
 * A driver whose transaction was there before anybody asked about authorization was authorized then, if it charged or
 * began with it.
 */
function withAuthorization(memory: LiveMemory, { startReason }: Transaction): LiveMemory {
	const isPlain =
		memory.phases > 0 ||
		memory.status === 'AuthorizedNotPluggedIn' ||
		startReason === 'Authorized' ||
		startReason === 'RemoteStart';
	return isPlain && memory.asked === undefined ? { ...memory, isAuthorized: true } : memory;
}

/** What is remembered of a transaction that a connector shows. */
const recall = (memory: LiveMemory | undefined, { transaction, asked }: Sighting) =>
	memory && asked === undefined ? withAuthorization(memory, transaction) : memory;

/** Notes with what was shown it was known whether the driver is authorized. */
function noteAsked(memory: Memory, { transaction, asked }: Sighting): Memory {
	if (memory.ended) return memory;
	if (asked === undefined) return withAuthorization(memory, transaction);
	return { ...memory, asked: memory.isAuthorized ? undefined : asked };
}

/**
 * True if only a look at the whole transaction tells what is needed: its status, what belongs in an event that is about
 * to be told, or, where that is wanted, whether the driver has been authorized.
 */
export function needsWhole(known: Known, sighting: Sighting, look: Look): boolean {
	const { connector, transaction } = sighting;
	const memories = known.get(connector) ?? [];
	const found = find(memories, transaction);
	if (found?.ended || (!found && isForgotten(transaction, memories))) return false;
	const freshness = found && freshnessOf(transaction, found);
	if (freshness === 'older') return false;
	if (!isKnown(transaction.status) && !hasEnded(transaction) && freshness !== 'same') return true;
	if (isWhole(transaction) || !look.isWatched(transaction)) return false;

	const memory = recall(found, sighting);
	const isSilent = isOld(known, sighting, look);
	const seen = observe(memory, transaction, isSilent ? NOTHING : look.wanted, look.now);
	if (seen.events.length > 0) return true;
	if (isKnown(transaction.authenticated) || !look.wanted.events.includes('authorized')) {
		return false;
	}
	if (isSilent) {
		return !seen.memory.ended && !withAuthorization(seen.memory, transaction).isAuthorized;
	}
	return !memory?.isAuthorized && memory?.asked !== markOf(transaction);
}

/**
 * The transactions of a station's list with their connectors.
 * @param view tells the connector where a transaction does not
 */
function sightingsIn(
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
		asked: markOf(transaction),
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

const isLeftOut = (memory: Memory) => memory.ended && memory.leftOut === true;

/**
 * Keeps the latest, those before it that may yet end, and a few that have ended.
 * @param shown the hashes of those that a connector shows: a list that is newer can lack how they ended
 */
function forget(memories: readonly Memory[], shown: ReadonlySet<string>): Memory[] {
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
				.find((later) => !isLeftOut(later));
			const goesOn = successor?.ended !== true || shown.has(memory.hash);
			if (next.unlisted !== undefined || (!memory.ended && goesOn)) return [memory];
			const { hash, start, unlisted } = memory;
			const leftOut = isLeftOut(memory) && { leftOut: true as const };
			return overlap++ < OVERLAP ? [{ hash, start, unlisted, ended: true, ...leftOut }] : [];
		})
		.reverse();
}

/**
 * Takes in what a station shows.
 * @param known without the connectors that are looked at for the first time
 * @param view its sightings complete; one that has gone on since comes again, newer
 * @param listed those in its list, if that was needed
 */
export function lookAtStation(
	known: Known,
	view: StationView,
	listed: readonly Transaction[] | undefined,
	look: Look,
): { state: StationState; events: TransactionEvent[] } {
	const { connectors, sightings } = view;
	const after = new Map([...known].map(([connector, memories]) => [connector, [...memories]]));
	for (const connector of connectors) if (!after.has(connector)) after.set(connector, []);

	const events: TransactionEvent[] = [];
	const shown = new Set(sightings.map(({ transaction }) => hashOf(transaction.txId)));
	const lookedAt = new Set<string>();
	for (const sighting of byStart([...sightings, ...sightingsIn(listed ?? [], view, known)])) {
		const { connector, transaction } = sighting;
		const memories = after.get(connector) ?? [];
		after.set(connector, memories);
		const found = find(memories, transaction);
		if (found?.ended || (!found && isForgotten(transaction, memories))) continue;
		const hash = hashOf(transaction.txId);
		const put = (memory: Memory) => {
			if (found) memories[memories.indexOf(found)] = memory;
			else add(memories, memory);
		};
		if (!look.isWatched(transaction)) {
			const { start = startOf(transaction), unlisted } = found ?? {};
			if (found || shown.has(hash)) put({ hash, start, unlisted, ended: true, leftOut: true });
			continue;
		}
		const isAgain = lookedAt.has(hash);
		lookedAt.add(hash);
		const freshness = found && freshnessOf(transaction, found);
		if (freshness === 'older' || (freshness === 'same' && isAgain)) continue;
		const wanted = isOld(known, sighting, look) ? NOTHING : look.wanted;
		const seen = observe(recall(found, sighting), transaction, wanted, look.now);
		events.push(...seen.events);
		put(isAgain ? seen.memory : noteAsked(seen.memory, sighting));
	}

	const hashes = new Set(listed?.map(({ txId }) => hashOf(txId)));
	const state: StationState = {};
	for (const [connector, memories] of after) {
		const counted = listed ? countLists(memories, known.get(connector) ?? [], hashes) : memories;
		state[connector] = writeMemories(forget(counted, shown));
	}
	return { state, events };
}
