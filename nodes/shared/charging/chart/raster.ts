import { mix, type Colour, type Drawing, type Label, type Line, type Rectangle } from './drawing';
import { BASELINE, LINE_HEIGHT } from './glyphs';
import { glyphOf, textWidth, type Point } from './typeface';

/** A picture with one byte per pixel, row by row: an index into its palette. */
export interface IndexedImage {
	width: number;
	height: number;
	pixels: Uint8Array;
	palette: Colour[];
}

/** The number of shades of ink: enough for smooth edges, and few enough for a small palette. */
const SHADES = 8;
/** Half the width of each pen, in the units of the glyphs. */
const PEN = { regular: 0.95, bold: 1.45 };
/** How much ink each pixel of a glyph or a line has, from 0 to SHADES. */
interface Ink {
	left: number;
	top: number;
	width: number;
	height: number;
	shades: Uint8Array;
}

/** Draws a picture into pixels. Pixels that no shape covers have the background, which is the first palette colour. */
export function rasterize(drawing: Drawing, background: Colour): IndexedImage {
	const { width, height, shapes } = drawing;
	const canvas = new Canvas(width, height, background);
	for (const shape of shapes) {
		if (shape.type === 'rectangle') canvas.fill(shape);
		else if (shape.type === 'line') canvas.draw(shape);
		else canvas.write(shape);
	}
	return { width, height, pixels: canvas.pixels, palette: canvas.palette };
}

class Canvas {
	readonly pixels: Uint8Array;
	readonly palette: Colour[];
	private readonly indices: Map<Colour, number>;
	private readonly blends = new Map<number, number>();

	constructor(
		private readonly width: number,
		private readonly height: number,
		background: Colour,
	) {
		this.pixels = new Uint8Array(width * height);
		this.palette = [background];
		this.indices = new Map([[background, 0]]);
	}

	/** Fills a rectangle, rounded to whole pixels, and at least one pixel wide and high. */
	fill({ x, y, width, height, fill }: Rectangle): void {
		const index = this.indexOf(fill);
		const from = Math.max(0, Math.round(x));
		const to = Math.min(this.width, Math.max(from + 1, Math.round(x + width)));
		const bottom = Math.min(this.height, Math.max(Math.round(y) + 1, Math.round(y + height)));
		for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
			const [start, end] = [row * this.width + from, row * this.width + to];
			// For narrow rectangles a loop is faster.
			if (end - start > 8) this.pixels.fill(index, start, end);
			else for (let at = start; at < end; at++) this.pixels[at] = index;
		}
	}

	write({ text, x, y, anchor, size, bold, fill }: Label): void {
		const index = this.indexOf(fill);
		const share = { start: 0, middle: 0.5, end: 1 }[anchor];
		let pen = x - textWidth(text, size) * share;
		for (const character of text) {
			this.stamp(inkOf(character, size, bold), Math.round(pen), Math.round(y), index);
			pen += (glyphOf(character).advance * size) / LINE_HEIGHT;
		}
	}

	draw({ x1, y1, x2, y2, width, fill }: Line): void {
		const left = Math.floor(Math.min(x1, x2) - width);
		const top = Math.floor(Math.min(y1, y2) - width);
		const ink = newInk(left, top, Math.abs(x2 - x1) + 2 * width, Math.abs(y2 - y1) + 2 * width);
		drawLine(ink, { x: x1 - left, y: y1 - top }, { x: x2 - left, y: y2 - top }, width / 2);
		this.stamp(ink, 0, 0, this.indexOf(fill));
	}

	private stamp(ink: Ink, x: number, y: number, index: number): void {
		const { width, height, shades } = ink;
		const [left, top] = [x + ink.left, y + ink.top];
		const end = Math.min(width, this.width - left);
		const bottom = Math.min(height, this.height - top);
		for (let row = Math.max(0, -top); row < bottom; row++) {
			const [from, to] = [row * width, (top + row) * this.width + left];
			for (let column = Math.max(0, -left); column < end; column++) {
				const shade = shades[from + column];
				if (shade === 0) continue;
				const at = to + column;
				this.pixels[at] = shade === SHADES ? index : this.blend(index, this.pixels[at], shade);
			}
		}
	}

	/** The colour of a shade of ink on a pixel of another colour; all colours are palette indices. */
	private blend(ink: number, under: number, shade: number): number {
		const key = (ink * 256 + under) * (SHADES + 1) + shade;
		const known = this.blends.get(key);
		if (known !== undefined) return known;
		const index = this.indexOf(mix(this.palette[ink], this.palette[under], shade / SHADES));
		this.blends.set(key, index);
		return index;
	}

	/** The palette index of a colour. A palette holds 256 colours; any further colour becomes the background. */
	private indexOf(colour: Colour): number {
		const known = this.indices.get(colour);
		if (known !== undefined) return known;
		if (this.palette.length === 256) return 0;
		this.indices.set(colour, this.palette.length);
		return this.palette.push(colour) - 1;
	}
}

/** The glyphs drawn so far. There are only a few, because charts use few characters in few sizes. */
const inks = new Map<string, Ink>();

function inkOf(character: string, size: number, bold: boolean): Ink {
	const key = `${character}${size}${bold}`;
	const ink =
		inks.get(key) ?? drawGlyph(character, size / LINE_HEIGHT, bold ? PEN.bold : PEN.regular);
	inks.set(key, ink);
	return ink;
}

/** Draws the strokes of a glyph with a round pen. @param scale pixels per unit */
function drawGlyph(character: string, scale: number, pen: number): Ink {
	const { strokes, advance } = glyphOf(character);
	const margin = Math.ceil(pen * scale + 0.5);
	// Only the rows that the glyph needs: few have accents and descenders.
	const rows = strokes.flat().map(({ y }) => (y - BASELINE) * scale);
	const top = Math.floor(Math.min(0, ...rows)) - margin;
	const height = Math.ceil(Math.max(0, ...rows)) + margin - top;
	const ink = newInk(-margin, top, Math.ceil(advance * scale) + 2 * margin, height);
	const toPixel = ({ x, y }: Point) => ({
		x: x * scale + margin,
		y: (y - BASELINE) * scale - top,
	});
	for (const stroke of strokes) {
		const points = stroke.map(toPixel);
		for (let index = 1; index < points.length; index++) {
			drawLine(ink, points[index - 1], points[index], pen * scale);
		}
	}
	return ink;
}

function newInk(left: number, top: number, across: number, down: number): Ink {
	const [width, height] = [Math.ceil(across) + 1, Math.ceil(down) + 1];
	return { left, top, width, height, shades: new Uint8Array(width * height) };
}

/** Draws a line with a round pen. @param pen half its width, in pixels */
function drawLine({ width, height, shades }: Ink, a: Point, b: Point, pen: number): void {
	const [outer, inner] = [pen + 0.5, Math.max(0, pen - 0.5)];
	const [dx, dy] = [b.x - a.x, b.y - a.y];
	const square = dx * dx + dy * dy;
	const left = Math.max(0, Math.floor(Math.min(a.x, b.x) - outer));
	const right = Math.min(width - 1, Math.ceil(Math.max(a.x, b.x) + outer));
	const bottom = Math.min(height - 1, Math.ceil(Math.max(a.y, b.y) + outer));
	for (let row = Math.max(0, Math.floor(Math.min(a.y, b.y) - outer)); row <= bottom; row++) {
		const y = row + 0.5 - a.y;
		for (let column = left; column <= right; column++) {
			const at = row * width + column;
			if (shades[at] === SHADES) continue;
			const x = column + 0.5 - a.x;
			// The closest point of the line, as a share of its length.
			const along = square === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / square));
			const away = (x - along * dx) ** 2 + (y - along * dy) ** 2;
			if (away >= outer * outer) continue;
			const cover = away <= inner * inner ? 1 : Math.min(1, outer - Math.sqrt(away));
			shades[at] = Math.max(shades[at], Math.round(cover * SHADES));
		}
	}
}
