import { DateTime } from 'luxon';

import { clockChanges, offsetAt, type ClockChange } from '../base/clocks';
import { modulo } from '../base/numbers';
import { RECURRENCE_SECONDS } from '../profile/profile';
import type { RecurringBlock } from './blocks';
import type { PlannedProfile } from './planned';
import { secondOfWeek } from './windows';

/** Clock changes are counted from this moment, so that the time between two changes always has the same number. */
const COUNTED_FROM = DateTime.utc(2025).toSeconds();

/** With two clock changes per year, at most four stretches of time are needed to cover the coming year. */
const SLOTS = 4;

const yearsFrom = (start: number, years: number) =>
	DateTime.fromSeconds(start, { zone: 'utc' }).plus({ years }).toSeconds();

/** The clock changes of a zone that matter to profiles from `start` (epoch seconds) or from up to a year later. */
export const countedChanges = (zone: string, start: number): ClockChange[] =>
	clockChanges(
		zone,
		Math.min(COUNTED_FROM, yearsFrom(start, -1)),
		Math.max(COUNTED_FROM, yearsFrom(start, 3)),
	);

/** The time between two clock changes, in epoch seconds; without `from` or `to` there is no change before or after it. */
interface Stretch {
	/** The number of the stretch, which is used again when it has passed. */
	slot: number;
	from?: number;
	to?: number;
}

/** Stretches of time without a gap. */
export interface Stretches {
	list: Stretch[];
	slots: number;
}

/**
 * The stretches between clock changes that cover at least a year. The first is the whole one that includes `start`; the
 * last one ends with the first clock change that is a year or more ahead. A zone without clock changes has one stretch
 * that never ends.
 * @param changes what `countedChanges` gives
 * @param start epoch seconds
 */
export function stretchesFrom(changes: readonly ClockChange[], start: number): Stretches {
	const year = yearsFrom(start, 1);
	const passed = changes.filter(({ at }) => at <= start);
	const coming = changes.filter(({ at }) => at > start);
	// If there is no such change, the last profile has no end.
	const end = coming.find(({ at }) => at > year);
	const bounds = [passed.at(-1), ...coming.filter(({ at }) => at <= year), end];
	const first = passed.length - changes.filter(({ at }) => at <= COUNTED_FROM).length;
	const slots = Math.max(SLOTS, bounds.length - 1);
	const list = bounds.slice(1).map((until, index) => ({
		slot: modulo(first + index, slots),
		from: bounds[index]?.at,
		to: until?.at,
	}));
	return { list, slots };
}

/** The stretches up to a moment (epoch seconds). */
export const stretchesUntil = (end: number, { list, slots }: Stretches): Stretches => ({
	list: list
		.filter(({ from }) => from === undefined || from < end)
		.map((stretch) => ({ ...stretch, to: Math.min(stretch.to ?? end, end) })),
	slots,
});

/** What is valid from one moment to another (epoch seconds), in profiles that are sent all together or not at all. */
export interface Piece {
	from: number;
	to?: number;
	profiles: PlannedProfile[];
}

/**
 * Plans a tariff week as Recurring profiles that are exact in local time. Chargers repeat profiles in UTC, so there is a
 * set of profiles for each stretch of time between two clock changes, with its own start, and valid only during it. When
 * the same windows are built again later, profiles for the same stretch have the same IDs: they replace the earlier
 * ones, and their validity never overlaps (K01.FR.06).
 *
 * Within a stretch each block has its own stack level: five Weekly profiles for five evenings cannot share one
 * (K01.FR.06), and a single profile for all five would need periods between them, which would hide lower stack levels.
 * @param blocks the tariff week, the higher stack levels last
 * @param start epoch seconds
 */
export const planRecurring = (
	blocks: readonly RecurringBlock[],
	zone: string,
	start: number,
	{ list, slots }: Stretches,
): Piece[] =>
	list.map(({ slot, from, to }) => {
		const reference = from ?? start;
		const offset = offsetAt(zone, reference);
		const profiles = blocks.map((block, lane): PlannedProfile => {
			const { recurrencyKind, duration, periods } = block;
			const every = RECURRENCE_SECONDS[recurrencyKind];
			return {
				id: lane * slots + slot,
				level: lane,
				recurrencyKind,
				validFrom: from,
				validTo: to,
				// The latest run that starts by then: not every charger applies a profile before its start.
				start: reference - modulo(secondOfWeek(reference, offset) - block.from, every),
				duration,
				periods,
			};
		});
		return { from: reference, to, profiles };
	});

/** The first pieces that a charger holds. @param most how many profiles it takes */
export function firstPieces(
	pieces: readonly Piece[],
	most: number,
): { profiles: PlannedProfile[]; until?: number } {
	let count = 0;
	const left = pieces.findIndex(({ profiles }) => (count += profiles.length) > most);
	return left === -1
		? { profiles: pieces.flatMap(({ profiles }) => profiles), until: pieces.at(-1)?.to }
		: {
				profiles: pieces.slice(0, left).flatMap(({ profiles }) => profiles),
				until: pieces[left].from,
			};
}
