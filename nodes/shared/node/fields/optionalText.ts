import { checkText, isEmpty, type Parameters } from '../parameters';

/** A text that may be left empty. @throws InputError if it is no text */
export function readOptionalText(
	parameters: Parameters,
	name: string,
	field: string,
): string | undefined {
	const value = parameters.get(name, '');
	return isEmpty(value) ? undefined : checkText(field, value);
}
