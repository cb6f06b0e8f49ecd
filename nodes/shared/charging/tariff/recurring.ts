import { DateTime } from 'luxon';

import { clockChanges, offsetAt, type ClockChange } from '../base/clocks';
import { modulo } from '../base/numbers';
import { utcText } from '../base/timeTexts';
import { RECURRENCE_SECONDS } from '../profile/profile';
import { recurringBlocks } from './blocks';
import type { Planned, PlannedProfile } from './planned';
import { secondOfWeek, type Week } from './windows';

/** Clock changes are counted from here, so that each stretch between two always has the same number. */
const COUNTED_FROM = DateTime.utc(2025).toSeconds();

/** Two changes a year make at most four stretches from now until a year on. */
const SLOTS = 4;

/**
 * A tariff week as Recurring profiles, exact in local time: chargers recur in UTC, so there is a set of profiles for
 * each stretch of time between two clock changes, valid from the one to the other, with an anchor of its own.
 *
 * They are for the stretch that holds at `start`, in full, and for those up to the first clock change that is a year
 * or more ahead; a zone without changes has one that never ends. As long as the rows are the same, profiles that are
 * built again later have the same IDs for the same stretch, so that they replace the earlier ones and their validity
 * never overlaps (K01.FR.06).
 *
 * Within a stretch each block has a stack level of its own: five Weekly profiles for five evenings cannot share one
 * (K01.FR.06), and one that has all five would need periods between them, which hide what lower levels say.
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
	// Where there is none, the last profile has no end.
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
			// The current or latest run when validity begins: not every charger looks back before the first run.
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
