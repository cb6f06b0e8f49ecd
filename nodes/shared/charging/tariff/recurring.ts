import { WEEK, type ClockChange, type Offsets } from '../base/clocks';
import { memoize } from '../base/memoize';
import { modulo } from '../base/numbers';
import { RECURRENCE_SECONDS } from '../profile/profile';
import type { RecurringBlock } from './blocks';
import type { Calendar } from './calendar';
import { planExceptions } from './exceptions';
import type { PlannedProfile } from './planned';
import {
	allStretches,
	countedTime,
	stretchesFrom,
	stretchesUntil,
	type Stretches,
} from './stretches';
import { secondOfWeek, type Week } from './windows';

/** What is valid from one moment to another (epoch seconds), in profiles that are sent all together or not at all. */
interface Piece {
	from: number;
	to?: number;
	profiles: PlannedProfile[];
}

/**
 * Plans the weeks of stretches as Recurring profiles that are exact in local time. Chargers repeat profiles in UTC, so
 * there is a set of profiles for each stretch of time between two clock changes, with its own start, and valid only
 * during it. When the same windows are built again later, profiles for the same stretch have the same IDs: they replace
 * the earlier ones, and their validity never overlaps (K01.FR.06).
 *
 * Within a stretch each block has its own stack level: five Weekly profiles for five evenings cannot share one
 * (K01.FR.06), and a single profile for all five would need periods between them, which would hide lower stack levels.
 * @param layoutOf the blocks of a week, the higher stack levels last
 * @param start epoch seconds
 */
const planRecurring = (
	layoutOf: (week: Week) => readonly RecurringBlock[],
	offsets: Offsets,
	start: number,
	{ list, slots }: Stretches,
): Piece[] =>
	list.map(({ number, from, to, week }) => {
		const reference = from ?? start;
		const offset = offsets.at(reference);
		const profiles = layoutOf(week).flatMap((block, lane): PlannedProfile[] => {
			const { recurrencyKind, duration, periods } = block;
			const every = RECURRENCE_SECONDS[recurrencyKind];
			// The latest run that starts by then: not every charger applies a profile before its start.
			const begin = reference - modulo(secondOfWeek(reference, offset) - block.from, every);
			// A stretch can be shorter than a week.
			const runs = begin + duration > reference || begin + every < (to ?? Infinity);
			if (!runs) return [];
			const profile = {
				id: lane * slots + modulo(number, slots),
				level: lane,
				recurrencyKind,
				validFrom: from,
				validTo: to,
				start: begin,
				duration,
				periods,
			};
			return [profile];
		});
		return { from: reference, to, profiles };
	});

/** What of some pieces is sent. All moments in epoch seconds. */
interface Sent {
	profiles: PlannedProfile[];
	/** When the first piece begins that is left out; undefined if there is none and nothing ends. */
	until?: number;
}

/**
 * The first pieces that a charger holds.
 * @param pieces in order
 * @param most how many profiles it takes
 * @param end when the last piece ends; undefined if never
 */
function firstPieces(pieces: readonly Piece[], most: number, end: number | undefined): Sent {
	const ids = new Set<number>();
	const left = pieces.findIndex(({ profiles }) =>
		profiles.some(({ id }) => ids.size === most || ids.size === ids.add(id).size),
	);
	const held = left === -1 ? pieces : pieces.slice(0, left);
	return {
		profiles: held.flatMap(({ profiles }) => profiles),
		until: left === -1 ? end : pieces[left].from,
	};
}

/** The piece that is valid at `start`, for chargers that hold no other on the same stack level. */
function currentPiece(pieces: readonly Piece[], start: number, end: number | undefined): Sent {
	const current = pieces.filter(({ from }) => from <= start).at(-1)!;
	const next = pieces.find(({ from }) => from > start);
	const until = Math.min(current.to ?? Infinity, next?.from ?? Infinity, end ?? Infinity);
	return { profiles: current.profiles, ...(until < Infinity && { until }) };
}

/** The most IDs for what differs from the weeks that recur: more than there are weeks in a year. */
const MOST_EXCEPTIONS = 60;

/** A tariff as Recurring profiles with exceptions; all moments in epoch seconds. */
export interface Recurring {
	/**
	 * What a charger holds from a moment on, for at least a year if it holds so much.
	 * @param most how many profiles it holds
	 * @param end when no more is needed
	 */
	from(start: number, most: number, end?: number): Sent;
	/** What is valid at a moment, until anything else is. */
	currentFrom(start: number, end?: number): Sent;
}

/** How Recurring profiles are planned. */
interface RecurringOptions {
	/** The blocks of a week, the higher stack levels last. */
	layoutOf(week: Week): readonly RecurringBlock[];
	/** The most periods that a profile may have. */
	most: number;
	/** How many IDs there are. */
	ids: number;
	/** Whether a profile replaces another on the same stack level. */
	sameLevelReplaces: boolean;
}

/**
 * The weeks of a tariff as Recurring profiles, with Absolute ones above them for what differs from these weeks.
 * @param start epoch seconds
 * @param changes what `countedChanges` gives
 * @returns undefined if there is no limit somewhere where a Recurring profile has one, or if there are too few IDs
 */
export function recurringOf(
	calendar: Calendar,
	changes: readonly ClockChange[],
	start: number,
	options: RecurringOptions,
): Recurring | undefined {
	const layoutOf = memoize(options.layoutOf);
	const all = allStretches(calendar, changes, start);
	const counted = countedTime(start);
	// Without a turn ahead, the last stretch never ends.
	const isEndless = calendar.turnsPerYear === 0;
	const last = isEndless ? calendar.lastHoliday + WEEK : 0;
	const span = { from: counted.from, to: Math.max(counted.to, last) };
	const lanes = Math.max(...calendar.seasons.map((week) => layoutOf(week).length));
	const ofRecurring = lanes * stretchesFrom(all, calendar, start).slots;
	const firstId = Math.max(ofRecurring, Math.min(options.ids, 100) - MOST_EXCEPTIONS);
	const exceptions = planExceptions(calendar, changes, all, {
		span,
		most: options.most,
		level: options.sameLevelReplaces ? 0 : lanes,
		ids: { from: firstId, to: Math.min(options.ids, firstId + MOST_EXCEPTIONS) },
	});
	if (exceptions === undefined) return undefined;
	const piecesFrom = (at: number, stretches: Stretches): Piece[] => {
		const end = stretches.list.at(-1)!.to ?? Infinity;
		const above = exceptions
			.filter(({ validFrom, validTo }) => validTo > at && validFrom < end)
			.map((profile) => ({ from: profile.validFrom, to: profile.validTo, profiles: [profile] }));
		return [...planRecurring(layoutOf, calendar.offsets, at, stretches), ...above]
			.map((piece) => ({ ...piece, from: Math.max(piece.from, at) }))
			.sort((a, b) => a.from - b.from);
	};
	const stretchesOf = (at: number, end: number | undefined): Stretches => {
		const stretches = stretchesFrom(all, calendar, at);
		return end === undefined ? stretches : stretchesUntil(end, stretches);
	};
	return {
		from(at, most, end) {
			const stretches = stretchesOf(at, end);
			return firstPieces(piecesFrom(at, stretches), most, stretches.list.at(-1)!.to);
		},
		currentFrom(at, end) {
			const stretches = stretchesOf(at, end);
			return currentPiece(piecesFrom(at, stretches), at, stretches.list.at(-1)!.to);
		},
	};
}
