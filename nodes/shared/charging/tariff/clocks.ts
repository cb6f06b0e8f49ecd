import { DateTime, IANAZone } from 'luxon';

import type { Span } from '../composite/timeline';
import { modulo } from '../number';
import { DAY, WEEK } from './windows';

/** A moment at which the clocks of a zone are set forward or back; all in seconds. */
export interface ClockChange {
	/** Since the epoch. */
	at: number;
	/** What local time was ahead of UTC before. */
	before: number;
	/** And is ahead from then on. */
	after: number;
}

/** A stretch of time in epoch seconds, during which local time is ahead of UTC by `offset` seconds. */
export interface SteadyStretch extends Span {
	offset: number;
}

/** What local time is ahead of UTC, in seconds. */
export const offsetAt = (zone: string, at: number): number =>
	IANAZone.create(zone).offset(at * 1000) * 60;

/**
 * The clock changes of an IANA time zone after `from` and up to `to` (epoch seconds), in order. It looks at every week:
 * the shortest time between two changes is the month of Ramadan in Morocco.
 */
export function clockChanges(zone: string, from: number, to: number): ClockChange[] {
	const changes: ClockChange[] = [];
	let before = offsetAt(zone, from);
	for (let start = from; start < to; start += WEEK) {
		let end = Math.min(start + WEEK, to);
		const after = offsetAt(zone, end);
		if (after === before) continue;
		for (let last = start; end - last > 1; ) {
			const middle = Math.floor((last + end) / 2);
			if (offsetAt(zone, middle) === before) last = middle;
			else end = middle;
		}
		changes.push({ at: end, before, after });
		before = after;
	}
	return changes;
}

/** A stretch of time, cut at the clock changes within it. */
export function steadyStretches(
	zone: string,
	{ from, to }: Span,
	changes: readonly ClockChange[],
): SteadyStretch[] {
	const cuts = changes.filter(({ at }) => from < at && at < to).map(({ at }) => at);
	const starts = [from, ...cuts];
	return starts.map((start, index) => ({
		from: start,
		to: starts[index + 1] ?? to,
		offset: offsetAt(zone, start),
	}));
}

/** The first Monday of the epoch. */
const MONDAY = 4 * DAY;

/** Seconds of the local week, from Monday 00:00, at a moment in epoch seconds. */
export const secondOfWeek = (at: number, offset: number): number =>
	modulo(at + offset - MONDAY, WEEK);

/** A moment in epoch seconds as OCPP writes it (part 2, section 3.1). */
export const utc = (at: number): string =>
	DateTime.fromSeconds(at, { zone: 'utc' }).toISO({ suppressMilliseconds: true })!;
