import { DateTime } from 'luxon';

import { clockChanges, DAY, type ClockChange } from '../base/clocks';
import type { Calendar } from './calendar';
import type { Week } from './windows';

/** Stretches are counted from this moment, so that the time between two turns always has the same number. */
const COUNTED_FROM = DateTime.utc(2025).toSeconds();

/** With two clock changes per year, at most four stretches of time are needed to cover the coming year. */
const SLOTS = 4;

const yearsFrom = (start: number, years: number) =>
	DateTime.fromSeconds(start, { zone: 'utc' }).plus({ years }).toSeconds();

/** The time (epoch seconds) that matters to profiles from `start` or from up to a year later. */
export const countedTime = (start: number) => ({
	from: Math.min(COUNTED_FROM, yearsFrom(start, -1)),
	to: Math.max(COUNTED_FROM, yearsFrom(start, 3)),
});

/** The clock changes of a zone that matter to profiles from `start` (epoch seconds) or from up to a year later. */
export function countedChanges(zone: string, start: number): ClockChange[] {
	const { from, to } = countedTime(start);
	return clockChanges(zone, from, to);
}

/**
 * The time between two turns (a clock change or another season), in which a week recurs; in epoch seconds. Without
 * `from` or `to` there is no turn before or after it.
 */
export interface Stretch {
	/** Counted from a fixed moment on. */
	number: number;
	from?: number;
	to?: number;
	week: Week;
}

/** Stretches of time without a gap. */
export interface Stretches {
	list: Stretch[];
	/** How many numbers there are for them: a number is used again when its time has passed. */
	slots: number;
}

/**
 * All stretches that matter to profiles from `start` (epoch seconds) or from up to a year later.
 * @param changes what `countedChanges` gives
 */
export function allStretches(
	calendar: Calendar,
	changes: readonly ClockChange[],
	start: number,
): Stretch[] {
	const { from, to } = countedTime(start);
	const seasons = new Map(calendar.turns(from, to).map(({ at, week }) => [at, week]));
	const turns = [...new Set([...changes.map(({ at }) => at), ...seasons.keys()])];
	turns.sort((a, b) => a - b);
	const counted = turns.filter((at) => at <= COUNTED_FROM).length;
	let week = calendar.steadyOn(Math.floor((from + calendar.offsets.at(from)) / DAY));
	return [undefined, ...turns].map((at, index) => {
		week = (at !== undefined && seasons.get(at)) || week;
		return { number: index - counted, from: at, to: turns[index], week };
	});
}

/**
 * The stretches that cover at least a year. The first is the whole one that includes `start`; the last one ends with the
 * first turn that is a year or more ahead. A zone without clock changes has one stretch that never ends, unless there
 * are seasons.
 * @param all what `allStretches` gives
 * @param start epoch seconds
 */
export function stretchesFrom(
	all: readonly Stretch[],
	{ turnsPerYear }: Calendar,
	start: number,
): Stretches {
	const year = yearsFrom(start, 1);
	const coming = all.filter(({ to = Infinity }) => to > start);
	const last = coming.findIndex(({ to = Infinity }) => to > year);
	const list = coming.slice(0, last + 1);
	return { list, slots: Math.max(SLOTS + turnsPerYear, list.length) };
}

/** The stretches up to a moment (epoch seconds). */
export const stretchesUntil = (end: number, { list, slots }: Stretches): Stretches => ({
	list: list
		.filter(({ from }) => from === undefined || from < end)
		.map((stretch) => ({ ...stretch, to: Math.min(stretch.to ?? end, end) })),
	slots,
});
