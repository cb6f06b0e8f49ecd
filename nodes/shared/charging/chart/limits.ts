import { mix, type Colour, type Rectangle, type Shape } from './drawing';
import { CARD, INK, label, PLOT, rectangle, TEXT } from './style';
import { textWidth } from './typeface';

/** A limit from `start` to `end` (epoch milliseconds). */
export interface ChartPeriod {
	start: number;
	end: number;
	/** In the chart's unit. */
	limit: number;
	/** Who set it, as the legend says. The same text has the same colour; none where no profile did. */
	setBy?: string;
}

/** From moments and limits to pixels. */
export interface Scale {
	x(at: number): number;
	y(limit: number): number;
}

const LINE = 4;
const RISER = 2;
/** How much of its colour, and how much of the card, a part has. */
const FILL_SHARE = 0.2;
const RISER_SHARE = 0.6;
const MOST_VALUES = 24;

/** A period as it lies on the chart, in whole pixels. */
interface Step {
	left: number;
	right: number;
	y: number;
	limit: number;
	colour: Colour;
}

/** The limits as a line in steps, filled below, each with its value where there is room. */
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

/** Lines up and down between the steps: one a column of pixels, as far as the limits in it reach. */
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

/** Neighbours of one height share a value; more values than an eye can take in are left out. */
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
