import { optionField } from '../../node/fields/kinds/option';

/** The field Output of a trigger. @param thing what is in each item besides the event: "transaction" */
export const outputOf = (thing: string) =>
	optionField({
		label: 'Output',
		name: 'output',
		options: [
			{
				name: 'Raw',
				value: 'raw',
				description: `The ${thing} with everything that the API answers`,
			},
			{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
		],
		default: 'simplified',
		description: `Which fields the ${thing} in each item has`,
	});
