import { rounded } from '../base/numbers';
import { timeTexts } from '../base/timeTexts';
import { durationInWords } from '../base/words';
import type { Plan } from './plan';
import type { PriceList } from './priceList';
import type { PriceSchedule } from './priceSchedules';
import { priceWords } from './priceWords';

/**
 * Warnings on schedules from prices that may not be as the user expects, in sentences.
 * @param schedules at least one
 * @param now epoch seconds
 * @param departure epoch seconds, for cheapest hours
 */
export function priceWarnings(
	schedules: readonly PriceSchedule[],
	{ gaps, spans, overlap }: PriceList,
	{ energyKwh, missingKwh }: Plan,
	now: number,
	departure?: number,
): string[] {
	const [{ timeZone: zone, start, chargingProfile }] = schedules;
	const texts = timeTexts(zone);
	const { time, span } = priceWords(texts, { unit: 'W' });
	const until = spans[spans.length - 1].to;
	const dropped = schedules.reduce((sum, { duplicates }) => sum + duplicates.length, 0);
	const missing = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
	const begins = Date.parse(start) / 1000;
	const sentences: Array<string | false> = [
		missingKwh > 0 &&
			`Only ${rounded(energyKwh, 2)} of ${rounded(energyKwh + missingKwh, 2)} kWh fit before ${time(Math.min(until, departure ?? until))} ${zone}: all hours are used.`,
		departure !== undefined &&
			departure > until &&
			`The prices end at ${time(until)} ${zone}, before the departure: from then on the profile sets no limit.`,
		gaps.length > 0 &&
			`Prices are missing for ${durationInWords(missing)}, first ${span(gaps[0])} ${zone}: another price is used there, as chosen in Missing Prices.`,
		overlap !== undefined &&
			`Prices of different lengths overlap, first ${span(overlap)} ${zone}: the shorter ones are used.`,
		dropped > 0 &&
			`${dropped} ${dropped === 1 ? 'price was given twice: its repetition was' : 'prices were given twice: their repetitions were'} dropped.`,
		begins > now &&
			`The profile begins at ${start}. If the charger still has an earlier profile with the ID ${chargingProfile.id}, this one replaces it at once, and until ${start} neither of them limits charging. To prevent that, use two IDs in turn.`,
	];
	return sentences.filter((sentence) => sentence !== false);
}
