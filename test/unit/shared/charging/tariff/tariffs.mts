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

/** Tariffs for any charger. */
export const tariffs = tariffsFor(fc.constant(CAPACITIES.unlimited));

/** Tariffs for chargers of any capacity, which may not fit. */
export const fittedTariffs = tariffsFor(capacities);

/** The limit by the local clock time, in a simple and slow implementation; 99 if no window applies. */
export function naiveTariffLimit({ windows, outside, zone }: Tariff, second: number): number {
	const now = DateTime.fromSeconds(second, { zone });
	const clock = now.hour * HOUR + now.minute * 60 + now.second;
	const yesterday = now.weekday === 1 ? 7 : now.weekday - 1;
	const limits = windows
		.filter(({ days, from, to, overMidnight }) =>
			overMidnight
				? (days.includes(now.weekday) && clock >= from) || (days.includes(yesterday) && clock < to)
				: days.includes(now.weekday) && from <= clock && clock < to,
		)
		.map(({ limit }) => limit);
	return limits.length > 0 ? Math.min(...limits) : (outside ?? 99);
}
