import type { TimeTexts } from '../base/timeTexts';
import type { Span } from '../base/timeline';
import { limitInWords } from '../profile/limitUnit';
import type { RateUnit } from '../profile/profile';

/** Writes times, limits and amounts of money for summaries and warnings. */
export interface PriceWords {
	/** "2026-01-15 07:00" in local time. */
	time(seconds: number): string;
	/** "2026-01-15 01:00–02:30". */
	span(span: Span): string;
	/** "16 A" or "11 kW", from a limit in A or W. */
	limit(value: number): string;
	/** "2.10 EUR". */
	money(amount: number): string;
}

/** @param options the profile's unit, and a label for amounts of money */
export function priceWords(
	texts: TimeTexts,
	{ unit, currency }: { unit: RateUnit; currency?: string },
): PriceWords {
	const time = (seconds: number) =>
		texts.local(seconds).slice(0, 19).replace('T', ' ').replace(/:00$/, '');
	return {
		time,
		span({ from, to }) {
			const [start, end] = [time(from), time(to)];
			const sameDay = start.slice(0, 10) === end.slice(0, 10);
			return `${start}–${sameDay ? end.slice(11) : end}`;
		},
		limit: (value) => limitInWords(value, unit),
		money: (amount) => moneyInWords(amount, currency),
	};
}

/** "2.10 EUR"; what rounds to zero has no minus. */
export const moneyInWords = (amount: number, currency?: string): string =>
	[amount.toFixed(2).replace(/^-(0\.0+)$/, '$1'), currency].filter(Boolean).join(' ');
