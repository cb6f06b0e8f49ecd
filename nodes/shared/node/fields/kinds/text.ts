import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** The longest text that goes into an address: servers refuse longer addresses, and encoding them takes long. */
export const LONGEST_IN_ADDRESS = 1000;

/** Reads a text without the spaces around it. @throws InputError if it is not a text or a number, or too long */
export function checkText(label: string, value: unknown, maxLength = Infinity): string {
	if (typeof value !== 'string' && !Number.isFinite(value)) {
		throw new InputError(`${label} is ${shown(value)}, which is not a text`, 'Enter a text.');
	}
	const text = String(value).trim();
	if (text.length > maxLength) {
		throw new InputError(
			`${label} has ${text.length} characters, more than ${maxLength}`,
			'Enter a shorter text.',
		);
	}
	return text;
}

export interface TextTexts extends FieldTexts {
	default?: string;
	maxLength?: number;
	/** Hides what is typed. */
	password?: true;
}

/** A text without the spaces around it. */
export const textField = (texts: TextTexts): Field<string> =>
	new Field(
		propertyOf(texts, {
			type: 'string',
			...(texts.password && { typeOptions: { password: true } }),
			default: texts.default ?? '',
		}),
		{
			fixWhenEmpty: 'Enter a text.',
			check: (value, label) => checkText(label, value, texts.maxLength),
		},
		texts.refusesEmpty,
	);
