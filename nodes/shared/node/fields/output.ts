import type { IDataObject } from 'n8n-workflow';

import { propertiesOf, type FormPart } from './kinds/field';
import { optionField } from './kinds/option';
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
			description: 'The fields that you name, and the IDs',
		},
		{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
	],
	default: 'simplified',
	description: 'Which fields each item has',
});

const outputFields = textField({
	label: 'Fields',
	name: 'outputFields',
	show: { output: ['selected'] },
	placeholder: 'e.g. name, status, currentPowerKw',
	description:
		'Names of fields as in the raw output, separated by commas. The IDs are always included.',
});

/**
 * The fields with which a user chooses which fields of an item a look-up outputs.
 * @param simplify selects the most useful fields of an item, at most ten, including the IDs
 * @param ids the names of the IDs, which are always included
 * @returns the form, and a reader that gives a function to select the chosen fields of an item
 */
export const outputOf = <T extends object>(
	simplify: (item: T) => object,
	ids: readonly string[],
): FormPart & { read(values: Values): (item: T) => IDataObject } => ({
	properties: propertiesOf([output, outputFields]),
	read(values) {
		const chosen = output.read(values);
		if (chosen === 'raw') return (item) => ({ ...item }) as IDataObject;
		if (chosen === 'simplified') return (item) => ({ ...simplify(item) });
		const parts = new Set(outputFields.read(values).split(','));
		const always = new Set(ids);
		const others = new Set(
			[...parts].map((part) => part.trim()).filter((name) => !always.has(name)),
		);
		return (item) => ({ ...pick(simplify(item), always), ...pick(item, others) });
	},
});

const pick = (item: object, names: ReadonlySet<string>): IDataObject =>
	Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
