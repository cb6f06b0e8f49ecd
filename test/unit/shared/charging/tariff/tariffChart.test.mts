import { DateTime } from 'luxon';

import { drawChart } from '../../../../../nodes/shared/charging/chart/chart.ts';
import { buildTariffProfiles } from '../../../../../nodes/shared/charging/tariff/build.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { tariffChart } from '../../../../../nodes/shared/charging/tariff/tariffChart.ts';
import { tariff, tariffWindow } from './tariffs.mts';

const HELSINKI = 'Europe/Helsinki';
const local = (ms: number) => DateTime.fromMillis(ms, { zone: HELSINKI }).toFormat('d HH:mm');

function chartOf(changes: Partial<Tariff> = {}) {
	const of = tariff(changes);
	return tariffChart(of, buildTariffProfiles(of).profiles, of.startMs);
}

it('shows the limits of seven local days from midnight on, and where there is none', () => {
	const chart = chartOf();
	expect([local(chart.start), local(chart.end)]).toEqual(['15 00:00', '22 00:00']);
	expect(chart.periods.slice(0, 3).map(({ start, limit }) => [local(start), limit])).toEqual([
		['15 00:00', undefined],
		['15 17:00', 20],
		['15 20:00', undefined],
	]);
	const limited = chart.periods.filter(({ limit }) => limit === 20);
	expect(limited.map(({ start }) => local(start).slice(0, 2))).toEqual([
		...['15', '16', '19', '20', '21'],
	]);
	const texts = drawChart(chart).shapes.flatMap((shape) =>
		shape.type === 'label' ? [shape.text] : [],
	);
	expect(texts).toEqual(
		expect.arrayContaining([
			'Charging limit by tariff hours',
			'Weekdays 17:00–20:00: 20 kW',
			'Thu 15 Jan',
			'Wed 21 Jan',
			'now 12:00',
			'20',
			'Charging Station Maximum',
			'No limit outside the windows',
		]),
	);
});

it('names the limit at other times, and shows no more days than the tariff is for', () => {
	const chart = chartOf({ outside: 50_000, mode: { days: 2 } });
	expect(chart.note).toBe('Weekdays 17:00–20:00: 20 kW · At other times: 50 kW');
	expect(chart.periods.map(({ start, limit }) => [local(start), limit])).toEqual([
		['15 00:00', 50],
		['15 17:00', 20],
		['15 20:00', 50],
		['16 17:00', 20],
		['16 20:00', 50],
	]);
	expect(local(chart.end)).toBe('17 00:00');
});

it.each([
	['2026-03-29', 23],
	['2026-10-25', 25],
])('%s has %i hours, and its limits are at their local times', (day, hours) => {
	const start = DateTime.fromISO(day, { zone: HELSINKI });
	const { periods, ...chart } = chartOf({
		windows: [tariffWindow({ days: [7] })],
		startMs: start.plus({ hours: 12 }).toMillis(),
		mode: { days: 1 },
	});
	expect((chart.end - chart.start) / 3_600_000).toBe(hours);
	const [limited] = periods.filter(({ limit }) => limit !== undefined);
	expect([limited.start, limited.end].map((at) => local(at).slice(-5))).toEqual(['17:00', '20:00']);
});
