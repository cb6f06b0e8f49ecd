import { DateTime } from 'luxon';

import { isObject, type UnknownObject } from '../base/isObject';
import { quoted, shortened } from '../base/shown';
import { closestOf } from './closest';
import type { Report } from './finding';

/** The requirement named in findings on types, required fields and lengths. */
export const SCHEMA = 'SetChargingProfileRequest schema';

/** The requirement named in findings on the size of integers: 31 bits and a sign. */
const INTEGERS = 'primitive datatype integer';

/** The names of a type’s fields, in order. A missing or an extra name does not compile. */
export const namesOf = <T>(fields: Record<keyof T, true>): string[] => Object.keys(fields);

/** How many unknown fields of an object are reported one by one. */
const MOST_UNKNOWN = 10;

/** Reports every field that is not a known one: the schemas of OCPP allow no others. */
export function onlyFields(
	report: Report,
	path: string,
	object: UnknownObject,
	known: readonly string[],
	requirement = SCHEMA,
): void {
	const unknown = Object.keys(object).filter((name) => !known.includes(name));
	for (const name of unknown.slice(0, MOST_UNKNOWN)) {
		const at = [path, shortened(name)].filter(Boolean).join('.');
		const meant = closestOf(name, known);
		const question = meant === undefined ? '' : `Did you mean ${meant}? `;
		report(at, requirement, `Is not known here. ${question}Known are ${known.join(', ')}.`);
	}
	if (unknown.length > MOST_UNKNOWN) {
		report(
			path,
			requirement,
			`Has ${unknown.length - MOST_UNKNOWN} more fields that are not known.`,
		);
	}
}

/*
 * Each check returns the value if it is usable. If not, it reports why and returns undefined.
 */

/** An integer of OCPP has 31 bits and a sign. */
const LARGEST = 2 ** 31 - 1;

/** A whole number within [min, max] that fits into an integer of OCPP. */
export function integer(
	report: Report,
	path: string,
	requirement: string,
	value: unknown,
	{ min = -Infinity, max = Infinity } = {},
): number | undefined {
	if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
		const range =
			max < Infinity ? ` from ${min} to ${max}` : min > -Infinity ? ` from ${min} up` : '';
		report(path, requirement, `Must be a whole number${range}, but is ${quoted(value)}.`);
		return undefined;
	}
	if (value > LARGEST || value < -LARGEST - 1) {
		const lies = value > 0 ? `at most ${LARGEST}` : `at least ${-LARGEST - 1}`;
		report(path, INTEGERS, `Must be ${lies}, but is ${value}.`);
		return undefined;
	}
	return value;
}

/** One of the values that OCPP allows. */
export function oneOf<T extends string>(
	report: Report,
	path: string,
	value: unknown,
	allowed: readonly T[],
): T | undefined {
	const known = allowed.find((candidate) => candidate === value);
	if (known === undefined) {
		report(path, SCHEMA, `Must be one of ${allowed.join(', ')}, but is ${quoted(value)}.`);
	}
	return known;
}

/** A text of `min` to `max` characters. */
export function text(
	report: Report,
	path: string,
	value: unknown,
	max: number,
	min = 0,
): string | undefined {
	if (typeof value !== 'string' || value.length < min) {
		report(path, SCHEMA, `Must be a text, but is ${quoted(value)}.`);
		return undefined;
	}
	if (value.length > max) {
		report(path, SCHEMA, `Has ${value.length} characters; at most ${max} are allowed.`);
		return undefined;
	}
	return value;
}

/** A charging rate in A or W: 0 or more, at most one decimal (§2.11). */
export function rate(report: Report, path: string, value: unknown): void {
	if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
		report(path, '§2.11', `Must be a number from 0 up, but is ${quoted(value)}.`);
	} else if (Math.round(value * 10) / 10 !== value) {
		const rounded = Math.round(value * 10) / 10;
		report(path, '§2.11', `${value} has more than one decimal; write ${rounded}, for instance.`);
	}
}

const HOUR_AND_MINUTE = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const RFC_3339 = new RegExp(
	`^\\d{4}-\\d\\d-\\d\\dT${HOUR_AND_MINUTE}:\\d\\d(?:\\.(\\d+))?(Z|[+-]${HOUR_AND_MINUTE})$`,
);

/** Reads a time into epoch milliseconds: RFC 3339, at most three fraction digits, preferably in UTC (§3.1). */
export function time(report: Report, path: string, value: unknown): number | undefined {
	const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
	const moment = match && DateTime.fromISO(match[0], { zone: 'utc' });
	if (!match || !moment?.isValid) {
		const example = '2026-01-15T17:00:00Z';
		report(path, '§3.1', `Must be a time such as ${example}, but is ${quoted(value)}.`);
		return undefined;
	}
	const [, fraction = '', zone] = match;
	const inUtc = moment.toISO({ suppressMilliseconds: true });
	if (fraction.length > 3) {
		report(path, '§3.1', `Has more than 3 fraction digits of a second; write ${inUtc}.`);
	} else if (zone !== 'Z') {
		const message = `Not every station reads the offset ${zone}; write ${inUtc}.`;
		report(path, '§3.1', message, 'warning');
	}
	return moment.toMillis();
}

/** Like `time`, but the value may be absent. */
export const optionalTime = (report: Report, path: string, value: unknown): number | undefined =>
	value === undefined ? undefined : time(report, path, value);

/** The vendor data that OCPP allows on every object. */
export function customData(report: Report, path: string, value: unknown): void {
	if (value === undefined) return;
	if (isObject(value)) text(report, `${path}.vendorId`, value.vendorId, 255);
	else report(path, SCHEMA, `Must be an object with a vendorId, but is ${quoted(value)}.`);
}

/** An object that has only known fields, and perhaps vendor data. */
export function object(
	report: Report,
	path: string,
	value: unknown,
	known: readonly string[],
): UnknownObject | undefined {
	if (!isObject(value)) {
		report(path, SCHEMA, `Must be an object, but is ${quoted(value)}.`);
		return undefined;
	}
	onlyFields(report, path, value, [...known, 'customData']);
	customData(report, `${path}.customData`, value.customData);
	return value;
}

/** A list of 1 to `max` entries; `check` gets each entry with its path. */
export function list(
	report: Report,
	path: string,
	value: unknown,
	max: number,
	check: (path: string, one: unknown) => void,
): void {
	if (!Array.isArray(value) || value.length === 0 || value.length > max) {
		const is = Array.isArray(value) ? `has ${value.length}` : `is ${quoted(value)}`;
		report(path, SCHEMA, `Must be a list of 1 to ${max} entries, but ${is}.`);
		return;
	}
	value.forEach((one: unknown, index) => check(`${path}[${index}]`, one));
}
