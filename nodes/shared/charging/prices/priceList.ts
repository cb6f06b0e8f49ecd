import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import type { Span } from '../base/timeline';
import type { Quote } from './readPrices';

/** For how many minutes a price can apply. */
export const RESOLUTIONS = [15, 30, 60] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** A stretch of time with one price, in epoch seconds [from, to). */
export interface PricedSpan extends Span {
	price: number;
	/** True in a gap of the list, where the price is an assumption. */
	assumed: boolean;
}

/** Which price is used in a gap of the list; `stop` refuses gaps. */
export type GapPrice = 'highest' | 'previous' | 'stop';

/** Prices over time, with gaps filled: each span begins where the previous one ends. */
export interface PriceList {
	resolution: Resolution;
	spans: PricedSpan[];
	/** Where prices were missing. */
	gaps: Span[];
	/** Pairs of rows with the same start and price; the first row of each pair is used. */
	duplicates: Array<{ start: number; rows: [number, number] }>;
}

export interface ListRules {
	/** If undefined, the resolution is derived from the prices. */
	resolution?: Resolution;
	gapPrice: GapPrice;
	/** Prices that end at or before this moment are left out (epoch seconds). */
	notBefore: number;
	nameOf(row: number): string;
	/** The input item of a row, if it comes from one. */
	itemOf?(row: number): number | undefined;
}

/** How messages name rows, and which items they belong to. */
type Rows = Pick<ListRules, 'nameOf' | 'itemOf'>;

/**
 * Sorts prices by time and adds their ends.
 * @throws InputError if there are no prices, all are in the past, two contradict each other, or their times do not fit
 * together
 */
export function priceList(quotes: readonly Quote[], rules: ListRules): PriceList {
	const { gapPrice, notBefore } = rules;
	if (quotes.length === 0) {
		throw new InputError('There are no prices', 'Check the output of the previous node.');
	}
	const { distinct, duplicates } = withoutDuplicates(quotes, rules);
	const resolution = rules.resolution ?? resolutionOf(distinct, rules);
	const length = resolution * 60;
	checkResolution(distinct, length, rules);

	const current = distinct.filter(({ start }) => start + length > notBefore);
	if (current.length === 0) {
		const end = utcText(distinct[distinct.length - 1].start + length);
		throw new InputError(
			`The prices end at ${end}, which has passed`,
			'Get newer prices; or set the option Earliest Start to a time before the prices end.',
		);
	}
	const highest = current.reduce((most, { price }) => Math.max(most, price), -Infinity);
	const spans: PricedSpan[] = [];
	const gaps: Span[] = [];
	current.forEach(({ start, price }, index) => {
		const end = index === 0 ? start : spans[spans.length - 1].to;
		if (end < start) {
			const gap = { from: end, to: start };
			const before = current[index - 1];
			if (gapPrice === 'stop') throw gapError(gap, before.row, current[index].row, rules);
			gaps.push(gap);
			const gapsPrice = gapPrice === 'highest' ? highest : before.price;
			spans.push({ ...gap, price: gapsPrice, assumed: true });
		}
		spans.push({ from: start, to: start + length, price, assumed: false });
	});
	return { resolution, spans, gaps, duplicates };
}

const gapError = (gap: Span, before: number, after: number, { nameOf, itemOf }: Rows) =>
	new InputError(
		`Prices are missing from ${utcText(gap.from)} to ${utcText(gap.to)}, between ${nameOf(before)} and ${nameOf(after)}`,
		'Get all prices; or choose with the option Missing Prices which price is used instead.',
		itemOf?.(after),
	);

function withoutDuplicates(quotes: readonly Quote[], { nameOf, itemOf }: Rows) {
	const sorted = [...quotes].sort((a, b) => a.start - b.start || a.row - b.row);
	const distinct: Quote[] = [];
	const duplicates: PriceList['duplicates'] = [];
	for (const quote of sorted) {
		const last = distinct[distinct.length - 1] as Quote | undefined;
		if (last === undefined || last.start !== quote.start) {
			distinct.push(quote);
		} else if (last.price === quote.price) {
			duplicates.push({ start: quote.start, rows: [last.row, quote.row] });
		} else {
			throw new InputError(
				`${nameOf(last.row)} and ${nameOf(quote.row)} both start at ${utcText(quote.start)}, with different prices: ${last.price} and ${quote.price}`,
				'Leave one of them out. If the list has prices of several areas, choose one area first.',
				itemOf?.(quote.row),
			);
		}
	}
	return { distinct, duplicates };
}

/** The shortest time between two starts. @throws InputError if it is not a valid resolution */
function resolutionOf(quotes: readonly Quote[], { nameOf, itemOf }: Rows): Resolution {
	if (quotes.length === 1) {
		throw new InputError(
			'There is only one price, which does not show how long it applies',
			'Set this with the option Resolution.',
		);
	}
	let closest = 1;
	for (let index = 2; index < quotes.length; index++) {
		if (secondsBefore(quotes, index) < secondsBefore(quotes, closest)) closest = index;
	}
	const minutes = secondsBefore(quotes, closest) / 60;
	const found = RESOLUTIONS.find((resolution) => resolution === minutes);
	if (found !== undefined) return found;
	const [one, other] = [quotes[closest - 1], quotes[closest]].map(({ row }) => nameOf(row));
	throw new InputError(
		`${one} and ${other} are closest, and start ${minutes} minutes apart`,
		'Prices apply for 15, 30 or 60 minutes. Check the start times, or set the option Resolution.',
		itemOf?.(quotes[closest].row),
	);
}

/** @throws InputError if two starts are not a multiple of the resolution apart */
function checkResolution(quotes: readonly Quote[], length: number, { nameOf, itemOf }: Rows): void {
	for (let index = 1; index < quotes.length; index++) {
		if (secondsBefore(quotes, index) % length === 0) continue;
		const [one, other] = [quotes[index - 1], quotes[index]];
		throw new InputError(
			`${nameOf(one.row)} starts at ${utcText(one.start)} and ${nameOf(other.row)} at ${utcText(other.start)}, which does not fit prices of ${length / 60} minutes`,
			'Check the start times, and the option Resolution.',
			itemOf?.(other.row),
		);
	}
}

const secondsBefore = (quotes: readonly Quote[], index: number): number =>
	quotes[index].start - quotes[index - 1].start;
