import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../parameters';

/** How many items a Get Many gives. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		validateType: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Infinity means all. @throws InputError */
export const readLimit = (parameters: Parameters): number =>
	parameters.get('returnAll') === true
		? Infinity
		: parameters.number('limit', 'Limit', { min: 1, decimals: 0 });
