import { DAY, WEEK } from '../base/clocks';
import { modulo } from '../base/numbers';
import { overlay, type Span, type Timeline } from '../base/timeline';

/** Hours of the week with a limit, in local time. */
export interface TariffWindow {
	/** The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
	days: readonly number[];
	/** When it begins, as the clocks show it: seconds of the day. */
	from: number;
	/** When it ends: seconds of the day, up to 86,400; of the next day if it is over midnight. */
	to: number;
	overMidnight: boolean;
	/** A per phase, or W over all phases. */
	limit: number;
}

/**
 * The limit at each second of a local week, from Monday 00:00; undefined where there is none. Of overlapping windows
 * the lowest limit holds.
 */
export type Week = Timeline<number | undefined>;

/** When a window holds: seconds of the week, past its end if it runs into the next one. */
export function spansOf({ days, from, to, overMidnight }: TariffWindow): Span[] {
	const length = to - from + (overMidnight ? DAY : 0);
	return days.map((day) => {
		const start = (day - 1) * DAY + from;
		return { from: start, to: start + length };
	});
}

/** @param outside the limit at all other times; none if undefined */
export function weekOf(windows: readonly TariffWindow[], outside: number | undefined): Week {
	const inside = windows
		.flatMap((window) => spansOf(window).map((span) => ({ ...span, value: window.limit })))
		.flatMap(({ from, to, value }) => [
			{ from, to: Math.min(to, WEEK), value },
			...(to > WEEK ? [{ from: 0, to: to - WEEK, value }] : []),
		])
		.sort((a, b) => a.value - b.value);
	const rest = outside === undefined ? [] : [{ from: 0, to: WEEK, value: outside }];
	return overlay(WEEK, [...inside, ...rest]);
}

/** The first Monday of the epoch. */
const MONDAY = 4 * DAY;

/** Seconds of the local week, from Monday 00:00, at a moment in epoch seconds. */
export const secondOfWeek = (at: number, offset: number): number =>
	modulo(at + offset - MONDAY, WEEK);
