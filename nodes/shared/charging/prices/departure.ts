import { DateTime } from 'luxon';

import { resolveTime } from '../base/resolveTime';
import type { StartTime } from './startTimes';

const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/**
 * When a car leaves: a date and time as `resolveTime` reads it, or a time of day, which means its next occurrence.
 * @param after epoch seconds; a time of day means its next occurrence after this moment
 * @param zone the IANA time zone of times without an offset
 */
export function departureTime(value: unknown, after: number, zone: string): StartTime {
	const match = typeof value === 'string' ? TIME_OF_DAY.exec(value.trim()) : null;
	if (!match) return inSeconds(resolveTime(value, zone));
	const clock = `${match[1].padStart(2, '0')}:${match[2]}`;
	const today = DateTime.fromSeconds(after, { zone });
	const on = (day: DateTime) => inSeconds(resolveTime(`${day.toISODate()}T${clock}`, zone));
	const first = on(today);
	return 'seconds' in first && first.seconds <= after ? on(today.plus({ days: 1 })) : first;
}

const inSeconds = (time: ReturnType<typeof resolveTime>): StartTime =>
	'utc' in time ? { seconds: Math.floor(Date.parse(time.utc) / 1000) } : time;
