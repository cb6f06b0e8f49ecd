import type { IDataObject, INodeProperties, NodeHint } from 'n8n-workflow';

import {
	checkNumber,
	checkText,
	filled,
	INTEGER,
	InputError,
	LONGEST_IN_ADDRESS,
	type Parameters,
} from '../parameters';
import { commandOptions } from './options';

/** The API's three ways to state a limit. They may be sent together; at least one is needed. */
const LIMITS = {
	acMaxPowerA: { name: 'AC Current (A)', unit: 'A', side: 'per phase, on the grid side' },
	acMaxPowerKw: { name: 'AC Power (kW)', unit: 'kW', side: 'on the grid side' },
	dcMaxPowerKw: { name: 'DC Power (kW)', unit: 'kW', side: 'on the vehicle side' },
} as const;

type LimitType = keyof typeof LIMITS;

const LIMIT_TYPES = Object.keys(LIMITS) as LimitType[];

/** How many a limit may have: of A by OCPP 2.0.1 part 2, section 2.11; of kW so many that they are whole W. */
const DECIMALS = { A: 1, kW: 3 } as const;
const DECIMALS_IN_WORDS = { A: 'one decimal', kW: 'three decimals' } as const;

/** Below these most AC cars pause: 6 A is the least that a car may be offered (IEC 61851-1), 1.38 kW is that on one phase. */
const PAUSES_BELOW: Partial<Record<LimitType, number>> = { acMaxPowerA: 6, acMaxPowerKw: 1.38 };

const PAUSES =
	'Below 6 A per phase (1.38 kW on one phase) most AC cars pause, and 0 stops charging until the limit is cleared';

const additionalLimit = (type: LimitType): INodeProperties => ({
	displayName: `Also Limit ${LIMITS[type].name}`,
	name: type,
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: DECIMALS[LIMITS[type].unit] },
	displayOptions: { hide: { '/limitType': [type] } },
	default: 0,
	description: `A further limit ${LIMITS[type].side}; the lowest holds`,
});

/** No condition, for those who fill in the option by an expression. */
const ALWAYS = 'always';

/** What the API takes beside a limit. */
const limitOptions = commandOptions(
	...LIMIT_TYPES.map(additionalLimit),
	{
		displayName: 'Charging Profile ID',
		name: 'chargingProfileId',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 3000,
		description:
			'The ID under which the charger keeps the limit, unique within the charger. By default ChargEye chooses one from 3000 to 5282.',
	},
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'string',
		default: '',
		placeholder: 'e.g. Tariff peak',
		description: 'Why the limit is set, for those who see it in ChargEye',
	},
	{
		displayName: 'Condition',
		name: 'condition',
		type: 'options',
		options: [
			{ name: 'Always', value: ALWAYS, description: 'No condition' },
			{
				name: 'When No Cloud Connection',
				value: 'whenNoCloudConnection',
				description: 'Only while the charger has no connection to ChargEye',
			},
			{
				name: 'When Session Not Authorized',
				value: 'whenSessionNotAuthorized',
				description: 'Only while the session is not authorized',
			},
		],
		default: 'whenNoCloudConnection',
		description:
			'The limit is active only under this condition. Other values can be given by an expression.',
	},
	{
		displayName: 'Relative Delay (S)',
		name: 'relativeDelay',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Seconds after charging starts before the limit begins',
	},
	{
		displayName: 'Stack Level',
		name: 'stackLevel',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'Which limit wins where several are set for the same purpose: the higher. By default 0, or 1000 with a condition.',
	},
);

const limitField = (types: LimitType[], unit: 'A' | 'kW', value: number): INodeProperties => ({
	displayName: `Limit (${unit})`,
	name: 'limitValue',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: DECIMALS[unit] },
	displayOptions: { show: { limitType: types } },
	required: true,
	default: value,
	description: `The most that may be drawn, in ${unit}, with at most ${DECIMALS_IN_WORDS[unit]}. ${PAUSES}.`,
});

/** Warns in the editor, before the node has run. */
export const powerLimitHint: NodeHint = {
	type: 'warning',
	message: `${PAUSES}.`,
	displayCondition: `={{ typeof $parameter.limitValue === "number" && $parameter.limitValue < (${JSON.stringify(PAUSES_BELOW)}[$parameter.limitType] ?? 0) }}`,
	whenToDisplay: 'beforeExecution',
	location: 'ndv',
};

/** The fields of every Set Power Limit. */
export const powerLimitFields: INodeProperties[] = [
	{
		displayName: 'Limit Type',
		name: 'limitType',
		type: 'options',
		options: LIMIT_TYPES.map((value) => ({
			name: LIMITS[value].name,
			value,
			description: `Limit ${LIMITS[value].side}`,
		})),
		default: 'acMaxPowerKw',
		description: 'What is limited, and in which unit the limit is given',
	},
	limitField(['acMaxPowerA'], 'A', 16),
	limitField(['acMaxPowerKw', 'dcMaxPowerKw'], 'kW', 20),
	limitOptions,
];

/** A limit as the API takes it: `{acMaxPowerA?, acMaxPowerKw?, dcMaxPowerKw?}`, at least one of them. */
export type PowerLimit = Partial<Record<LimitType, number>>;

/**
 * The condition under which alone the limit is active, if there is one.
 * @param added what was added to the options
 * @throws InputError if it is empty: what was meant for a moment would hold always
 */
function readCondition({ condition }: IDataObject): string | undefined {
	if (condition === undefined || condition === ALWAYS) return undefined;
	if (condition !== null) return checkText('Condition', condition, LONGEST_IN_ADDRESS);
	throw new InputError(
		'Condition is empty: without one the limit would always hold',
		'Choose a condition, or Always if that is meant.',
	);
}

/** How each option becomes a query parameter of the API. */
const QUERY: Record<string, (value: unknown) => string | number> = {
	chargingProfileId: (value) => checkNumber('Charging Profile ID', value, INTEGER),
	comment: (value) => checkText('Comment', value, LONGEST_IN_ADDRESS),
	relativeDelay: (value) =>
		checkNumber('Relative Delay (S)', value, { ...INTEGER, min: 0, unit: 'seconds' }),
	stackLevel: (value) => checkNumber('Stack Level', value, { ...INTEGER, min: 0 }),
};

/** `{acMaxPowerKw: 20}` → "20 kW (AC)". */
const inWords = (limit: PowerLimit): string =>
	LIMIT_TYPES.filter((type) => limit[type] !== undefined)
		.map((type) => `${limit[type]} ${LIMITS[type].unit} (${type.startsWith('ac') ? 'AC' : 'DC'})`)
		.join(' and ');

/**
 * Reads a limit and its options.
 * @returns body and query of the API's set-power-limit operations, the limit in words, and a hint if cars will pause
 * @throws InputError if a value is empty, no number, negative, has too many decimals, or is given twice
 */
export function readPowerLimit(parameters: Parameters): {
	limit: PowerLimit;
	query: Record<string, string | number>;
	words: string;
	hint?: string;
} {
	const type = parameters.option('limitType', 'Limit Type', LIMIT_TYPES);
	const added = parameters.added('options');
	const options = filled(added);
	const read = (field: string, value: unknown, unit: 'A' | 'kW') =>
		checkNumber(field, value, { min: 0, decimals: DECIMALS[unit], unit });

	const { name, unit } = LIMITS[type];
	const limit: PowerLimit = {
		[type]: read(`Limit (${unit})`, parameters.get('limitValue'), unit),
	};
	// The form does not offer this; with an expression in Limit Type it can come about.
	if (options[type] !== undefined) {
		throw new InputError(
			`Also Limit ${name} is given beside a Limit Type of ${name}`,
			'Give each limit once: remove the option, or choose another Limit Type.',
		);
	}
	for (const other of LIMIT_TYPES.filter((one) => options[one] !== undefined)) {
		limit[other] = read(`Also Limit ${LIMITS[other].name}`, options[other], LIMITS[other].unit);
	}
	const condition = readCondition(added);
	const query = {
		...Object.fromEntries(
			Object.entries(QUERY)
				.filter(([name]) => options[name] !== undefined)
				.map(([name, read]) => [name, read(options[name])]),
		),
		...(condition !== undefined && { condition }),
	};
	const pauses = LIMIT_TYPES.some((t) => (limit[t] ?? Infinity) < (PAUSES_BELOW[t] ?? 0));
	return { limit, query, words: inWords(limit), ...(pauses && { hint: `${PAUSES}.` }) };
}
