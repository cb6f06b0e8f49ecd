import type { INodeProperties } from 'n8n-workflow';

import { ChargerOperations } from '../../../../nodes/ChargerOperations/ChargerOperations.node.ts';
import { SmartChargingProfile } from '../../../../nodes/SmartChargingProfile/SmartChargingProfile.node.ts';
import { StationTrigger } from '../../../../nodes/StationTrigger/StationTrigger.node.ts';
import { Transaction } from '../../../../nodes/Transaction/Transaction.node.ts';
import { TransactionTrigger } from '../../../../nodes/TransactionTrigger/TransactionTrigger.node.ts';
import { breachesOf, N8N_RULES } from '../../../support/descriptionRules.mts';

it.each([ChargerOperations, SmartChargingProfile, StationTrigger, Transaction, TransactionTrigger])(
	'the parameters of %p follow n8n’s rules',
	(Node) => {
		const { properties } = new Node().description;
		expect(properties.length).toBeGreaterThan(0);
		expect([...new Set(breachesOf(properties))]).toEqual([]);
	},
);

it('the check includes n8n’s own rules', () => {
	expect(N8N_RULES.length).toBeGreaterThan(70);
});

const SOUND: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Fast', value: 'fast', description: 'As fast as the car can' },
			{ name: 'Slow', value: 'slow' },
		],
		default: 'fast',
		description: 'How cars are charged',
	},
	{
		displayName: 'Limit (kW)',
		name: 'limitKw',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 350, numberPrecision: 3 },
		displayOptions: { show: { mode: ['slow'] } },
		default: 7,
		description: 'The most that may be drawn. Below 1.38 kW most AC cars pause.',
	},
	{
		displayName: 'Delay (S)',
		name: 'delay',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		displayOptions: { show: { mode: ['fast'] } },
		default: 0,
		description: 'When charging begins',
	},
	{
		displayName: 'Charging Station',
		name: 'stationId',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. DEPOT-1' }],
		description: 'The charging station to work with',
	},
	{
		displayName: 'Periods',
		name: 'periods',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Period',
		default: { period: [{ start: 0 }] },
		options: [
			{
				displayName: 'Period',
				name: 'period',
				values: [
					{
						displayName: 'Start',
						name: 'start',
						type: 'number',
						default: 0,
						description: 'When it starts',
					},
				],
			},
		],
		description: 'What may be drawn when',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Comment',
				name: 'comment',
				type: 'string',
				displayOptions: { show: { '/mode': ['slow'] } },
				default: '',
				placeholder: 'e.g. Tariff peak',
				description: 'Why it is done',
			},
			{
				displayName: 'Days',
				name: 'weekdays',
				type: 'multiOptions',
				options: [
					{ name: 'Friday', value: 'friday' },
					{ name: 'Monday', value: 'monday' },
				],
				default: ['monday'],
				description: 'On which days it is done',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: true,
				description: 'Whether nothing is sent',
			},
		],
	},
];

/** The parameters, with changes to the one with this name, at any depth. */
const changed = (
	properties: INodeProperties[],
	name: string,
	changes: Partial<INodeProperties>,
): INodeProperties[] =>
	properties.map((property) => {
		const options = property.options?.map((option) => {
			if ('type' in option) return changed([option], name, changes)[0];
			return 'values' in option
				? { ...option, values: changed(option.values, name, changes) }
				: option;
		});
		return {
			...property,
			...(options && { options }),
			...(property.name === name && changes),
		};
	});

it('sound parameters break no rule', () => {
	expect(breachesOf(SOUND)).toEqual([]);
});

const [mode, , , station] = SOUND;

it.each<[string, Partial<INodeProperties>, string]>([
	['limitKw', { displayName: 'Most power (kW)' }, '"Most power (kW)" is not in Title Case'],
	['limitKw', { displayName: 'Most power (kW)' }, 'node-param-display-name-miscased'],
	['mode', { options: [{ name: 'as fast', value: 'fast' }] }, '"as fast" is not in Title Case'],
	[
		'periods',
		{ options: [{ displayName: 'one period', name: 'period', values: [] }] },
		'"one period" is',
	],
	['stationId', { modes: [{ ...station.modes![0], displayName: 'by ID' }] }, '"by ID" is not in'],
	[
		'dryRun',
		{ description: 'If nothing is sent' },
		'node-param-description-boolean-without-whether',
	],
	['delay', { description: 'when charging begins' }, 'is not in sentence case'],
	['delay', { description: 'When Charging Really Begins' }, 'is not in sentence case'],
	['delay', { description: 'When charging begins.' }, 'one sentence has no full stop'],
	['delay', { description: 'When it begins. By default now' }, 'lacks its last full stop'],
	['delay', { description: 'When charging begins.' }, 'node-param-description-excess-final-period'],
	['mode', { hint: 'Slow is kinder.' }, 'one sentence has no full stop'],
	[
		'mode',
		{ options: [{ name: 'Fast', value: 'fast', description: 'as the car can' }] },
		'is not in sentence case',
	],
	['delay', { description: undefined }, 'has no description'],
	[
		'comment',
		{ placeholder: 'Tariff peak' },
		'the placeholder Tariff peak does not begin with "e.g. "',
	],
	['options', { placeholder: 'e.g. an option' }, 'does not begin with "Add "'],
	[
		'stationId',
		{ modes: [{ ...station.modes![0], placeholder: 'DEPOT-1' }] },
		'the placeholder DEPOT-1',
	],
	['mode', { options: [...mode.options!].reverse() }, 'is not sorted: Slow, Fast'],
	['comment', { displayName: 'Why' }, 'is not sorted: Why, Days, Dry Run'],
	['mode', { default: '' }, 'the default "" does not fit options'],
	['delay', { default: '' }, 'the default "" does not fit number'],
	['dryRun', { default: '' }, 'the default "" does not fit boolean'],
	['weekdays', { default: ['sunday'] }, 'the default ["sunday"] does not fit multiOptions'],
	['options', { default: '' }, 'the default "" does not fit collection'],
	['comment', { default: 0 }, 'the default 0 does not fit string'],
	['comment', { type: 'json', default: '{}' }, 'the default "{}" does not fit json'],
	['stationId', { default: 'DEPOT-1' }, 'the default "DEPOT-1" does not fit resourceLocator'],
	['periods', { default: { period: [{ begin: 0 }] } }, 'a default row has begin'],
	[
		'delay',
		{ name: 'limitKw', displayOptions: undefined },
		'is there twice under the same conditions',
	],
	['delay', { typeOptions: { numberPrecision: 0 } }, 'in S has no minimum of 0 or more'],
	['dryRun', { default: false }, 'is off when it is added'],
	['start', { default: '' }, 'the default "" does not fit number'],
	['delay', { typeOptions: { minValue: 0 } }, 'has decimals, and is in seconds'],
	['limitKw', { displayName: 'State of Charge (%)' }, 'in % may be more than 100'],
	['limitKw', { typeOptions: { minValue: 0, maxValue: -1 } }, 'allows no number'],
	[
		'limitKw',
		{ displayOptions: { show: { kind: ['slow'] } } },
		'is shown by kind, which does not exist',
	],
	[
		'comment',
		{ displayOptions: { show: { mode: ['slow'] } } },
		'is shown by mode, which does not exist',
	],
	['limitKw', { displayOptions: { hide: { mode: ['full'] } } }, 'is shown by mode as full, which'],
	['delay', { required: false }, 'node-param-required-false'],
	['comment', { displayName: 'Comment', name: 'comment ' }, 'node-param-name-untrimmed'],
])('%s with %j: %s', (name, changes, breach) => {
	expect(breachesOf(changed(SOUND, name, changes))).toContainEqual(expect.stringContaining(breach));
});

it('a name may be used twice under conditions that exclude each other', () => {
	const twice = changed(SOUND, 'delay', { name: 'limitKw', displayName: 'Limit (S)' });
	expect(breachesOf(twice)).toEqual([]);
	const hidden = changed(twice, 'limitKw', { displayOptions: { hide: { mode: ['fast'] } } });
	expect(breachesOf(hidden)).toContainEqual(expect.stringContaining('is there twice'));
});

it('a parameter in a condition must itself be shown', () => {
	const hidden = changed(SOUND, 'limitKw', {
		displayOptions: { show: { mode: ['slow'], delay: [0] } },
	});
	expect(breachesOf(hidden)).toContainEqual(
		expect.stringContaining('limitKw: is shown by delay, which does not exist'),
	);
});
