import { InputError } from '../base/inputError';
import { toNumber } from '../base/numbers';
import { localMoments } from '../base/resolveTime';
import { quoted } from '../base/shown';
import { startTimeReader, type StartTime } from './startTimes';

/** A row with a price, and the names of its fields: a name, or a path such as `price.value`. */
export interface PriceRow {
	/** An object, or a list such as `[start, price]`. */
	value: unknown;
	startField: string;
	/** If absent, or empty in the row, the row applies until the next one. */
	endField?: string;
	priceField: string;
	/** What a price is multiplied by; 1 by default. */
	factor?: number;
	/** Of two prices for the same time the one with the lower rank counts; 0 by default. */
	rank?: number;
}

/** How rows are read and named. */
export interface RowReading {
	/** A row as a message names it: "item 3". */
	nameOf(index: number): string;
	/** The input item of a row, if it comes from one. */
	itemOf?(index: number): number | undefined;
	/** The IANA time zone of times without an offset. */
	zone: string;
	/** Whether starts and ends count from the full minute: some sources begin a price a second later. */
	wholeMinutes?: boolean;
}

/** Where the prices are, and how to read them: fields with the same names in all rows. */
export interface PriceSource
	extends RowReading,
		Pick<PriceRow, 'startField' | 'endField' | 'priceField'> {
	/** One row per price. */
	rows: readonly unknown[];
}

/** A price with its start, as a row states it. */
export interface Quote {
	/** Epoch seconds. */
	start: number;
	/** Epoch seconds; undefined if the row does not say it. */
	end?: number;
	/** Undefined where the row has `null`: its price is missing. */
	price: number | undefined;
	/** The index of its row. */
	row: number;
	/** As in `PriceRow`. */
	rank?: number;
}

/**
 * Reads the start and the price of each row. Numbers may be texts, and prices may be negative or null.
 * @throws InputError that names the row
 */
export const readPrices = ({ rows, ...source }: PriceSource): Quote[] =>
	readQuotes(
		// Without object spread, which is slow for a year of quarter hours.
		rows.map((value) => ({
			value,
			startField: source.startField,
			endField: source.endField,
			priceField: source.priceField,
		})),
		source,
	).quotes;

/**
 * Reads rows whose fields may have different names.
 * @returns the prices, and a local time that comes twice and was told apart by the order of the rows, if there is one
 * @throws InputError that names the row
 */
export function readQuotes(
	rows: readonly PriceRow[],
	{ nameOf, itemOf, zone, wholeMinutes }: RowReading,
): { quotes: Quote[]; toldApart?: string } {
	const timeOf = startTimeReader(zone);
	const problemOf = (label: string, field: string, index: number, problem: string, fix: string) =>
		new InputError(
			`"${field}" of ${nameOf(index)} ${problem}`,
			fixOfField(label, field, rows[index].value) ?? fix,
			itemOf?.(index),
		);
	const startOf = ({ value, startField }: PriceRow) => timeOf(valueAt(value, startField));
	const starts = rows.map(startOf);
	const toldApart = tellApart(
		starts,
		(index) => valueAt(rows[index].value, rows[index].startField),
		zone,
	);
	const whole = (seconds: number) => (wholeMinutes ? Math.floor(seconds / 60) * 60 : seconds);
	const refusePrice = (index: number, problem: string, fix: string) =>
		problemOf('Price Field', rows[index].priceField, index, problem, fix);
	const quotes = rows.map((row, index): Quote => {
		const start = starts[index];
		if ('problem' in start) {
			throw problemOf('Start Field', row.startField, index, start.problem, start.fix);
		}
		const quote: Quote = {
			start: whole(start.seconds),
			price: priceIn(row, index, refusePrice),
			row: index,
		};
		if (row.rank !== undefined) quote.rank = row.rank;
		const ending = row.endField === undefined ? undefined : valueAt(row.value, row.endField);
		if (row.endField === undefined || ending === undefined || ending === null || ending === '') {
			return quote;
		}
		const end = endTime(timeOf(ending), ending, quote.start, zone);
		if ('problem' in end) throw problemOf('End Field', row.endField, index, end.problem, end.fix);
		quote.end = whole(end.seconds);
		if (quote.end > quote.start) return quote;
		throw problemOf(
			'End Field',
			row.endField,
			index,
			'is not after its start',
			'Check the fields with the start and the end of a price.',
		);
	});
	return { quotes, ...(toldApart !== undefined && { toldApart }) };
}

/** An end that comes twice is the first one after the start. */
function endTime(time: StartTime, value: unknown, start: number, zone: string): StartTime {
	if (!('problem' in time)) return time;
	const first = localMoments(value, zone)?.find((moment) => moment > start);
	return first === undefined ? time : { seconds: first };
}

/** The price of a row; undefined if it is null. @throws what `refuse` makes of a problem and its fix */
function priceIn(
	{ value: row, priceField, factor = 1 }: PriceRow,
	index: number,
	refuse: (index: number, problem: string, fix: string) => Error,
): number | undefined {
	const value = valueAt(row, priceField);
	if (value === null) return undefined;
	const price = toNumber(value);
	if (price !== undefined) return price * factor;
	const isEmpty = value === undefined || value === '';
	throw refuse(
		index,
		isEmpty ? 'is empty' : `is ${quoted(value)}, which is not a number`,
		'A price is a plain number, such as 8.25 or -0.5, without a currency; or null if it is missing.',
	);
}

/**
 * Tells local times without an offset apart that come twice when the clocks are set back: in a list in order of time,
 * forwards or backwards, that has both of them. Otherwise they stay problems.
 * @param starts changed where times are told apart
 * @returns the first of these times
 */
function tellApart(
	starts: StartTime[],
	valueOf: (index: number) => unknown,
	zone: string,
): string | undefined {
	const unclear = new Map<string, number[]>();
	const order = [...starts.keys()].filter((index) => {
		const start = starts[index];
		if (!('problem' in start)) return true;
		const value = valueOf(index);
		if (typeof value !== 'string' || localMoments(value, zone)?.length !== 2) return false;
		unclear.set(value, [...(unclear.get(value) ?? []), index]);
		return true;
	});
	if (unclear.size === 0 || order.length < starts.length) return undefined;
	const pairs = [...unclear];
	if (pairs.some(([, indexes]) => indexes.length !== 2)) return undefined;
	for (const isForwards of [true, false]) {
		const told = [...starts];
		for (const [text, indexes] of pairs) {
			const moments = localMoments(text, zone)!;
			indexes.forEach((index, nth) => {
				told[index] = { seconds: moments[isForwards ? nth : 1 - nth] };
			});
		}
		const seconds = told.map((time) => ('seconds' in time ? time.seconds : NaN));
		const inOrder = seconds.every(
			(second, index) =>
				index === 0 || (isForwards ? second > seconds[index - 1] : second < seconds[index - 1]),
		);
		if (!inOrder) continue;
		told.forEach((time, index) => (starts[index] = time));
		return pairs[0][0];
	}
	return undefined;
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
