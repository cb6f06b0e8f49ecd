import type { Colour, Shape } from './drawing';
import { COLOURS, INK, label, MARGIN, NO_PROFILE, PLOT, rectangle, TEXT, WIDTH } from './style';
import { textWidth } from './typeface';

const ROW = 40;
const SWATCH = 24;
const GAP = 36;

/** A legend: one colour per name. If there are more names than colours, the remaining names share the last colour. */
export interface Legend {
	colourOf(setBy: string | undefined): Colour;
	/** The legend’s height in pixels. */
	height: number;
	draw(top: number): Shape[];
}

/**
 * A legend of who set the limits, in order of first appearance.
 * @param setBy who set each period; undefined where no profile did
 * @param noProfile the name for periods that no profile set
 */
export function legendOf(setBy: ReadonlyArray<string | undefined>, noProfile: string): Legend {
	const names = [...new Set(setBy.filter((name) => name !== undefined))];
	const colours = new Map(
		names.map((name, index) => [name, COLOURS[Math.min(index, COLOURS.length - 1)]]),
	);
	const entries = names.slice(0, COLOURS.length).map((name, index) => ({
		text: index === COLOURS.length - 1 && names.length > COLOURS.length ? 'Others' : name,
		colour: COLOURS[index],
	}));
	if (setBy.includes(undefined)) entries.push({ text: noProfile, colour: NO_PROFILE });
	const placed = place(entries);
	return {
		colourOf: (name) => (name === undefined ? NO_PROFILE : (colours.get(name) ?? NO_PROFILE)),
		height: (Math.max(0, ...placed.map(({ row }) => row)) + 1) * ROW,
		draw: (top) =>
			placed.flatMap(({ text, colour, x, row }) => [
				rectangle(x, top + row * ROW, SWATCH, SWATCH, colour),
				label(text, x + SWATCH + 12, top + row * ROW + SWATCH - 3, { fill: INK }),
			]),
	};
}

/** Places the entries side by side, in as many rows as they need. */
function place<T extends { text: string }>(entries: readonly T[]) {
	const longest = WIDTH - PLOT.left - MARGIN - SWATCH - 12;
	let [x, row] = [PLOT.left, 0];
	return entries.map((entry) => {
		const text = shortened(entry.text, longest);
		const width = SWATCH + 12 + textWidth(text, TEXT);
		if (x > PLOT.left && x + width > WIDTH - MARGIN) [x, row] = [PLOT.left, row + 1];
		const placed = { ...entry, text, x, row };
		x += Math.round(width) + GAP;
		return placed;
	});
}

function shortened(text: string, longest: number): string {
	let short = text;
	while (textWidth(short, TEXT) > longest) short = `${short.slice(0, -2).trimEnd()}…`;
	return short;
}
