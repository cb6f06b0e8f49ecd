import { DateTime } from 'luxon';

import { clockChanges, DAY, WEEK, type ClockChange, type Offsets } from '../base/clocks';
import type { Span, Timeline } from '../base/timeline';
import { secondOfWeek, weekNumber, type Week } from './windows';

/** The limits of a local week, by its number. */
export type Weeks = (number: number) => Week;

/** Local time in a zone. */
export interface LocalTime {
	zone: string;
	offsets: Offsets;
}

/** The limits at each moment (epoch seconds). */
export type Limits = Timeline<number | undefined>;

/** A stretch of time (epoch seconds) without a clock change: local time is `offset` seconds ahead of UTC. */
interface SteadyStretch extends Span {
	offset: number;
}

/** Cuts a stretch of time at the clock changes within it. */
function steadyStretches(
	offsets: Offsets,
	{ from, to }: Span,
	changes: readonly ClockChange[],
): SteadyStretch[] {
	const cuts = changes.filter(({ at }) => from < at && at < to).map(({ at }) => at);
	const starts = [from, ...cuts];
	return starts.map((start, index) => ({
		from: start,
		to: starts[index + 1] ?? to,
		offset: offsets.at(start),
	}));
}

/** The limits during a stretch of time without a clock change. */
function limitsOfStretch(weeks: Weeks, { from, to, offset }: SteadyStretch): Limits {
	const limits: Array<{ from: number; value: number | undefined }> = [];
	let number = weekNumber(from, offset);
	for (let start = from - secondOfWeek(from, offset); start < to; start += WEEK, number++) {
		const week = weeks(number);
		week.forEach((step, index) => {
			const begins = Math.max(start + step.from, from);
			const ends = Math.min(start + (week[index + 1]?.from ?? WEEK), to);
			if (begins < ends) limits.push({ from: begins, value: step.value });
		});
	}
	return limits;
}

/**
 * The limits from one moment to another (epoch seconds), by the local clock.
 * @param changes at least the clock changes in between
 */
export const limitsDuring = (
	weeks: Weeks,
	{ offsets }: LocalTime,
	span: Span,
	changes: readonly ClockChange[],
): Limits =>
	steadyStretches(offsets, span, changes).flatMap((stretch) => limitsOfStretch(weeks, stretch));

/** The start (epoch seconds) and the number (days since the epoch) of `count` local days and of the day after them. */
export function localDays({ zone, offsets }: LocalTime, start: number, count: number) {
	const today = DateTime.fromSeconds(start, { zone });
	const first = Math.floor((start + offsets.at(start)) / DAY);
	return Array.from({ length: count + 1 }, (_, day) => {
		const number = first + day;
		const offset = offsets.steadyAround(number * DAY);
		if (offset !== undefined) return { from: number * DAY - offset, number };
		// If a clock change repeats midnight, the day starts at the earlier one.
		const [midnight] = today.plus({ days: day }).startOf('day').getPossibleOffsets();
		const { year, month, day: dayOfMonth } = midnight;
		return {
			from: midnight.toSeconds(),
			number: DateTime.utc(year, month, dayOfMonth).toSeconds() / DAY,
		};
	});
}

/** The limits on `count` local days from the day of `start` on, in order and without gaps; all in epoch seconds. */
export function limitsOfDays(weeks: Weeks, local: LocalTime, start: number, count: number) {
	const days = localDays(local, start, count);
	const whole = { from: days[0].from, to: days[count].from };
	return {
		...whole,
		midnights: days.map(({ from }) => from),
		limits: limitsDuring(weeks, local, whole, clockChanges(local.zone, whole.from, whole.to)),
	};
}
