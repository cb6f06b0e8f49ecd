import type { Colour, Shape } from './drawing';
import type { Panel, TimeScale } from './panel';
import { CHOSEN, NOT_CHOSEN, PLOT, rectangle, SOFT_INK, stripes } from './style';
import { valueAxis } from './valueAxis';

/** A price from `start` to `end` (epoch milliseconds). */
export interface ChartPrice {
	start: number;
	end: number;
	price: number;
	isChosen: boolean;
	/** Whether the price is missing, and another one is assumed. */
	isAssumed: boolean;
}

const MOST_STEPS = 4;
const HEADROOM = 1.05;
/** Wider bars have a gap between them. */
const NARROW = 5;

/**
 * The prices as bars from 0 up, or down if they are negative. An assumed price is striped.
 * @param prices in order of time, without gaps
 * @param unit such as "EUR/kWh"
 */
export function pricePanel(
	prices: readonly ChartPrice[],
	unit: string,
	height: number,
	{ x }: TimeScale,
): Panel {
	const [lowest, highest] = prices.reduce(
		([least, most], { price }) => [Math.min(least, price), Math.max(most, price)],
		[0, 0],
	);
	const axis = valueAxis(lowest * HEADROOM, highest * HEADROOM, MOST_STEPS);
	const y = (price: number) => Math.round((height * (axis.top - price)) / (axis.top - axis.bottom));
	const zero = y(0);
	return {
		unit,
		height,
		marks: axis.marks.map((mark) => ({ text: String(mark), y: y(mark) })),
		below: [
			...prices.flatMap(({ start, end, price, isChosen, isAssumed }): Shape[] => {
				const [left, next] = [Math.round(x(start)), Math.round(x(end))];
				if (next === left) return [];
				const right = next - left > NARROW ? next - 1 : next;
				const [top, bottom] = [Math.min(zero, y(price)), Math.max(zero, y(price))];
				const bar = rectangle(
					left,
					top,
					right - left,
					// A price of 0 is visible too.
					Math.max(2, bottom - top),
					priceColour(isChosen),
				);
				return isAssumed ? stripes(bar) : [bar];
			}),
			...(zero < height ? [rectangle(PLOT.left, zero, PLOT.right - PLOT.left, 1, SOFT_INK)] : []),
		],
		above: [],
		callouts: [],
		optional: [],
	};
}

export const priceColour = (isChosen: boolean): Colour => (isChosen ? CHOSEN : NOT_CHOSEN);
