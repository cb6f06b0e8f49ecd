import { GLYPHS, LINE_HEIGHT, UNKNOWN } from './glyphs';

/** A point in the units of the glyphs. */
export interface Point {
	x: number;
	y: number;
}

/** A character, ready to be drawn with a pen. */
export interface Glyph {
	/** Each stroke is a line through its points. */
	strokes: Point[][];
	/** The distance from the start of this glyph to the start of the next. */
	advance: number;
}

const GAP = 3.6;
const SPACE: Glyph = { strokes: [], advance: 6.5 };
const LINES_PER_CURVE = 6;

const glyphs = new Map<string, Glyph>([[' ', SPACE]]);

/** The glyph of a character; a box if the typeface has none. */
export function glyphOf(character: string): Glyph {
	const known = glyphs.get(character);
	if (known) return known;
	const strokes = (GLYPHS[character] ?? UNKNOWN).split(' ').map(strokeOf);
	const width = Math.max(...strokes.flat().map(({ x }) => x));
	const glyph = { strokes, advance: width + GAP };
	glyphs.set(character, glyph);
	return glyph;
}

/** How wide a text is, in pixels. @param size the height of a line of text, in pixels */
export function textWidth(text: string, size: number): number {
	const units = [...text].reduce((sum, character) => sum + glyphOf(character).advance, 0);
	return text === '' ? 0 : ((units - GAP) * size) / LINE_HEIGHT;
}

function strokeOf(stroke: string): Point[] {
	if (stroke.startsWith('~')) return smooth(pointsOf(stroke.slice(1)));
	if (stroke.startsWith('@')) return smoothClosed(pointsOf(stroke.slice(1)));
	return pointsOf(stroke);
}

const pointsOf = (digits: string): Point[] =>
	(digits.match(/../g) ?? []).map(([x, y]) => ({ x: parseInt(x, 36), y: parseInt(y, 36) }));

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A smooth line of curves: each joins the middles of two neighbouring lines, pulled towards the point between. */
function smooth(points: Point[]): Point[] {
	const drawn = [points[0]];
	for (let index = 1; index < points.length - 1; index++) {
		const isLast = index === points.length - 2;
		const end = isLast ? points[index + 1] : middle(points[index], points[index + 1]);
		drawn.push(...curve(drawn[drawn.length - 1], points[index], end));
	}
	return drawn;
}

function smoothClosed(points: Point[]): Point[] {
	const start = middle(points[points.length - 1], points[0]);
	return smooth([start, ...points, start]);
}

/** A quadratic Bézier curve as short lines, without its first point. */
function curve(from: Point, control: Point, to: Point): Point[] {
	return Array.from({ length: LINES_PER_CURVE }, (_, index) => {
		const t = (index + 1) / LINES_PER_CURVE;
		const at = (a: number, b: number, c: number) =>
			(1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
		return { x: at(from.x, control.x, to.x), y: at(from.y, control.y, to.y) };
	});
}
