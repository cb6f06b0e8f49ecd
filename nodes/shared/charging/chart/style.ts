import type { ChargingProfilePurpose } from '../profile/profile';
import type { Colour, Label, Line, Rectangle } from './drawing';

export const WIDTH = 1200;
export const MARGIN = 32;
/** From where to where the time axis reaches. */
export const PLOT = { left: 104, right: WIDTH - MARGIN } as const;
/** How far a text on the line of the axis’s top is from the axis. */
export const AXIS_GAP = 14;

/** Text sizes that stay legible where n8n shows the chart at a third of its size. */
export const TEXT = 24;
export const TITLE = 34;

/** The card is opaque, so that the chart looks the same on a light and on a dark page. */
export const CARD: Colour = 0xffffff;
export const FRAME: Colour = 0xd0d5dd;
export const INK: Colour = 0x1d2939;
export const SOFT_INK: Colour = 0x475467;
export const LEADER: Colour = 0x7b8798;
export const GRID: Colour = 0xe4e7ec;
export const DAY_LINE: Colour = 0xb3bac6;
export const NOW: Colour = 0xc01048;
/** Hours that a plan chose, and other hours. */
export const CHOSEN: Colour = 0x009e73;
export const NOT_CHOSEN: Colour = 0x98a2b3;

/** What sets a limit: profiles of one purpose, profiles of several purposes together, or none. */
export type LimitSource = ChargingProfilePurpose | 'several' | 'none';

/**
 * Each purpose has its colour in every chart. The colours are distinct also for people with red-green blindness (after
 * Okabe and Ito), and dark enough for a line on white. In the order of the legend.
 */
export const COLOURS: Readonly<Record<LimitSource, Colour>> = {
	ChargingStationExternalConstraints: 0xe86a04,
	ChargingStationMaxProfile: 0x963567,
	TxDefaultProfile: 0x0072b2,
	TxProfile: 0x6f4b05,
	several: 0x2b1f66,
	none: 0x98a2b3,
};

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
	// Characters that are not visible, such as control characters, are shown as unknown: XML forbids some of them.
	text: text.normalize('NFC').replace(/\p{C}/gu, '\ufffd'),
	x: Math.round(x),
	y: Math.round(y),
	anchor: 'start',
	size: TEXT,
	bold: false,
	fill: SOFT_INK,
	...style,
});

/** A thin line from a text to what it is about. */
export const leader = (
	x1: number,
	y1: number,
	x2: number,
	y2: number,
	fill: Colour = LEADER,
): Line => ({ type: 'line', x1, y1, x2, y2, width: 2, fill });

const [DASH, GAP] = [8, 5];

/** How many dashes there are on a line, and where each begins. */
const dashesIn = (from: number, to: number): number[] =>
	Array.from(
		{ length: Math.max(0, Math.ceil((to - from) / (DASH + GAP))) },
		(_, index) => from + index * (DASH + GAP),
	);

/** A dashed line down from `top` to `bottom`. */
export const dashes = (x: number, top: number, bottom: number, fill: Colour): Rectangle[] =>
	dashesIn(top, bottom).map((y) => rectangle(x - 1, y, 2, Math.min(DASH, bottom - y), fill));

/** A dashed line from `left` to `right`. */
export const dashesAcross = (left: number, right: number, y: number, fill: Colour): Rectangle[] =>
	dashesIn(left, right).map((x) => rectangle(x, y - 1, Math.min(DASH, right - x), 3, fill));

/** Stripes: the fill of what is only assumed. */
export const stripes = ({ x, y, width, height, fill }: Rectangle): Rectangle[] =>
	Array.from({ length: Math.ceil(height / 6) }, (_, index) =>
		rectangle(x, y + index * 6, width, Math.min(3, height - index * 6), fill),
	);
