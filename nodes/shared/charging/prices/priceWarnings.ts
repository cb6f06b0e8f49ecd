import { rounded } from '../base/numbers';
import { timeTexts } from '../base/timeTexts';
import { durationInWords } from '../base/words';
import { costOf } from './cost';
import type { Plan } from './plan';
import type { PriceList } from './priceList';
import { perKwhOf, type PriceSchedule, type ScheduleOptions } from './priceSchedules';
import { moneyInWords, priceWords } from './priceWords';

/**
 * Warnings on schedules from prices that may not be as the user expects, in sentences.
 * @param schedules at least one
 * @param now epoch seconds
 * @param departure epoch seconds, for cheapest hours
 */
export function priceWarnings(
	schedules: readonly PriceSchedule[],
	{ gaps, spans, overlap }: PriceList,
	plan: Plan,
	options: Pick<ScheduleOptions, 'pricePer' | 'hundredths' | 'startDelay'>,
	now: number,
	departure?: number,
): string[] {
	const { energyKwh, missingKwh, priceCeiling } = plan;
	const { timeZone: zone, start, chargingProfile } = schedules[schedules.length - 1];
	const texts = timeTexts(zone);
	const { time, span } = priceWords(texts, { unit: 'W' });
	const until = spans[spans.length - 1].to;
	const dropped = schedules.reduce((sum, { duplicates }) => sum + duplicates.length, 0);
	const missing = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
	const ends = Date.parse(schedules[0].end) / 1000;
	const { startDelay } = options;
	const begins = Date.parse(start) / 1000;
	const sentences: Array<string | false> = [
		missingKwh > 0 &&
			`Only ${rounded(energyKwh, 2)} of ${rounded(energyKwh + missingKwh, 2)} kWh fit before ${time(Math.min(until, departure ?? until))} ${zone}${priceCeiling === undefined ? ': all hours are used' : `, because of the Price Ceiling ${priceCeiling}: ${rounded(missingKwh, 2)} kWh are missing`}${startDelay === undefined ? '' : `, and charging begins ${startDelay.seconds} s late`}.`,
		capacityWarning(schedules[0], plan, options),
		departure !== undefined &&
			departure > until &&
			`The prices end at ${time(until)} ${zone}, before the departure: ${ends > until ? `from ${time(ends)}` : 'from then'} on the profile sets no limit.`,
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

/** What it costs that the cheapest plan does not fit the charger. */
function capacityWarning(
	{ cost, currency, chargingProfile }: PriceSchedule,
	{ withoutCapacity, energyKwh }: Plan,
	options: Pick<ScheduleOptions, 'pricePer' | 'hundredths'>,
): string | false {
	if (withoutCapacity === undefined) return false;
	const { periods, spans } = withoutCapacity;
	const cheapest = costOf(spans, energyKwh) * perKwhOf(options);
	const used = chargingProfile.chargingSchedule[0].chargingSchedulePeriod.length;
	return `The cheapest hours need ${periods} periods, more than the charger takes: with ${used} they cost ${moneyInWords(cost - cheapest, currency)} more (${moneyInWords(cost, currency)} in place of ${moneyInWords(cheapest, currency)}).`;
}
