import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	CAPACITIES,
	type ChargerCapacity,
} from '../../../../../nodes/shared/charging/capacity/capacity.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import type { TariffWindow } from '../../../../../nodes/shared/charging/tariff/windows.ts';

const HOUR = 3600;

/** 20 kW on weekdays 17:00–20:00, except for the changes. */
export const tariffWindow = (changes: Partial<TariffWindow> = {}): TariffWindow => ({
	days: [1, 2, 3, 4, 5],
	from: 17 * HOUR,
	to: 20 * HOUR,
	overMidnight: false,
	limit: 20_000,
	...changes,
});

/** That window in Helsinki for any charger, recurring from 15 January 2026 on, except for the changes. */
export const tariff = (changes: Partial<Tariff> = {}): Tariff => ({
	windows: [tariffWindow()],
	unit: 'W',
	zone: 'Europe/Helsinki',
	startMs: Date.parse('2026-01-15T10:00:00Z'),
	mode: 'recurring',
	capacity: CAPACITIES.unlimited,
	identity: { id: 100, stackLevel: 1, purpose: 'ChargingStationMaxProfile' },
	...changes,
});

/** Zones with dates shortly before a clock change, or with any date if the clocks never change. */
const CHANGES: Record<string, string[]> = {
	'Africa/Casablanca': ['2026-02-14', '2026-03-21'],
	'America/New_York': ['2026-03-07', '2026-10-31'],
	'America/Sao_Paulo': ['2018-02-16', '2018-11-02'],
	'Asia/Kathmandu': ['2026-03-28'],
	'Asia/Tehran': ['2022-03-20', '2022-09-20'],
	'Australia/Lord_Howe': ['2026-04-04', '2026-10-03'],
	'Europe/Helsinki': ['2026-03-28', '2026-10-24'],
	'Europe/London': ['2026-03-28', '2026-10-24'],
	'Pacific/Apia': ['2011-12-28', '2020-04-04', '2020-09-26'],
	'Pacific/Chatham': ['2026-04-04', '2026-09-26'],
};

/** Times of day, many of them near the hours of clock changes. */
const timeOfDay = fc.oneof(
	fc.constantFrom(0, 1, 1.5, 2, 2.5, 2.75, 3, 3.5, 3.75, 4, 23, 23.5).map((hour) => hour * HOUR),
	fc.integer({ min: 0, max: 287 }).map((step) => step * 300),
);

const windowOf = (limit: fc.Arbitrary<number>): fc.Arbitrary<TariffWindow> =>
	fc
		.record({
			days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
			from: timeOfDay,
			to: fc.oneof({ weight: 5, arbitrary: timeOfDay }, fc.constant(24 * HOUR)),
			limit,
		})
		.filter(({ from, to }) => from !== to)
		.map((window) => ({ ...window, overMidnight: window.to < window.from }));

const amperes = fc.integer({ min: 0, max: 320 }).map((tenths) => tenths / 10);

const capacities = fc.oneof(
	fc.constantFrom(...Object.values(CAPACITIES)),
	fc.record({
		periods: fc.integer({ min: 1, max: 40 }),
		levels: fc.integer({ min: 1, max: 12 }),
		profiles: fc.integer({ min: 1, max: 40 }),
		sameLevelReplaces: fc.boolean(),
	}),
);

/** Tariffs in ten zones that start within four days before a clock change; none of the limits is 99. */
const tariffsFor = (capacity: fc.Arbitrary<ChargerCapacity>): fc.Arbitrary<Tariff> =>
	fc.constantFrom(...Object.entries(CHANGES)).chain(([zone, dates]) =>
		fc.record({
			windows: fc.array(windowOf(amperes), { minLength: 1, maxLength: 4 }),
			outside: fc.option(amperes, { nil: undefined }),
			unit: fc.constant('A' as const),
			zone: fc.constant(zone),
			startMs: fc
				.tuple(fc.constantFrom(...dates), fc.integer({ min: -3 * 24 * 60, max: 24 * 60 }))
				.map(([date, minutes]) => DateTime.fromISO(date, { zone }).plus({ minutes }).toMillis()),
			mode: fc.oneof(
				fc.constant('recurring' as const),
				fc.record({ days: fc.integer({ min: 1, max: 9 }) }),
			),
			capacity,
			identity: fc.record({
				purpose: fc.constantFrom(
					'ChargingStationMaxProfile' as const,
					'TxDefaultProfile' as const,
					'ChargingStationExternalConstraints' as const,
				),
				stackLevel: fc.integer({ min: 1, max: 5 }),
				id: fc.integer({ min: 0, max: 3000 }),
			}),
		}),
	);

/** Month and day, many of them around the ends of months, of years and of February. */
const monthDays = fc.constantFrom(
	...['01-01', '02-28', '02-29', '03-01', '03-29', '03-31', '04-01', '06-15', '10-25', '10-31'],
	...['11-01', '12-25', '12-31'],
);

const seasons = fc.record({ from: monthDays, until: monthDays });

/** Local dates around the start of a tariff, some of them one after the other. */
const datesAround = ({ startMs, zone }: Tariff) =>
	fc
		.array(
			fc.record({
				days: fc.oneof(fc.integer({ min: -3, max: 20 }), fc.integer({ min: -400, max: 500 })),
				length: fc.integer({ min: 1, max: 3 }),
			}),
			{ maxLength: 6 },
		)
		.map((holidays) =>
			holidays.flatMap(({ days, length }) =>
				Array.from(
					{ length },
					(_, day) =>
						DateTime.fromMillis(startMs, { zone })
							.plus({ days: days + day })
							.toISODate()!,
				),
			),
		);

/** The same tariffs with seasons and holidays, or with one of both. */
export const seasonal = (plain: fc.Arbitrary<Tariff>): fc.Arbitrary<Tariff> =>
	plain.chain((tariff) =>
		fc
			.record({
				seasons: fc.array(fc.option(seasons, { nil: undefined }), {
					minLength: tariff.windows.length,
					maxLength: tariff.windows.length,
				}),
				holidays: fc.option(
					fc.record({
						dates: datesAround(tariff),
						countAs: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
					}),
					{ nil: undefined },
				),
				delay: fc.option(fc.integer({ min: 0, max: 1800 }), { nil: undefined }),
			})
			.map(({ seasons: of, holidays, delay }) => ({
				...tariff,
				startDelay:
					delay === undefined ? undefined : { stationId: 'CS', seconds: delay, most: 1800 },
				windows: tariff.windows.map((window, index) => ({ ...window, season: of[index] })),
				holidays,
			})),
	);

/** Tariffs for any charger. */
export const tariffs = tariffsFor(fc.constant(CAPACITIES.unlimited));

/** Tariffs for chargers of any capacity, which may not fit. */
export const fittedTariffs = tariffsFor(capacities);

/** Whether a window begins on a local date. */
function beginsOn({ days, season }: TariffWindow, { holidays }: Tariff, date: DateTime): boolean {
	const isHoliday = holidays?.dates.includes(date.toISODate()!) === true;
	const weekday = isHoliday ? holidays.countAs : date.weekday;
	if (weekday === undefined || !days.includes(weekday)) return false;
	if (season === undefined) return true;
	const today = date.toFormat('MM-dd');
	const [afterBegin, beforeEnd] = [today >= season.from, today <= season.until];
	return season.from <= season.until ? afterBegin && beforeEnd : afterBegin || beforeEnd;
}

/** The limit when the clocks show a time (in UTC); Infinity if no window applies. */
function limitWhenClocksShow(tariff: Tariff, now: DateTime): number {
	const clock = now.hour * HOUR + now.minute * 60 + now.second;
	const today = now.startOf('day');
	const isToday = (window: TariffWindow) => beginsOn(window, tariff, today);
	const isYesterday = (window: TariffWindow) => beginsOn(window, tariff, today.minus({ days: 1 }));
	const limits = tariff.windows
		.filter((window) =>
			window.overMidnight
				? (clock >= window.from && isToday(window)) || (clock < window.to && isYesterday(window))
				: window.from <= clock && clock < window.to && isToday(window),
		)
		.map(({ limit }) => limit);
	return limits.length > 0 ? Math.min(...limits) : (tariff.outside ?? Infinity);
}

/** The limit by the local clock time, in a simple and slow implementation; 99 if no window applies. */
export function naiveTariffLimit(tariff: Tariff, second: number): number {
	const { zone, startDelay } = tariff;
	// As a time in UTC, because a zone can skip a whole day of the calendar.
	const now = DateTime.fromSeconds(second, { zone }).setZone('utc', { keepLocalTime: true });
	const shown = now.toSeconds();
	const since = shown - (startDelay?.seconds ?? 0);
	// Windows begin and end at whole minutes: there is a limit for each minute that counts.
	const minutes = [shown];
	for (let at = shown - (shown % 60) - 1; at >= since; at -= 60) minutes.push(at);
	const limits = minutes.map((at) =>
		limitWhenClocksShow(tariff, DateTime.fromSeconds(at, { zone: 'utc' })),
	);
	const lowest = Math.min(...limits);
	return lowest === Infinity ? 99 : lowest;
}
