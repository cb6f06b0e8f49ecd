import type { ChargerCapacity } from '../capacity/capacity';
import { DAY, WEEK, type ClockChange } from '../base/clocks';
import { memoize } from '../base/memoize';
import type { Span } from '../base/timeline';
import { recurringBlocks } from './blocks';
import { calendarOf, type Calendar } from './calendar';
import type { Tariff } from './tariff';
import { smallestLayout } from './layouts';
import { limitsOfDays } from './localLimits';
import { planNextDays } from './nextDays';
import type { Planned } from './planned';
import { recurringOf, type Recurring } from './recurring';
import { countedChanges } from './stretches';
import { endOfWeeks, planRuns, runsOf, weeksOf } from './runs';

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
export function needOf({ profiles }: Pick<Planned, 'profiles'>): Need {
	const levels = profiles.map(({ level }) => level);
	return {
		profiles: profiles.length,
		levels: Math.max(0, ...levels.map((level) => level + 1)),
		periods: Math.max(0, ...profiles.map(({ periods }) => periods.length)),
		ids: Math.max(0, ...profiles.map(({ id }) => id + 1)),
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

/** What is planned from a moment on. */
type Plan = Omit<Planned, 'changes'>;

/** A way to write a tariff as profiles, from whatever moment on (epoch seconds); undefined if it is not possible. */
type Way = (start: number) => Plan | undefined;

/**
 * Moments at which the tariff may be built again. A way is chosen only if it fits from all of them: it then stays the
 * same when it is built again, and its profiles replace those sent before.
 */
function trialStarts(
	start: number,
	changes: readonly ClockChange[],
	{ unsteadyDays, momentOf }: Calendar,
): number[] {
	const week = Array.from({ length: 7 }, (_, day) => day * DAY);
	const year = start + 365 * DAY;
	const next = changes.filter(({ at }) => start < at && at < year).slice(0, 2);
	// A list of holidays is as hard to fit when some of them have passed.
	const days = unsteadyDays(start - 365 * DAY, year).flatMap((day) =>
		week.map((earlier) => day * DAY - earlier),
	);
	return [
		...week.map((later) => start + later),
		...next.flatMap(({ at }) => week.map((earlier) => at - earlier)),
		...[...new Set(days)].map(momentOf),
	];
}

const endOfDays = ({ offsets, momentOf }: Calendar, start: number, days: number): number =>
	momentOf((Math.floor((start + offsets.at(start)) / DAY) + days) * DAY);

/** The ways of a mode, in groups: a later group is less good, because it covers a shorter time. */
function waysOf(
	{ mode, capacity }: Tariff,
	calendar: Calendar,
	recurring: Recurring | undefined,
	span: Span,
): Way[][] {
	const most = capacity.periods;
	const allRuns = memoize((merged: boolean) => runsOf(calendar, { ...span, most, merged }));
	const runs =
		(merged: boolean, weeks: number, endFrom: (start: number) => number): Way =>
		(start) =>
			planRuns(allRuns(merged), { start, end: endFrom(start), weeks });
	// Where a level is replaced, it can hold only what applies now.
	const { sameLevelReplaces } = capacity;
	if (mode === 'recurring') {
		const asLongAsHeld: Way = (start) => {
			if (sameLevelReplaces) return recurring?.currentFrom(start);
			const plan = recurring?.from(start, capacity.profiles);
			const { until = Infinity } = plan ?? {};
			return until >= start + FEWEST_WEEKS * WEEK ? plan : undefined;
		};
		return [
			[asLongAsHeld],
			...Array.from({ length: MOST_WEEKS - FEWEST_WEEKS + 1 }, (_, fewer) => {
				const weeks = MOST_WEEKS - fewer;
				return [runs(true, weeks, (start) => endOfWeeks(calendar, start, weeks))];
			}),
		];
	}
	const { days } = mode;
	const endFrom = (start: number) => endOfDays(calendar, start, days);
	return [
		[
			...(calendar.hasLimitAlways ? [(start: number) => planNextDays(calendar, start, days)] : []),
			(start) =>
				sameLevelReplaces
					? recurring?.currentFrom(start, endFrom(start))
					: recurring?.from(start, Infinity, endFrom(start)),
			runs(false, weeksOf(days), endFrom),
			runs(true, weeksOf(days), endFrom),
		],
	];
}

/** What a way needs at most, from any of some moments; undefined if it does not fit from all of them. */
function needOfWay(
	way: Way,
	starts: readonly number[],
	{ capacity, identity }: Tariff,
): Need | undefined {
	let greatest: Need | undefined;
	for (const start of starts) {
		const plan = way(start);
		const need = plan && needOf(plan);
		if (!need || !fits(need, capacity, identity.stackLevel)) return undefined;
		greatest = greatest ? both(greatest, need) : need;
	}
	return greatest;
}

/** The smallest plan of a tariff that fits the charger; undefined if none does. */
function smallestPlan(
	tariff: Tariff,
	start: number,
	changes: readonly ClockChange[],
): Plan | undefined {
	const { mode, capacity } = tariff;
	const calendar = calendarOf(tariff);
	if (capacity.profiles === Infinity && capacity.periods === Infinity) {
		if (mode !== 'recurring') return planNextDays(calendar, start, mode.days);
		const recurring = recurringOf(calendar, changes, start, {
			layoutOf: recurringBlocks,
			most: Infinity,
			ids: Infinity,
			sameLevelReplaces: false,
		});
		if (recurring) return recurring.from(start, Infinity);
		const end = endOfWeeks(calendar, start, MOST_WEEKS);
		const span = { from: start, to: end, most: Infinity, merged: true };
		return planRuns(runsOf(calendar, span), { start, end, weeks: MOST_WEEKS });
	}
	if (mode !== 'recurring') {
		const { limits, to } = limitsOfDays(calendar.weeks, calendar, start, mode.days);
		const hasNoWindow = limits.every(({ value }) => value === undefined);
		if (hasNoWindow) return { profiles: [], until: to };
	}
	const recurring = recurringOf(calendar, changes, start, {
		layoutOf: (week) => smallestLayout(week, capacity.periods),
		most: capacity.periods,
		ids: RESERVED_IDS,
		sameLevelReplaces: capacity.sameLevelReplaces,
	});
	const starts = trialStarts(start, changes, calendar);
	const days = mode === 'recurring' ? MOST_WEEKS * 7 : mode.days;
	const span = { from: Math.min(...starts), to: Math.max(...starts) + (days + 1) * DAY };
	for (const ways of waysOf(tariff, calendar, recurring, span)) {
		const fitting = ways
			.flatMap((way) => {
				const need = needOfWay(way, starts, tariff);
				return need ? { way, need } : [];
			})
			.sort((a, b) => bySize(a.need, b.need));
		if (fitting.length > 0) return fitting[0].way(start);
	}
	return undefined;
}

/** The smallest profiles of a tariff that fit the charger; undefined if none do. */
export function planTariff(tariff: Tariff): Planned | undefined {
	const start = Math.floor(tariff.startMs / 1000);
	const changes = countedChanges(tariff.zone, start);
	const plan = smallestPlan(tariff, start, changes);
	if (plan === undefined) return undefined;
	const end = plan.profiles.length === 0 ? start : (plan.until ?? Infinity);
	return { ...plan, changes: changes.filter(({ at }) => start < at && at < end) };
}
