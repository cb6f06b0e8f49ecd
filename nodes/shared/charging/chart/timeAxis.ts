import { DateTime } from 'luxon';

import type { Label, Shape } from './drawing';
import type { TimeScale } from './panel';
import { label, rectangle, SOFT_INK, TEXT, WIDTH } from './style';
import { boxOf, textWidth } from './typeface';

/** A labelled moment on the axis. */
export interface TimeMark {
	/** Epoch milliseconds. */
	at: number;
	/** "06:00", or "Thu 15 Jan" or "Jan 2026" where the marks are days or months apart. */
	text: string;
	/** "Thu 15 Jan", in addition to a time: on the first mark, and where a day begins. */
	day?: string;
	/** Whether a day begins here. */
	startsDay: boolean;
	/** Where a text is the name of a whole day: the end of the day, or of the window (epoch milliseconds). */
	until?: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** All UTC offsets in use are multiples of a quarter of an hour. */
const QUARTER = 15 * MINUTE;

/** The possible distances between marks, and how many marks fit. */
const MINUTES = { steps: [1, 2, 5, 10, 15, 30, 60, 120, 180, 360], most: 12.6 };
const DAYS = { steps: [1, 2, 7, 14], most: 8.1 };

const ENGLISH = { locale: 'en' };
const dayOf = (moment: DateTime) => moment.toFormat('ccc d LLL', ENGLISH);

/**
 * The marks of a window [start, end), at round local times: an hour that a clock change skips has no mark, and one that
 * it repeats has two.
 * @param start epoch milliseconds
 * @param zone an IANA time zone
 */
export function timeMarks(start: number, end: number, zone: string): TimeMark[] {
	const length = end - start;
	const minutes = MINUTES.steps.find((step) => length / (step * MINUTE) <= MINUTES.most);
	if (minutes !== undefined) return marksWithinDays(start, end, zone, minutes);
	const days = DAYS.steps.find((step) => length / (step * DAY) <= DAYS.most);
	const first = DateTime.fromMillis(start, { zone }).startOf(days === undefined ? 'month' : 'day');
	const marks: TimeMark[] = [];
	for (let count = 0; ; count++) {
		const moment = first.plus(days === undefined ? { months: count } : { days: count * days });
		const at = moment.toMillis();
		if (at >= end) return marks;
		const text = days === undefined ? moment.toFormat('LLL', ENGLISH) : dayOf(moment);
		const until = days === 1 ? Math.min(end, moment.plus({ days: 1 }).toMillis()) : at;
		if (at >= start) marks.push({ at, text, startsDay: true, ...(until > at && { until }) });
	}
}

function marksWithinDays(start: number, end: number, zone: string, minutes: number): TimeMark[] {
	const step = Math.min(QUARTER, minutes * MINUTE);
	const marks: TimeMark[] = [];
	for (let at = Math.ceil(start / step) * step; at < end; at += step) {
		const local = DateTime.fromMillis(at, { zone });
		const minuteOfDay = local.hour * 60 + local.minute;
		if (minuteOfDay % minutes !== 0) continue;
		const startsDay = minuteOfDay === 0;
		marks.push({
			at,
			text: local.toFormat('HH:mm'),
			...((startsDay || marks.length === 0) && { day: dayOf(local) }),
			startsDay,
		});
	}
	return marks;
}

/** Draws the axis below a panel: with `y` 0 at the panel’s bottom. */
export function drawTimeAxis(
	marks: readonly TimeMark[],
	{ x }: TimeScale,
): { height: number; shapes: Shape[] } {
	const days = marks.flatMap(({ at, day }) => (day === undefined ? [] : [{ at, text: day }]));
	// Where the first two days do not both fit, only the second is shown.
	const [first, second] = days.map(({ at, text }) => ({ at: x(at), width: textWidth(text, TEXT) }));
	if (second && second.at - first.at < second.width + 12) days.shift();
	const texts = marks.map(({ at, text, until = at }) =>
		below(text, (x(at) + x(until)) / 2, TICK_TEXT),
	);
	return {
		height: days.length > 0 ? DAY_TEXT : TICK_TEXT,
		shapes: [
			...marks.map(({ at }) => rectangle(Math.round(x(at)) - 1, 0, 2, 8, SOFT_INK)),
			...apart(texts),
			...days.map(({ at, text }) => below(text, x(at), DAY_TEXT, true)),
		],
	};
}

const TICK_TEXT = 34;
const DAY_TEXT = 66;

/** A text centred at `x`, moved if it would leave the card. */
function below(text: string, x: number, y: number, bold = false): Label {
	const half = textWidth(text, TEXT) / 2;
	const middle = Math.max(12 + half, Math.min(x, WIDTH - 12 - half));
	return label(text, middle, y, { anchor: 'middle', bold });
}

/** Leaves out each text that would overlap the previous one. */
function apart(labels: readonly Label[]): Label[] {
	let right = -Infinity;
	return labels.filter((text) => {
		const box = boxOf(text);
		if (box.left < right + 10) return false;
		right = box.right;
		return true;
	});
}
