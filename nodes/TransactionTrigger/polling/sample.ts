import type { Station } from '../../shared/chargeye/stations';
import { oldestFirst, type EventName, type TransactionEvent } from './events';
import { observe } from './observe';
import type { PollSettings } from './poll';
import { viewOf } from './station';

/**
 * True events for a test: of each that is wanted, the most recent one that the stations still show.
 * @param now by n8n's clock (ms)
 * @returns oldest first; none if nothing of what is wanted has happened
 */
export function sampleOf(
	stations: readonly Station[],
	{ wanted, isWatched }: Pick<PollSettings, 'wanted' | 'isWatched'>,
	now: number,
): TransactionEvent[] {
	const events = stations
		.flatMap((station) => viewOf(station, isWatched).sightings)
		.flatMap(({ transaction }) => observe(undefined, transaction, wanted, now).events);
	const latest = new Map<EventName, TransactionEvent>();
	for (const event of oldestFirst(events)) latest.set(event.event, event);
	return oldestFirst([...latest.values()]);
}
