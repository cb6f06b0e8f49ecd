import express, { type Router } from 'express';
import { DateTime } from 'luxon';

/** The price of a quarter of an hour. */
export interface Price {
	/** Cents per kWh, with VAT. */
	price: number;
	/** RFC 3339, UTC. */
	startDate: string;
	endDate: string;
}

/** The zone of the prices: their days begin at its midnight. */
const ZONE = 'Europe/Helsinki';
const MINUTES = 15;

/** Cents per kWh of each hour of an ordinary day: cheap nights, a peak in the morning and one in the evening. */
const HOURS = [
	4.2, 3.6, 3.1, 2.9, 3.2, 4.4, 7.8, 12.6, 14.8, 11.9, 9.4, 8.1, 7.2, 6.6, 6.9, 8.3, 11.2, 15.7,
	18.4, 16.9, 12.8, 9.1, 6.8, 5.1,
];

/** Days differ, but each is always the same. */
const dayFactor = (day: DateTime): number => 0.8 + ((day.ordinal * 7) % 10) / 20;

/** Prices rise and fall within the hour. */
function centsAt(time: DateTime): number {
	const next = HOURS[(time.hour + 1) % 24];
	const share = time.minute / 60;
	const between = HOURS[time.hour] * (1 - share) + next * share;
	return Number((between * dayFactor(time)).toFixed(3));
}

/** The prices of today and tomorrow, the newest first; on the days when clocks change a day has 92 or 100 quarters. */
export function dayAheadPrices(now: DateTime): Price[] {
	const today = now.setZone(ZONE).startOf('day');
	const end = today.plus({ days: 2 });
	const prices: Price[] = [];
	for (let start = today; start < end; start = start.plus({ minutes: MINUTES })) {
		prices.unshift({
			price: centsAt(start),
			startDate: start.toUTC().toISO()!,
			endDate: start.plus({ minutes: MINUTES }).toUTC().toISO()!,
		});
	}
	return prices;
}

/**
 * A source of day-ahead prices. It answers GET at any path in the shape of
 * https://api.porssisahko.net/v2/latest-prices.json, a public API for Finland: `{"prices": [{price, startDate, endDate}]}`.
 */
export function priceSource(): Router {
	return express.Router().get('/{*path}', (_request, response) => {
		response.json({ prices: dayAheadPrices(DateTime.now()) });
	});
}
