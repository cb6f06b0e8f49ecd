import { DAY, WEEK } from '../base/clocks';
import { modulo } from '../base/numbers';
import { overlay, type Span, type Timeline } from '../base/timeline';

/** Hours of the week with a limit, in local time. */
export interface TariffWindow {
	/** The days on which the window begins: 1 is Monday, 7 is Sunday (ISO 8601). */
	days: readonly number[];
	/** When the window begins: seconds of the day in local clock time. */
	from: number;
	/** When the window ends: seconds of the day, up to 86,400; of the next day if `overMidnight`. */
	to: number;
	overMidnight: boolean;
	/** A per phase, or W over all phases. */
	limit: number;
}

/**
 * The limit at each second of a local week, from Monday 00:00 on; undefined where there is none. Where windows overlap,
 * the lowest limit applies.
 */
export type Week = Timeline<number | undefined>;

/** When a window applies: in seconds of the week, beyond its end if the window continues into the next week. */
export function spansOf({ days, from, to, overMidnight }: TariffWindow): Span[] {
	const length = to - from + (overMidnight ? DAY : 0);
	return days.map((day) => {
		const start = (day - 1) * DAY + from;
		return { from: start, to: start + length };
	});
}

/** The week of some windows. @param outside the limit at all other times; undefined for no limit */
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

/** Seconds of the local week, from Monday 00:00 on, at a moment (epoch seconds). */
export const secondOfWeek = (at: number, offset: number): number =>
	modulo(at + offset - MONDAY, WEEK);

/** The number of the local week, which begins on Monday, at a moment (epoch seconds). */
export const weekNumber = (at: number, offset: number): number =>
	Math.floor((at + offset - MONDAY) / WEEK);
