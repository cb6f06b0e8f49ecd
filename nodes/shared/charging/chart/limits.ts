import { mix, type Colour, type Rectangle, type Shape } from './drawing';
import { CARD, INK, label, PLOT, rectangle, TEXT } from './style';
import { textWidth } from './typeface';

/** A limit from `start` to `end` (epoch milliseconds). */
export interface ChartPeriod {
	start: number;
	end: number;
	/** In the chart's unit. */
	limit: number;
	/** Who set the limit, as the legend names it; the same text has the same colour. Absent if no profile set it. */
	setBy?: string;
}

/** Converts moments and limits to pixels. */
export interface Scale {
	x(at: number): number;
	y(limit: number): number;
}

const LINE = 4;
const RISER = 2;
/** The share of a period’s colour in the fill and in the risers; the rest is the colour of the card. */
const FILL_SHARE = 0.2;
const RISER_SHARE = 0.6;
const MOST_VALUES = 24;

/** A period in the chart’s whole pixels. */
interface Step {
	left: number;
	right: number;
	y: number;
	limit: number;
	colour: Colour;
}

/** The limits as a stepped line that is filled below. Each limit has its value above it if there is room. */
export function drawLimits(
	periods: readonly ChartPeriod[],
	{ x, y }: Scale,
	colourOf: (setBy: string | undefined) => Colour,
): Shape[] {
	const steps = periods.map(({ start, end, limit, setBy }) => ({
		left: Math.round(x(start)),
		right: Math.round(x(end)),
		y: Math.round(y(limit)),
		limit,
		colour: colourOf(setBy),
	}));
	const wide = steps.filter(({ left, right }) => right > left);
	return [
		...wide.map(({ left, right, y: top, colour }) => {
			const fill = mix(colour, CARD, FILL_SHARE);
			return rectangle(left, top, right - left, PLOT.bottom - top, fill);
		}),
		...drawRisers(steps),
		...wide.map(({ left, right, y: top, colour }) =>
			rectangle(left, top - LINE / 2, right - left, LINE, colour),
		),
		...drawValues(wide),
	];
}

/** The vertical lines between steps: one per column of pixels, from the lowest to the highest limit in the column. */
function drawRisers(steps: readonly Step[]): Rectangle[] {
	const reach = new Map<number, { top: number; bottom: number; fill: Colour }>();
	steps.slice(1).forEach(({ left, y, colour }, index) => {
		const before = steps[index].y;
		const { top, bottom } = reach.get(left) ?? { top: y, bottom: y };
		reach.set(left, {
			top: Math.min(top, y, before),
			bottom: Math.max(bottom, y, before),
			fill: mix(colour, CARD, RISER_SHARE),
		});
	});
	return Array.from(reach)
		.filter(([, { top, bottom }]) => bottom > top)
		.map(([left, { top, bottom, fill }]) =>
			rectangle(left - RISER / 2, top, RISER, bottom - top, fill),
		);
}

/** Neighbouring steps with the same limit share a value. If there are too many values to read, none is shown. */
function drawValues(steps: readonly Step[]): Shape[] {
	const shared: Step[] = [];
	for (const step of steps) {
		const last = shared[shared.length - 1];
		if (last?.limit === step.limit) shared[shared.length - 1] = { ...last, right: step.right };
		else shared.push(step);
	}
	if (shared.length > MOST_VALUES) return [];
	return shared.flatMap(({ left, right, y, limit }) => {
		const text = String(limit);
		if (textWidth(text, TEXT) + 8 > right - left) return [];
		const style = { anchor: 'middle', bold: true, fill: INK } as const;
		return [label(text, (left + right) / 2, y - 9, style)];
	});
}
