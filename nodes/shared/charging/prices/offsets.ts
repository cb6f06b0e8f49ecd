import { DateTime } from 'luxon';

const DAY = 86_400;

/** How far the clocks of a zone are ahead of UTC, in seconds, for many moments at once. */
export interface Offsets {
	/** At a moment (epoch seconds). */
	at(seconds: number): number;
	/** All through the day before and the day after a moment, or undefined if the clocks change then. */
	steadyAround(seconds: number): number | undefined;
}

/** The offsets of an IANA time zone, looked up once a day of UTC: asking luxon each time would take most of the time. */
export function offsetsOf(zone: string): Offsets {
	const exact = (seconds: number) => DateTime.fromSeconds(seconds, { zone }).offset * 60;
	const midnights = new Map<number, number>();
	const atMidnight = (day: number): number => {
		const known = midnights.get(day);
		if (known !== undefined) return known;
		const offset = exact(day * DAY);
		midnights.set(day, offset);
		return offset;
	};
	return {
		at(seconds) {
			const day = Math.floor(seconds / DAY);
			const offset = atMidnight(day);
			return atMidnight(day + 1) === offset ? offset : exact(seconds);
		},
		steadyAround(seconds) {
			const day = Math.floor(seconds / DAY);
			const offset = atMidnight(day - 1);
			const steady = [day, day + 1, day + 2].every((other) => atMidnight(other) === offset);
			return steady ? offset : undefined;
		},
	};
}

/** Epoch seconds in UTC: `2026-01-15T15:00:00Z`. */
export function utcText(seconds: number): string {
	const text = new Date(seconds * 1000).toISOString();
	return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text;
}

/** Epoch seconds in local time with its offset: `2026-01-15T17:00:00+02:00`. */
export function localText(seconds: number, offsets: Offsets): string {
	const offset = offsets.at(seconds);
	const [size, sign] = offset < 0 ? [-offset, '-'] : [offset, '+'];
	const local = new Date((seconds + offset) * 1000).toISOString().slice(0, 19);
	return `${local}${sign}${new Date(size * 1000).toISOString().slice(11, 16)}`;
}
