import { rounded } from '../base/numbers';
import { timeTexts, type TimeTexts } from '../base/timeTexts';
import type { StartDelay } from '../base/startDelay';
import type { Span } from '../base/timeline';
import type { ProfileIdentity } from '../profile/buildProfile';
import { inLimitUnit } from '../profile/limitUnit';
import type { ChargingProfile, RateUnit } from '../profile/profile';
import { costOf, energyOf } from './cost';
import type { Plan, PlannedSpan } from './plan';
import type { PriceList } from './priceList';
import {
	endOf,
	priceProfiles,
	startOf,
	type BuiltProfile,
	type PeriodRules,
} from './priceProfiles';
import { priceSummary } from './priceSummary';
import { priceWords } from './priceWords';

/** How profiles are built from a plan, and how they are described. */
export interface ScheduleOptions extends PeriodRules {
	rule: 'cheapestHours' | 'priceBands';
	identity: ProfileIdentity;
	unit: RateUnit;
	/** The amount of energy that a price is for. */
	pricePer: 'kWh' | 'MWh';
	/** If prices are hundredths of the currency: what they are called. */
	hundredths?: 'cents' | 'pence';
	/** To how many decimals prices are shown; 4 by default. */
	priceDecimals?: number;
	/** Which part of the energy reaches the battery, if the energy was given so. */
	batteryShare?: number;
	/** A label for costs. */
	currency?: string;
	/** By how much limits rise late. */
	startDelay?: StartDelay;
	/** The IANA time zone of local times. */
	zone: string;
	/** A row as a message names it: "item 3". */
	nameOf(row: number): string;
}

/** A time in UTC and in local time with its offset. */
interface DescribedSpan {
	start: string;
	end: string;
	localStart: string;
	localEnd: string;
}

/**
 * A stretch of time with its limit and price. With cheapest hours it is a span that was chosen; with price bands it is a
 * period of the profile, and the price is the mean.
 */
interface ChosenHours extends DescribedSpan {
	price: number;
	limitKw?: number;
	limitA?: number;
	/** True where prices are missing and another price is used. */
	assumed?: true;
}

/** A profile built from prices, and what it means. Energy is in kWh; costs are in the currency of the prices. */
export interface PriceSchedule {
	summary: string;
	/** Cheapest hours: the energy that will be charged. Price bands: what flows if the limits are used in full. */
	energyKwh: number;
	/** What of it reaches the battery, if the energy was given so. */
	inBatteryKwh?: number;
	/** The needed energy that does not fit before the end. */
	missingKwh: number;
	cost: number;
	/** The cost of the same energy if it is charged at the highest limit from the start on. */
	costAtOnce: number;
	/** Negative if charging at once is cheaper. */
	saving: number;
	/** In the unit of the prices: per kWh or MWh, in the currency or hundredths; absent if there is no energy. */
	averagePrice?: number;
	currency?: string;
	hours: ChosenHours[];
	chargingProfile: ChargingProfile;
	gaps: DescribedSpan[];
	duplicates: Array<{ start: string; dropped: string; sameAs: string }>;
	timeZone: string;
	resolutionMinutes: number;
	/** By how many seconds the limits of the charging station rise late. */
	startDelay?: number;
	/** UTC; after its end the profile sets no limit. */
	start: string;
	end: string;
}

/** Builds the profiles of a plan, the furthest first. @throws InputError if they do not fit the charger */
export function priceSchedules(
	list: PriceList,
	plan: Plan,
	options: ScheduleOptions,
): PriceSchedule[] {
	const texts = timeTexts(options.zone);
	const built = priceProfiles(plan.spans, options.unit, options.identity, options, plan);
	const schedules = built.map((one, index) => {
		const part = built.length > 1 ? { number: index + 1, of: built.length } : undefined;
		return describe(one, list, plan, options, texts, part);
	});
	// The current one comes last: a charger that keeps one profile per stack level then keeps it.
	return schedules.reverse();
}

function describe(
	{ profile, periods, end }: BuiltProfile<PlannedSpan>,
	list: PriceList,
	plan: Plan,
	options: ScheduleOptions,
	texts: TimeTexts,
	part?: { number: number; of: number },
): PriceSchedule {
	const { rule, unit, priceDecimals = 4, currency, zone, nameOf, details, startDelay } = options;
	const spans = periods.flat();
	const [start, until] = [startOf(spans), endOf(spans)];
	const energyKwh = part ? energyOf(spans) : plan.energyKwh;
	const perKwh = perKwhOf(options);
	const cost = costOf(spans, energyKwh) * perKwh;
	const costAtOnce = costOf(spans, energyKwh, plan.maximumKw) * perKwh;
	const chosen = rule === 'priceBands' ? periods : spans.filter((s) => s.chosen).map((s) => [s]);
	const overlaps = ({ from, to }: Span) => from < until && to > start;
	const inBattery = (kwh: number) =>
		options.batteryShare === undefined ? undefined : rounded(kwh * options.batteryShare, 3);
	const describeSpan = spanDescriber(texts);
	return {
		summary: priceSummary({
			rule,
			purpose: profile.chargingProfilePurpose,
			spans,
			periods: periods.length,
			...(plan.after && { after: plan.after }),
			...(startDelay && { startDelay }),
			end,
			energyKwh,
			inBatteryKwh: inBattery(energyKwh),
			missingKwh: plan.missingKwh,
			maximumKw: plan.maximumKw,
			details,
			cost,
			costAtOnce,
			zone,
			words: priceWords(texts, { unit, currency }),
			part,
		}),
		energyKwh: rounded(energyKwh, 3),
		...(options.batteryShare !== undefined && { inBatteryKwh: inBattery(energyKwh) }),
		missingKwh: rounded(plan.missingKwh, 3),
		cost: rounded(cost, 4),
		costAtOnce: rounded(costAtOnce, 4),
		saving: rounded(costAtOnce - cost, 4),
		...(energyKwh > 0 && { averagePrice: rounded(cost / perKwh / energyKwh, priceDecimals) }),
		...(currency !== undefined && { currency }),
		hours: chosen.map((hours) => {
			// Without object spread, which is slow for thousands of hours.
			const { start, end, localStart, localEnd } = describeSpan(startOf(hours), endOf(hours));
			const price = rounded(meanPrice(hours), priceDecimals);
			const described: ChosenHours = { start, end, localStart, localEnd, price };
			const [{ limit }] = hours;
			if (unit === 'A') described.limitA = limit;
			else described.limitKw = inLimitUnit(limit, unit);
			if (hours.some(({ assumed }) => assumed)) described.assumed = true;
			return described;
		}),
		chargingProfile: profile,
		gaps: list.gaps.filter(overlaps).map(({ from, to }) => describeSpan(from, to)),
		duplicates: list.duplicates
			.filter(({ start: at }) => at >= start && at < until)
			.map(({ start: at, rows: [kept, dropped] }) => ({
				start: texts.utc(at),
				dropped: nameOf(dropped),
				sameAs: nameOf(kept),
			})),
		timeZone: zone,
		resolutionMinutes: list.resolution,
		...(startDelay && { startDelay: startDelay.seconds }),
		start: texts.utc(start),
		end: texts.utc(end),
	};
}

/** What a price times kWh is multiplied by to get the currency. */
export const perKwhOf = ({
	pricePer,
	hundredths,
}: Pick<ScheduleOptions, 'pricePer' | 'hundredths'>): number =>
	(pricePer === 'MWh' ? 1 / 1000 : 1) * (hundredths === undefined ? 1 : 1 / 100);

/** Describes spans. A span usually begins where the previous one ends, so the texts of that moment are reused. */
function spanDescriber(texts: TimeTexts): (from: number, to: number) => DescribedSpan {
	const textsOf = (at: number) => ({ at, utc: texts.utc(at), local: texts.local(at) });
	let last: ReturnType<typeof textsOf> | undefined;
	return (from, to) => {
		const start = last?.at === from ? last : textsOf(from);
		const end = (last = textsOf(to));
		return { start: start.utc, end: end.utc, localStart: start.local, localEnd: end.local };
	};
}

const meanPrice = (spans: readonly PlannedSpan[]): number =>
	spans.length === 1
		? spans[0].price
		: spans.reduce((sum, { from, to, price }) => sum + (to - from) * price, 0) /
			(endOf(spans) - startOf(spans));
