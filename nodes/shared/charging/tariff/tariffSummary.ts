import { DateTime } from 'luxon';

import { startDelayInWords } from '../base/startDelay';
import { clockTime, DAY_NAMES, dateInWords, listInWords } from '../base/words';
import { phasesInWords } from '../profile/chargingDetails';
import { limitInWords } from '../profile/limitUnit';
import { eachConnector } from '../profile/profile';
import type { TariffSchedule } from './build';
import type { Holidays, Tariff } from './tariff';
import type { Season } from './seasons';
import type { TariffWindow } from './windows';

const KNOWN_DAYS: Readonly<Record<string, string>> = {
	'1,2,3,4,5': 'Weekdays',
	'6,7': 'Weekends',
	'1,2,3,4,5,6,7': 'Every day',
};

/** "17:00–20:00", "22:00–06:00 the next day". */
export const hoursInWords = ({ from, to, overMidnight }: TariffWindow): string =>
	`${clockTime(from)}–${clockTime(to)}${overMidnight && to > 0 ? ' the next day' : ''}`;

/** "1 November": @param monthDay MM-DD */
const monthDayInWords = (monthDay: string): string =>
	dateInWords(Date.parse(`2024-${monthDay}`) / 1000, 'utc').replace(/ \d+$/, '');

/** "1 November to 31 March". */
export const seasonInWords = ({ from, until }: Season): string =>
	from === until ? monthDayInWords(from) : `${monthDayInWords(from)} to ${monthDayInWords(until)}`;

/** "Weekdays 17:00–20:00", "Weekends 08:00–10:00 from 1 November to 31 March"; @param zone after the hours */
export function windowInWords(window: TariffWindow, zone?: string): string {
	const { days, season } = window;
	return [
		daysInWords(days),
		hoursInWords(window),
		...(zone === undefined ? [] : [zone]),
		...(season === undefined ? [] : [`from ${seasonInWords(season)}`]),
	].join(' ');
}

/** "Weekdays", "Mon, Wed". */
export function daysInWords(days: readonly number[]): string {
	const sorted = [...new Set(days)].sort((a, b) => a - b);
	return (
		KNOWN_DAYS[sorted.join()] ?? sorted.map((day) => DAY_NAMES[day - 1].slice(0, 3)).join(', ')
	);
}

/** "12 holidays count as Sunday." */
function holidaysInWords({ dates, countAs }: Holidays): string {
	const count = new Set(dates).size;
	const what = count === 1 ? '1 holiday' : `${count} holidays`;
	if (countAs === undefined) return `On ${what} no window begins.`;
	return `${what} ${count === 1 ? 'counts' : 'count'} as ${DAY_NAMES[countAs - 1]}.`;
}

/**
 * A tariff and its schedule in a few sentences: "Weekdays 17:00–20:00 Europe/Helsinki: 20 kW for each connector. At other
 * times no limit. A clock change on 29 March 2026 is taken into account. Send it again before 25 October 2026."
 */
export function tariffSummary(
	tariff: Tariff,
	{ changes, sendAgainBefore }: TariffSchedule,
): string {
	const { windows, outside, unit, zone, identity, holidays, startDelay, details = {} } = tariff;
	const forEach = eachConnector(identity.purpose) ? ' for each connector' : '';
	const limits = windows.map(
		(window) => `${windowInWords(window, zone)}: ${limitInWords(window.limit, unit)}${forEach}.`,
	);
	const dates = changes.map(({ at }) => dateInWords(at, zone));
	const end = sendAgainBefore && DateTime.fromISO(sendAgainBefore).toSeconds();
	return [
		...limits,
		`At other times ${outside === undefined ? 'no limit' : `${limitInWords(outside, unit)}${forEach}`}.`,
		holidays === undefined ? '' : holidaysInWords(holidays),
		startDelay && startDelayInWords(startDelay),
		phasesInWords(details),
		...(dates.length > 0
			? [
					`${dates.length > 1 ? 'Clock changes' : 'A clock change'} on ${listInWords(dates)} ${dates.length > 1 ? 'are' : 'is'} taken into account.`,
				]
			: []),
		end
			? `Send it again before ${dateInWords(end, zone)}.`
			: 'It applies until it is replaced or cleared.',
	]
		.filter(Boolean)
		.join(' ');
}
