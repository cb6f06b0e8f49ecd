import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** As much as an address can take: servers refuse longer ones, and long ones take long to encode. */
export const LONGEST_IN_ADDRESS = 1000;

/** Checks a text that is not empty. @throws InputError if it is no text, or longer than allowed */
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
