import { DateTime } from 'luxon';

import type { LimitUnit } from '../profile/limitUnit';
import { clockChanges } from '../base/clocks';
import { durationInWords } from '../base/words';
import type { Colour, Drawing, Label, Shape } from './drawing';
import { legendOf } from './legend';
import { drawLimits, type ChartPeriod, type Scale } from './limits';
import {
	CARD,
	dashes,
	DAY_LINE,
	FRAME,
	GRID,
	INK,
	label,
	MARGIN,
	NOW,
	PLOT,
	rectangle,
	SOFT_INK,
	TEXT,
	TITLE,
	WIDTH,
} from './style';
import { timeMarks } from './timeAxis';
import { textWidth } from './typeface';
import { valueAxis } from './valueAxis';

export type { ChartPeriod } from './limits';

/** What a chart of limits over time shows. */
export interface ChartContent {
	title: string;
	/** An IANA time zone: the chart is in its local time. */
	zone: string;
	unit: LimitUnit;
	/** The window [start, end), in epoch milliseconds. */
	start: number;
	end: number;
	/** The present (epoch milliseconds), marked if it is within the window. */
	now: number;
	/** The periods fill the window without gaps, in order of time. */
	periods: readonly ChartPeriod[];
	/** The legend’s name for periods that no profile set. */
	noProfile: string;
}

/** Leaves room above the highest limit for its value. */
const HEADROOM = 1.08;
const LEGEND_TOP = 562;
const ENGLISH = { locale: 'en' };

/** Draws a chart: the limits over local time, who set them, the present, and clock changes. */
export function drawChart(content: ChartContent): Drawing {
	const { start, end, periods, noProfile } = content;
	const legend = legendOf(
		periods.map(({ setBy }) => setBy),
		noProfile,
	);
	const axis = valueAxis(HEADROOM * Math.max(0, ...periods.map(({ limit }) => limit)));
	const scale: Scale = {
		x: (at) => PLOT.left + ((at - start) / (end - start)) * (PLOT.right - PLOT.left),
		y: (limit) => PLOT.bottom - (limit / axis.top) * (PLOT.bottom - PLOT.top),
	};
	const height = LEGEND_TOP + legend.height + MARGIN / 2;
	return {
		width: WIDTH,
		height,
		shapes: [
			rectangle(0, 0, WIDTH, height, FRAME),
			rectangle(1, 1, WIDTH - 2, height - 2, CARD),
			...drawHeading(content),
			...drawValueAxis(axis.marks, scale),
			...drawLimits(periods, scale, legend.colourOf),
			...drawTimeAxis(content, scale),
			...drawMoments(content, scale),
			...legend.draw(LEGEND_TOP),
		],
	};
}

function drawHeading({ title, start, end, zone, unit }: ChartContent): Shape[] {
	const [from, to] = [start, end].map((at) => DateTime.fromMillis(at, { zone }));
	const format = from.year === to.year ? 'ccc d LLL HH:mm' : 'ccc d LLL yyyy HH:mm';
	const lastFormat = 'ccc d LLL yyyy HH:mm';
	const window = `${from.toFormat(format, ENGLISH)} – ${to.toFormat(lastFormat, ENGLISH)}`;
	const offsets = [from, to].map((moment) => `UTC${moment.toFormat('ZZ')}`);
	const offset = offsets[0] === offsets[1] ? offsets[0] : offsets.join(', then ');
	return [
		label(title, MARGIN, 52, { size: TITLE, bold: true, fill: INK }),
		label(`${window} · ${zone} (${offset})`, MARGIN, 92),
		label(unit, PLOT.left - 14, PLOT.top - 20, { anchor: 'end', bold: true }),
	];
}

function drawValueAxis(marks: readonly number[], { y }: Scale): Shape[] {
	return marks.flatMap((mark) => [
		rectangle(PLOT.left, Math.round(y(mark)), PLOT.right - PLOT.left, 1, GRID),
		label(String(mark), PLOT.left - 14, y(mark) + 9, { anchor: 'end' }),
	]);
}

function drawTimeAxis({ start, end, zone }: ChartContent, { x }: Scale): Shape[] {
	const marks = timeMarks(start, end, zone);
	const days = marks.flatMap(({ at, day }) => (day === undefined ? [] : [{ at, text: day }]));
	// Where the first two days do not both fit, only the second is shown.
	const [first, second] = days.map(({ at, text }) => ({ at: x(at), width: textWidth(text, TEXT) }));
	if (second && second.at - first.at < second.width + 12) days.shift();
	return [
		...marks
			.filter(({ startsDay }) => startsDay)
			.map(({ at }) => rectangle(Math.round(x(at)), PLOT.top, 1, PLOT.bottom - PLOT.top, DAY_LINE)),
		rectangle(PLOT.left, PLOT.bottom, PLOT.right - PLOT.left, 2, SOFT_INK),
		...marks.map(({ at }) => rectangle(Math.round(x(at)) - 1, PLOT.bottom, 2, 8, SOFT_INK)),
		...apart(marks.map(({ at, text }) => below(text, x(at), PLOT.bottom + 34))),
		...days.map(({ at, text }) => below(text, x(at), PLOT.bottom + 66, true)),
	];
}

/** A text centred at `x`, moved left if it would leave the card. */
function below(text: string, x: number, y: number, bold = false): Label {
	const half = textWidth(text, TEXT) / 2;
	return label(text, Math.min(x, WIDTH - 12 - half), y, { anchor: 'middle', bold });
}

/** The marks of the present and of clock changes. */
function drawMoments({ start, end, now, zone }: ChartContent, { x }: Scale): Shape[] {
	const time = DateTime.fromMillis(now, { zone }).toFormat('HH:mm');
	const present = now >= start && now < end ? above(`now ${time}`, x(now), NOW) : undefined;
	const changes = clockChanges(zone, start / 1000, end / 1000).flatMap((change) => {
		const at = change.at * 1000;
		if (at >= end) return [];
		const by = change.after - change.before;
		const text = `clocks ${by > 0 ? '+' : '–'}${durationInWords(Math.abs(by))}`;
		const line = dashes(Math.round(x(at)), PLOT.top, PLOT.bottom, SOFT_INK);
		return [...line, above(text, x(at), SOFT_INK, present)];
	});
	if (present === undefined) return changes;
	const across = Math.round(x(now)) - 1;
	return [...changes, rectangle(across, PLOT.top, 3, PLOT.bottom - PLOT.top, NOW), present];
}

/** A text above the plot, centred as close to `x` as possible without touching the `other` text. */
function above(text: string, x: number, fill: Colour, other?: Label): Label {
	const half = textWidth(text, TEXT) / 2;
	const [first, last] = [PLOT.left + half, PLOT.right - half];
	const apart = other === undefined ? 0 : half + textWidth(other.text, TEXT) / 2 + 16;
	const wished = Math.max(first, Math.min(x, last));
	const places =
		other === undefined || Math.abs(wished - other.x) >= apart
			? [wished]
			: [other.x - apart, other.x + apart].filter((place) => place >= first && place <= last);
	const nearest = places.reduce((a, b) => (Math.abs(b - x) < Math.abs(a - x) ? b : a));
	return label(text, nearest, PLOT.top - 12, { anchor: 'middle', bold: true, fill });
}

/** Leaves out each text that would overlap the previous one. */
function apart(labels: readonly Label[]): Label[] {
	let right = -Infinity;
	return labels.filter(({ text, x }) => {
		const half = textWidth(text, TEXT) / 2;
		if (x - half < right + 10) return false;
		right = x + half;
		return true;
	});
}
