import type { TariffWindow } from '../../nodes/shared/charging/tariff/windows.ts';

const HOUR = 3600;
const WEEKDAYS = [1, 2, 3, 4, 5];
const WEEKENDS = [6, 7];
const EVERY_DAY = [...WEEKDAYS, ...WEEKENDS];

/** A tariff as a user would enter it, in kW. */
export interface TypicalTariff {
	name: string;
	zone: string;
	windows: TariffWindow[];
	/** The limit at all other times, in W, for chargers that get one. */
	outside: number;
}

/** Hours of the day with a limit in kW; over midnight if they end before they begin. */
const window = (days: number[], from: number, to: number, kilowatts: number): TariffWindow => ({
	days,
	from: from * HOUR,
	to: to * HOUR,
	overMidnight: to < from,
	limit: kilowatts * 1000,
});

const OUTSIDE = 50_000;

/** Twelve tariffs as they are common in Europe and the USA. */
export const TYPICAL_TARIFFS: TypicalTariff[] = [
	{
		name: 'Spain 2.0TD',
		zone: 'Europe/Madrid',
		windows: [
			window(WEEKDAYS, 8, 10, 20),
			window(WEEKDAYS, 10, 14, 10),
			window(WEEKDAYS, 14, 18, 20),
			window(WEEKDAYS, 18, 22, 10),
			window(WEEKDAYS, 22, 24, 20),
		],
		outside: OUTSIDE,
	},
	{
		name: 'UK Economy 7',
		zone: 'Europe/London',
		windows: [window(EVERY_DAY, 7.5, 0.5, 10)],
		outside: OUTSIDE,
	},
	{
		name: 'UK, three rates',
		zone: 'Europe/London',
		windows: [
			window(EVERY_DAY, 5, 16, 20),
			window(EVERY_DAY, 16, 19, 10),
			window(EVERY_DAY, 19, 2, 20),
		],
		outside: OUTSIDE,
	},
	{
		name: 'Germany, § 14a',
		zone: 'Europe/Berlin',
		windows: [window(EVERY_DAY, 6, 10, 20), window(EVERY_DAY, 17, 21, 10)],
		outside: OUTSIDE,
	},
	{
		name: 'Nordic peak hours on weekdays',
		zone: 'Europe/Helsinki',
		windows: [window(WEEKDAYS, 7, 10, 20), window(WEEKDAYS, 17, 20, 20)],
		outside: OUTSIDE,
	},
	{
		name: 'US time of use, with weekends',
		zone: 'America/Los_Angeles',
		windows: [
			window(WEEKDAYS, 14, 16, 20),
			window(WEEKDAYS, 16, 21, 10),
			window(WEEKDAYS, 21, 23, 20),
			window(WEEKENDS, 16, 21, 20),
		],
		outside: OUTSIDE,
	},
	{
		name: 'Overnight depot, past midnight',
		zone: 'Europe/Helsinki',
		windows: [window(WEEKDAYS, 22, 6, 40)],
		outside: 10_000,
	},
	{
		name: 'Weekends free',
		zone: 'Europe/Amsterdam',
		windows: [window(WEEKDAYS, 7, 23, 20)],
		outside: OUTSIDE,
	},
	{
		name: 'Two windows a day, every day',
		zone: 'Europe/Rome',
		windows: [window(EVERY_DAY, 8, 12, 20), window(EVERY_DAY, 18, 21, 10)],
		outside: OUTSIDE,
	},
	{
		name: 'Each day different',
		zone: 'Europe/Paris',
		windows: EVERY_DAY.map((day) => window([day], 6 + day, 12 + day, 5 + day)),
		outside: OUTSIDE,
	},
	{
		name: 'The same night all year, no clock changes',
		zone: 'Asia/Kolkata',
		windows: [window(EVERY_DAY, 22, 6, 40)],
		outside: 10_000,
	},
	{
		name: '24/7 with one exception',
		zone: 'Europe/Vienna',
		windows: [window(WEEKDAYS, 0, 24, 30), window(WEEKENDS, 0, 24, 30), window([3], 12, 14, 10)],
		outside: OUTSIDE,
	},
];
