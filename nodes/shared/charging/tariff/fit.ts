import { DateTime } from 'luxon';

import type { ChargerCapacity } from '../capacity/capacity';
import { DAY, type ClockChange } from '../base/clocks';
import { memoize } from '../base/memoize';
import type { Span } from '../base/timeline';
import { recurringBlocks } from './blocks';
import type { Tariff } from './tariff';
import { smallestLayout } from './layouts';
import { limitsOfDays, planNextDays } from './nextDays';
import type { Planned } from './planned';
import { countedChanges, planRecurring, stretchesFrom, type Stretches } from './recurring';
import { endOfWeeks, planRuns, runsOf, weeksOf } from './runs';
import { weekOf } from './windows';

/** Builds from the lowest ID on use at most this many IDs, so that it is known what former ones have left. */
export const RESERVED_IDS = 100;

/** Recurring profiles for single weeks are for at most and at least this many, including the current one. */
const MOST_WEEKS = 6;
const FEWEST_WEEKS = 2;

/** What profiles take of a charger. */
export interface Need {
	profiles: number;
	/** How many stack levels, from the lowest one on. */
	levels: number;
	/** In the longest profile. */
	periods: number;
	ids: number;
	/** Whether two profiles have the same stack level, at whatever time. */
	sharesLevel: boolean;
}

/** @param planned the profiles of a plan */
export function needOf({ profiles, slots }: Planned): Need {
	const levels = profiles.map(({ level }) => level);
	return {
		profiles: profiles.length,
		levels: Math.max(0, ...levels.map((level) => level + 1)),
		periods: Math.max(0, ...profiles.map(({ periods }) => periods.length)),
		ids: Math.max(0, ...profiles.map(({ slot, lane }) => lane * slots + slot + 1)),
		sharesLevel: new Set(levels).size < levels.length,
	};
}

/** The greater of each need. */
const both = (a: Need, b: Need): Need => ({
	profiles: Math.max(a.profiles, b.profiles),
	levels: Math.max(a.levels, b.levels),
	periods: Math.max(a.periods, b.periods),
	ids: Math.max(a.ids, b.ids),
	sharesLevel: a.sharesLevel || b.sharesLevel,
});

/** @param lowest the lowest stack level of the profiles */
const fits = (need: Need, capacity: ChargerCapacity, lowest: number): boolean =>
	need.profiles <= capacity.profiles &&
	need.levels <= capacity.levels - lowest &&
	need.periods <= capacity.periods &&
	need.ids <= RESERVED_IDS &&
	!(need.sharesLevel && capacity.sameLevelReplaces);

const bySize = (a: Need, b: Need): number =>
	a.profiles - b.profiles || a.levels - b.levels || a.periods - b.periods;

/** A way to write a tariff as profiles, from whatever moment on (epoch seconds). */
type Way = (start: number) => Planned;

/**
 * Moments at which the tariff may be built again. A way is chosen only if it fits from all of them: it then stays the
 * same when it is built again, and its profiles replace those sent before.
 */
function trialStarts(start: number, changes: readonly ClockChange[]): number[] {
	const week = Array.from({ length: 7 }, (_, day) => day * DAY);
	const next = changes.filter(({ at }) => start < at && at < start + 365 * DAY).slice(0, 2);
	return [
		...week.map((later) => start + later),
		...next.flatMap(({ at }) => week.map((earlier) => at - earlier)),
	];
}

/** The first of the stretches; all of them if there are no more. */
const firstStretches = ({ list, slots }: Stretches, count: number): Stretches => ({
	list: list.slice(0, count),
	slots,
});

/** The stretches up to a moment (epoch seconds). */
const until = ({ list, slots }: Stretches, end: number): Stretches => ({
	list: list
		.filter(({ since }) => since === undefined || since.at < end)
		.map((stretch) => ({ ...stretch, until: Math.min(stretch.until ?? end, end) })),
	slots,
});

const endOfDays = (zone: string, start: number, days: number): number =>
	DateTime.fromSeconds(start, { zone }).startOf('day').plus({ days }).toSeconds();

/** The ways of a mode, in groups: a later group is less good, because it covers a shorter time. */
function waysOf(
	{ windows, outside, zone, mode, capacity }: Tariff,
	changes: readonly ClockChange[],
	span: Span,
): Way[][] {
	const week = weekOf(windows, outside);
	const most = capacity.periods;
	const layout = smallestLayout(week, most);
	const recurring = (start: number, stretches: Stretches) =>
		planRecurring(layout, zone, start, stretches);
	const allRuns = memoize((merged: boolean) => runsOf(week, zone, { ...span, most, merged }));
	const runs =
		(merged: boolean, weeks: number, endFrom: (start: number) => number): Way =>
		(start) => {
			const end = endFrom(start);
			const within = changes.filter(({ at }) => start < at && at < end);
			return { ...planRuns(allRuns(merged), { start, end, weeks }), changes: within };
		};
	if (mode === 'recurring') {
		// Where a level is replaced, it can hold only what applies now.
		const count = capacity.sameLevelReplaces ? 1 : Math.floor(capacity.profiles / layout.length);
		return [
			[(start) => recurring(start, stretchesFrom(changes, start))],
			count > 1 || capacity.sameLevelReplaces
				? [(start) => recurring(start, firstStretches(stretchesFrom(changes, start), count))]
				: [],
			...Array.from({ length: MOST_WEEKS - FEWEST_WEEKS + 1 }, (_, fewer) => {
				const weeks = MOST_WEEKS - fewer;
				return [runs(true, weeks, (start) => endOfWeeks(zone, start, weeks))];
			}),
		];
	}
	const { days } = mode;
	const endFrom = (start: number) => endOfDays(zone, start, days);
	const always = week.every(({ value }) => value !== undefined);
	return [
		[
			...(always ? [(start: number) => planNextDays(week, zone, start, days)] : []),
			(start) => {
				const stretches = until(stretchesFrom(changes, start), endFrom(start));
				const count = capacity.sameLevelReplaces ? 1 : Infinity;
				return recurring(start, firstStretches(stretches, count));
			},
			runs(false, weeksOf(days), endFrom),
			runs(true, weeksOf(days), endFrom),
		],
	];
}

/** Whether no window falls in the days ahead. */
const hasNoWindow = ({ windows, outside, zone, mode }: Tariff, start: number): boolean =>
	mode !== 'recurring' &&
	limitsOfDays(weekOf(windows, outside), zone, start, mode.days).limits.every(
		({ value }) => value === undefined,
	);

/** The smallest profiles of a tariff that fit the charger; undefined if none do. */
export function planTariff(tariff: Tariff): Planned | undefined {
	const { windows, outside, zone, mode, capacity, identity } = tariff;
	const start = Math.floor(tariff.startMs / 1000);
	const changes = countedChanges(zone, start);
	if (capacity.profiles === Infinity && capacity.periods === Infinity) {
		const week = weekOf(windows, outside);
		return mode === 'recurring'
			? planRecurring(recurringBlocks(week), zone, start, stretchesFrom(changes, start))
			: planNextDays(week, zone, start, mode.days);
	}
	const starts = trialStarts(start, changes);
	const days = mode === 'recurring' ? MOST_WEEKS * 7 : mode.days;
	const span = { from: start, to: Math.max(...starts) + (days + 1) * DAY };
	if (mode !== 'recurring' && hasNoWindow(tariff, start)) {
		return { profiles: [], slots: 1, changes: [], until: endOfDays(zone, start, mode.days) };
	}
	for (const ways of waysOf(tariff, changes, span)) {
		const fitting = ways
			.map((way) => ({ way, need: starts.map((from) => needOf(way(from))).reduce(both) }))
			.filter(({ need }) => fits(need, capacity, identity.stackLevel))
			.sort((a, b) => bySize(a.need, b.need));
		if (fitting.length > 0) return fitting[0].way(start);
	}
	return undefined;
}
