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
	description: 'Which fields each item holds',
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
 * The fields with which a user chooses how much of each item a look-up outputs.
 * @param simplify gives at most ten telling fields, the IDs among them
 * @param ids names of those that are always there
 * @returns with a reader that gives a function, which narrows an item of the API's
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
