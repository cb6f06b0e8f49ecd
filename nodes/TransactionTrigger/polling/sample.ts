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

/** How many whole transactions are looked up at most for one test event. */
const LOOK_UPS = 20;

/** The time of a transaction's last update, or of its start (ms). */
const updatedAt = ({ transaction }: Sighting) =>
	greatest(readTime(transaction.updateTime), startOf(transaction)) ?? 0;

/**
 * Finds real events for a test: each wanted event once, from the transaction with the latest update that has had it.
 * @returns oldest first; empty if no wanted event has happened
 */
export async function sampleOf(
	stations: readonly Station[],
	api: Pick<PollApi, 'transaction' | 'now'>,
	{ wanted, isWatched }: Pick<PollSettings, 'wanted' | 'isWatched'>,
): Promise<TransactionEvent[]> {
	const sightings = stations
		.flatMap((station) => viewOf(station).sightings)
		.filter(({ transaction }) => isWatched(transaction))
		.sort((a, b) => updatedAt(b) - updatedAt(a));
	const found = new Map<EventName, TransactionEvent>();
	let lookUps = 0;
	for (const { transaction: summary } of sightings) {
		const missing = new Set(wanted.events.filter((event) => !found.has(event)));
		const { events } = observe(undefined, summary, wanted, api.now());
		const mayHaveMissing =
			events.some(({ event }) => missing.has(event)) ||
			(missing.has('authorized') && !isKnown(summary.authenticated));
		if (!mayHaveMissing) continue;
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
