import { DateTime } from 'luxon';

import { clockChanges, DAY, offsetAt, WEEK, type ClockChange } from '../base/clocks';
import { utcText } from '../base/timeTexts';
import type { Span } from '../base/timeline';
import { blocksOf, type Block } from './blocks';
import type { Planned, PlannedProfile } from './planned';
import { secondOfWeek, type Week } from './windows';

/** A stretch of time (epoch seconds) without a clock change: local time is `offset` seconds ahead of UTC. */
interface SteadyStretch extends Span {
	offset: number;
}

/** Cuts a stretch of time at the clock changes within it. */
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

/** The limits of the week during a stretch of time; `from` is in epoch seconds. */
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

/** The start (epoch seconds) and the number (days since the epoch) of `count` local days and of the day after them. */
function localDays(zone: string, start: number, count: number) {
	const today = DateTime.fromSeconds(start, { zone });
	return Array.from({ length: count + 1 }, (_, day) => {
		// If a clock change repeats midnight, the day starts at the earlier one.
		const [midnight] = today.plus({ days: day }).startOf('day').getPossibleOffsets();
		const { year, month, day: dayOfMonth } = midnight;
		return {
			from: midnight.toSeconds(),
			number: DateTime.utc(year, month, dayOfMonth).toSeconds() / DAY,
		};
	});
}

/** The limits of a week on `count` local days from the day of `start` on, in order and without gaps; all in epoch seconds. */
export function limitsOfDays(week: Week, zone: string, start: number, count: number) {
	const days = localDays(zone, start, count);
	const whole = { from: days[0].from, to: days[count].from };
	const stretches = steadyStretches(zone, whole, clockChanges(zone, whole.from, whole.to));
	return {
		...whole,
		midnights: days.map(({ from }) => from),
		limits: stretches.flatMap((stretch) => limitsDuring(week, stretch)),
	};
}

/**
 * Plans a tariff week as Absolute profiles for today and the following days. They are exact in local time, and must be
 * built again before they end. If there is a limit at all times, one profile is enough. Otherwise there is one profile
 * for each unbroken stretch of a day, all on the same stack level: each is valid only while it has a period, so that
 * their validity never overlaps (K01.FR.06). When they are built again later, profiles for the same day have the same
 * IDs.
 * @param start epoch seconds
 * @param count how many days, including today
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
