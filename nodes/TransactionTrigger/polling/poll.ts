import type { Station } from '../../shared/chargeye/stations';
import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import { inOrder } from '../../shared/node/inOrder';
import type { Wanted } from '../events';
import type { PollApi } from './api';
import { readStation } from './known';
import { completeStation, needsWhole } from './lookUp';
import { newState, type PollState, type Watch } from './triggerState';
import { lookAtStation } from './lookAtStation';
import { listFrom } from './stationList';
import { oldestFirst, type TransactionEvent } from './transactionEvent';
import { readTime } from '../../shared/polling/apiValues';
import { startOf } from '../../shared/polling/transactionTimes';
import { viewOf, type StationView } from './view';
import { isOld, type Watching } from './watching';

export interface PollSettings {
	wanted: Wanted;
	/** False for transactions that are not watched, such as simulated ones. */
	isWatched: (transaction: Transaction) => boolean;
	watch: Watch;
	/** Whether the first poll reports the events so far of transactions that have not ended. */
	emitOngoing: boolean;
}

export interface PollResult {
	/** Oldest first. */
	events: TransactionEvent[];
	/** The same object as before if nothing has changed. */
	state: PollState;
}

/** For how many stations transactions are requested at the same time. */
const LISTS_AT_ONCE = 8;

/** Clocks differ: by the charger's clock, a new transaction may have started before watching began by n8n's. */
const CLOCK_MARGIN_MS = 24 * 3_600_000;

/** How many whole transactions a poll looks up at most, unless the first station alone needs more. */
const LOOK_UPS = 200;

/** Begins with the first station that the last poll left out, so that no station is always left out. */
function beginningWith(next: string | undefined, views: StationView[]): StationView[] {
	const index = views.findIndex(({ stationId }) => stationId === next);
	return index === -1 ? views : [...views.slice(index), ...views.slice(0, index)];
}

/**
 * One poll: (the last poll's state, the API's answers, the clock) → (events, the state for the next poll).
 *
 * One request reads the whole fleet. Further requests are sent in two cases: for a station where a connector shows
 * another transaction than before, so that a transaction that began and ended between two polls is reported in full;
 * and for a transaction with something to report that needs more than the fleet's summary contains. A station's state
 * changes only if all its requests fit in the poll; otherwise the next poll finds the same events again.
 *
 * @param stations the stations in scope, each connector with its latest transaction
 * @param before undefined for the first poll: it remembers every transaction, and reports them only with `emitOngoing`
 * @throws what the API throws
 */
export async function poll(
	stations: readonly Station[],
	api: PollApi,
	before: PollState | undefined,
	{ wanted, isWatched, watch, emitOngoing }: PollSettings,
): Promise<PollResult> {
	const nowMs = api.now();
	const state = before ?? newState(watch, nowMs);
	const views = beginningWith(state.next, stations.map(viewOf));
	const began = (time?: number) => before !== undefined && (time ?? Infinity) >= before.since;
	const isNews = (transaction: Transaction) =>
		began(startOf(transaction)) ||
		(emitOngoing && (!hasEnded(transaction) || began(readTime(transaction.endTime) ?? 0)));
	const watching: Watching = { wanted, nowMs, isNews, isWatched };

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
		let incomplete = view.sightings.filter((sighting) => needsWhole(known, sighting, watching));
		const asks = from !== undefined || incomplete.length > 0;
		if (asks && hasAsked && !(api.hasTime() && incomplete.length <= lookUpsLeft)) {
			const mustAsk = incomplete.some((sighting) => !isOld(known, sighting, watching));
			if (from !== undefined || mustAsk) {
				next ??= stationId;
				return true;
			}
			incomplete = [];
		}
		hasAsked ||= asks;
		lookUpsLeft -= incomplete.length;
		const { whole, listed } = await completeStation(view, from, incomplete, api);
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
