import type { Span } from '../base/timeline';
import type { PricedSpan } from './priceList';

/** A priced span, and whether it is chosen as one of the cheapest. */
export interface ChosenSpan extends PricedSpan {
	chosen: boolean;
}

/**
 * Chooses the cheapest `seconds`, or all of them if there are fewer. The spans stay in order of time; a span that is
 * used in part is cut in two. Among equal prices, known ones are chosen before assumed ones, then earlier before later.
 * @param spans in order of time, without overlaps; those that are not open are not chosen
 * @param seconds a whole number, 0 or more
 */
export function cheapestHours(
	spans: ReadonlyArray<PricedSpan & { isOpen?: boolean }>,
	seconds: number,
): ChosenSpan[] {
	const order = spans
		.map((_, index) => index)
		.filter((index) => spans[index].isOpen !== false)
		.sort(
			(a, b) =>
				spans[a].price - spans[b].price ||
				Number(spans[a].assumed) - Number(spans[b].assumed) ||
				a - b,
		);
	const used = new Map<number, number>();
	let remaining = seconds;
	for (const index of order) {
		if (remaining <= 0) break;
		const { from, to } = spans[index];
		const use = Math.min(remaining, to - from);
		used.set(index, use);
		remaining -= use;
	}
	return spans.flatMap((span, index) => {
		const use = used.get(index) ?? 0;
		if (use === 0 || use === span.to - span.from) {
			// Without object spread, which is slow for a year of quarter hours.
			const { from, to, price, assumed } = span;
			return [{ from, to, price, assumed, chosen: use > 0 }];
		}
		// The used part is next to a neighbour that is used too, so that charging is not interrupted.
		const atEnd = used.has(index + 1) && !used.has(index - 1);
		const cut = atEnd ? span.to - use : span.from + use;
		const { from, to, price, assumed } = span;
		return [
			{ from, to: cut, price, assumed, chosen: !atEnd },
			{ from: cut, to, price, assumed, chosen: atEnd },
		];
	});
}

/** The parts of the spans that are within [from, to). */
export const within = (spans: readonly PricedSpan[], from: number, to: number): PricedSpan[] =>
	spans
		.map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
		.filter((span) => span.from < span.to);

/**
 * The spans, cut where a run begins or ends.
 * @param spans in order of time, without overlaps
 * @param runs when charging is chosen, in order of time, without overlaps
 */
export function chosenIn<T extends PricedSpan>(
	spans: readonly T[],
	runs: readonly Span[],
): Array<T & ChosenSpan> {
	let next = 0;
	return spans.flatMap((span) => {
		const parts: Array<T & ChosenSpan> = [];
		let at = span.from;
		const add = (to: number, chosen: boolean) => {
			if (to > at) parts.push({ ...span, from: at, to, chosen });
			at = Math.max(at, to);
		};
		while (next < runs.length && runs[next].from < span.to) {
			add(runs[next].from, false);
			add(Math.min(runs[next].to, span.to), true);
			if (runs[next].to > span.to) break;
			next++;
		}
		add(span.to, false);
		return parts;
	});
}
