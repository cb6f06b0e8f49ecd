import { DateTime } from 'luxon';

import type { LimitUnit } from '../profile/limitUnit';
import { calloutRows, type Callout, type CalloutRows } from './callouts';
import { movedDown, type Drawing, type Shape } from './drawing';
import { drawLegend, SAMPLE, type LegendEntry } from './legend';
import { limitPanel, type ChartPeriod } from './limits';
import { momentLine, momentsOf, type Moment } from './moments';
import type { Panel, TimeScale } from './panel';
import { pricePanel, priceColour, type ChartPrice } from './prices';
import {
	AXIS_GAP,
	CARD,
	COLOURS,
	dashesAcross,
	DAY_LINE,
	FRAME,
	GRID,
	INK,
	label,
	MARGIN,
	PLOT,
	rectangle,
	SOFT_INK,
	stripes,
	TEXT,
	TITLE,
	WIDTH,
	type LimitSource,
} from './style';
import { drawTimeAxis, timeMarks } from './timeAxis';
import { boxOf, fitted, textWidth } from './typeface';

export type { ChartPeriod } from './limits';
export type { ChartPrice } from './prices';

/** What a chart of limits over time shows, and of prices, if there are any. */
export interface ChartContent {
	title: string;
	/** What it means, in a few words. */
	note?: string;
	/** An IANA time zone: the chart is in its local time. */
	zone: string;
	unit: LimitUnit;
	/** The window [start, end), in epoch milliseconds. */
	start: number;
	end: number;
	/** The present (epoch milliseconds), marked if it is within the window. */
	now: number;
	/** When a car leaves (epoch milliseconds). */
	departure?: number;
	/** The periods fill the window without gaps, in order of time. */
	periods: readonly ChartPeriod[];
	/** The names of what sets limits, in the order of the legend. */
	sources: readonly SourceName[];
	/** The legend’s words for stretches without a limit. */
	noLimit: string;
	prices?: PriceSeries;
}

/** What sets limits, as the legend names it. */
export interface SourceName {
	source: LimitSource;
	name: string;
	/** Such as IDs. */
	detail?: string;
}

/** Prices over the time of the limits, without gaps and in order. */
export interface PriceSeries {
	/** Such as "EUR/kWh". */
	unit: string;
	list: readonly ChartPrice[];
	/** The legend’s words for prices in hours that were chosen, in other hours, and for prices that are missing. */
	names: { chosen: string; other: string; assumed: string };
}

/** The heights of panels. */
const ALONE = 316;
const OF_PRICES = 200;
const OF_LIMITS = 190;
/** The least room above a panel: for its unit. */
const ABOVE = 60;
const BETWEEN = 20;
const ENGLISH = { locale: 'en' };

/** Draws a chart: the limits over local time and who set them, prices, the present, and clock changes. */
export function drawChart(content: ChartContent): Drawing {
	const { start, end, zone, prices } = content;
	const x = (at: number) => PLOT.left + ((at - start) / (end - start)) * (PLOT.right - PLOT.left);
	const marks = timeMarks(start, end, zone);
	const moments = momentsOf(content, content.now, content.departure);
	const scale: TimeScale = {
		x,
		lines: moments.map(({ at }) => x(at)),
		days: marks.filter(({ startsDay }) => startsDay).map(({ at }) => x(at)),
	};
	const panels = [
		...(prices ? [pricePanel(prices.list, prices.unit, OF_PRICES, scale)] : []),
		limitPanel(content.periods, content.unit, prices ? OF_LIMITS : ALONE, scale),
	];

	const heading = drawHeading(content);
	const shapes: Shape[] = [...heading.shapes];
	let bottom = heading.height;
	panels.forEach((panel, index) => {
		const texts =
			index > 0 ? [] : moments.map(({ at, text, fill }) => ({ x: x(at), y: 0, text, fill }));
		const rows = rowsAbove(panel, texts);
		const top = bottom + (index > 0 ? BETWEEN : 0) + Math.max(ABOVE, rows.height + 4);
		shapes.push(...movedDown([...drawPanel(panel, moments, scale), ...rows.shapes], top));
		bottom = top + panel.height;
	});
	const axis = drawTimeAxis(marks, scale);
	shapes.push(...movedDown(axis.shapes, bottom));
	bottom += axis.height + 26;
	const legend = drawLegend(legendOf(content), bottom);
	const height = bottom + legend.height + MARGIN - 6;
	return {
		width: WIDTH,
		height,
		shapes: [
			rectangle(0, 0, WIDTH, height, FRAME),
			rectangle(1, 1, WIDTH - 2, height - 2, CARD),
			...shapes,
			...legend.shapes,
		],
	};
}

function drawHeading(content: ChartContent): { height: number; shapes: Shape[] } {
	const { title, note, start, end, zone } = content;
	const [from, to] = [start, end].map((at) => DateTime.fromMillis(at, { zone }));
	const format = from.year === to.year ? 'ccc d LLL HH:mm' : 'ccc d LLL yyyy HH:mm';
	const lastFormat = 'ccc d LLL yyyy HH:mm';
	const window = `${from.toFormat(format, ENGLISH)} – ${to.toFormat(lastFormat, ENGLISH)}`;
	const offsets = [from, to].map((moment) => `UTC${moment.toFormat('ZZ')}`);
	const offset = offsets[0] === offsets[1] ? offsets[0] : offsets.join(', then ');
	const lines = [`${window} · ${zone} (${offset})`, ...(note === undefined ? [] : [note])];
	const room = WIDTH - 2 * MARGIN;
	return {
		height: 60 + 36 * lines.length,
		shapes: [
			label(fitted(title, room, TITLE), MARGIN, 52, { size: TITLE, bold: true, fill: INK }),
			...lines.map((line, index) => label(fitted(line, room, TEXT), MARGIN, 92 + 36 * index)),
		],
	};
}

/** The rows of callouts above a panel: all of them, or only those that must not be left out. */
function rowsAbove(panel: Panel, moments: readonly Callout[]): CalloutRows {
	const { unit, callouts, optional } = panel;
	const left = Math.max(MARGIN, unitLabel(unit).x) + textWidth(unit, TEXT) + 16;
	const tops = panel.above.map((shape) => (shape.type === 'label' ? boxOf(shape).top : 0));
	const above = Math.ceil(-Math.min(0, ...tops));
	return (
		calloutRows([...moments, ...callouts, ...optional], left, above) ??
		calloutRows([...moments, ...callouts], left, above) ??
		calloutRows(moments, left, above) ?? { height: 0, shapes: [] }
	);
}

/** The unit above an axis: over its marks, or from the left margin if it is too long. */
function unitLabel(unit: string) {
	const x = Math.max(MARGIN, PLOT.left - AXIS_GAP - textWidth(unit, TEXT));
	return label(unit, x, -24, { bold: true });
}

/** A number with many digits is smaller, so that it fits beside the axis. */
function sizeOfMark(text: string): number {
	const room = PLOT.left - AXIS_GAP - 8;
	return Math.min(TEXT, Math.floor((TEXT * room) / textWidth(text, TEXT)));
}

function drawPanel(
	{ unit, height, marks, below, above }: Panel,
	moments: readonly Moment[],
	{ x, days }: TimeScale,
): Shape[] {
	return [
		unitLabel(unit),
		...days.map((at) => rectangle(Math.round(at), 0, 1, height, DAY_LINE)),
		...marks.flatMap(({ text, y }) => [
			rectangle(PLOT.left, y, PLOT.right - PLOT.left, 1, GRID),
			label(text, PLOT.left - AXIS_GAP, y + 9, { anchor: 'end', size: sizeOfMark(text) }),
		]),
		...below,
		rectangle(PLOT.left, height, PLOT.right - PLOT.left, 2, SOFT_INK),
		...moments.flatMap((moment) => momentLine(moment, x(moment.at), height)),
		...above,
	];
}

function legendOf({ periods, sources, noLimit, prices }: ChartContent): LegendEntry[] {
	const { width, height } = SAMPLE;
	const used = new Set(
		periods.flatMap(({ limit, source }) => (limit === undefined ? [] : [source])),
	);
	const entries = sources
		.filter(({ source }) => used.has(source))
		.map(
			({ source, name, detail }): LegendEntry => ({
				name,
				detail,
				sample: (x, y) => [rectangle(x, y, width, height, COLOURS[source])],
			}),
		);
	const isOpen = periods.some(({ limit }) => limit === undefined);
	return [
		...(prices ? priceEntries(prices) : []),
		...entries,
		...(isOpen
			? [
					{
						name: noLimit,
						sample: (x: number, y: number) => dashesAcross(x, x + width, y + height / 2, SOFT_INK),
					},
				]
			: []),
	];
}

function priceEntries({ list, names }: PriceSeries): LegendEntry[] {
	const { width, height } = SAMPLE;
	const bar = (isChosen: boolean) => (x: number, y: number) =>
		rectangle(x, y, width, height, priceColour(isChosen));
	const entry = (isChosen: boolean, name: string): LegendEntry[] =>
		list.some((price) => price.isChosen === isChosen)
			? [{ name, sample: (x, y) => [bar(isChosen)(x, y)] }]
			: [];
	const assumed = list.some(({ isAssumed }) => isAssumed)
		? [{ name: names.assumed, sample: (x: number, y: number) => stripes(bar(false)(x, y)) }]
		: [];
	return [...entry(true, names.chosen), ...entry(false, names.other), ...assumed];
}
