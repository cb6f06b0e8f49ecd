import type { Label } from './drawing';
import { ACCENTS, BASELINE, GLYPHS, LINE_HEIGHT, UNKNOWN } from './glyphs';

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
/** Where accents are centred, and where small letters begin. */
const ACCENT_CENTRE = 4;
const SMALL_LETTER = 4;
/** Where the descenders of g and y end. */
const DESCENDER = 18;

const glyphs = new Map<string, Glyph>([[' ', SPACE]]);

/** The glyph of a character: a letter may have accents; a crossed box if the typeface has no such glyph. */
export function glyphOf(character: string): Glyph {
	const known = glyphs.get(character);
	if (known) return known;
	const strokes = strokesOf(character) ?? accented(character) ?? drawn(UNKNOWN);
	const glyph = { strokes, advance: widthOf(strokes) + GAP };
	glyphs.set(character, glyph);
	return glyph;
}

const strokesOf = (character: string): Point[][] | undefined =>
	Object.hasOwn(GLYPHS, character) ? drawn(GLYPHS[character]) : undefined;

const drawn = (glyph: string): Point[][] => glyph.split(' ').map(strokeOf);

const widthOf = (strokes: Point[][]): number => Math.max(...strokes.flat().map(({ x }) => x));

/** A letter and its accents; undefined if the typeface lacks one of them. */
function accented(character: string): Point[][] | undefined {
	const [letter, ...accents] = character.normalize('NFD');
	// An accent takes the place of the dot.
	const base = strokesOf(letter === 'i' ? 'ı' : letter);
	if (base === undefined || accents.some((accent) => !Object.hasOwn(ACCENTS, accent))) {
		return undefined;
	}
	const across = widthOf(base) / 2 - ACCENT_CENTRE;
	const isTall = base.flat().some(({ y }) => y < SMALL_LETTER);
	const raised = isTall ? 4.4 : 0.8;
	const marks = accents
		.flatMap((accent) => drawn(ACCENTS[accent]))
		.map((stroke) =>
			stroke.map(({ x, y }) => ({ x: x + across, y: y < SMALL_LETTER ? y - raised : y })),
		);
	// Wider than a narrow letter such as i, an accent begins where the letter would.
	const left = Math.min(0, ...marks.flat().map(({ x }) => x));
	return [...base, ...marks].map((stroke) => stroke.map(({ x, y }) => ({ x: x - left, y })));
}

/** How wide a text is, in pixels. @param size the height of a line of text, in pixels */
export function textWidth(text: string, size: number): number {
	const units = [...text].reduce((sum, character) => sum + glyphOf(character).advance, 0);
	return text === '' ? 0 : ((units - GAP) * size) / LINE_HEIGHT;
}

/** A text that is at most so wide: shortened if necessary. */
export function fitted(text: string, width: number, size: number): string {
	let characters = [...text];
	while (characters.length > 0 && textWidth(characters.join(''), size) > width) {
		characters = [...characters.slice(0, -2), '…'];
		if (characters.length === 1) break;
	}
	return characters.join('');
}

/** The rectangle around a text, from the top of capitals to the end of descenders. */
export function boxOf({ text, x, y, anchor, size }: Label): Box {
	const width = textWidth(text, size);
	const left = x - width * { start: 0, middle: 0.5, end: 1 }[anchor];
	return {
		left,
		right: left + width,
		top: y - (BASELINE * size) / LINE_HEIGHT,
		bottom: y + ((DESCENDER - BASELINE) * size) / LINE_HEIGHT,
	};
}

export interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
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
