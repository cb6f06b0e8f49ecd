import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../parameters';

const DISPLAY_NAME = 'Connector';

/** The connector of a station that an operation is about, addressed by its EVSE. */
export const connectorField: INodeProperties = {
	displayName: DISPLAY_NAME,
	name: 'evseId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The connector of the charging station, addressed by its EVSE ID (1 or higher)',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a connector...',
			typeOptions: { searchListMethod: 'searchConnectors', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1',
			validation: [
				{
					type: 'regex',
					properties: { regex: '[1-9][0-9]*', errorMessage: 'A whole number, 1 or higher' },
				},
			],
		},
	],
};

/** @throws InputError */
export const readEvseId = (parameters: Parameters): number =>
	parameters.number('evseId', DISPLAY_NAME, { min: 1, decimals: 0 });
