import type { ChartContent, ChartPeriod } from '../chart/chart';
import { sourcesOf } from '../chart/sources';
import { inLimitUnit, limitInWords, limitUnitOf } from '../profile/limitUnit';
import type { ChargingProfile } from '../profile/profile';
import type { Tariff } from './tariff';
import { calendarOf } from './calendar';
import { limitsOfDays } from './localLimits';
import { windowInWords } from './tariffSummary';

const DAYS = 7;

/**
 * The content of a chart of the limits of the coming seven local days, or of fewer if the tariff is for fewer.
 * @param profiles the profiles of the tariff
 * @param nowMs epoch milliseconds
 */
export function tariffChart(
	tariff: Tariff,
	profiles: readonly ChargingProfile[],
	nowMs: number,
): ChartContent {
	const { windows, outside, unit, zone, mode, identity } = tariff;
	const count = mode === 'recurring' ? DAYS : Math.min(DAYS, mode.days);
	const start = Math.floor(tariff.startMs / 1000);
	const calendar = calendarOf(tariff);
	const { from, to, limits } = limitsOfDays(calendar.weeks, calendar, start, count);
	const words = windows.map(
		(window) => `${windowInWords(window)}: ${limitInWords(window.limit, unit)}`,
	);
	return {
		title: 'Charging limit by tariff hours',
		note: [
			...words,
			...(outside === undefined ? [] : [`At other times: ${limitInWords(outside, unit)}`]),
		].join(' · '),
		zone,
		unit: limitUnitOf(unit),
		start: from * 1000,
		end: to * 1000,
		now: nowMs,
		periods: limits.map(
			({ from: at, value }, index): ChartPeriod => ({
				start: at * 1000,
				end: (limits[index + 1]?.from ?? to) * 1000,
				...(value !== undefined && { limit: inLimitUnit(value, unit) }),
				source: identity.purpose,
			}),
		),
		sources: sourcesOf(
			profiles.map(({ id, stackLevel }) => ({ id, stackLevel, purpose: identity.purpose })),
		),
		noLimit: 'No limit outside the windows',
	};
}
