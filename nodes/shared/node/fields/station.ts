import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../parameters';

const DISPLAY_NAME = 'Charging Station';

/** The charging station that an operation is about. */
export const stationField: INodeProperties = {
	displayName: DISPLAY_NAME,
	name: 'stationId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The charging station to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a charging station...',
			typeOptions: { searchListMethod: 'searchStations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. DEPOT-DC-1',
		},
	],
};

/** @throws InputError */
export const readStationId = (parameters: Parameters): string =>
	parameters.id('stationId', DISPLAY_NAME);
