import type { Station } from '../../shared/chargeye/stations';
import type { EventName } from '../events';
import type { PollApi } from './api';
import { observe } from './observe';
import type { PollSettings } from './poll';
import type { Sighting } from './sighting';
import { filledFrom, isWhole, startOf } from './transactionFacts';
import { oldestFirst, type TransactionEvent } from './transactionEvent';
import { greatest, isKnown, readTime } from './apiValues';
import { viewOf } from './view';

/** How many whole transactions are looked up for it, at most. */
const LOOK_UPS = 20;

/** When something was last heard of a transaction (ms). */
const heardAt = ({ transaction }: Sighting) =>
	greatest(readTime(transaction.updateTime), startOf(transaction)) ?? 0;

/**
 * True events for a test: of each that is wanted, the one of the transaction that was updated last.
 * @returns oldest first; none if nothing of what is wanted has happened
 */
export async function sampleOf(
	stations: readonly Station[],
	api: Pick<PollApi, 'transaction' | 'now'>,
	{ wanted, isWatched }: Pick<PollSettings, 'wanted' | 'isWatched'>,
): Promise<TransactionEvent[]> {
	const sightings = stations
		.flatMap((station) => viewOf(station).sightings)
		.filter(({ transaction }) => isWatched(transaction))
		.sort((a, b) => heardAt(b) - heardAt(a));
	const found = new Map<EventName, TransactionEvent>();
	let lookUps = 0;
	for (const { transaction: summary } of sightings) {
		const missing = new Set(wanted.events.filter((event) => !found.has(event)));
		const { events } = observe(undefined, summary, wanted, api.now());
		const mayTell =
			events.some(({ event }) => missing.has(event)) ||
			(missing.has('authorized') && !isKnown(summary.authenticated));
		if (!mayTell) continue;
		let transaction = summary;
		if (!isWhole(summary)) {
			if (lookUps++ === LOOK_UPS) break;
			const whole = await api.transaction(summary.txId);
			if (whole)
				transaction = { ...filledFrom(whole, summary, true), stationId: summary.stationId };
		}
		if (!isWatched(transaction)) continue;
		for (const event of observe(undefined, transaction, wanted, api.now()).events) {
			if (missing.has(event.event)) found.set(event.event, event);
		}
	}
	return oldestFirst([...found.values()]);
}
