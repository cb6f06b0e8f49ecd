import type { Weeks } from './localLimits';
import type { Tariff } from './tariff';
import { weekOf, type Week } from './windows';

/** When a tariff sets which limit, by the local clock. */
export interface Calendar {
	/** The limits of each local week. */
	weeks: Weeks;
	/** The week that recurs. */
	steady: Week;
	/** Whether there is a limit at all times. */
	hasLimitAlways: boolean;
}

/** The calendar of a tariff. */
export function calendarOf({ windows, outside }: Pick<Tariff, 'windows' | 'outside'>): Calendar {
	const week = weekOf(windows, outside);
	return {
		weeks: () => week,
		steady: week,
		hasLimitAlways: week.every(({ value }) => value !== undefined),
	};
}
