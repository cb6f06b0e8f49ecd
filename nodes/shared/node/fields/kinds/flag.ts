import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** What is taken for true or false; as n8n has it, also as text or as a number. */
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
	/** What the form shows; a flag that is not there is false. */
	default: boolean;
	/** Lets n8n refuse by itself what an expression gives and is no boolean. */
	isValidated?: true;
}

/** A switch; without it, or empty, it is off. */
export const flagField = (texts: FlagTexts): Field<boolean> =>
	new Field<boolean>(
		propertyOf(texts, {
			type: 'boolean',
			...(texts.isValidated && { validateType: 'boolean' }),
			default: texts.default,
		}),
		{ fixWhenEmpty: FIX, check: checkFlag, absent: false },
		texts.refusesEmpty,
	);
