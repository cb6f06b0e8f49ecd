import { jsonParse, type IDataObject } from 'n8n-workflow';

import { checkText, InputError } from './parameters';

/** Checks a field that takes a JSON object: as text, or as the object of an expression. @throws InputError */
export function checkJsonObject(field: string, value: unknown): IDataObject {
	const parsed: unknown =
		typeof value === 'object' && value !== null
			? value
			: jsonParse(checkText(field, value), { fallbackValue: null });
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new InputError(
			`${field} is not a JSON object`,
			'Enter an object, such as {"key": "value"}.',
		);
	}
	return parsed as IDataObject;
}
