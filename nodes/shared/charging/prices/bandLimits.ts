import { delayed } from '../base/startDelay';
import type { PricedSpan, PriceList } from './priceList';
import type { LimitedSpan } from './priceProfiles';

/**
 * The limit for each price.
 * @param delay by how many seconds limits rise late, also the first one, if a lower one holds before it
 */
export function bandLimits(
	{ spans, past }: Pick<PriceList, 'spans' | 'past'>,
	limitOf: (price: number) => number,
	delay = 0,
): LimitedSpan[] {
	// Without object spread, which is slow for a year of quarter hours.
	const limited = ({ price, assumed }: PricedSpan, from: number, to: number, limit: number) => ({
		from,
		to,
		price,
		assumed,
		limit,
	});
	if (delay === 0) {
		return spans.map((span) => limited(span, span.from, span.to, limitOf(span.price)));
	}
	const before = past.filter(({ to }) => to > spans[0].from - delay);
	const known = [...before, ...spans];
	const limits = known.flatMap(({ from, to, price }, index) => [
		{ from, value: limitOf(price) },
		...(known[index + 1]?.from === to ? [] : [{ from: to, value: undefined }]),
	]);
	const steps = delayed(limits, delay, spans[spans.length - 1].to);
	let step = 0;
	return spans.flatMap((span) => {
		const parts: LimitedSpan[] = [];
		for (let at = span.from; at < span.to; ) {
			while (step + 1 < steps.length && steps[step + 1].from <= at) step++;
			const to = Math.min(span.to, steps[step + 1]?.from ?? span.to);
			parts.push(limited(span, at, to, steps[step].value!));
			at = to;
		}
		return parts;
	});
}
