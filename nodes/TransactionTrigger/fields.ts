import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { location } from '../shared/node/fields/location';
import { station } from '../shared/node/fields/station';
import { transaction } from '../shared/node/fields/transaction';
import { EVENT_NAMES, EVENTS } from './events';

const events: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	options: EVENT_NAMES.map(
		(value): INodePropertyOptions => ({ value, ...EVENTS[value].text }),
	).sort((a, b) => a.name.localeCompare(b.name)),
	required: true,
	default: [],
	description: 'The events that start the workflow',
};

const energyKwh: INodeProperties = {
	displayName: 'Energy (kWh)',
	name: 'energyKwh',
	type: 'number',
	displayOptions: { show: { events: ['energyReached'] } },
	typeOptions: { minValue: 0 },
	default: 20,
	description: 'How much energy a transaction must have charged, in kWh',
};

const stateOfCharge: INodeProperties = {
	displayName: 'State of Charge (%)',
	name: 'stateOfCharge',
	type: 'number',
	displayOptions: { show: { events: ['stateOfChargeReached'] } },
	typeOptions: { minValue: 0, maxValue: 100 },
	default: 80,
	description: 'How full the battery must be, in %. AC chargers mostly do not know it.',
};

const powerLimitations: INodeProperties = {
	displayName: 'Limited By',
	name: 'powerLimitations',
	type: 'multiOptions',
	displayOptions: { show: { events: ['powerLimited'] } },
	options: [
		{ name: 'Charger', value: 'Charger', description: 'The charger’s own maximum' },
		{ name: 'Grid', value: 'Grid', description: 'The power that the grid connection allows' },
		{ name: 'Queue', value: 'Queue', description: 'Others are charged first' },
		{ name: 'Shared', value: 'Shared', description: 'The power is shared with others' },
		{ name: 'Vehicle', value: 'Vehicle', description: 'What the vehicle takes' },
	],
	default: ['Charger', 'Grid', 'Queue', 'Shared'],
	description: 'The reasons to tell of',
};

const scope: INodeProperties[] = [
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'Chosen Charging Stations',
				value: 'stations',
				description: 'The transactions of some charging stations',
			},
			{
				name: 'Every Charging Station',
				value: 'all',
				description: 'The transactions of the whole account',
			},
			{ name: 'Location', value: 'location', description: 'The transactions of one location' },
			{ name: 'One Transaction', value: 'transaction', description: 'One transaction, by its ID' },
		],
		default: 'all',
		description: 'Whose events start the workflow',
	},
	{
		displayName: 'Charging Stations',
		name: 'stations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		displayOptions: { show: { scope: ['stations'] } },
		placeholder: 'Add Charging Station',
		default: {},
		options: [
			{
				displayName: 'Charging Station',
				name: 'values',
				values: [{ ...station.property, description: 'A charging station to watch' }],
			},
		],
		description: 'The charging stations to watch',
	},
	{
		...location.property,
		displayOptions: { show: { scope: ['location'] } },
		required: true,
		description: 'The location to watch',
	},
	{
		...transaction.property,
		displayOptions: { show: { scope: ['transaction'] } },
		description: 'The transaction to watch. The list shows the latest of each connector.',
	},
];

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Raw',
			value: 'raw',
			description: 'The transaction with everything that the API answers',
		},
		{ name: 'Simplified', value: 'simplified', description: 'The most telling fields' },
	],
	default: 'simplified',
	description: 'Which fields the transaction in each item holds',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Include Ongoing Transactions',
			name: 'emitOngoing',
			type: 'boolean',
			default: false,
			description:
				'Whether to emit, when the workflow is first activated, the events so far of transactions that have not ended',
		},
		{
			displayName: 'Include Simulated',
			name: 'includeSimulated',
			type: 'boolean',
			default: false,
			description: 'Whether to watch simulated transactions too, such as those of the sandbox',
		},
	],
};

export const fields: INodeProperties[] = [
	events,
	energyKwh,
	stateOfCharge,
	powerLimitations,
	...scope,
	output,
	options,
];
