import type { IDataObject } from 'n8n-workflow';

import { cleanText } from '../../../chargeye/cleanText';
import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';
import { isEmpty } from './values';

const FIX = 'Enter JSON.';

/** What JavaScript makes of an object in the middle of a text, as when a value is dragged into a field that is not empty. */
const OBJECT_IN_TEXT = '[object Object]';

function parse(text: string): { json: unknown } | { reason: string } {
	try {
		return { json: JSON.parse(text) as unknown };
	} catch (error) {
		return { reason: (error as Error).message };
	}
}

/**
 * Reads JSON, given as text or as the value of an expression.
 * @throws InputError if it is empty or not JSON
 */
export function checkJson(label: string, value: unknown): unknown {
	if (isEmpty(value)) throw new InputError(`${label} is empty`, FIX);
	if (typeof value !== 'string') return value;
	const parsed = parse(value);
	if ('json' in parsed) return parsed.json;
	if (value.includes(OBJECT_IN_TEXT)) {
		throw new InputError(
			`${label} contains "${OBJECT_IN_TEXT}": an object was put into text`,
			'Empty the field, then drag the value onto it, so that it contains the expression alone. Or choose From Input Items, where the form has it.',
		);
	}
	throw new InputError(
		`${label} is not valid JSON`,
		`${cleanText(parsed.reason)}. Check commas, quotes and brackets.`,
	);
}

/** A JSON object, as `checkJson` reads it. @throws InputError */
export function checkObject(label: string, value: unknown): IDataObject {
	const object = checkJson(label, value);
	if (typeof object !== 'object' || object === null || Array.isArray(object)) {
		throw new InputError(
			`${label} is ${Array.isArray(object) ? 'a list' : shown(object)}, which is not a JSON object`,
			'Enter an object in braces: {"name": value}.',
		);
	}
	return object as IDataObject;
}

export interface JsonTexts extends FieldTexts {
	/**
	 * JSON text, shown below the field. The field comes empty, so that a value that is dragged onto it replaces nothing and is
	 * appended to nothing; n8n shows no placeholder in fields for JSON.
	 */
	example: string;
	/** The height of the editor in lines. */
	rows?: number;
}

const jsonProperty = (texts: JsonTexts) =>
	propertyOf(texts, {
		type: 'json',
		...(texts.rows !== undefined && { typeOptions: { rows: texts.rows } }),
		default: '',
		hint: `Example: ${texts.example}`,
	});

/** Any JSON. */
export const jsonField = (texts: JsonTexts): Field<unknown> =>
	new Field(
		jsonProperty(texts),
		{ fixWhenEmpty: FIX, check: (value, label) => checkJson(label, value) },
		texts.refusesEmpty,
	);

/** A JSON object. */
export const objectField = (texts: JsonTexts): Field<IDataObject> =>
	new Field(
		jsonProperty(texts),
		{ fixWhenEmpty: FIX, check: (value, label) => checkObject(label, value) },
		texts.refusesEmpty,
	);
