import type { Station } from '../../shared/chargeye/stations';
import type { EventName } from '../events';
import type { PollApi } from './api';
import { observe } from './observe';
import type { PollSettings } from './poll';
import { filledFrom, isWhole } from './transactionFacts';
import { oldestFirst, type TransactionEvent } from './transactionEvent';
import { isKnown } from '../../shared/polling/apiValues';
import { updatedAt } from '../../shared/polling/transactionTimes';
import { viewOf } from './view';

/** How many whole transactions are looked up at most for one test event. */
export const SAMPLE_LOOK_UPS = 20;

export interface Sample {
	/** Oldest first; empty if no wanted event has happened. */
	events: TransactionEvent[];
	/** How many transactions the stations show. */
	shown: number;
	/** How many have had a wanted event but are left out, because they are not watched. */
	leftOut: number;
	/** Whether transactions remain that a test does not look up. */
	isPartial: boolean;
}

/** Finds real events for a test: each wanted event once, from the transaction with the latest update that has had it. */
export async function sampleOf(
	stations: readonly Station[],
	api: Pick<PollApi, 'transaction' | 'now'>,
	{ wanted, isWatched }: Pick<PollSettings, 'wanted' | 'isWatched'>,
): Promise<Sample> {
	const sightings = stations
		.flatMap((station) => viewOf(station).sightings)
		.sort((a, b) => updatedAt(b.transaction) - updatedAt(a.transaction));
	const found = new Map<EventName, TransactionEvent>();
	let leftOut = 0;
	let lookUps = 0;
	let isPartial = false;
	for (const { transaction: summary } of sightings) {
		const missing = new Set(wanted.events.filter((event) => !found.has(event)));
		const { events } = observe(undefined, summary, wanted, api.now());
		const mayHaveMissing =
			events.some(({ event }) => missing.has(event)) ||
			(missing.has('authorized') && !isKnown(summary.authenticated));
		if (!mayHaveMissing) continue;
		let transaction = summary;
		if (!isWhole(summary) && isWatched(summary)) {
			if (lookUps++ === SAMPLE_LOOK_UPS) {
				isPartial = true;
				break;
			}
			const whole = await api.transaction(summary.txId);
			if (whole)
				transaction = { ...filledFrom(whole, summary, true), stationId: summary.stationId };
		}
		const seen = observe(undefined, transaction, wanted, api.now()).events.filter(({ event }) =>
			missing.has(event),
		);
		if (isWatched(transaction)) for (const event of seen) found.set(event.event, event);
		else if (seen.length > 0) leftOut++;
	}
	return { events: oldestFirst([...found.values()]), shown: sightings.length, leftOut, isPartial };
}
