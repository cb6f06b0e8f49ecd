import { DAY } from '../base/clocks';
import { DAY_NAMES, dateInWords } from '../base/words';
import { limitInWords } from '../profile/limitUnit';
import { calendarOf, dayNumber, weekdayOfDay } from './calendar';
import { isWithin, seasonEdges } from './seasons';
import type { Tariff } from './tariff';
import { hoursInWords, seasonInWords, windowInWords } from './tariffSummary';

/** More holidays than these are counted only. */
const MOST_HOLIDAYS = 20;

/** The day before one in a leap year; both as MM-DD. */
const dayBefore = (monthDay: string): string =>
	new Date(Date.parse(`2024-${monthDay}`) - DAY * 1000).toISOString().slice(5, 10);

/** The seasons in which the same windows begin, one a line. */
function seasonsInWords({ windows, unit }: Tariff): string[] {
	const edges = seasonEdges(windows.flatMap(({ season }) => season ?? []));
	return edges.map((from, index) => {
		const until = dayBefore(edges[(index + 1) % edges.length]);
		const inside = windows
			.filter(({ season }) => season === undefined || isWithin(season, from))
			.map(
				(window) =>
					`${windowInWords({ ...window, season: undefined })} ${limitInWords(window.limit, unit)}`,
			);
		return `${seasonInWords({ from, until })}: ${inside.join(', ') || 'no windows'}`;
	});
}

/** The holidays from `start` to `end` (epoch seconds), one a line. */
function holidaysInWords(tariff: Tariff, start: number, end: number): string[] {
	const { holidays = { dates: [] }, unit } = tariff;
	const { windowsOn, momentOf } = calendarOf(tariff);
	const coming = [...new Set(holidays.dates)]
		.map(dayNumber)
		.filter((day) => momentOf((day + 1) * DAY) > start && momentOf(day * DAY) < end)
		.sort((a, b) => a - b);
	const as = holidays.countAs === undefined ? '' : ` as ${DAY_NAMES[holidays.countAs - 1]}`;
	const lines = coming.slice(0, MOST_HOLIDAYS).map((day) => {
		const inside = windowsOn(day).map(
			(window) => `${hoursInWords(window)} ${limitInWords(window.limit, unit)}`,
		);
		const name = DAY_NAMES[weekdayOfDay(day) - 1];
		return `${name} ${dateInWords(day * DAY, 'utc')}${as}: ${inside.join(', ') || 'no windows'}`;
	});
	const more = coming.length - lines.length;
	return [...lines, ...(more > 0 ? [`and ${more} more holidays`] : [])];
}

/**
 * The seasons and the coming holidays of a tariff, one a line: "1 November to 31 March: Weekdays 17:00–20:00 20 kW",
 * "Friday 25 December 2026 as Sunday: no windows". Empty if there are neither seasons nor holidays.
 * @param until when the profiles end (UTC); undefined if never
 */
export const calendarInWords = (tariff: Tariff, until: string | undefined): string[] => [
	...seasonsInWords(tariff),
	...holidaysInWords(
		tariff,
		Math.floor(tariff.startMs / 1000),
		until === undefined ? Infinity : Date.parse(until) / 1000,
	),
];
