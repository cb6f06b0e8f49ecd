import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	drawChart,
	type ChartContent,
	type ChartPeriod,
} from '../../../../../nodes/shared/charging/chart/chart.ts';
import type {
	Label,
	Line,
	Rectangle,
	Shape,
} from '../../../../../nodes/shared/charging/chart/drawing.ts';
import {
	COLOURS,
	LEADER,
	NOW,
	PLOT,
	type LimitSource,
} from '../../../../../nodes/shared/charging/chart/style.ts';
import { boxOf, type Box } from '../../../../../nodes/shared/charging/chart/typeface.ts';
import { WIDE } from '../../../../../nodes/shared/charging/chart/values.ts';

const HELSINKI = 'Europe/Helsinki';
const HOUR = 3_600_000;
const at = (time: string) => DateTime.fromISO(time, { zone: HELSINKI }).toMillis();

const labelsOf = (shapes: readonly Shape[]) =>
	shapes.filter((shape): shape is Label => shape.type === 'label');
const linesOf = (shapes: readonly Shape[]) =>
	shapes.filter((shape): shape is Line => shape.type === 'line');

const touch = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const boxOfRectangle = ({ x, y, width, height }: Rectangle): Box => ({
	left: x,
	right: x + width,
	top: y,
	bottom: y + height,
});

/** Points along a line, a pixel apart. */
function pointsOf({ x1, y1, x2, y2 }: Line): Box[] {
	const count = Math.ceil(Math.hypot(x2 - x1, y2 - y1)) + 1;
	return Array.from({ length: count + 1 }, (_, index) => {
		const [x, y] = [x1 + ((x2 - x1) * index) / count, y1 + ((y2 - y1) * index) / count];
		return { left: x, right: x, top: y, bottom: y };
	});
}

/** Periods of random lengths with random limits, some of them without one. */
const limit = fc.oneof(
	fc.constantFrom(0, 4.2, 8.1, 11, 11.04, 22, 22.25, undefined),
	fc.integer({ min: 0, max: 9999 }).map((tenths) => tenths / 10),
	fc.integer({ min: 0, max: 5000 }).map((hundredths) => hundredths / 100),
);
const source = fc.constantFrom(...(Object.keys(COLOURS) as LimitSource[]));
const lengths = fc.array(
	fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 600 })),
	{
		minLength: 1,
		maxLength: 60,
	},
);

interface Case {
	content: ChartContent;
	periods: ChartPeriod[];
}

const cases = fc
	.record({
		lengths,
		values: fc.infiniteStream(fc.record({ limit, source })),
		start: fc.integer({ min: at('2026-01-01'), max: at('2026-12-01') }),
		hours: fc.constantFrom(1, 6, 12, 23, 24, 25, 48, 168, 8760),
		// A share of the window.
		now: fc.integer({ min: -100, max: 1100 }).map((thousandths) => thousandths / 1000),
		title: fc.string({ unit: 'grapheme', maxLength: 90 }),
		priced: fc.option(
			fc.record({
				unit: fc.constantFrom('EUR/kWh', 'per MWh', 'c/kWh'),
				price: fc.integer({ min: -500, max: 50_000 }),
				departure: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
			}),
			{ nil: undefined },
		),
	})
	.map(({ lengths: parts, values, start, hours, now, title, priced }): Case => {
		const total = parts.reduce((sum, part) => sum + part, 0);
		const [length, random] = [hours * HOUR, values[Symbol.iterator]()];
		let before = 0;
		const periods = parts.map((part): ChartPeriod => {
			const from = start + (before / total) * length;
			before += part;
			const value = random.next().value as { limit?: number; source: LimitSource };
			return { start: from, end: start + (before / total) * length, ...value };
		});
		const content: ChartContent = {
			title,
			zone: HELSINKI,
			unit: 'kW',
			start,
			end: start + length,
			now: start + now * length,
			periods,
			sources: [
				{ source: 'ChargingStationMaxProfile', name: 'Charging Station Maximum', detail: 'ID 1' },
				{ source: 'none', name: 'No profile', detail: 'local limit of 22 kW' },
			],
			noLimit: 'No limit',
			...(priced && {
				departure: start + priced.departure * length,
				prices: {
					unit: priced.unit,
					list: periods.map((period, index) => ({
						start: period.start,
						end: period.end,
						price: priced.price / (index + 1),
						isChosen: index % 2 === 0,
						isAssumed: index % 5 === 4,
					})),
					names: { chosen: 'Cheapest hours', other: 'Other hours', assumed: 'Missing, assumed' },
				},
			}),
		};
		return { content, periods };
	});

/** The value of the highest limit reaches above its panel, next to the lines of narrow steps. */
function highValue(): Case {
	const start = 1_794_340_733_536;
	let end = start;
	const periods = [
		[333, 4.2],
		[2331, 30.59],
		[11_320, 724.3],
		[6493, 16.16],
		[13_651, 42.95],
		[138_672, 4.2],
	].map(([seconds, value]): ChartPeriod => {
		const from = end;
		end += seconds * 1000;
		return { start: from, end, limit: value, source: 'TxProfile' };
	});
	const list = periods.map((period) => ({
		start: period.start,
		end: period.end,
		price: 4340,
		isChosen: true,
		isAssumed: false,
	}));
	const names = { chosen: 'Cheapest hours', other: 'Other hours', assumed: 'Missing, assumed' };
	const content: ChartContent = {
		title: 'Limits',
		zone: HELSINKI,
		unit: 'kW',
		start,
		end,
		now: end,
		periods,
		sources: [],
		noLimit: 'No limit',
		prices: { unit: 'c/kWh', list, names },
	};
	return { content, periods };
}

const holds = (property: (of: Case) => void) =>
	fc.assert(fc.property(cases, property), { numRuns: 500, examples: [[highValue()]] });

it('no text touches another, and all are inside the drawing', () => {
	holds(({ content }) => {
		const { width, height, shapes } = drawChart(content);
		const boxes = labelsOf(shapes).map((label) => ({ ...boxOf(label), text: label.text }));
		boxes.forEach((box, index) => {
			expect(boxes.slice(index + 1).filter((other) => touch(box, other))).toEqual([]);
			expect(
				box.left >= 4 && box.right <= width - 4 && box.top >= 4 && box.bottom <= height - 4,
			).toBe(true);
		});
	});
});

it('no text is crossed by the line of the present or by the line of another text', () => {
	holds(({ content }) => {
		const { shapes } = drawChart(content);
		const now = shapes.flatMap((shape) =>
			shape.type === 'rectangle' && shape.fill === NOW ? [boxOfRectangle(shape)] : [],
		);
		const lines = linesOf(shapes).flatMap(pointsOf);
		const crossed = labelsOf(shapes).filter((label) =>
			[...now, ...lines].some((line) => touch(boxOf(label), line)),
		);
		expect(crossed.map(({ text }) => text)).toEqual([]);
		const isShown = content.now >= content.start && content.now < content.end;
		const panels = content.prices ? 2 : 1;
		expect(now.length).toBe(isShown ? panels : 0);
	});
});

it('every period that is as wide as an hour of a day has its value: on it, or at its line', () => {
	holds(({ content, periods }) => {
		const { shapes } = drawChart(content);
		const x = (moment: number) =>
			Math.round(
				PLOT.left +
					((moment - content.start) / (content.end - content.start)) * (PLOT.right - PLOT.left),
			);
		const values = labelsOf(shapes).filter(({ bold, text }) => bold && /^[\d.]+$/.test(text));
		const ends = linesOf(shapes).filter(({ fill }) => fill === LEADER);
		const isAt = (label: Label, left: number, right: number) => {
			const box = boxOf(label);
			const isOn =
				(box.left + box.right) / 2 >= left - 30 && (box.left + box.right) / 2 <= right + 30;
			return isOn || ends.some(({ x2 }) => x2 >= left && x2 <= right);
		};
		const missing = periods.filter(({ start, end, limit: value }) => {
			if (value === undefined || x(end) - x(start) < WIDE) return false;
			// Neighbours with the same limit share a value.
			const index = periods.findIndex((period) => period.start === start);
			if ([periods[index - 1], periods[index + 1]].some((next) => next?.limit === value))
				return false;
			return !values.some((label) => label.text === String(value) && isAt(label, x(start), x(end)));
		});
		expect(missing).toEqual([]);
	});
});
