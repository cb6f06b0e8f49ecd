import { DateTime } from 'luxon';

import { remembered } from './remembered';

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
	const atMidnight = remembered((day: number) => exact(day * DAY));
	return {
		at(seconds) {
			const day = Math.floor(seconds / DAY);
			const offset = atMidnight(day);
			return atMidnight(day + 1) === offset ? offset : exact(seconds);
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

/** Writes moments as text, in UTC and in local time. */
export interface TimeTexts {
	/** Epoch seconds in UTC: `2026-01-15T15:00:00Z`. */
	utc(seconds: number): string;
	/** Epoch seconds in local time with its offset: `2026-01-15T17:00:00+02:00`. */
	local(seconds: number): string;
}

const isoText = (seconds: number) => new Date(seconds * 1000).toISOString();

export function timeTexts(offsets: Offsets): TimeTexts {
	const dateOf = remembered((day: number) => isoText(day * DAY).slice(0, 11));
	const clockOf = remembered((seconds: number) => isoText(seconds).slice(11, 19));
	const suffixOf = remembered(
		(offset: number) => `${offset < 0 ? '-' : '+'}${isoText(Math.abs(offset)).slice(11, 16)}`,
	);
	const written = (seconds: number, suffix: string) => {
		const day = Math.floor(seconds / DAY);
		return `${dateOf(day)}${clockOf(seconds - day * DAY)}${suffix}`;
	};
	return {
		utc: (seconds) => written(seconds, 'Z'),
		local(seconds) {
			const offset = offsets.at(seconds);
			return written(seconds + offset, suffixOf(offset));
		},
	};
}

/** One moment in UTC, with a fraction of a second if it has one. */
export const utcText = (seconds: number): string => isoText(seconds).replace(/\.000Z$/, 'Z');
