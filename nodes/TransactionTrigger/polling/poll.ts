import type { Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { inOrder } from '../../shared/node/inOrder';
import { oldestFirst, toUtc, type TransactionEvent, type Wanted } from './events';
import { hasEnded, startOf } from './record';
import { newState, type PollState } from './state';
import {
	listFrom,
	lookAtStation,
	needsDetails,
	readStation,
	sightingsIn,
	viewOf,
	type Look,
	type Sighting,
	type StationView,
} from './station';

/** What a poll asks of the API; whatever it throws ends the poll, and nothing has moved. */
export interface PollApi {
	/** The stations in scope, each connector with its latest transaction. */
	stations(): Promise<Station[]>;
	/** All transactions of a station that started then (UTC) or later. */
	transactionsSince(stationId: string, startDate: string): Promise<Transaction[]>;
	transaction(txId: string): Promise<Transaction>;
	/** By n8n's clock (ms). */
	now(): number;
	/** False once the poll must come to its end: what was not looked at is left to the next one. */
	hasTime(): boolean;
}

export interface PollSettings {
	wanted: Wanted;
	/** False for transactions that are left out, such as simulated ones. */
	isWatched: (transaction: Transaction) => boolean;
	fingerprint: string;
	/** Whether the first poll tells of the transactions that are under way. */
	emitOngoing: boolean;
}

export interface PollResult {
	/** Oldest first. */
	events: TransactionEvent[];
	/** The same object if nothing is new. */
	state: PollState;
}

/** How many stations are asked for their transactions at the same time. */
const LISTS_AT_ONCE = 8;

/** Clocks differ: a transaction may have started before watching began, by its own time. */
const CLOCK_MARGIN_MS = 24 * 3_600_000;

/** Adds what a connector's latest transaction does not tell. */
async function withDetails(api: PollApi, sighting: Sighting): Promise<Sighting> {
	const { connector, transaction } = sighting;
	const details = await api.transaction(transaction.txId);
	return { connector, transaction: { ...details, stationId: transaction.stationId } };
}

/**
 * One poll: (what the last one left, what the API shows, the clock) → (events, what the next one needs).
 *
 * One request for the fleet; a further one only for a station where a connector's transaction has been replaced, so
 * that one that began and ended between two polls is told in full. A station moves on with all that it needs, or not
 * at all: what there is no time for, the next poll finds again.
 *
 * @param before undefined to begin: what is there then is remembered, and told only with `emitOngoing`
 * @throws what the API throws
 */
export async function poll(
	api: PollApi,
	before: PollState | undefined,
	{ wanted, isWatched, fingerprint, emitOngoing }: PollSettings,
): Promise<PollResult> {
	const views = (await api.stations()).map((station) => viewOf(station, isWatched));
	const now = api.now();
	const state = before ?? newState(fingerprint, now);
	const isNews = before
		? (transaction: Transaction) => (startOf(transaction) ?? Infinity) >= before.since
		: (transaction: Transaction) => emitOngoing && !hasEnded(transaction);
	const look: Look = { wanted, now, isNews };

	let asked = false;
	const changed: PollState['stations'] = {};
	const events: TransactionEvent[] = [];
	const list = async (stationId: string, from: number) =>
		(await api.transactionsSince(stationId, toUtc(from))).filter(isWatched);
	const visit = async (view: StationView) => {
		const { stationId } = view;
		const stored = changed[stationId] ?? state.stations[stationId];
		const known = readStation(stored);
		const from = before && listFrom(known, view, look, before.since - CLOCK_MARGIN_MS);
		const incomplete = view.sightings.filter((sighting) => needsDetails(known, sighting));
		const asks = from !== undefined || incomplete.length > 0;
		if (asks && asked && !api.hasTime()) return true;
		asked ||= asks;
		const listed = from === undefined ? undefined : await list(stationId, from);
		const sightings = await Promise.all(
			view.sightings.map((sighting) =>
				incomplete.includes(sighting) ? withDetails(api, sighting) : sighting,
			),
		);
		const seen = lookAtStation(
			known,
			{ ...view, sightings },
			listed && sightingsIn(listed, view, known),
			look,
		);
		events.push(...seen.events);
		if (JSON.stringify(seen.state) !== JSON.stringify(stored)) changed[stationId] = seen.state;
		return true;
	};
	await inOrder(views, ({ stationId }) => stationId, LISTS_AT_ONCE, visit);

	if (before && Object.keys(changed).length === 0) return { events, state };
	return {
		events: oldestFirst(events),
		state: { ...state, stations: { ...state.stations, ...changed } },
	};
}
