import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../charging/base/inputError';
import { entriesIn } from './kinds/commaList';
import { propertiesOf, type FormPart } from './kinds/field';
import { optionField, optionsField, type Option } from './kinds/option';
import { textField } from './kinds/text';
import type { Values } from './kinds/values';

const output = optionField({
	label: 'Output',
	name: 'output',
	options: [
		{ name: 'Raw', value: 'raw', description: 'Everything that the API answers' },
		{
			name: 'Selected Fields',
			value: 'selected',
			description: 'The fields that you choose, and the IDs',
		},
		{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
	],
	default: 'simplified',
	description: 'Which fields each item has',
});

/** In workflows of former versions it names all fields, because there was no list. */
const furtherFields = textField({
	label: 'Further Fields',
	name: 'outputFields',
	show: { output: ['selected'] },
	placeholder: 'e.g. serialNumber, firmwareVersion',
	description:
		'Names of fields that are not in the list but in the raw output, separated by commas, or an expression',
});

/** How each object is narrowed to the chosen fields. */
export interface Selection<T> {
	narrow(item: T): IDataObject;
	/** Says which chosen fields occur in none of the narrowed items; undefined if all do, or if there are no items. */
	hint?(items: readonly IDataObject[]): string | undefined;
}

/** The objects of a look-up, and the fields that a user can choose. */
export interface OutputTexts<T> {
	/** Selects the most useful fields of an object, including the IDs. */
	simplify(item: T): object;
	/** Adds the fields to choose from that the API has under other names. */
	complete?(item: T): object;
	/** The names of the IDs, which are always included. */
	ids: readonly string[];
	/** The fields to choose from: those of the API, and those that `simplify` and `complete` add. */
	fields: ReadonlyArray<Option<string>>;
}

/** The fields with which a user chooses which fields of an object a look-up outputs. */
export function outputOf<T extends object>({
	simplify,
	complete = (item) => item,
	ids,
	fields,
}: OutputTexts<T>): FormPart & {
	/** @throws InputError */
	read(values: Values): Selection<T>;
} {
	const selectedFields = optionsField({
		label: 'Fields',
		name: 'selectedFields',
		show: { output: ['selected'] },
		options: fields,
		default: [],
		description: 'The fields of each item. The IDs are always included.',
		fix: `Names that are not in the list go into ${furtherFields.label}.`,
	});
	const readNames = (values: Values): string[] => {
		const further = entriesIn(furtherFields.readIfGiven(values) ?? '');
		const names = [...(selectedFields.readIfGiven(values) ?? []), ...further];
		if (names.length > 0) return [...new Set(names)];
		throw new InputError(
			`${selectedFields.label} is empty`,
			`Choose at least one field, or name one in ${furtherFields.label}.`,
		);
	};
	return {
		properties: propertiesOf([output, selectedFields, furtherFields]),
		read(values) {
			const chosen = output.read(values);
			if (chosen === 'raw') return { narrow: (item) => ({ ...item }) };
			if (chosen === 'simplified') return { narrow: (item) => ({ ...simplify(item) }) };
			const names = readNames(values);
			return {
				narrow(item) {
					const simplified = { ...simplify(item) };
					const all = { ...simplified, ...complete(item) };
					return {
						...pick(
							all,
							names.filter((name) => !ids.includes(name)),
						),
						...pick(simplified, ids),
					};
				},
				hint(items) {
					const missing = names.filter((name) => !items.some((item) => Object.hasOwn(item, name)));
					if (missing.length === 0 || items.length === 0) return undefined;
					return `Not in ChargEye’s answer: ${missing.join(', ')}. ${output.label} Raw shows all fields and how they are spelt.`;
				},
			};
		},
	};
}

/** Those of the fields that the object has, in the order of their names. */
const pick = (item: object, names: readonly string[]): IDataObject =>
	Object.fromEntries(
		names
			.filter((name) => Object.hasOwn(item, name))
			.map((name) => [name, Reflect.get(item, name) as IDataObject]),
	);
