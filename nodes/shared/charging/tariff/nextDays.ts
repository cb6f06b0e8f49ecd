import { DateTime } from 'luxon';

import { clockChanges, DAY, offsetAt, WEEK, type ClockChange } from '../base/clocks';
import { utcText } from '../base/timeTexts';
import type { Span } from '../base/timeline';
import { blocksOf, type Block } from './blocks';
import type { Planned, PlannedProfile } from './planned';
import { secondOfWeek, type Week } from './windows';

/** A stretch of time in epoch seconds, during which local time is ahead of UTC by `offset` seconds. */
interface SteadyStretch extends Span {
	offset: number;
}

/** A stretch of time, cut at the clock changes within it. */
function steadyStretches(
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

/** The limits of the week during a stretch of time; `from` is epoch seconds. */
function limitsDuring(week: Week, { from, to, offset }: SteadyStretch) {
	const limits: Array<{ from: number; value: number | undefined }> = [];
	const monday = from - secondOfWeek(from, offset);
	for (let start = monday; start < to; start += WEEK) {
		week.forEach((step, index) => {
			const begins = Math.max(start + step.from, from);
			const ends = Math.min(start + (week[index + 1]?.from ?? WEEK), to);
			if (begins < ends) limits.push({ from: begins, value: step.value });
		});
	}
	return limits;
}

/** The start (epoch seconds) and the number of each of `count` local days, and of the day after them. */
function localDays(zone: string, start: number, count: number) {
	const today = DateTime.fromSeconds(start, { zone });
	return Array.from({ length: count + 1 }, (_, day) => {
		// The earlier one, where a clock change repeats midnight.
		const [midnight] = today.plus({ days: day }).startOf('day').getPossibleOffsets();
		const { year, month, day: dayOfMonth } = midnight;
		return {
			from: midnight.toSeconds(),
			number: DateTime.utc(year, month, dayOfMonth).toSeconds() / DAY,
		};
	});
}

/**
 * A tariff week as Absolute profiles for today and the following days, exact in local time, to be built again before
 * they run out. With a limit at all times it is one profile. Otherwise there is one for each unbroken stretch of a
 * day, on the same stack level: each is valid while it has a period and no longer, so that their validity never
 * overlaps (K01.FR.06). Profiles that are built again later have the same IDs for the same day.
 * @param start epoch seconds
 * @param count how many days, today included
 */
export function planNextDays(week: Week, zone: string, start: number, count: number): Planned {
	const days = localDays(zone, start, count);
	const whole = { from: days[0].from, to: days[count].from };
	const changes = clockChanges(zone, whole.from, whole.to).filter(({ at }) => at < whole.to);
	const during = ({ from, to }: { from: number; to: number }): Block[] =>
		blocksOf(
			steadyStretches(zone, { from, to }, changes).flatMap((stretch) =>
				limitsDuring(week, stretch),
			),
			to,
		);
	const profileOf = (slot: number, lane: number, block: Block): PlannedProfile => ({
		slot,
		lane,
		level: 0,
		validity: {
			validFrom: utcText(block.from),
			validTo: utcText(block.from + block.duration),
		},
		startSchedule: utcText(block.from),
		duration: block.duration,
		periods: block.periods,
	});

	const always = week.every(({ value }) => value !== undefined);
	const profiles = always
		? during(whole).map((block, lane) => profileOf(0, lane, block))
		: days
				.slice(0, count)
				.flatMap(({ from, number }, index) =>
					during({ from, to: days[index + 1].from }).map((block, lane) =>
						profileOf(number % count, lane, block),
					),
				);
	return { profiles, slots: always ? 1 : count, changes, until: whole.to };
}
