import { resolveTime } from '../time';
import { offsetsOf, type Offsets } from './offsets';

/** A moment in epoch seconds, or why a value is none. */
export type StartTime = { seconds: number } | { problem: string; advice: string };

/** What most price lists hold; everything else is left to `resolveTime`. */
const PLAIN =
	/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?(?:(Z)|([+-])(\d\d):(\d\d))?$/;
const EPOCH = /^\d{10,13}$/;

/**
 * Reads the start times of a price list: ISO 8601 as `resolveTime` takes it, or epoch seconds or milliseconds, told
 * apart by their size (from September 2001 on). As strict as `resolveTime`, and quick enough for a year of quarter hours.
 * @param zone the IANA time zone of times without an offset
 */
export function startTimeReader(zone: string): (value: unknown) => StartTime {
	const offsets = offsetsOf(zone);
	return (value) => {
		const plain = typeof value === 'string' ? plainTime(value, offsets) : undefined;
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
		advice:
			'Give a date and time such as 2026-01-15T17:00:00+02:00, or seconds or milliseconds since 1970.',
	};
}

/** Undefined if the time is unusual, wrong, or within a day of a change of the clocks that it depends on. */
function plainTime(text: string, offsets: Offsets): number | undefined {
	const match = PLAIN.exec(text);
	if (!match) return undefined;
	const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
	const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	const written = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	if (written.getUTCMonth() !== month - 1 || written.getUTCDate() !== day) return undefined;
	const seconds = written.getTime() / 1000;
	if (match[7] !== undefined) return seconds;
	if (match[8] !== undefined) {
		const [hours, minutes] = [Number(match[9]), Number(match[10])];
		if (hours > 14 || minutes > 59) return undefined;
		const offset = hours * 3600 + minutes * 60;
		return match[8] === '-' ? seconds + offset : seconds - offset;
	}
	const offset = offsets.steadyAround(seconds);
	return offset === undefined ? undefined : seconds - offset;
}
