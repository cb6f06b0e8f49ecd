import type { INodeProperties } from 'n8n-workflow';

/** A location of the account, chosen from a list or by its ID. */
export const locationField: INodeProperties = {
	displayName: 'Location',
	name: 'locationUid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A location of the account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a location...',
			typeOptions: { searchListMethod: 'searchLocations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. loc-depot',
		},
	],
};
