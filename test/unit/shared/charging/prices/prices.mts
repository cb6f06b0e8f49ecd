import { DateTime } from 'luxon';

import {
	priceList,
	type ListRules,
	type PricedSpan,
	type PriceList,
} from '../../../../../nodes/shared/charging/prices/priceList.ts';
import type { ScheduleOptions } from '../../../../../nodes/shared/charging/prices/priceSchedules.ts';
import { readPrices } from '../../../../../nodes/shared/charging/prices/readPrices.ts';

export const HELSINKI = 'Europe/Helsinki';

/** The beginning of 15 January 2026 in Helsinki, in epoch seconds. */
export const MIDNIGHT = DateTime.fromISO('2026-01-15T00:00:00', { zone: HELSINKI }).toSeconds();

export const nameOf = (row: number) => `item ${row}`;

/** Reads rows of `start` and `price`, and puts them into order. */
export function listOf(rows: unknown[], rules: Partial<ListRules> = {}): PriceList {
	const quotes = readPrices({
		rows,
		nameOf,
		startField: 'start',
		priceField: 'price',
		zone: HELSINKI,
	});
	return priceList(quotes, { gapPrice: 'highest', notBefore: 0, nameOf, ...rules });
}

/** Spans side by side from `MIDNIGHT` on, of an hour each unless said otherwise. */
export const spansOf = (prices: readonly number[], length = 3600): PricedSpan[] =>
	prices.map((price, index) => ({
		from: MIDNIGHT + index * length,
		to: MIDNIGHT + (index + 1) * length,
		price,
		assumed: false,
	}));

/** Prices of a whole local day, in rows with UTC starts. */
export function dayOf(
	date: string,
	zone: string,
	minutes: number,
	priceOf: (index: number) => number,
): Array<{ start: string; price: number }> {
	const start = DateTime.fromISO(date, { zone }).startOf('day');
	const end = start.plus({ days: 1 });
	const count = end.diff(start).as('minutes') / minutes;
	return Array.from({ length: count }, (_, index) => ({
		start: start
			.plus({ minutes: minutes * index })
			.toUTC()
			.toISO()!,
		price: priceOf(index),
	}));
}

/** A Transaction Default in W, for prices per kWh. */
export const options = (changes: Partial<ScheduleOptions> = {}): ScheduleOptions => ({
	rule: 'priceBands',
	identity: { id: 7, stackLevel: 2, purpose: 'TxDefaultProfile' },
	unit: 'W',
	pricePer: 'kWh',
	zone: HELSINKI,
	nameOf,
	periodsPerProfile: 1024,
	split: false,
	fix: 'Give fewer.',
	...changes,
});

/** What the work throws. */
export const failure = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		const { message, description } = error as Error & { description: string };
		return { message, description };
	}
	throw new Error('It did not fail');
};
