import { DAY, WEEK } from '../base/clocks';
import { modulo } from '../base/numbers';
import { overlay, type Span, type Timeline } from '../base/timeline';
import type { Season } from './seasons';

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
	/** When in the year the days are on which it begins; all year if undefined. */
	season?: Season;
}

/**
 * The limit at each second of a local week, from Monday 00:00 on; undefined where there is none. Where windows overlap,
 * the lowest limit applies.
 */
export type Week = Timeline<number | undefined>;

/** When a window applies that begins on a day of the week (0 is Monday, -1 the Sunday before): in seconds of the week. */
function spanOn(day: number, { from, to, overMidnight }: TariffWindow): Span {
	const start = day * DAY + from;
	return { from: start, to: start + to - from + (overMidnight ? DAY : 0) };
}

/** When a window applies: in seconds of the week, beyond its end if the window continues into the next week. */
export const spansOf = (window: TariffWindow): Span[] =>
	window.days.map((day) => spanOn(day - 1, window));

/**
 * The limits of a week.
 * @param windowsOn the windows that begin on a day of the week: 0 is Monday, -1 the Sunday before
 * @param outside the limit at all other times; undefined for no limit
 */
export function weekFrom(
	windowsOn: (day: number) => readonly TariffWindow[],
	outside: number | undefined,
): Week {
	const inside = Array.from({ length: WEEK / DAY + 1 }, (_, index) => index - 1)
		.flatMap((day) =>
			windowsOn(day).map((window) => ({ ...spanOn(day, window), value: window.limit })),
		)
		.filter(({ to }) => to > 0)
		.map(({ from, to, value }) => ({ from: Math.max(0, from), to: Math.min(to, WEEK), value }))
		.sort((a, b) => a.value - b.value);
	const rest = outside === undefined ? [] : [{ from: 0, to: WEEK, value: outside }];
	return overlay(WEEK, [...inside, ...rest]);
}

/** The week of windows that recur every week. */
export const weekOf = (windows: readonly TariffWindow[], outside: number | undefined): Week =>
	weekFrom(
		(day) => windows.filter(({ days }) => days.includes(modulo(day, WEEK / DAY) + 1)),
		outside,
	);

/** The first Monday of the epoch. */
export const MONDAY = 4 * DAY;

/** Seconds of the local week, from Monday 00:00 on, at a moment (epoch seconds). */
export const secondOfWeek = (at: number, offset: number): number =>
	modulo(at + offset - MONDAY, WEEK);

/** The number of the local week, which begins on Monday, at a moment (epoch seconds). */
export const weekNumber = (at: number, offset: number): number =>
	Math.floor((at + offset - MONDAY) / WEEK);
