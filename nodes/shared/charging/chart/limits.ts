import type { LimitUnit } from '../profile/limitUnit';
import { mix, type Colour, type Rectangle, type Shape } from './drawing';
import type { Panel, TimeScale } from './panel';
import { CARD, COLOURS, dashesAcross, rectangle, SOFT_INK, type LimitSource } from './style';
import { valueAxis } from './valueAxis';
import { placeValues, type Step } from './values';

/** A limit from `start` to `end` (epoch milliseconds). */
export interface ChartPeriod {
	start: number;
	end: number;
	/** In the chart’s unit; absent if there is no limit. */
	limit?: number;
	/** What sets the limit; it has the same colour in every chart. */
	source: LimitSource;
}

const LINE = 4;
const RISER = 2;
/** The share of a period’s colour in the fill and in the risers; the rest is the colour of the card. */
const FILL_SHARE = 0.2;
const RISER_SHARE = 0.6;
/** Leaves room above the highest limit for its value. */
const HEADROOM = 1.1;
/** The line where there is no limit is above the axis, so that it does not look like a limit. */
const OPEN = { y: 3, room: 40 } as const;
/** The least distance between two marks of the axis. */
const STEP = 50;
const NO_LIMIT = 'no limit';

/** A period in the panel’s whole pixels. */
interface Drawn extends Step {
	colour: Colour;
}

/**
 * The limits as a stepped line that is filled below. Where there is no limit, there is a dashed line at the top.
 * @param periods in order of time, without gaps
 */
export function limitPanel(
	periods: readonly ChartPeriod[],
	unit: LimitUnit,
	height: number,
	scale: TimeScale,
): Panel {
	const limits = periods.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
	const isOpen = limits.length < periods.length;
	const highest = limits.reduce((most, limit) => Math.max(most, limit), 0);
	const axis = valueAxis(0, highest * HEADROOM, Math.round(height / STEP));
	const top = isOpen ? OPEN.room : 0;
	const y = (limit: number) => Math.round(height - (height - top) * (limit / axis.top));
	const steps = periods.map(
		({ start, end, limit, source }): Drawn => ({
			left: Math.round(scale.x(start)),
			right: Math.round(scale.x(end)),
			y: limit === undefined ? OPEN.y : y(limit),
			text: limit === undefined ? NO_LIMIT : valueText(limit),
			isOpen: limit === undefined,
			colour: COLOURS[source],
		}),
	);
	const wide = steps.filter(({ left, right }) => right > left);
	const { shapes, callouts, optional } = placeValues(merged(wide), scale);
	return {
		unit,
		height,
		marks:
			limits.length === 0 ? [] : axis.marks.map((mark) => ({ text: String(mark), y: y(mark) })),
		below: [
			...wide.flatMap((step) => areaOf(step, height)),
			...drawRisers(steps),
			...wide.flatMap(lineOf),
		],
		above: shapes,
		callouts,
		optional,
	};
}

const areaOf = ({ left, right, y, colour, isOpen }: Drawn, height: number): Shape[] =>
	isOpen ? [] : [rectangle(left, y, right - left, height - y, mix(colour, CARD, FILL_SHARE))];

const lineOf = ({ left, right, y, colour, isOpen }: Drawn): Shape[] =>
	isOpen
		? dashesAcross(left, right, y, SOFT_INK)
		: [rectangle(left, y - LINE / 2, right - left, LINE, colour)];

/** A limit with as many decimals as matter: 11.04, but 0.0345. */
const valueText = (limit: number): string =>
	String(Number(Math.abs(limit) < 0.1 ? limit.toPrecision(2) : limit.toFixed(2)));

/** The vertical lines between steps: one per column of pixels, from the lowest to the highest limit in the column. */
function drawRisers(steps: readonly Drawn[]): Rectangle[] {
	const reach = new Map<number, { top: number; bottom: number; fill: Colour }>();
	steps.slice(1).forEach(({ left, y, colour, isOpen }, index) => {
		const before = steps[index].y;
		if (isOpen || steps[index].isOpen) return;
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

/** Neighbouring steps with the same limit share a value. */
function merged(steps: readonly Step[]): Step[] {
	const shared: Step[] = [];
	for (const step of steps) {
		const last = shared[shared.length - 1] as Step | undefined;
		if (last?.text === step.text) shared[shared.length - 1] = { ...last, right: step.right };
		else shared.push(step);
	}
	return shared;
}
