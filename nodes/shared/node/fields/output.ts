import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../parameters';

/** The field with which a user chooses how much of each item a look-up outputs. */
export const outputFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'Everything that the API answers' },
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'The fields that you name, and the IDs',
			},
			{ name: 'Simplified', value: 'simplified', description: 'The most telling fields' },
		],
		default: 'simplified',
		description: 'Which fields each item holds',
	},
	{
		displayName: 'Fields',
		name: 'outputFields',
		type: 'string',
		displayOptions: { show: { output: ['selected'] } },
		default: '',
		placeholder: 'e.g. name, status, currentPowerKw',
		description:
			'Names of fields as in the raw output, separated by commas. The IDs are always there.',
	},
];

/**
 * Reads `outputFields` into a function that narrows an item of the API's.
 * @param simplify gives at most ten telling fields, the IDs among them
 * @param ids names of those that are always there
 * @throws InputError
 */
export function readOutput<T extends object>(
	parameters: Parameters,
	simplify: (item: T) => object,
	ids: readonly string[],
): (item: T) => IDataObject {
	const output = parameters.option('output', 'Output', ['raw', 'selected', 'simplified']);
	if (output === 'raw') return (item) => ({ ...item }) as IDataObject;
	if (output === 'simplified') return (item) => ({ ...simplify(item) });
	const parts = new Set(parameters.text('outputFields', 'Fields').split(','));
	const always = new Set(ids);
	const others = new Set([...parts].map((part) => part.trim()).filter((name) => !always.has(name)));
	return (item) => ({ ...pick(simplify(item), always), ...pick(item, others) });
}

const pick = (item: object, names: ReadonlySet<string>): IDataObject =>
	Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
