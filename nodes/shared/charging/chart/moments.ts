import { DateTime } from 'luxon';

import { clockChanges } from '../base/clocks';
import { durationInWords } from '../base/words';
import type { Colour, Shape } from './drawing';
import { dashes, INK, NOW, rectangle, SOFT_INK } from './style';

/** A moment that a line across the panels marks (epoch milliseconds). */
export interface Moment {
	at: number;
	text: string;
	fill: Colour;
	isDashed: boolean;
}

/** The moments in a window [start, end): the present, changes of the clocks, and a departure, which may be at its end. */
export function momentsOf(
	{ start, end, zone }: { start: number; end: number; zone: string },
	now: number,
	departure?: number,
): Moment[] {
	const time = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
	const moments: Moment[] = clockChanges(zone, start / 1000, end / 1000)
		.map(({ at, before, after }) => ({ at: at * 1000, by: after - before }))
		.filter(({ at }) => at < end)
		.map(({ at, by }) => ({
			at,
			text: `clocks ${by > 0 ? '+' : '–'}${durationInWords(Math.abs(by))}`,
			fill: SOFT_INK,
			isDashed: true,
		}));
	if (departure !== undefined && departure >= start && departure <= end) {
		const text = `departure ${time(departure)}`;
		moments.push({ at: departure, text, fill: INK, isDashed: false });
	}
	if (now >= start && now < end) {
		moments.push({ at: now, text: `now ${time(now)}`, fill: NOW, isDashed: false });
	}
	return moments;
}

/** The line of a moment at `x`, across a panel. */
export const momentLine = ({ fill, isDashed }: Moment, x: number, height: number): Shape[] =>
	isDashed
		? dashes(Math.round(x), 0, height, fill)
		: [rectangle(Math.round(x) - 1, 0, 3, height, fill)];
