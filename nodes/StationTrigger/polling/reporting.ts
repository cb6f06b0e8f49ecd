import type { EventName } from '../events';
import type { Memory } from './memory';

const HOUR_MS = 3_600_000;

/** How often one event of one status is reported in an hour; what comes more often is counted. */
export const MOST_IN_HOUR = 6;

/** Status Changed is also the normal use of a connector. */
export const MOST_CHANGES_IN_HOUR = 30;

const mostInHour = (event: EventName): number =>
	event === 'statusChanged' ? MOST_CHANGES_IN_HOUR : MOST_IN_HOUR;

/** Adds one to the count of an event. */
export const plus = (counts: Memory['numbers'], event: EventName): Memory['numbers'] => ({
	...counts,
	[event]: (counts[event] ?? 0) + 1,
});

/** Counts a report in its hour. @returns false if there have been too many in this hour */
export function mayReport(memory: Memory, event: EventName, nowMs: number): boolean {
	const { hour } = memory;
	if (hour === undefined || hour > nowMs || nowMs - hour >= HOUR_MS) {
		memory.hour = nowMs;
		memory.inHour = {};
	}
	if ((memory.inHour[event] ?? 0) >= mostInHour(event)) return false;
	memory.inHour = plus(memory.inHour, event);
	return true;
}

/** How often the states of these events have come and gone without being reported; counting begins again. */
export function takeUnreported(memory: Memory, events: readonly EventName[]): number {
	const { unreported } = memory;
	memory.unreported = { ...unreported, ...Object.fromEntries(events.map((event) => [event, 0])) };
	return events.reduce((sum, event) => sum + (unreported[event] ?? 0), 0);
}
