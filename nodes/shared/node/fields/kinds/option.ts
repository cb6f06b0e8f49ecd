import type { INodePropertyOptions } from 'n8n-workflow';

import { InputError } from '../../../charging/base/inputError';
import { toNumber } from '../../../charging/base/numbers';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';

/** One of the options of a field. The option with the value `''` means that nothing is chosen. */
export interface Option<T extends string | number> extends Omit<INodePropertyOptions, 'value'> {
	value: T | '';
}

/** Options whose names equal their values. */
export const namedLike = <T extends string | number>(values: readonly T[]): Option<T>[] =>
	values.map((value) => ({ name: String(value), value }));

/** Reads an option; a number may be given as text. @throws InputError if the value is not one of those allowed */
function checkOption<T extends string | number>(
	label: string,
	value: unknown,
	allowed: readonly T[],
	fix?: string,
): T {
	const found = allowed.find(
		(option) => option === value || (typeof option === 'number' && option === toNumber(value)),
	);
	if (found !== undefined) return found;
	throw new InputError(
		`${label} is ${shown(value)}, which is not a valid option`,
		[fixOf(allowed), fix].filter(Boolean).join(' '),
	);
}

const fixOf = (allowed: ReadonlyArray<string | number>) => `Choose one of ${allowed.join(', ')}.`;

const byName = (a: { name: string }, b: { name: string }) =>
	a.name.localeCompare(b.name, undefined, { numeric: true });

/** The options for n8n, sorted by name, and the values that may be chosen. */
function optionsOf<T extends string | number>(options: ReadonlyArray<Option<T>>) {
	return {
		options: [...options].sort(byName),
		allowed: options.map(({ value }) => value).filter((value): value is T => value !== ''),
	};
}

export interface OptionTexts<T extends string | number> extends FieldTexts {
	options: ReadonlyArray<Option<T>>;
	default: T | '';
	/** Accepts no expression, because the option decides which fields are shown. */
	isFixed?: true;
}

/** One of several options; a number may be given as text. */
export function optionField<const T extends string | number>(texts: OptionTexts<T>): Field<T> {
	const { options, allowed } = optionsOf(texts.options);
	return new Field<T>(
		propertyOf(texts, {
			type: 'options',
			...(texts.isFixed && { noDataExpression: true }),
			options,
			default: texts.default,
		}),
		{
			fixWhenEmpty: fixOf(allowed),
			check: (value, label) => checkOption(label, value, allowed),
		},
		texts.refusesEmpty,
	);
}

export interface OptionsTexts<T extends string> extends FieldTexts {
	options: ReadonlyArray<Option<T>>;
	default: readonly T[];
	/** Shows the options in the order in which they are declared, such as the days of a week. */
	isOrdered?: true;
	/** What else to do about a value that is not among the options, in a sentence. */
	fix?: string;
}

/** Any number of several options, in the order in which they are declared. */
export function optionsField<const T extends string>(texts: OptionsTexts<T>): Field<T[]> {
	const { options, allowed } = optionsOf(texts.options);
	return new Field<T[]>(
		propertyOf(texts, {
			type: 'multiOptions',
			options: texts.isOrdered ? [...texts.options] : options,
			default: [...texts.default],
		}),
		{
			fixWhenEmpty: 'Choose at least one.',
			isEmpty: (value) => Array.isArray(value) && value.length === 0,
			check(value, label) {
				const chosen = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
					checkOption(label, one, allowed, texts.fix),
				);
				return allowed.filter((option) => chosen.includes(option));
			},
		},
		texts.refusesEmpty,
	);
}

export interface OpenOptionTexts<T extends string | number> extends FieldTexts {
	options: ReadonlyArray<Option<T>>;
	default: T | '';
	fixWhenEmpty?: string;
	/** Reads a value, which an expression may give and which may not be one of the options. @throws InputError */
	check(label: string, value: unknown): T;
}

/** One of several options, or another value from an expression. */
export function openOptionField<T extends string | number>(texts: OpenOptionTexts<T>): Field<T> {
	const { options, allowed } = optionsOf(texts.options);
	return new Field<T>(
		propertyOf(texts, { type: 'options', options, default: texts.default }),
		{
			fixWhenEmpty: texts.fixWhenEmpty ?? fixOf(allowed),
			check: (value, label) => texts.check(label, value),
		},
		texts.refusesEmpty,
	);
}
