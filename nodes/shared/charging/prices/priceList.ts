import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import { overlay, type Span } from '../base/timeline';
import type { Quote } from './readPrices';
import type { ListRules, Rows } from './listRules';
import { withEnds, type TimedQuote } from './priceEnds';

/** A stretch of time with one price, in epoch seconds [from, to). */
export interface PricedSpan extends Span {
	price: number;
	/** True in a gap of the list, where the price is an assumption. */
	assumed: boolean;
}

/** Prices over time, with gaps filled: each span begins where the previous one ends. */
export interface PriceList {
	/** For how many minutes the shortest price applies. */
	resolution: number;
	spans: PricedSpan[];
	/** Known prices that are over, in order of time. */
	past: PricedSpan[];
	/** Where prices were missing. */
	gaps: Span[];
	/** Pairs of rows with the same start and price; the first row of each pair is used. */
	duplicates: Array<{ start: number; rows: [number, number] }>;
	/** Where prices of different lengths overlap, first; the shorter ones are used. */
	overlap?: Span;
}

/**
 * Sorts prices by time, adds their ends, and fills gaps: between two prices, where a price is null, and from
 * `notBefore` to the next price if an earlier one has ended.
 * @throws InputError if there are no prices, all are in the past, two contradict each other, or their times do not fit
 * together
 */
export function priceList(quotes: readonly Quote[], rules: ListRules): PriceList {
	if (quotes.length === 0) {
		throw new InputError('There are no prices', 'Check the output of the previous node.');
	}
	if (quotes.every(({ price }) => price === undefined)) {
		throw new InputError('All prices are null', 'Get them again when they have been published.');
	}
	const { distinct, duplicates } = withoutDuplicates(quotes, rules);
	const { timed, resolution } = withEnds(distinct, rules);
	const { known, overlap } = withoutOverlaps(timed, rules);
	const { spans, past, gaps } = filled(known, timed, resolution * 60, rules);
	return { resolution, spans, past, gaps, duplicates, ...(overlap && { overlap }) };
}

/** Joins known prices and gaps, from `notBefore` on. */
function filled(
	known: readonly TimedQuote[],
	all: readonly TimedQuote[],
	step: number,
	{ gapPrice, notBefore, ...rows }: ListRules,
): Pick<PriceList, 'spans' | 'past' | 'gaps'> {
	const current = known.filter(({ end }) => end > notBefore);
	if (current.length === 0) {
		throw new InputError(
			`The prices end at ${utcText(known[known.length - 1].end)}, which has passed`,
			'Get newer prices; or set the option Earliest Start to a time before the prices end.',
		);
	}
	const highest = current.reduce((most, { price }) => Math.max(most, price!), -Infinity);
	const spanOf = ({ start, end, price }: TimedQuote): PricedSpan => ({
		from: start,
		to: end,
		price: price!,
		assumed: false,
	});
	const past = known.slice(0, known.length - current.length).map(spanOf);
	const spans: PricedSpan[] = [];
	const gaps: Span[] = [];
	let before = known[known.length - current.length - 1] as TimedQuote | undefined;
	const fill = (start: number, to: number, after?: TimedQuote) => {
		const from = Math.max(start, gridBefore(notBefore, start, step));
		if (from >= to || to <= notBefore) return;
		if (gapPrice === 'stop') throw gapError({ from, to }, before, after, rows);
		gaps.push({ from, to });
		const price = gapPrice === 'previous' && before ? before.price! : highest;
		spans.push({ from, to, price, assumed: true });
	};
	let end = before?.end ?? all[0].start;
	for (const quote of current) {
		fill(end, quote.start, quote);
		spans.push(spanOf(quote));
		before = quote;
		end = quote.end;
	}
	fill(
		end,
		all.reduce((last, quote) => Math.max(last, quote.end), end),
	);
	return { spans, past, gaps };
}

/** The last moment up to `moment` that is whole steps after `start`. */
const gridBefore = (moment: number, start: number, step: number): number =>
	moment - ((moment - start) % step);

function gapError(
	gap: Span,
	before: Quote | undefined,
	after: Quote | undefined,
	{ nameOf, itemOf }: Rows,
): InputError {
	const where =
		before && after
			? `between ${nameOf(before.row)} and ${nameOf(after.row)}`
			: before
				? `after ${nameOf(before.row)}`
				: `before ${nameOf(after?.row ?? 0)}`;
	return new InputError(
		`Prices are missing from ${utcText(gap.from)} to ${utcText(gap.to)}, ${where}`,
		'Get all prices; or choose with the option Missing Prices which price is used instead.',
		itemOf?.((after ?? before)!.row),
	);
}

/** Of prices for the same time, the one that counts: not null, of the lowest rank, then the first. @throws InputError */
function withoutDuplicates(quotes: readonly Quote[], { nameOf, itemOf }: Rows) {
	const isNull = ({ price }: Quote) => Number(price === undefined);
	const sorted = [...quotes].sort(
		(a, b) =>
			a.start - b.start ||
			(a.end ?? 0) - (b.end ?? 0) ||
			isNull(a) - isNull(b) ||
			(a.rank ?? 0) - (b.rank ?? 0) ||
			a.row - b.row,
	);
	const distinct: Quote[] = [];
	const duplicates: PriceList['duplicates'] = [];
	for (const quote of sorted) {
		const last = distinct[distinct.length - 1] as Quote | undefined;
		if (last === undefined || last.start !== quote.start || last.end !== quote.end) {
			distinct.push(quote);
		} else if (last.price === quote.price) {
			duplicates.push({ start: quote.start, rows: [last.row, quote.row] });
		} else if (quote.price !== undefined && last.rank === quote.rank) {
			throw new InputError(
				`${nameOf(last.row)} and ${nameOf(quote.row)} both start at ${utcText(quote.start)}, with different prices: ${last.price} and ${quote.price}`,
				'Leave one of them out. If the list has prices of several areas, choose one area first.',
				itemOf?.(quote.row),
			);
		}
	}
	return { distinct, duplicates };
}

/**
 * Leaves out nulls, and what shorter prices cover of longer ones.
 * @param timed in order of time
 * @throws InputError if two prices of the same length overlap
 */
function withoutOverlaps(timed: readonly TimedQuote[], { nameOf, itemOf }: Rows) {
	const priced = timed.filter(({ price }) => price !== undefined);
	const first = priced.findIndex(({ start }, index) => index > 0 && start < priced[index - 1].end);
	if (first === -1) return { known: priced };
	const lengthOf = ({ start, end }: TimedQuote) => end - start;
	// Stable: prices of the same length stay in order of time.
	const finest = [...priced].sort((a, b) => lengthOf(a) - lengthOf(b));
	finest.forEach((quote, index) => {
		const before = finest[index - 1] as TimedQuote | undefined;
		if (before === undefined || lengthOf(before) !== lengthOf(quote) || before.end <= quote.start) {
			return;
		}
		throw new InputError(
			`${nameOf(before.row)} ends at ${utcText(before.end)}, after the start of ${nameOf(quote.row)} at ${utcText(quote.start)}`,
			'Check the start and end times. If the list has prices of several areas, choose one area first.',
			itemOf?.(quote.row),
		);
	});
	const origin = priced[0].start;
	const end = priced.reduce((last, quote) => Math.max(last, quote.end), origin);
	const claims = finest.map((quote) => ({
		from: quote.start - origin,
		to: quote.end - origin,
		value: quote,
	}));
	const steps = overlay(end - origin, claims);
	const known = steps.flatMap(({ from, value }, index): TimedQuote[] => {
		const to = index + 1 < steps.length ? steps[index + 1].from : end - origin;
		return value === undefined ? [] : [{ ...value, start: origin + from, end: origin + to }];
	});
	const overlap = {
		from: priced[first].start,
		to: Math.min(priced[first].end, priced[first - 1].end),
	};
	return { known, overlap };
}
