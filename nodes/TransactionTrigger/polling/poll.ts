import type { Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { inOrder } from '../../shared/node/inOrder';
import { oldestFirst, toUtc, type TransactionEvent, type Wanted } from './events';
import { filledFrom, freshnessThan, hasEnded, isKnown, markOf, readTime, startOf } from './record';
import { newState, type PollState } from './state';
import { isOld, listFrom, lookAtStation, needsWhole, readStation, type Look } from './station';
import { viewOf, type Sighting, type StationView } from './view';

/** What a poll asks of the API; whatever it throws ends the poll, and nothing has moved. */
export interface PollApi {
	/** The stations in scope, each connector with its latest transaction. */
	stations(): Promise<Station[]>;
	/** All transactions of a station that started then (UTC) or later. */
	transactionsSince(stationId: string, startDate: string): Promise<Transaction[]>;
	/** A whole transaction; undefined if the API does not know it. */
	transaction(txId: string): Promise<Transaction | undefined>;
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

/** How many whole transactions a poll looks up, at most; those of one station together. */
const LOOK_UPS = 200;

/**
 * Adds what a summary does not tell. Of a transaction that has gone on since then both are looked at, so that what was
 * shown is told even if it has passed.
 * @param listed those in the station's list, if that was needed
 * @param lookUp undefined if nothing is missing
 */
async function complete(
	sighting: Sighting,
	listed: readonly Transaction[],
	lookUp: PollApi['transaction'] | undefined,
): Promise<Sighting[]> {
	const { transaction: shown } = sighting;
	const inList = listed.find(({ txId }) => txId === shown.txId);
	const isGood = inList && freshnessThan(inList, shown) !== 'older';
	if (!isGood && !lookUp) return [sighting];
	const asked = markOf(shown);
	const whole = isGood ? inList : await lookUp?.(shown.txId);
	if (!whole) return [{ ...sighting, asked }];

	const freshness = freshnessThan(whole, shown);
	const isLater = freshness === 'newer' || freshness === 'unknown';
	const first = filledFrom(shown, whole, freshness === 'same');
	const { stationId } = shown;
	const then = { ...filledFrom(whole, shown, false), stationId };
	const looks = !isLater ? [first] : isKnown(shown.status) ? [first, then] : [then];
	return looks.map((transaction) => ({ ...sighting, transaction, asked }));
}

/**
 * One poll: (what the last one left, what the API shows, the clock) → (events, what the next one needs).
 *
 * One request for the fleet. Further ones only for a station where a connector's transaction has been replaced, so
 * that one that began and ended between two polls is told in full, and for a transaction of which there is something
 * to tell that the fleet's summary of it does not hold. A station moves on with all that it needs, or not at all: what
 * does not fit in a poll, the next one finds again.
 *
 * @param before undefined to begin: what is there then is remembered, and told only with `emitOngoing`
 * @throws what the API throws
 */
export async function poll(
	api: PollApi,
	before: PollState | undefined,
	{ wanted, isWatched, fingerprint, emitOngoing }: PollSettings,
): Promise<PollResult> {
	const shown = (await api.stations()).map(viewOf);
	const now = api.now();
	const state = before ?? newState(fingerprint, now);
	// Where the last poll came to its end, so that every station has its turn.
	const begin = Math.max(
		shown.findIndex(({ stationId }) => stationId === state.next),
		0,
	);
	const views = [...shown.slice(begin), ...shown.slice(0, begin)];
	const began = (time?: number) => before !== undefined && (time ?? Infinity) >= before.since;
	const isNews = (transaction: Transaction) =>
		began(startOf(transaction)) ||
		(emitOngoing && (!hasEnded(transaction) || began(readTime(transaction.endTime) ?? 0)));
	const look: Look = { wanted, now, isNews, isWatched };

	let next: string | undefined;
	let asked = false;
	let lookUps = LOOK_UPS;
	const changed: PollState['stations'] = {};
	const events: TransactionEvent[] = [];
	const visit = async (view: StationView) => {
		const { stationId } = view;
		const stored = changed[stationId] ?? state.stations[stationId];
		const known = readStation(stored);
		const from = before && listFrom(known, view, look, before.since - CLOCK_MARGIN_MS);
		let lacking = view.sightings.filter((sighting) => needsWhole(known, sighting, look));
		const asks = from !== undefined || lacking.length > 0;
		if (asks && asked && !(api.hasTime() && lacking.length <= lookUps)) {
			const mustAsk = lacking.some((sighting) => !isOld(known, sighting, look));
			if (from !== undefined || mustAsk) {
				next ??= stationId;
				return true;
			}
			lacking = [];
		}
		asked ||= asks;
		lookUps -= lacking.length;
		const listed =
			from === undefined ? undefined : await api.transactionsSince(stationId, toUtc(from));
		const lookUp: PollApi['transaction'] = (txId) => api.transaction(txId);
		const sightings = await Promise.all(
			view.sightings.map((sighting) =>
				complete(sighting, listed ?? [], lacking.includes(sighting) ? lookUp : undefined),
			),
		);
		const seen = lookAtStation(known, { ...view, sightings: sightings.flat() }, listed, look);
		events.push(...seen.events);
		if (JSON.stringify(seen.state) !== JSON.stringify(stored)) changed[stationId] = seen.state;
		return true;
	};
	await inOrder(views, ({ stationId }) => stationId, LISTS_AT_ONCE, visit);

	if (before && Object.keys(changed).length === 0 && next === state.next) return { events, state };
	return {
		events: oldestFirst(events),
		state: { ...state, next, stations: { ...state.stations, ...changed } },
	};
}
