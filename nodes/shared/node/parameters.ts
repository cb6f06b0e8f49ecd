import { isResourceLocatorValue, type IDataObject } from 'n8n-workflow';

import { cleanText } from '../chargeye/cleanText';
import { InputError } from '../charging/base/inputError';
import { rounded, toNumber } from '../charging/base/number';
import { resolveTime } from '../charging/base/time';
import { shown } from '../charging/base/shown';

export { InputError, toNumber };

/** True if a field has been left empty; 0 and false are values. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Only what there is: without what is undefined. */
export const present = (values: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** What was added to a collection, as `Parameters.added` gives it, without what is empty. */
export const filled = (added: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(added).filter(([, value]) => value !== null));

/** The limits of a number field. */
export interface NumberRange {
	min?: number;
	max?: number;
	/** At most so many; any number if absent. */
	decimals?: 0 | 1 | 3;
	/** A, kW or s; none for counts and IDs. */
	unit?: string;
}

const DECIMALS = { 1: 'one decimal', 3: 'three decimals' } as const;

/** An integer of OCPP 2.0.1 (primitive datatypes): 31 bits and the sign. */
export const INTEGER = { min: -(2 ** 31), max: 2 ** 31 - 1, decimals: 0 } as const;

/**
 * Checks a number of a field.
 * @throws InputError if it is empty, no number, too small or too great, or has more decimals than allowed
 */
export function checkNumber(field: string, value: unknown, range: NumberRange): number {
	const unit = range.unit ? ` in ${range.unit}` : '';
	if (isEmpty(value)) {
		throw new InputError(`${field} is empty`, `Enter a number${unit}.`);
	}
	const number = toNumber(value);
	if (number === undefined) {
		throw new InputError(
			`${field} is ${shown(value)}, which is not a number`,
			`Enter a plain number${unit}, such as 20, without a unit or thousands separators.`,
		);
	}
	if (range.min !== undefined && number < range.min) {
		throw new InputError(
			`${field} is ${number}, which is less than ${range.min}`,
			`Enter ${range.min} or more${unit}.`,
		);
	}
	if (range.max !== undefined && number > range.max) {
		throw new InputError(
			`${field} is ${number}, which is more than ${range.max}`,
			`Enter ${range.max} or less${unit}.`,
		);
	}
	if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
		throw new InputError(
			`${field} is ${number}, which has too many digits`,
			`Enter a number${unit} of at most 15 digits.`,
		);
	}
	if (range.decimals === 0 && !Number.isInteger(number)) {
		throw new InputError(
			`${field} is ${number}, which is not a whole number`,
			'Enter a whole number.',
		);
	}
	// Compared so, because 8.1 is no multiple of 0.1 in binary.
	if (range.decimals && rounded(number, range.decimals) !== number) {
		const most = DECIMALS[range.decimals];
		throw new InputError(
			`${field} is ${number}, which has more than ${most}`,
			`Enter at most ${most}: ${rounded(number, range.decimals)}, for example.`,
		);
	}
	return number;
}

/** As much as an address can take: servers refuse longer ones, and long ones take long to encode. */
export const LONGEST_IN_ADDRESS = 1000;

/** Checks a text that must not be empty. @throws InputError if it is, or if it is longer than allowed */
export function checkText(field: string, value: unknown, maxLength = Infinity): string {
	if (isEmpty(value)) throw new InputError(`${field} is empty`, 'Enter a text.');
	if (typeof value !== 'string' && !Number.isFinite(value)) {
		throw new InputError(`${field} is ${shown(value)}, which is not a text`, 'Enter a text.');
	}
	const text = String(value).trim();
	if (text.length > maxLength) {
		throw new InputError(
			`${field} has ${text.length} characters, more than ${maxLength}`,
			'Enter a shorter text.',
		);
	}
	return text;
}

/** What is taken for true or false; as n8n has it, also as text or as a number. */
const FLAGS: Record<string, boolean> = { true: true, 1: true, false: false, 0: false };

/**
 * Checks a switch that may be absent, which is false.
 * @param value undefined if it was not added; null if it was, and is empty
 * @throws InputError if it is empty, or neither true nor false
 */
export function checkFlag(field: string, value: unknown): boolean {
	if (value === undefined) return false;
	const word = ['boolean', 'number', 'string'].includes(typeof value)
		? String(value).trim().toLowerCase()
		: '';
	if (Object.hasOwn(FLAGS, word)) return FLAGS[word];
	const problem = isEmpty(value) ? 'empty' : `${shown(value)}, which is neither true nor false`;
	throw new InputError(`${field} is ${problem}`, 'Enter true or false.');
}

function parseJson(text: string): { json: unknown } | { reason: string } {
	try {
		return { json: JSON.parse(text) as unknown };
	} catch (error) {
		return { reason: (error as Error).message };
	}
}

/**
 * Reads a JSON field: a text that holds JSON, or what an expression gives.
 * @throws InputError if it is empty or no JSON
 */
export function checkJson(field: string, value: unknown): unknown {
	if (isEmpty(value)) throw new InputError(`${field} is empty`, 'Enter JSON.');
	if (typeof value !== 'string') return value;
	const parsed = parseJson(value);
	if ('json' in parsed) return parsed.json;
	throw new InputError(
		`${field} is not valid JSON`,
		`${cleanText(parsed.reason)}. Check commas, quotes and brackets.`,
	);
}

/** A JSON object, as `checkJson` reads it. @throws InputError */
export function checkObject(field: string, value: unknown): IDataObject {
	const object = checkJson(field, value);
	if (typeof object !== 'object' || object === null || Array.isArray(object)) {
		throw new InputError(
			`${field} is ${Array.isArray(object) ? 'a list' : shown(object)}, which is not a JSON object`,
			'Enter an object in braces: {"name": value}.',
		);
	}
	return object as IDataObject;
}

/** Checks that a value is one of those of an options field; numbers may be text. @throws InputError */
export function checkOption<T extends string | number>(
	field: string,
	value: unknown,
	allowed: readonly T[],
): T {
	const found = allowed.find(
		(option) => option === value || (typeof option === 'number' && option === toNumber(value)),
	);
	if (found !== undefined) return found;
	throw new InputError(
		isEmpty(value) ? `${field} is empty` : `${field} is ${shown(value)}, which is no choice`,
		`Choose one of ${allowed.join(', ')}.`,
	);
}

/**
 * Checks a time and reads it into UTC, such as `2026-01-15T15:00:00Z`.
 * @param timezone that of a time without an offset
 * @throws InputError if it is empty, no time, or skipped or repeated by a change of the clocks
 */
export function checkTime(field: string, value: unknown, timezone: string): string {
	const time = resolveTime(value, timezone);
	if ('utc' in time) return time.utc;
	throw new InputError(`${field} ${time.problem}`, time.fix);
}

/** Where parameters come from: a node that works on items. A trigger, which has none, plays one that has one. */
export interface ParameterSource {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { rawExpressions: boolean },
	): unknown;
	getTimezone(): string;
}

/** The value of a resource locator; any other as it is. */
const plain = (value: unknown): unknown => (isResourceLocatorValue(value) ? value.value : value);

/** Reads and checks the parameters of one item. */
export class Parameters {
	constructor(
		private readonly context: ParameterSource,
		readonly itemIndex: number,
	) {}

	/** The workflow's time zone (IANA), in which times without an offset are read. */
	get timezone(): string {
		return this.context.getTimezone();
	}

	/** A parameter as it is; the value of a resource locator. */
	get(name: string, fallback?: unknown): unknown {
		return plain(this.context.getNodeParameter(name, this.itemIndex, fallback));
	}

	/**
	 * What a collection holds, such as `options`, without what is empty: an optional field that an expression or an AI
	 * agent leaves empty is as good as not added.
	 * @throws InputError if the collection as a whole is given, and is no object
	 */
	collection(name: string): IDataObject {
		return filled(this.added(name));
	}

	/**
	 * What the user added to a collection, with null for what is empty: for fields that make a command do less, which
	 * must be refused when they are empty, and not be taken for fields that were not added.
	 * @throws InputError if the collection as a whole is given, and is no object
	 */
	added(name: string): IDataObject {
		const added = checkObject(name, this.context.getNodeParameter(name, this.itemIndex, {}));
		return Object.fromEntries(
			Object.entries(added)
				.map(([key, value]): [string, unknown] => [key, plain(value)])
				.map(([key, value]) => [key, isEmpty(value) ? null : value]),
		) as IDataObject;
	}

	/** @throws InputError */
	number(name: string, field: string, range: NumberRange): number {
		return checkNumber(field, this.get(name), range);
	}

	/** @throws InputError if it is empty */
	text(name: string, field: string): string {
		return checkText(field, this.get(name));
	}

	/** A time in UTC. @throws InputError */
	time(name: string, field: string): string {
		return checkTime(field, this.get(name), this.timezone);
	}

	/** One of the values of an options field. @throws InputError */
	option<T extends string>(name: string, field: string, allowed: readonly T[]): T {
		return checkOption(field, this.get(name), allowed);
	}

	/**
	 * An ID that becomes one segment of a path. What was typed loses the spaces around it; what was chosen from a list,
	 * or comes from an expression, is an ID of the API's, whose spaces belong to it.
	 * @throws InputError if it is empty, or could not reach the API as one segment
	 */
	id(name: string, field: string): string {
		const trimmed = this.text(name, field);
		const given = String(this.get(name));
		const id = given === trimmed || this.isTyped(name) ? trimmed : given;
		// URLs drop dot segments even when they are percent-encoded, so these would address something else.
		const isTooLong = id.length > LONGEST_IN_ADDRESS;
		if (isTooLong || trimmed === '.' || trimmed === '..' || /[\p{Cc}\p{Cs}]/u.test(id)) {
			throw new InputError(
				`${field} ${cleanText(shown(id))} is not an ID`,
				'Enter the ID as ChargEye shows it.',
			);
		}
		return id;
	}

	/** True if a value was neither chosen from a list nor comes from an expression. */
	private isTyped(name: string): boolean {
		const raw = this.context.getNodeParameter(name, this.itemIndex, undefined, {
			rawExpressions: true,
		});
		const isListed = isResourceLocatorValue(raw) && raw.mode === 'list';
		return !isListed && !String(plain(raw)).startsWith('=');
	}
}
