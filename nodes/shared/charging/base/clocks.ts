import { DateTime, IANAZone } from 'luxon';

import { memoize } from './memoize';

/** Lengths in seconds, as in UTC and OCPP; a local day is longer or shorter when the clocks change. */
export const DAY = 86_400;
export const WEEK = 7 * DAY;

/** How many seconds local time is ahead of UTC at a moment (epoch seconds). */
export const offsetAt = (zone: string, at: number): number =>
	IANAZone.create(zone).offset(at * 1000) * 60;

/** How far a zone’s local time is ahead of UTC, in seconds; made for many look-ups. */
export interface Offsets {
	/** The offset at a moment (epoch seconds). */
	at(seconds: number): number;
	/** The one offset from the day before a moment to the day after it; undefined if the clocks change in between. */
	steadyAround(seconds: number): number | undefined;
}

/** The offsets of an IANA time zone, looked up once per UTC day: asking luxon every time would be slow. */
export function offsetsOf(zone: string): Offsets {
	const atMidnight = memoize((day: number) => offsetAt(zone, day * DAY));
	return {
		at(seconds) {
			const day = Math.floor(seconds / DAY);
			const offset = atMidnight(day);
			return atMidnight(day + 1) === offset ? offset : offsetAt(zone, seconds);
		},
		steadyAround(seconds) {
			const day = Math.floor(seconds / DAY);
			const offset = atMidnight(day - 1);
			for (let other = day; other <= day + 2; other++) {
				if (atMidnight(other) !== offset) return undefined;
			}
			return offset;
		},
	};
}

/** A moment at which the clocks of a zone are set forward or back; all in seconds. */
export interface ClockChange {
	/** Epoch seconds. */
	at: number;
	/** How far local time is ahead of UTC before the change. */
	before: number;
	/** How far local time is ahead of UTC from the change on. */
	after: number;
}

/**
 * The clock changes of an IANA time zone after `from` and up to `to` (epoch seconds), in order. The search goes week by
 * week, because two changes are at least about a month apart (Ramadan in Morocco).
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

/**
 * True if, at some moment in [from, to), the zone’s offset from UTC differs from its offset at `anchor` (all UTC
 * times). The search ends after a year.
 */
export function clocksDiffer(
	anchor: string,
	from: string,
	to: string | undefined,
	zone: string,
): boolean {
	const [anchored, first] = [anchor, from].map((time) => DateTime.fromISO(time).toSeconds());
	const year = DateTime.fromSeconds(first, { zone }).plus({ years: 1 }).toSeconds();
	const end = to === undefined ? year : Math.min(year, DateTime.fromISO(to).toSeconds());
	return (
		offsetAt(zone, first) !== offsetAt(zone, anchored) ||
		clockChanges(zone, first, end).some(({ at }) => at < end)
	);
}
