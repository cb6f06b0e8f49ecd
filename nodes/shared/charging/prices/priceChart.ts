import { DAY } from '../base/clocks';
import { rounded } from '../base/numbers';
import type { ChartContent, ChartPeriod, ChartPrice } from '../chart/chart';
import { sourcesOf } from '../chart/sources';
import { inLimitUnit, limitUnitOf } from '../profile/limitUnit';
import type { Plan } from './plan';
import type { PriceList } from './priceList';
import type { PriceSchedule, ScheduleOptions } from './priceSchedules';
import { moneyInWords } from './priceWords';

/** Moments in epoch seconds. */
interface Moments {
	now: number;
	/** When the car leaves, for cheapest hours. */
	departure?: number;
}

/** How many seconds of a plan are shown, and how many after its end, where prices go on. */
const LONGEST = 7 * DAY;
const AFTERWARDS = DAY / 4;

/**
 * The content of a chart of a plan: the prices, which hours were chosen, and the limits. A long plan is shown for seven
 * days.
 * @param schedules the profiles of the plan, at least one
 */
export function priceChart(
	{ spans: listed }: PriceList,
	plan: Plan,
	schedules: readonly PriceSchedule[],
	options: ScheduleOptions,
	{ now, departure }: Moments,
): ChartContent {
	const { rule, unit, pricePer, currency, hundredths, zone, identity } = options;
	const isCheapest = rule === 'cheapestHours';
	const [from, planEnd] = [plan.spans[0].from, plan.spans[plan.spans.length - 1].to];
	const last = Math.max(planEnd, listed[listed.length - 1].to, departure ?? 0);
	const { after: then, goesOn = 0 } = plan;
	const limitEnd = planEnd + goesOn + (then?.lasts ?? 0);
	const lastLimit = plan.spans[plan.spans.length - 1].limit;
	const afterwards = [
		{ from: planEnd, to: planEnd + goesOn, limit: lastLimit },
		...(then ? [{ from: planEnd + goesOn, to: limitEnd, limit: then.limit }] : []),
	].filter((span) => span.from < span.to);
	const to = Math.min(Math.max(last, limitEnd), planEnd + AFTERWARDS, from + LONGEST);
	const planned = before(plan.spans, to);
	const later = before(after(listed, planEnd), to).map((span) => ({ ...span, chosen: false }));
	const notes = [
		planEnd > to && `The first ${LONGEST / DAY} days`,
		plan.missingKwh > 0 && `${rounded(plan.missingKwh, 2)} kWh do not fit`,
		schedules.length === 1 && costInWords(schedules[0]),
	].filter((note) => note !== false);
	return {
		title: isCheapest ? 'Charging in the cheapest hours' : 'Charging limit by electricity price',
		...(notes.length > 0 && { note: notes.join(' · ') }),
		zone,
		unit: limitUnitOf(unit),
		start: from * 1000,
		end: to * 1000,
		now: now * 1000,
		...(departure !== undefined && { departure: departure * 1000 }),
		periods: [
			...[...planned, ...before(afterwards, to)].map(
				(span): ChartPeriod => ({
					...inMs(span),
					limit: inLimitUnit(span.limit, unit),
					source: identity.purpose,
				}),
			),
			...(to > limitEnd ? [{ ...inMs({ from: limitEnd, to }), source: identity.purpose }] : []),
		],
		sources: sourcesOf(
			schedules.map(({ chargingProfile: { id, stackLevel } }) => ({
				id,
				stackLevel,
				purpose: identity.purpose,
			})),
		),
		noLimit: 'This profile sets no limit',
		prices: {
			unit:
				hundredths === undefined && currency === undefined
					? `per ${pricePer}`
					: `${hundredths ?? currency}/${pricePer}`,
			list: [...planned, ...later].map(
				(span): ChartPrice => ({
					...inMs(span),
					price: span.price,
					isChosen: isCheapest && span.chosen,
					isAssumed: span.assumed,
				}),
			),
			names: {
				chosen: 'Cheapest hours',
				other: isCheapest ? 'Other hours' : 'Price',
				assumed: 'Missing, assumed',
			},
		},
	};
}

const inMs = ({ from, to }: { from: number; to: number }) => ({
	start: from * 1000,
	end: to * 1000,
});

/** The spans before a moment, cut off there. */
function before<T extends { from: number; to: number }>(spans: readonly T[], end: number): T[] {
	const count = spans.findIndex(({ to }) => to >= end);
	const whole = count === -1 ? spans : spans.slice(0, count + 1);
	return whole
		.filter(({ from }) => from < end)
		.map((span) => (span.to > end ? { ...span, to: end } : span));
}

/** The spans after a moment, cut off there. */
const after = <T extends { from: number; to: number }>(spans: readonly T[], start: number): T[] =>
	spans
		.filter(({ to }) => to > start)
		.map((span) => (span.from < start ? { ...span, from: start } : span));

function costInWords({ energyKwh, cost, costAtOnce, currency }: PriceSchedule): string {
	const money = (amount: number) => moneyInWords(amount, currency);
	return `${rounded(energyKwh, 2)} kWh for ${money(cost)}; charged at once for ${money(costAtOnce)}`;
}
