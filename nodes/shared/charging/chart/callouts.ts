import type { Colour, Label, Shape } from './drawing';
import { INK, label, LEADER, leader, PLOT, TEXT } from './style';
import { textWidth } from './typeface';

/** A text above a panel, with a line down to what it is about. */
export interface Callout {
	text: string;
	/** The point it is about, in the panel’s coordinates. */
	x: number;
	y: number;
	/** The colour of the text and of its line; without one, the text is in ink, and the line is soft. */
	fill?: Colour;
}

/** Callouts in rows above a panel. */
export interface CalloutRows {
	/** How much room they need above the panel, in pixels. */
	height: number;
	/** In the panel’s coordinates: above the panel, `y` is negative. */
	shapes: Shape[];
}

const ROW = 32;
/** The distance between texts in a row, and between a text and the line of a text in the row above. */
const APART = 14;
const ASIDE = 7;
/** The height in which lines fan out to their texts. */
const FAN = 18;
const MOST_ROWS = 2;

/** Where a callout’s middle is, and in which row; row 0 is the lowest. */
interface Place extends Callout {
	middle: number;
	half: number;
	row: number;
}

/**
 * Places callouts in as few rows as possible, so that no text touches another, and no line crosses a text or a line.
 * @param left where the rows begin
 * @param above how far the panel’s own texts reach above it, in pixels: there, lines run straight down
 * @returns undefined if there are too many
 */
export function calloutRows(
	callouts: readonly Callout[],
	left: number,
	above: number,
): CalloutRows | undefined {
	const sorted = [...callouts].sort((a, b) => a.x - b.x);
	for (let rows = 1; rows <= MOST_ROWS; rows++) {
		const places = placed(sorted, rows, left);
		if (places) return draw(places, above);
	}
	return undefined;
}

/** How far apart the middles of two callouts must be. */
function distance(a: Place, b: Place): number {
	if (a.row === b.row) return a.half + b.half + APART;
	// The line of the upper text passes the lower text.
	return (a.row < b.row ? a.half : b.half) + ASIDE;
}

/**
 * Places callouts as close as possible to their points, in order. Moving all that are too close to the right, or all to
 * the left, gives two solutions; their mean is a solution too, and favours neither side.
 */
function placed(sorted: readonly Callout[], rows: number, left: number): Place[] | undefined {
	const places = sorted.map(
		(callout, index): Place => ({
			...callout,
			middle: callout.x,
			half: textWidth(callout.text, TEXT) / 2,
			row: index % rows,
		}),
	);
	const mirrored = places.map((place): Place => ({ ...place, middle: -place.middle })).reverse();
	const [right, first] = [PLOT.right, left];
	const toRight = apart(places, first, right);
	const toLeft = apart(mirrored, -right, -first)?.reverse();
	if (!toRight || !toLeft) return undefined;
	return places.map((place, index) => ({
		...place,
		middle: (toRight[index].middle - toLeft[index].middle) / 2,
	}));
}

/** Moves callouts to the right until they are far enough apart, and back where they pass the end. */
function apart(places: readonly Place[], first: number, last: number): Place[] | undefined {
	const moved = places.map((place) => ({ ...place }));
	moved.forEach((place, index) => {
		const before = moved.slice(Math.max(0, index - MOST_ROWS), index);
		place.middle = Math.max(
			place.middle,
			first + place.half,
			...before.map((other) => other.middle + distance(other, place)),
		);
	});
	for (let index = moved.length - 1; index >= 0; index--) {
		const place = moved[index];
		const after = moved.slice(index + 1, index + 1 + MOST_ROWS);
		place.middle = Math.min(
			place.middle,
			last - place.half,
			...after.map((other) => other.middle - distance(place, other)),
		);
	}
	return moved.every(({ middle, half }) => middle - half >= first - 1e-6) ? moved : undefined;
}

function draw(places: readonly Place[], above: number): CalloutRows {
	if (places.length === 0) return { height: 0, shapes: [] };
	const rows = Math.max(...places.map(({ row }) => row)) + 1;
	const ports = places.map((place) => ({ place, port: portOf(place) }));
	const shapes = ports.flatMap(({ place, port }): Shape[] => {
		const { text, middle, row, x, y, fill } = place;
		const baseline = -above - FAN - 6 - row * ROW;
		const line = fill ?? LEADER;
		const style: Partial<Label> = { anchor: 'middle', bold: true, fill: fill ?? INK };
		return [
			leader(port, baseline + 6, port, -above - FAN, line),
			leader(port, -above - FAN, x, -above, line),
			...(y > -above ? [leader(x, -above, x, y, line)] : []),
			label(text, middle, baseline, style),
		];
	});
	return { height: above + FAN + 6 + rows * ROW, shapes };
}

/** Where a callout’s line reaches its text: straight above its point if possible. */
function portOf({ x, middle, half, row }: Place): number {
	// In an upper row, the line must pass between the texts below.
	if (row > 0) return middle;
	return Math.min(Math.max(x, middle - half + 4), middle + half - 4);
}
