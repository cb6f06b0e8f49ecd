import type { Callout } from './callouts';
import type { Label, Shape } from './drawing';
import type { TimeScale } from './panel';
import { INK, label, leader, PLOT, SOFT_INK, TEXT } from './style';
import { boxOf, textWidth, type Box } from './typeface';

/** A limit from `left` to `right`, in a panel’s pixels; neighbouring steps differ in their text. */
export interface Step {
	left: number;
	right: number;
	y: number;
	/** The limit in words. */
	text: string;
	/** Without a limit the text is below the line, and only if there is room. */
	isOpen: boolean;
}

/** A step of this width always has its value: an hour of a day. */
export const WIDE = 44;

/** With more narrow steps than this, only wide ones have values. */
const MOST_NARROW = 60;
/** If there are more stretches without a limit, only the widest one has a text. */
const MOST_OPEN = 3;
const GAP = 9;
const BESIDE = 4;
const CLEAR = 6;
const CAPITALS = 18;

/** The values of steps. */
export interface PlacedValues {
	shapes: Shape[];
	/** The values that need a place above the panel: of wide steps, and of others. */
	callouts: Callout[];
	optional: Callout[];
}

/**
 * Places the value of each step: on the step; if it is too narrow, close above it, over its neighbours; or else above
 * the panel. No text touches another text or a line.
 */
export function placeValues(
	steps: readonly Step[],
	{ lines, days }: Pick<TimeScale, 'lines' | 'days'>,
): PlacedValues {
	const open = steps.filter(({ isOpen }) => isOpen);
	const named = open.length > MOST_OPEN ? [widestOf(open)] : open;
	const onSteps = steps.map((step) =>
		step.isOpen && !named.includes(step)
			? undefined
			: (onStep(step, [...lines, ...days]) ?? onStep(step, lines)),
	);
	const texts = onSteps.filter((text) => text !== undefined);
	const boxes = texts.map(boxOf);
	const without = steps.filter(({ isOpen }, index) => !isOpen && onSteps[index] === undefined);
	const narrow = without
		.filter((step) => without.length <= MOST_NARROW || isWide(step))
		.map((step) => ({ step, x: middleOf(widest(step, lines)) }));
	const shapes: Shape[] = [...texts];
	const rest = narrow.filter((one) => {
		const near = nearStep(one, { steps, lines, boxes, anchors: narrow.map(({ x }) => x) });
		if (near === undefined) return true;
		boxes.push(boxOf(near.text));
		shapes.push(...near.line, near.text);
		return false;
	});
	const calloutsOf = (some: typeof rest) =>
		some.map(({ step, x }) => ({ text: step.text, x, y: step.y - 3 }));
	return {
		shapes,
		callouts: calloutsOf(rest.filter(({ step }) => isWide(step))),
		optional: calloutsOf(rest.filter(({ step }) => !isWide(step))),
	};
}

const isWide = ({ left, right }: Step) => right - left >= WIDE;

interface Stretch {
	left: number;
	right: number;
}

const middleOf = ({ left, right }: Stretch) => (left + right) / 2;

/** The widest part of a stretch that no line crosses. */
function widest({ left, right }: Stretch, lines: readonly number[]): Stretch {
	const within = lines.filter((x) => x > left - CLEAR && x < right + CLEAR).sort((a, b) => a - b);
	const parts = [...within, undefined].map((x, index): Stretch => {
		const before = within[index - 1];
		return {
			left: before === undefined ? left : Math.max(left, before + CLEAR),
			right: x === undefined ? right : Math.min(right, x - CLEAR),
		};
	});
	return widestOf(parts);
}

const widestOf = <T extends Stretch>(stretches: readonly T[]): T =>
	stretches.reduce((best, one) => (one.right - one.left > best.right - best.left ? one : best));

const valueLabel = (text: string, x: number, y: number, isOpen = false): Label =>
	label(text, x, y, { anchor: 'middle', bold: !isOpen, fill: isOpen ? SOFT_INK : INK });

/** The value in the middle of its step, or in the middle of the widest part that no line crosses. */
function onStep(step: Step, lines: readonly number[]): Label | undefined {
	const { left, right, y, text, isOpen } = step;
	const room = textWidth(text, TEXT) + 2 * BESIDE;
	const baseline = isOpen ? y + GAP + CAPITALS : y - GAP;
	const middle = middleOf(step);
	const isFree = lines.every((x) => Math.abs(x - middle) > room / 2 + 2);
	if (isFree && room <= right - left) return valueLabel(text, middle, baseline, isOpen);
	const part = widest(step, lines);
	if (room > part.right - part.left) return undefined;
	return valueLabel(text, middleOf(part), baseline, isOpen);
}

interface Surroundings {
	steps: readonly Step[];
	lines: readonly number[];
	boxes: readonly Box[];
	/** Where the values of narrow steps have their lines. */
	anchors: readonly number[];
}

/** The value close above its step: centred, or else beside it; with a line if its neighbours are higher. */
function nearStep({ step, x }: { step: Step; x: number }, around: Surroundings) {
	const width = textWidth(step.text, TEXT);
	for (const middle of [x, x + width / 2 - BESIDE, x - width / 2 + BESIDE]) {
		const span = { left: middle - width / 2 - BESIDE - 1, right: middle + width / 2 + BESIDE + 1 };
		const isIn = (at: number) => at > span.left - 2 && at < span.right + 2;
		if (span.left < PLOT.left || span.right > PLOT.right || around.lines.some(isIn)) continue;
		if (around.anchors.some((at) => at !== x && isIn(at))) continue;
		const under = around.steps.filter(
			({ left, right, isOpen }) => !isOpen && left < span.right && right > span.left,
		);
		const baseline = Math.min(...under.map(({ y }) => y)) - GAP;
		const text = valueLabel(step.text, middle, baseline);
		const box = boxOf(text);
		const isTaken = around.boxes.some(
			(other) =>
				other.left - BESIDE < box.right &&
				other.right + BESIDE > box.left &&
				other.top - BESIDE < box.bottom &&
				other.bottom + BESIDE > box.top,
		);
		if (isTaken || box.top < 0) continue;
		const line = step.y - baseline > GAP ? [leader(x, baseline + 6, x, step.y - 3)] : [];
		return { text, line };
	}
	return undefined;
}
