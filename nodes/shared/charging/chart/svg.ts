import type { Colour, Drawing, Label, Line, Rectangle, Shape } from './drawing';
import { BASELINE, LINE_HEIGHT } from './glyphs';

const hex = (colour: Colour) => `#${colour.toString(16).padStart(6, '0')}`;

const escaped = (text: string) =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The height of capitals in common typefaces, as a fraction of the font size. */
const CAPITALS = 0.716;
const FONT = 'Inter,Arial,Helvetica,sans-serif';

function labelTag({ text, x, y, anchor, size, bold, fill }: Label): string {
	const fontSize = Math.round((size * BASELINE) / LINE_HEIGHT / CAPITALS);
	const weight = bold ? ' font-weight="600"' : '';
	return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${fontSize}"${weight} fill="${hex(fill)}">${escaped(text)}</text>`;
}

const lineTag = ({ x1, y1, x2, y2, width, fill }: Line): string =>
	`<path stroke="${hex(fill)}" stroke-width="${width}" stroke-linecap="round" d="M${x1} ${y1}L${x2} ${y2}"/>`;

/** Writes rectangles of one colour as one path, which is much shorter than one tag per rectangle. */
function pathTag(rectangles: Rectangle[]): string {
	const outlines = rectangles.map(
		({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`,
	);
	return `<path fill="${hex(rectangles[0].fill)}" d="${outlines.join('')}"/>`;
}

/** Writes a picture as SVG. */
export function toSvg({ width, height, shapes }: Drawing): string {
	const tags: string[] = [];
	let together: Rectangle[] = [];
	const flush = () => {
		if (together.length > 0) tags.push(pathTag(together));
		together = [];
	};
	const add = (shape: Shape) => {
		if (shape.type !== 'rectangle' || together[0]?.fill !== shape.fill) flush();
		if (shape.type === 'label') tags.push(labelTag(shape));
		else if (shape.type === 'line') tags.push(lineTag(shape));
		else together.push(shape);
	};
	shapes.forEach(add);
	flush();
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
		...tags,
		'</svg>',
		'',
	].join('\n');
}
