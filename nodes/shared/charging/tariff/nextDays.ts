import { DateTime } from 'luxon';

import { blocksOf, type Block } from './blocks';
import { clockChanges, secondOfWeek, steadyStretches, utc, type SteadyStretch } from './clocks';
import type { Planned, PlannedProfile } from './planned';
import { DAY, WEEK, type Week } from './windows';

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

/** The first moments (epoch seconds) of so many local days and of the one after, and the number of each day. */
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
 * they run out. With a limit at all times it is one profile. Otherwise there is one for each unbroken stretch of a day,
 * on the same stack level: each is valid while it has a period and no longer, so that their validity never overlaps
 * (K01.FR.06). Profiles that are built again later have the same IDs for the same day.
 * @param start epoch seconds
 * @param count how many days, today among them
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
		kind: { chargingProfileKind: 'Absolute' },
		validFrom: utc(block.from),
		validTo: utc(block.from + block.duration),
		startSchedule: utc(block.from),
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
