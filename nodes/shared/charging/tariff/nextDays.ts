import { clockChanges } from '../base/clocks';
import type { Span } from '../base/timeline';
import { blocksOf, type Block } from './blocks';
import type { Calendar } from './calendar';
import { limitsDuring, localDays } from './localLimits';
import type { Planned, PlannedProfile } from './planned';

/**
 * Plans a tariff as Absolute profiles for today and the following days. They are exact in local time, and must be
 * built again before they end. If there is a limit at all times, one profile is enough. Otherwise there is one profile
 * for each unbroken stretch of a day, all on the same stack level: each is valid only while it has a period, so that
 * their validity never overlaps (K01.FR.06). When they are built again later, profiles for the same day have the same
 * IDs.
 * @param start epoch seconds
 * @param count how many days, including today
 */
export function planNextDays(calendar: Calendar, start: number, count: number): Planned {
	const days = localDays(calendar, start, count);
	const whole = { from: days[0].from, to: days[count].from };
	const changes = clockChanges(calendar.zone, whole.from, whole.to).filter(
		({ at }) => at < whole.to,
	);
	const during = (span: Span): Block[] =>
		blocksOf(limitsDuring(calendar.weeks, calendar, span, changes), span.to);
	const profileOf = (id: number, { from, duration, periods }: Block): PlannedProfile => ({
		id,
		level: 0,
		validFrom: from,
		validTo: from + duration,
		start: from,
		duration,
		periods,
	});
	const profiles = calendar.hasLimitAlways
		? during(whole).map((block, index) => profileOf(index, block))
		: days
				.slice(0, count)
				.flatMap(({ from, number }, index) =>
					during({ from, to: days[index + 1].from }).map((block, lane) =>
						profileOf(lane * count + (number % count), block),
					),
				);
	return { profiles, changes, until: whole.to };
}
