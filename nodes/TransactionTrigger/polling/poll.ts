import type { Station } from '../../shared/chargeye/stations';
import type { Transaction } from '../../shared/chargeye/transactions';
import { inOrder } from '../../shared/node/inOrder';
import type { Wanted } from '../events';
import type { PollApi } from './api';
import { readStation } from './known';
import { completed, needsWhole } from './lookUp';
import { newState, type PollState, type Watch } from './triggerState';
import { lookAtStation } from './lookAtStation';
import { listFrom } from './stationList';
import { hasEnded, startOf } from './transactionFacts';
import { oldestFirst, type TransactionEvent } from './transactionEvent';
import { readTime } from './apiValues';
import { viewOf, type StationView } from './view';
import { isOld, type Watching } from './watching';

export interface PollSettings {
	wanted: Wanted;
	/** False for transactions that are not watched, such as simulated ones. */
	isWatched: (transaction: Transaction) => boolean;
	watch: Watch;
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

/** Begins where the last poll came to its end, so that every station has its turn. */
function beginningWith(next: string | undefined, views: StationView[]): StationView[] {
	const index = views.findIndex(({ stationId }) => stationId === next);
	return index === -1 ? views : [...views.slice(index), ...views.slice(0, index)];
}

/**
 * One poll: (what the last one left, what the API shows, the clock) → (events, what the next one needs).
 *
 * One request for the fleet. Further ones only for a station where a connector's transaction has been replaced, so
 * that one that began and ended between two polls is told in full, and for a transaction of which there is something
 * to tell that the fleet's summary of it does not hold. A station moves on with all that it needs, or not at all: what
 * does not fit in a poll, the next one finds again.
 *
 * @param stations those in scope, each connector with its latest transaction
 * @param before undefined to begin: what is there then is remembered, and told only with `emitOngoing`
 * @throws what the API throws
 */
export async function poll(
	stations: readonly Station[],
	api: PollApi,
	before: PollState | undefined,
	{ wanted, isWatched, watch, emitOngoing }: PollSettings,
): Promise<PollResult> {
	const now = api.now();
	const state = before ?? newState(watch, now);
	const views = beginningWith(state.next, stations.map(viewOf));
	const began = (time?: number) => before !== undefined && (time ?? Infinity) >= before.since;
	const isNews = (transaction: Transaction) =>
		began(startOf(transaction)) ||
		(emitOngoing && (!hasEnded(transaction) || began(readTime(transaction.endTime) ?? 0)));
	const watching: Watching = { wanted, now, isNews, isWatched };

	let next: string | undefined;
	let hasAsked = false;
	let lookUpsLeft = LOOK_UPS;
	const changed: PollState['stations'] = {};
	const events: TransactionEvent[] = [];
	const visit = async (view: StationView) => {
		const { stationId } = view;
		const stored = changed[stationId] ?? state.stations[stationId];
		const known = readStation(stored);
		const from = before && listFrom(known, view, isNews, before.since - CLOCK_MARGIN_MS);
		let lacking = view.sightings.filter((sighting) => needsWhole(known, sighting, watching));
		const asks = from !== undefined || lacking.length > 0;
		if (asks && hasAsked && !(api.hasTime() && lacking.length <= lookUpsLeft)) {
			const mustAsk = lacking.some((sighting) => !isOld(known, sighting, watching));
			if (from !== undefined || mustAsk) {
				next ??= stationId;
				return true;
			}
			lacking = [];
		}
		hasAsked ||= asks;
		lookUpsLeft -= lacking.length;
		const { whole, listed } = await completed(view, from, lacking, api);
		const seen = lookAtStation(known, whole, listed, watching);
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
