import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** The values that mean true or false: as in n8n, also text and numbers. */
const FLAGS: Record<string, boolean> = { true: true, 1: true, false: false, 0: false };

const FIX = 'Enter true or false.';

function checkFlag(value: unknown, label: string): boolean {
	const word = ['boolean', 'number', 'string'].includes(typeof value)
		? String(value).trim().toLowerCase()
		: '';
	if (Object.hasOwn(FLAGS, word)) return FLAGS[word];
	throw new InputError(`${label} is ${shown(value)}, which is neither true nor false`, FIX);
}

export interface FlagTexts extends FieldTexts {
	/** The value in a new form; a missing flag is false, whatever its default. */
	default: boolean;
	/** Lets n8n itself refuse the value of an expression that is not a boolean. */
	isValidated?: true;
}

/** n8n’s AI builder would take the default for that of a flag that is not there. */
const withHint = (texts: FlagTexts): FlagTexts =>
	texts.default ? { builderHint: 'Without it: false.', ...texts } : texts;

/** A switch, which is off if it is missing or empty. */
export const flagField = (texts: FlagTexts): Field<boolean> =>
	new Field<boolean>(
		propertyOf(withHint(texts), {
			type: 'boolean',
			...(texts.isValidated && { validateType: 'boolean' }),
			default: texts.default,
		}),
		{ fixWhenEmpty: FIX, check: checkFlag, absent: false },
		texts.refusesEmpty,
	);
