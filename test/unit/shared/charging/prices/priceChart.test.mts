import { DateTime } from 'luxon';

import { drawChart } from '../../../../../nodes/shared/charging/chart/chart.ts';
import { CHOSEN, NOT_CHOSEN } from '../../../../../nodes/shared/charging/chart/style.ts';
import { planBands, planCheapestHours } from '../../../../../nodes/shared/charging/prices/plan.ts';
import { within } from '../../../../../nodes/shared/charging/prices/cheapestHours.ts';
import { priceChart } from '../../../../../nodes/shared/charging/prices/priceChart.ts';
import type { PriceList } from '../../../../../nodes/shared/charging/prices/priceList.ts';
import {
	priceSchedules,
	type ScheduleOptions,
} from '../../../../../nodes/shared/charging/prices/priceSchedules.ts';
import { dayOf, HELSINKI, listOf, MIDNIGHT, options } from './prices.mts';

const HOUR = 3600;
const local = (ms: number) => DateTime.fromMillis(ms, { zone: HELSINKI }).toFormat('d HH:mm');
const hours = (count: number, price: (hour: number) => number) =>
	Array.from({ length: count }, (_, hour) => ({
		start: MIDNIGHT + hour * HOUR,
		price: price(hour),
	}));

/** Charging 11 kWh at 11 kW before the departure at 6:00. */
function cheapest(list: PriceList, changes: Partial<ScheduleOptions> = {}, departure = 6) {
	const until = MIDNIGHT + departure * HOUR;
	const plan = planCheapestHours(within(list.spans, MIDNIGHT, until), {
		energyKwh: 11,
		limit: 11_000,
		otherLimit: 0,
		kwPerUnit: 1 / 1000,
	});
	const all = options({ rule: 'cheapestHours', currency: 'EUR', ...changes });
	return priceChart(list, plan, priceSchedules(list, plan, all), all, {
		now: MIDNIGHT + HOUR,
		departure: until,
	});
}

const textsOf = (chart: Parameters<typeof drawChart>[0]) =>
	drawChart(chart).shapes.flatMap((shape) => (shape.type === 'label' ? [shape.text] : []));

it('shows the prices, the hours that were chosen, the limits and the departure', () => {
	const chart = cheapest(listOf(hours(10, (hour) => [0.3, 0.2, 0.1, 0.4][hour % 4])));
	expect(chart.prices?.unit).toBe('EUR/kWh');
	expect(chart.prices?.list.map(({ isChosen }) => isChosen).indexOf(true)).toBe(2);
	expect(chart.prices?.list.filter(({ isChosen }) => isChosen)).toHaveLength(1);
	expect(chart.periods.map(({ start, limit }) => [local(start), limit])).toEqual([
		...[0, 1, 2, 3, 4, 5].map((hour) => [`15 0${hour}:00`, hour === 2 ? 11 : 0]),
		['15 06:00', undefined],
	]);
	expect(local(chart.end)).toBe('15 10:00');
	expect(textsOf(chart)).toEqual(
		expect.arrayContaining([
			'Charging in the cheapest hours',
			'11 kWh for 1.10 EUR; charged at once for 3.30 EUR',
			'EUR/kWh',
			'kW',
			'now 01:00',
			'departure 06:00',
			'0.4',
			'Cheapest hours',
			'Other hours',
			'Transaction Default',
			'This profile sets no limit',
		]),
	);
	expect(textsOf(chart)).not.toContain('Missing, assumed');
});

it('marks prices that are missing, says what does not fit, and follows the prices to the departure', () => {
	const rows = hours(4, () => 5).filter((_, hour) => hour !== 1);
	const list = listOf(rows);
	const plan = planCheapestHours(list.spans, {
		energyKwh: 100,
		limit: 16,
		otherLimit: 0,
		kwPerUnit: 0.69,
	});
	const all = options({ rule: 'cheapestHours', unit: 'A', pricePer: 'MWh' });
	const departure = MIDNIGHT + 5 * HOUR;
	const chart = priceChart(list, plan, priceSchedules(list, plan, all), all, { now: 0, departure });
	expect(chart.prices?.list.map(({ isAssumed }) => isAssumed)).toEqual([false, true, false, false]);
	expect(local(chart.end)).toBe('15 05:00');
	expect(chart.periods.at(-1)?.limit).toBeUndefined();
	expect(chart.note).toMatch(/^55\.84 kWh do not fit · 44\.16 kWh for 0\.22; charged at once for/);
	expect(textsOf(chart)).toEqual(expect.arrayContaining(['per MWh', 'A', 'Missing, assumed']));
});

it.each([
	['2026-03-29', 23],
	['2026-10-25', 25],
])('%s has %i prices, each at its local time', (date, count) => {
	const list = listOf(dayOf(date, HELSINKI, 60, (index) => index));
	const plan = planBands(list, () => 11_000, 1 / 1000);
	const all = options({ rule: 'priceBands' });
	const chart = priceChart(list, plan, priceSchedules(list, plan, all), all, { now: 0 });
	expect(chart.prices?.list).toHaveLength(count);
	expect([chart.start, chart.end].map((at) => local(at).slice(-5))).toEqual(['00:00', '00:00']);
	expect(chart.prices?.list.filter(({ isChosen }) => isChosen)).toEqual([]);
	expect(textsOf(chart)).toEqual(
		expect.arrayContaining(['Price', 'Charging limit by electricity price']),
	);
});

it('shows the first seven days of a long plan', () => {
	const list = listOf(hours(24 * 30, (hour) => hour % 24));
	const plan = planBands(list, (price) => (price < 6 ? 11_000 : 4200), 1 / 1000);
	const all = options({ rule: 'priceBands', periodsPerProfile: 10, split: true });
	const chart = priceChart(list, plan, priceSchedules(list, plan, all), all, { now: 0 });
	expect([local(chart.start), local(chart.end)]).toEqual(['15 00:00', '22 00:00']);
	expect(chart.prices?.list).toHaveLength(7 * 24);
	expect(chart.periods.at(-1)?.end).toBe(chart.end);
	expect(chart.note).toBe('The first 7 days');
});

it('negative prices are bars below 0', () => {
	const chart = cheapest(listOf(hours(6, (hour) => (hour === 3 ? -5 : 10))), { pricePer: 'MWh' });
	expect(textsOf(chart)).toEqual(expect.arrayContaining(['-10', '0', '10']));
	const { shapes } = drawChart(chart);
	const top = (fill: number) =>
		shapes.flatMap((shape) =>
			shape.type === 'rectangle' && shape.fill === fill ? [shape] : [],
		)[0];
	expect(top(CHOSEN).y).toBe(top(NOT_CHOSEN).y + top(NOT_CHOSEN).height);
});
