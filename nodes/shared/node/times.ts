import { DateTime } from 'luxon';

import { checkText, InputError } from './parameters';

const EXAMPLE = 'Enter a date and time, such as 2026-03-29T17:00 or 2026-03-29T14:00:00Z.';

/**
 * Checks a time of a field.
 * @param value ISO 8601 or SQL text with a full date, or a date object of an expression
 * @param timezone IANA name of the time zone in which text without an offset is read
 * @returns UTC, such as 2026-03-29T14:00:00.000Z
 * @throws InputError if it is empty or no time
 */
export function checkTime(field: string, value: unknown, timezone: string): string {
	const time = toDateTime(field, value, timezone);
	const utc = time.isValid ? time.toUTC().toISO() : null;
	if (utc === null) {
		throw new InputError(`${field} is ${JSON.stringify(value)}, which is not a time`, EXAMPLE);
	}
	return utc;
}

function toDateTime(field: string, value: unknown, zone: string): DateTime<boolean> {
	if (DateTime.isDateTime(value)) return value;
	if (value instanceof Date) return DateTime.fromJSDate(value);
	const text = checkText(field, value);
	// Luxon would read "17:00" as today, and "2026" as its first day.
	if (!/^\d{4}-\d\d-\d\d/.test(text)) return DateTime.invalid('no full date');
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}
