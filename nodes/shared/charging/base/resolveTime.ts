import { DateTime } from 'luxon';

import { shown } from './shown';

/** A moment in UTC (RFC 3339), or what is wrong with the value and how to fix it, in words for an operator. */
export type ResolvedTime = { utc: string } | { problem: string; fix: string };

const TIME =
	/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/;

const EXAMPLE = 'Enter a date and time such as 2026-01-15T17:00:00.';

/** OCPP 2.0.1 part 2, section 3.1: UTC with `Z`, at most three fraction digits. */
const inUtc = (moment: DateTime): ResolvedTime => ({
	utc: moment.toUTC().toISO({ suppressMilliseconds: true })!,
});

const offsetOf = (moment: DateTime) => moment.toISO({ suppressMilliseconds: true })!;

/**
 * Converts a time to UTC. A time without an offset is local time in `zone`; if a clock change skips or repeats it, it
 * is refused rather than shifted.
 * @param value ISO 8601 text (a space for the `T` is allowed), a luxon DateTime or a Date
 * @param zone an IANA time zone such as `Europe/Helsinki`
 */
export function resolveTime(value: unknown, zone: string): ResolvedTime {
	if (value === undefined || value === null || value === '') {
		return { problem: 'is empty', fix: EXAMPLE };
	}
	if (DateTime.isDateTime(value) && value.isValid) return inUtc(value);
	if (value instanceof Date && !Number.isNaN(value.getTime())) {
		return inUtc(DateTime.fromJSDate(value));
	}
	const text = typeof value === 'string' ? value.trim() : '';
	const match = TIME.exec(text);
	const written = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
	if (!match || !written.isValid) {
		return { problem: `is ${shown(value)}, which is not a time`, fix: EXAMPLE };
	}
	if (match[1] !== undefined) return inUtc(written);
	return resolveLocal(written, text, zone);
}

/**
 * The moments that a local time means, in epoch seconds and in order: none if a clock change skips it, two if one
 * repeats it. Undefined if the value has an offset or is not a time.
 */
export function localMoments(value: unknown, zone: string): number[] | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	const match = TIME.exec(text);
	const written = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
	if (!match || match[1] !== undefined || !written.isValid) return undefined;
	const local = written.setZone(zone, { keepLocalTime: true });
	if (local.toFormat('HH:mm') !== written.toFormat('HH:mm')) return [];
	return local.getPossibleOffsets().map((moment) => moment.toSeconds());
}

/** @param written the text, read as if it were UTC */
function resolveLocal(written: DateTime, text: string, zone: string): ResolvedTime {
	const local = written.setZone(zone, { keepLocalTime: true });
	if (local.toFormat('yyyy-MM-dd HH:mm') !== written.toFormat('yyyy-MM-dd HH:mm')) {
		return {
			problem: `is ${text}, which does not exist in ${zone}: the clocks are set forward past it`,
			fix: `Enter a time before or after the change, such as ${offsetOf(local)}.`,
		};
	}
	const [first, second] = local.getPossibleOffsets();
	if (second !== undefined) {
		return {
			problem: `is ${text}, which comes twice in ${zone}: the clocks are set back over it`,
			fix: `Enter the one that you mean, with its offset: ${offsetOf(first)} or ${offsetOf(second)}.`,
		};
	}
	return inUtc(local);
}
