import { InputError } from '../base/inputError';
import { toNumber } from '../base/numbers';
import { quoted } from '../base/shown';
import { startTimeReader } from './startTimes';

/** Where the prices are, and how to read them. */
export interface PriceSource {
	/** One row per price: objects, or lists such as `[start, price]`. */
	rows: readonly unknown[];
	/** A row as a message names it: "item 3". */
	nameOf(index: number): string;
	/** The input item of a row, if it comes from one. */
	itemOf?(index: number): number | undefined;
	/** The name of a field of each row, or a path such as `price.value`. */
	startField: string;
	priceField: string;
	/** The IANA time zone of times without an offset. */
	zone: string;
}

/** A price with its start, as a row states it. */
export interface Quote {
	/** Epoch seconds. */
	start: number;
	price: number;
	/** The index of its row. */
	row: number;
}

/**
 * Reads the start and the price of each row. Numbers may be texts, and prices may be negative.
 * @throws InputError that names the row
 */
export function readPrices({
	rows,
	nameOf,
	itemOf,
	zone,
	startField,
	priceField,
}: PriceSource): Quote[] {
	const startTime = startTimeReader(zone);
	const nameIn = (field: string, index: number) => `"${field}" of ${nameOf(index)}`;
	return rows.map((row, index) => {
		const start = startTime(valueAt(row, startField));
		if ('problem' in start) {
			const fix = fixOfField('Start Field', startField, row) ?? start.fix;
			throw new InputError(`${nameIn(startField, index)} ${start.problem}`, fix, itemOf?.(index));
		}
		const value = valueAt(row, priceField);
		const price = toNumber(value);
		if (price === undefined) {
			const isEmpty = value === undefined || value === null || value === '';
			const problem = isEmpty ? 'is empty' : `is ${quoted(value)}, which is not a number`;
			const fix = 'A price is a plain number, such as 8.25 or -0.5, without a currency.';
			throw new InputError(
				`${nameIn(priceField, index)} ${problem}`,
				fixOfField('Price Field', priceField, row) ?? fix,
				itemOf?.(index),
			);
		}
		return { start: start.seconds, price, row: index };
	});
}

/** The value of a field, by the field’s name or by a path with dots. */
export function valueAt(row: unknown, path: string): unknown {
	if (hasOwn(row, path)) return row[path];
	if (!path.includes('.')) return undefined;
	return path
		.split('.')
		.reduce<unknown>((value, name) => (hasOwn(value, name) ? value[name] : undefined), row);
}

const hasOwn = (value: unknown, name: string): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, name);

/** How to fix a field name that a row does not have; undefined if the row has the field. */
function fixOfField(label: string, field: string, row: unknown): string | undefined {
	if (valueAt(row, field) !== undefined) return undefined;
	const names = typeof row === 'object' && row !== null ? Object.keys(row).slice(0, 10) : [];
	const has = names.length === 0 ? 'It has no fields.' : `It has the fields ${names.join(', ')}.`;
	return `${has} Set ${label} to the right one.`;
}
