import { offsetsOf, type Offsets } from '../base/clocks';
import { memoize } from '../base/memoize';
import { resolveTime } from '../base/resolveTime';

/** A moment in epoch seconds, or what is wrong with a value and how to fix it. */
export type StartTime = { seconds: number } | { problem: string; fix: string };

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?(?:(Z)|([+-])(\d\d):(\d\d))?$/;
const EPOCH = /^\d{10,13}$/;

/**
 * Reads the start times of a price list: ISO 8601 as `resolveTime` reads it, or epoch seconds or milliseconds, which are
 * distinguished by their size (from September 2001 on). It is as strict as `resolveTime`, but fast enough for a year of
 * quarter hours.
 * @param zone the IANA time zone of times without an offset
 */
export function startTimeReader(zone: string): (value: unknown) => StartTime {
	const plainTime = plainTimeReader(offsetsOf(zone));
	return (value) => {
		const plain = typeof value === 'string' ? plainTime(value) : undefined;
		if (plain !== undefined) return { seconds: plain };
		const isEpoch = typeof value === 'number' || (typeof value === 'string' && EPOCH.test(value));
		if (isEpoch) return epochTime(Number(value));
		const time = resolveTime(value, zone);
		return 'utc' in time ? { seconds: Date.parse(time.utc) / 1000 } : time;
	};
}

function epochTime(value: number): StartTime {
	if (value >= 1e9 && value < 1e11) return { seconds: value };
	if (value >= 1e12 && value < 1e14) return { seconds: value / 1000 };
	return {
		problem: `is ${value}, which is not a time`,
		fix: 'Enter a date and time such as 2026-01-15T17:00:00+02:00, or seconds or milliseconds since 1970.',
	};
}

/**
 * Reads the times that most price lists use. Undefined if a time is unusual, wrong, or local and within a day of a clock
 * change: `resolveTime` reads those.
 */
function plainTimeReader(offsets: Offsets): (text: string) => number | undefined {
	const midnightOf = memoize(readDate);
	const clockOf = memoize(readClock);
	return (text) => {
		const midnight = midnightOf(text.slice(0, 10));
		const clock = clockOf(text.slice(10));
		if (midnight === undefined || clock === undefined) return undefined;
		const seconds = midnight + clock.seconds;
		const offset = clock.offset ?? offsets.steadyAround(seconds);
		return offset === undefined ? undefined : seconds - offset;
	};
}

/** Midnight UTC of a date, in epoch seconds. */
function readDate(text: string): number | undefined {
	const match = DATE.exec(text);
	if (!match) return undefined;
	const [year, month, day] = match.slice(1).map(Number);
	const midnight = new Date(Date.UTC(year, month - 1, day));
	const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
	return exists ? midnight.getTime() / 1000 : undefined;
}

/** Seconds from midnight, and the offset from UTC in seconds, if there is one. */
function readClock(text: string): { seconds: number; offset?: number } | undefined {
	const match = CLOCK.exec(text);
	if (!match) return undefined;
	const [hour, minute, second] = [match[1], match[2], match[3] ?? 0].map(Number);
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	const seconds = hour * 3600 + minute * 60 + second;
	if (match[4] !== undefined) return { seconds, offset: 0 };
	if (match[5] === undefined) return { seconds };
	const [hours, minutes] = [Number(match[6]), Number(match[7])];
	if (hours > 14 || minutes > 59) return undefined;
	const offset = hours * 3600 + minutes * 60;
	return { seconds, offset: match[5] === '-' ? -offset : offset };
}
