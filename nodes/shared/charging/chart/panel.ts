import type { Callout } from './callouts';
import type { Shape } from './drawing';

/** What a panel needs to know of the time axis; all in pixels. */
export interface TimeScale {
	/** The position of a moment (epoch milliseconds). */
	x(at: number): number;
	/** The lines of moments, which no text may touch. */
	lines: readonly number[];
	/** The lines where days begin, which texts avoid if they can. */
	days: readonly number[];
}

/** Values over time, with an axis of their own. In its own coordinates: `y` is 0 at the top, and negative above. */
export interface Panel {
	unit: string;
	height: number;
	/** The marks of the axis. */
	marks: Array<{ text: string; y: number }>;
	/** What is drawn below the lines of moments, and above them. */
	below: Shape[];
	above: Shape[];
	callouts: Callout[];
	/** Callouts that are left out if there is no room for all of them. */
	optional: Callout[];
}
