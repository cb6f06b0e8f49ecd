import { DateTime } from 'luxon';

import { clockChanges, DAY } from '../base/clocks';
import { localMoments, resolveTime } from '../base/resolveTime';
import type { StartTime } from './startTimes';

const TIME_OF_DAY = /^(?:([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?|(24):00(?::00)?)$/;

/** A departure, with a warning if a clock change skips or repeats it. */
export type Departure = { seconds: number; warning?: string } | { problem: string; fix: string };

/**
 * When a car leaves: a date and time as `resolveTime` reads it, or a time of day, which means its next occurrence. A time
 * of day that a clock change skips is the moment of the change, and one that it repeats is the first of both: so the car
 * is ready in any case.
 * @param after epoch seconds; a time of day means its next occurrence after this moment
 * @param zone the IANA time zone of times without an offset
 */
export function departureTime(value: unknown, after: number, zone: string): Departure {
	const match = typeof value === 'string' ? TIME_OF_DAY.exec(value.trim()) : null;
	if (!match) return inSeconds(resolveTime(value, zone));
	const clock =
		match[4] === undefined
			? `${match[1].padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}`
			: '00:00:00';
	const today = DateTime.fromSeconds(after, { zone });
	const first = onDay(today, clock, zone);
	return first.seconds <= after ? onDay(today.plus({ days: 1 }), clock, zone) : first;
}

function onDay(day: DateTime, clock: string, zone: string): { seconds: number; warning?: string } {
	const text = `${day.toISODate()}T${clock}`;
	const [first, second] = localMoments(text, zone) ?? [];
	if (first === undefined) {
		// luxon moves a time that does not exist forwards, past the change.
		const shifted = DateTime.fromISO(text, { zone }).toSeconds();
		const change = clockChanges(zone, shifted - DAY, shifted).at(-1)?.at ?? shifted;
		return {
			seconds: change,
			warning: `The clocks are set forward past the departure ${text}: the change itself counts, at ${written(change, zone)}.`,
		};
	}
	if (second === undefined) return { seconds: first };
	return {
		seconds: first,
		warning: `The departure ${text} comes twice, because the clocks are set back over it: the first counts, at ${written(first, zone)}. If the second is meant, enter it with its offset: ${written(second, zone)}.`,
	};
}

const written = (seconds: number, zone: string): string =>
	DateTime.fromSeconds(seconds, { zone }).toISO({ suppressMilliseconds: true })!;

const inSeconds = (time: ReturnType<typeof resolveTime>): StartTime =>
	'utc' in time ? { seconds: Math.floor(Date.parse(time.utc) / 1000) } : time;
