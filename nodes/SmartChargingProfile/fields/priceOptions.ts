import type { INodeProperties } from 'n8n-workflow';

import { timezoneField } from '../../shared/node/fields/timezone';
import { RESOLUTIONS } from '../../shared/charging/prices/priceList';
import { MOST_PERIODS } from '../../shared/charging/prices/priceProfiles';
import { limitFields, type LimitField } from './limits';
import { listFieldOption } from './prices';

/** What Cheapest Hours leave in the other hours. */
export const OTHER_LIMIT: LimitField = {
	label: 'Limit in Other Hours',
	name: 'otherLimit',
	description: 'What the car may draw in the hours that are not chosen (by default 0)',
	defaults: { A: 6, kW: 4.2 },
	show: { '/rule': ['cheapestHours'] },
	unitIn: '/limitUnit',
};

const ofBands = { show: { '/rule': ['priceBands'] } };

/** What may be added to the building of a schedule from prices. */
export const priceOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. EUR',
			description: 'What stands behind costs in the summary: the currency of the prices',
		},
		{
			displayName: 'Earliest Start',
			name: 'earliestStart',
			type: 'dateTime',
			default: '',
			description:
				'When charging can begin; prices that are over by then do not count. By default now.',
		},
		...limitFields(OTHER_LIMIT),
		listFieldOption,
		{
			displayName: 'Missing Prices',
			name: 'missingPrices',
			type: 'options',
			options: [
				{
					name: 'Count as Highest',
					value: 'highest',
					description: 'As the highest price there is',
				},
				{
					name: 'Keep Price Before',
					value: 'previous',
					description: 'As the price before the gap',
				},
				{ name: 'Stop', value: 'stop', description: 'The node fails and names the gap' },
			],
			default: 'highest',
			description: 'What counts where the prices have a gap',
		},
		{
			displayName: 'Periods per Profile',
			name: 'periodsPerProfile',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_PERIODS, numberPrecision: 0 },
			default: MOST_PERIODS,
			description:
				'How many periods a profile may have: 1024 by OCPP, fewer on many chargers (PeriodsPerSchedule)',
		},
		{
			displayName: 'Phases',
			name: 'phases',
			type: 'options',
			displayOptions: { show: { '/limitUnit': ['A'] } },
			options: [1, 2, 3].map((value) => ({ name: String(value), value })),
			default: 3,
			description: 'On how many phases cars charge, to turn A into kWh and costs',
		},
		{
			displayName: 'Prices Are Per',
			name: 'pricePer',
			type: 'options',
			options: [
				{ name: 'kWh', value: 'kWh' },
				{ name: 'MWh', value: 'MWh' },
			],
			default: 'kWh',
			description: 'The energy that a price is for, to compute costs',
		},
		{
			displayName: 'Resolution',
			name: 'resolution',
			type: 'options',
			options: [
				...RESOLUTIONS.map((value) => ({ name: `${value} Minutes`, value })),
				{
					name: 'From the Prices',
					value: 'auto',
					description: 'The shortest time between two prices',
				},
			],
			default: 'auto',
			description: 'How long each price holds',
		},
		{
			displayName: 'Split Into Several Profiles',
			name: 'split',
			type: 'boolean',
			displayOptions: ofBands,
			default: true,
			description:
				'Whether to put out several profiles, one valid after the other and with consecutive IDs, where one does not hold all periods',
		},
		timezoneField(
			'That of times without an offset, and of the output, as an IANA name. By default the workflow’s.',
		).property,
		{
			displayName: 'Voltage (V)',
			name: 'voltage',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { '/limitUnit': ['A'] } },
			default: 230,
			description: 'Between phase and neutral, to turn A into kWh and costs',
		},
	],
};
