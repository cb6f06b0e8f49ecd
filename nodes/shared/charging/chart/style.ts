import type { Colour, Label, Rectangle } from './drawing';

export const WIDTH = 1200;
export const MARGIN = 32;
/** Where the limits are drawn. */
export const PLOT = { left: 104, right: WIDTH - MARGIN, top: 150, bottom: 466 } as const;

/** Text sizes that stay legible where n8n shows the chart at a third of its size. */
export const TEXT = 24;
export const TITLE = 34;

/** The card is opaque, so that the chart looks the same on a light and on a dark page. */
export const CARD: Colour = 0xffffff;
export const FRAME: Colour = 0xd0d5dd;
export const INK: Colour = 0x1d2939;
export const SOFT_INK: Colour = 0x475467;
export const GRID: Colour = 0xe4e7ec;
export const DAY_LINE: Colour = 0xb3bac6;
export const NOW: Colour = 0xc01048;
export const NO_PROFILE: Colour = 0x98a2b3;
/** Distinct also for people with red-green blindness (after Okabe and Ito), and dark enough for a line on white. */
export const COLOURS: readonly Colour[] = [
	0x0072b2, 0xd55e00, 0x009e73, 0xb5549a, 0xb88600, 0x4aa3d8, 0x6b4fbb,
];

export const rectangle = (
	x: number,
	y: number,
	width: number,
	height: number,
	fill: Colour,
): Rectangle => ({ type: 'rectangle', x, y, width, height, fill });

/** A text that starts at `x` on the baseline `y`, unless its style says otherwise. */
export const label = (text: string, x: number, y: number, style: Partial<Label> = {}): Label => ({
	type: 'label',
	text,
	x: Math.round(x),
	y: Math.round(y),
	anchor: 'start',
	size: TEXT,
	bold: false,
	fill: SOFT_INK,
	...style,
});

/** A dashed line down from `top` to `bottom`. */
export function dashes(x: number, top: number, bottom: number, fill: Colour): Rectangle[] {
	const [dash, gap] = [8, 5];
	const count = Math.ceil((bottom - top) / (dash + gap));
	return Array.from({ length: count }, (_, index) => {
		const y = top + index * (dash + gap);
		return rectangle(x - 1, y, 2, Math.min(dash, bottom - y), fill);
	});
}
