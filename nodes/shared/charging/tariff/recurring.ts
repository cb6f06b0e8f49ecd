import { DateTime } from 'luxon';

import { clockChanges, offsetAt, type ClockChange } from '../base/clocks';
import { modulo } from '../base/numbers';
import { utcText } from '../base/timeTexts';
import { RECURRENCE_SECONDS } from '../profile/profile';
import { recurringBlocks } from './blocks';
import type { Planned, PlannedProfile } from './planned';
import { secondOfWeek, type Week } from './windows';

/** Clock changes are counted from this moment, so that the time between two changes always has the same number. */
const COUNTED_FROM = DateTime.utc(2025).toSeconds();

/** With two clock changes per year, at most four stretches of time are needed to cover the coming year. */
const SLOTS = 4;

/**
 * Plans a tariff week as Recurring profiles that are exact in local time. Chargers repeat profiles in UTC, so there is a
 * set of profiles for each stretch of time between two clock changes, with its own start, and valid only during it.
 *
 * The first stretch is the whole one that includes `start`; the last one ends with the first clock change that is a year
 * or more ahead. A zone without clock changes has one stretch that never ends. When the same windows are built again
 * later, profiles for the same stretch have the same IDs: they replace the earlier ones, and their validity never
 * overlaps (K01.FR.06).
 *
 * Within a stretch each block has its own stack level: five Weekly profiles for five evenings cannot share one
 * (K01.FR.06), and a single profile for all five would need periods between them, which would hide lower stack levels.
 * @param start epoch seconds
 */
export function planRecurring(week: Week, zone: string, start: number): Planned {
	const yearsFromStart = (years: number) =>
		DateTime.fromSeconds(start, { zone: 'utc' }).plus({ years }).toSeconds();
	const changes = clockChanges(
		zone,
		Math.min(COUNTED_FROM, yearsFromStart(-1)),
		Math.max(COUNTED_FROM, yearsFromStart(2)),
	);
	const passed = changes.filter(({ at }) => at <= start);
	const coming = changes.filter(({ at }) => at > start);
	// If there is no such change, the last profile has no end.
	const end = coming.find(({ at }) => at > yearsFromStart(1));
	const within = coming.filter(({ at }) => at <= yearsFromStart(1));
	const bounds: Array<ClockChange | undefined> = [passed.at(-1), ...within, end];

	const first = passed.length - changes.filter(({ at }) => at <= COUNTED_FROM).length;
	const blocks = recurringBlocks(week);
	const slots = Math.max(SLOTS, bounds.length - 1);
	const profiles = bounds.slice(1).flatMap((until, index): PlannedProfile[] => {
		const since = bounds[index];
		const reference = since?.at ?? start;
		const offset = offsetAt(zone, reference);
		return blocks.map(({ from, duration, periods, recurrencyKind }, lane) => {
			const every = RECURRENCE_SECONDS[recurrencyKind];
			// The latest run that starts by then: not every charger applies a profile before its start.
			const anchor = reference - modulo(secondOfWeek(reference, offset) - from, every);
			return {
				slot: modulo(first + index, slots),
				lane,
				level: lane,
				recurrencyKind,
				validity: {
					...(since && { validFrom: utcText(since.at) }),
					...(until && { validTo: utcText(until.at) }),
				},
				startSchedule: utcText(anchor),
				...(duration < every && { duration }),
				periods,
			};
		});
	});
	return { profiles, slots, changes: within, until: end?.at };
}
