import type { Shape } from './drawing';
import { INK, label, MARGIN, PLOT, TEXT, WIDTH } from './style';
import { fitted, textWidth } from './typeface';

/** A sample of what the drawing shows, its name, and details such as IDs. */
export interface LegendEntry {
	name: string;
	detail?: string;
	/** Draws the sample, with its top left corner at a point. */
	sample(x: number, y: number): Shape[];
}

/** The width and the height of a sample. */
export const SAMPLE = { width: 28, height: 22 } as const;

const ROW = 38;
const GAP = 40;
const INDENT = SAMPLE.width + 12;
const SPACE = 12;

/** A legend: the entries side by side, in as many rows as they need. */
export function drawLegend(
	entries: readonly LegendEntry[],
	top: number,
): { height: number; shapes: Shape[] } {
	const longest = WIDTH - PLOT.left - MARGIN - INDENT;
	let [x, row] = [PLOT.left, 0];
	const shapes = entries.flatMap(({ name, detail, sample }) => {
		const text = fitted(name, longest, TEXT);
		const at = textWidth(text, TEXT) + SPACE;
		const more = detail === undefined ? '' : fitted(detail, Math.max(0, longest - at), TEXT);
		const width = INDENT + (more === '' ? at - SPACE : at + textWidth(more, TEXT));
		if (x > PLOT.left && x + width > WIDTH - MARGIN) [x, row] = [PLOT.left, row + 1];
		const [left, y] = [x, top + row * ROW];
		x += Math.ceil(width) + GAP;
		return [
			...sample(left, y),
			label(text, left + INDENT, y + SAMPLE.height - 2, { fill: INK }),
			...(more === '' ? [] : [label(more, left + INDENT + at, y + SAMPLE.height - 2)]),
		];
	});
	return { height: entries.length === 0 ? 0 : row * ROW + SAMPLE.height, shapes };
}
