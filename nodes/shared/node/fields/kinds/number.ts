import { InputError } from '../../../charging/base/inputError';
import { rounded, toNumber } from '../../../charging/base/numbers';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** The limits of a number. */
export interface NumberRange {
	min?: number;
	max?: number;
	/** The most decimals allowed; any number of them if absent. */
	decimals?: 0 | 1 | 3;
	/** A, kW or seconds; undefined for counts and IDs. */
	unit?: string;
}

const DECIMALS = { 1: 'one decimal', 3: 'three decimals' } as const;

/** The range of an integer in OCPP 2.0.1 (primitive datatypes): 31 bits and a sign. */
export const INTEGER = { min: -(2 ** 31), max: 2 ** 31 - 1, decimals: 0 } as const;

/** The range of an integer in OCPP 2.0.1 that must not be negative. */
export const COUNT = { ...INTEGER, min: 0 } as const;

/** A text such as "11,5"; with three digits after the comma, it may as well be a separator of thousands. */
const DECIMAL_COMMA = /^\s*[+-]?\d+,(?!\d{3}\s*$)\d+\s*$/;

/** Reads a number. @throws InputError if it is not a number, too small or too great, or has too many decimals */
export function checkNumber(label: string, value: unknown, range: NumberRange): number {
	const unit = range.unit ? ` in ${range.unit}` : '';
	const number = toNumber(value);
	if (number === undefined) {
		throw new InputError(
			`${label} is ${shown(value)}, which is not a number`,
			typeof value === 'string' && DECIMAL_COMMA.test(value)
				? `Use a dot in place of the comma: ${value.trim().replace(',', '.')}.`
				: `Enter a plain number${unit}, such as 20, without a unit or thousands separators.`,
		);
	}
	if (range.min !== undefined && number < range.min) {
		throw new InputError(
			`${label} is ${number}, which is less than ${range.min}`,
			`Enter ${range.min} or more${unit}.`,
		);
	}
	if (range.max !== undefined && number > range.max) {
		throw new InputError(
			`${label} is ${number}, which is more than ${range.max}`,
			`Enter ${range.max} or less${unit}.`,
		);
	}
	if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
		throw new InputError(
			`${label} is ${number}, which has too many digits`,
			`Enter a number${unit} of at most 15 digits.`,
		);
	}
	if (range.decimals === 0 && !Number.isInteger(number)) {
		throw new InputError(
			`${label} is ${number}, which is not a whole number`,
			'Enter a whole number.',
		);
	}
	// Compared with the rounded number, because 8.1 is not a multiple of 0.1 in binary.
	if (range.decimals && rounded(number, range.decimals) !== number) {
		const most = DECIMALS[range.decimals];
		throw new InputError(
			`${label} is ${number}, which has more than ${most}`,
			`Enter at most ${most}: ${rounded(number, range.decimals)}, for example.`,
		);
	}
	return number;
}

export interface NumberTexts extends FieldTexts, NumberRange {
	/** With `''` the form shows no number, so that none is sent that the user did not enter. */
	default: number | '';
	/** The greatest number that the form accepts, if a later check has its own error for greater ones. */
	shownMax?: number;
}

/** A number, which may be given as text. */
export const numberField = (texts: NumberTexts): Field<number> => {
	const { min, max, decimals, unit, refusesEmpty } = texts;
	const { shownMax = max } = texts;
	const typeOptions = {
		...(min !== undefined && { minValue: min }),
		...(shownMax !== undefined && { maxValue: shownMax }),
		// n8n pads numbers with zeros to their precision: 20.000.
		...(decimals === 0 && { numberPrecision: 0 }),
	};
	return new Field(
		propertyOf(texts, {
			type: 'number',
			...(Object.keys(typeOptions).length > 0 && { typeOptions }),
			default: texts.default,
		}),
		{
			fixWhenEmpty: `Enter a number${unit === undefined ? '' : ` in ${unit}`}.`,
			check: (value, label) => checkNumber(label, value, { min, max, decimals, unit }),
		},
		refusesEmpty,
	);
};
