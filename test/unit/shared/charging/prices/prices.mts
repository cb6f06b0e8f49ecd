import { DateTime } from 'luxon';

import type { ListRules } from '../../../../../nodes/shared/charging/prices/listRules.ts';
import {
	priceList,
	type PricedSpan,
	type PriceList,
} from '../../../../../nodes/shared/charging/prices/priceList.ts';
import type { ScheduleOptions } from '../../../../../nodes/shared/charging/prices/priceSchedules.ts';
import { readPrices } from '../../../../../nodes/shared/charging/prices/readPrices.ts';

export const HELSINKI = 'Europe/Helsinki';

/** The beginning of 15 January 2026 in Helsinki, in epoch seconds. */
export const MIDNIGHT = DateTime.fromISO('2026-01-15T00:00:00', { zone: HELSINKI }).toSeconds();

export const nameOf = (row: number) => `item ${row}`;

/** Makes a price list from rows with `start` and `price`. */
export function listOf(
	rows: unknown[],
	rules: Partial<ListRules> = {},
	endField?: string,
): PriceList {
	const quotes = readPrices({
		rows,
		nameOf,
		startField: 'start',
		endField,
		priceField: 'price',
		zone: HELSINKI,
	});
	return priceList(quotes, { gapPrice: 'highest', notBefore: 0, nameOf, ...rules });
}

/** Consecutive spans from `MIDNIGHT` on, by default of an hour each. */
export const spansOf = (prices: readonly number[], length = 3600): PricedSpan[] =>
	prices.map((price, index) => ({
		from: MIDNIGHT + index * length,
		to: MIDNIGHT + (index + 1) * length,
		price,
		assumed: false,
	}));

/** Rows with the prices of a whole local day, with their starts in UTC. */
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

/** Options for a TxDefaultProfile in W, with prices per kWh. */
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

/** The error that a function throws. */
export const failure = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		const { message, description } = error as Error & { description: string };
		return { message, description };
	}
	throw new Error('It did not fail');
};
