import { DateTime } from 'luxon';

import { DAY, offsetsOf, WEEK } from '../base/clocks';
import { memoize } from '../base/memoize';
import { modulo } from '../base/numbers';
import { delayedAfter } from '../base/startDelay';
import { combine } from '../base/timeline';
import type { LocalTime, Weeks } from './localLimits';
import { isWithin, seasonEdges } from './seasons';
import type { Tariff } from './tariff';
import { MONDAY, weekFrom, weekNumber, weekOf, type TariffWindow, type Week } from './windows';

/** A moment (epoch seconds) from which on a week recurs. */
export interface Turn {
	at: number;
	week: Week;
}

/** When a tariff sets which limit, by the local clock. Days have numbers, counted from the epoch. */
export interface Calendar extends LocalTime {
	/** The limits of each local week. */
	weeks: Weeks;
	/** Whether there is a limit at all times. */
	hasLimitAlways: boolean;
	/** The weeks that recur, without holidays: one for each season. */
	seasons: readonly Week[];
	/** The week that recurs on a day. */
	steadyOn(day: number): Week;
	/** The moments (epoch seconds) after one and up to another at which another week begins to recur, in order. */
	turns(from: number, to: number): Turn[];
	/** The most turns in a year. */
	turnsPerYear: number;
	/** The days between two moments (epoch seconds) on which limits may differ from the week that recurs, in order. */
	unsteadyDays(from: number, to: number): number[];
	/** The start of the last holiday, in seconds since the epoch in local time; 0 if there is none. */
	lastHoliday: number;
	/** The windows that begin on a day. */
	windowsOn(day: number): readonly TariffWindow[];
	/** The moment (epoch seconds) at which the clocks first show a time, in seconds since the epoch in local time. */
	momentOf(local: number): number;
}

/** The number of a date. @param date YYYY-MM-DD */
export const dayNumber = (date: string): number => Date.parse(date) / 1000 / DAY;

/** The date of a day: YYYY-MM-DD. */
export const dateOfDay = (day: number): string =>
	new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** Monday is 1. */
export const weekdayOfDay = (day: number): number => modulo(day - MONDAY / DAY, 7) + 1;

/** How many days after a holiday, or after the first day of a season, limits may differ from the week that recurs. */
const DAYS_AFTER = 2;

const yearOf = (seconds: number): number => new Date(seconds * 1000).getUTCFullYear();

/** The last second, from one to another, until which two calendars differ; in seconds since the epoch in local time. */
function lastDifference(a: Weeks, b: Weeks, from: number, to: number): number {
	let last = from;
	for (let number = weekNumber(from, 0); number <= weekNumber(to - 1, 0); number++) {
		const start = number * WEEK + MONDAY;
		const differs = combine([a(number), b(number)], ([one, other]) => one !== other);
		differs.forEach(({ from: begin, value }, index) => {
			const end = Math.min(to, start + (differs[index + 1]?.from ?? WEEK));
			if (value && start + begin < to && end > last) last = end;
		});
	}
	return last;
}

/** The calendar of a tariff. */
export function calendarOf({
	windows,
	outside,
	zone,
	holidays = { dates: [] },
	startDelay,
}: Pick<Tariff, 'windows' | 'outside' | 'zone' | 'holidays' | 'startDelay'>): Calendar {
	const delay = startDelay?.seconds ?? 0;
	const seasons = windows.flatMap(({ season }) => season ?? []);
	const holidayNumbers = new Set(holidays.dates.map(dayNumber));
	const offsets = offsetsOf(zone);
	const momentOf = (local: number) => {
		const offset = offsets.steadyAround(local);
		if (offset !== undefined) return local - offset;
		const time = DateTime.fromSeconds(local, { zone: 'utc' });
		return time.setZone(zone, { keepLocalTime: true }).getPossibleOffsets()[0].toSeconds();
	};

	const ofSeason = memoize((monthDay: string) =>
		windows.filter(({ season }) => season === undefined || isWithin(season, monthDay)),
	);
	const windowsOfDay = memoize((day: number) => ofSeason(dateOfDay(day).slice(5)));
	const beginning = (day: number, weekday: number | undefined) =>
		windowsOfDay(day).filter(({ days }) => weekday !== undefined && days.includes(weekday));
	const windowsOn = (day: number) =>
		beginning(day, holidayNumbers.has(day) ? holidays.countAs : weekdayOfDay(day));

	// Equal weeks are one object: so they can be compared, and are laid out only once.
	const sameWeeks = new Map<string, Week>();
	const asOne = (week: Week): Week => {
		const text = JSON.stringify(week);
		if (!sameWeeks.has(text)) sameWeeks.set(text, week);
		return sameWeeks.get(text)!;
	};
	const steadyOfDate = memoize((monthDay: string) => {
		const week = weekOf(ofSeason(monthDay), outside);
		return asOne(delayedAfter(week, week, WEEK, delay));
	});
	const steadyOf = memoize((day: number) => steadyOfDate(dateOfDay(day).slice(5)));
	const weeksBy = (ofDay: (day: number) => readonly TariffWindow[]): Weeks => {
		const onTime = memoize((number: number) => {
			const monday = (number * WEEK + MONDAY) / DAY;
			return weekFrom((day) => ofDay(monday + day), outside);
		});
		return memoize((number) =>
			asOne(delayedAfter(onTime(number - 1), onTime(number), WEEK, delay)),
		);
	};
	const weeks = weeksBy(windowsOn);
	const withoutHolidays = weeksBy((day) => beginning(day, weekdayOfDay(day)));

	const edges = seasonEdges(seasons);
	const turnDays = memoize((year: number): number[] => {
		// In other years than leap years, 29 February stands for 1 March.
		const days = edges.map((edge) => {
			const [month, day] = edge.split('-').map(Number);
			return Date.UTC(year, month - 1, day) / 1000 / DAY;
		});
		return [...new Set(days)].filter((day) => steadyOf(day - 1) !== steadyOf(day));
	});
	/** A season begins when the windows of the one before have ended, if they last over its first midnight. */
	const turnOn = memoize((day: number) => {
		const next = steadyOf(day);
		return momentOf(lastDifference(withoutHolidays, () => next, day * DAY, (day + 1) * DAY));
	});
	const turnDaysBetween = (from: number, to: number): number[] =>
		edges.length === 0
			? []
			: Array.from({ length: yearOf(to) - yearOf(from) + 3 }, (_, index) =>
					turnDays(yearOf(from) - 1 + index),
				).flat();

	const hasLimit = (week: Week) => week.every(({ value }) => value !== undefined);
	const isSteady = edges.length === 0 && holidayNumbers.size === 0;
	const first = steadyOfDate('01-01');
	return {
		zone,
		offsets,
		weeks: isSteady ? () => first : weeks,
		hasLimitAlways: isSteady ? hasLimit(first) : outside !== undefined,
		seasons: [...new Set([first, ...edges.map(steadyOfDate)])],
		steadyOn: steadyOf,
		turns: (from, to) =>
			turnDaysBetween(from, to)
				.map((day) => ({ at: turnOn(day), week: steadyOf(day) }))
				.filter(({ at }) => from < at && at <= to),
		turnsPerYear: turnDays(2024).length,
		unsteadyDays(from, to) {
			const days = [
				...[...holidayNumbers].map((day) => [day, day + DAYS_AFTER]),
				...turnDaysBetween(from, to).map((day) => [day - 1, day + DAYS_AFTER]),
			].flatMap(([begin, end]) =>
				Array.from({ length: end - begin + 1 }, (_, index) => begin + index),
			);
			return [...new Set(days)]
				.filter((day) => from <= day * DAY && day * DAY <= to)
				.sort((a, b) => a - b);
		},
		lastHoliday: Math.max(0, ...holidayNumbers) * DAY,
		windowsOn,
		momentOf,
	};
}
