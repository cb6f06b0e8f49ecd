import type { NodeHint } from 'n8n-workflow';

import type { BodyOf, QueryOf } from '../../chargeye/contract';
import { InputError } from '../../charging/base/inputError';
import { present } from '../present';
import { commentOn } from './comment';
import { propertiesOf, type Field, type FormPart } from './kinds/field';
import { COUNT, INTEGER, numberField } from './kinds/number';
import { openOptionField, optionField } from './kinds/option';
import { checkText, LONGEST_IN_ADDRESS } from './kinds/text';
import type { Values } from './kinds/values';
import { commandOptions } from './options';

/** A limit in the API's form; at least one of its fields is needed. */
export type PowerLimit = BodyOf<'setStationPowerLimit'>['limit'];

type LimitQuery = QueryOf<'setStationPowerLimit'>;

/** The API's three ways to state a limit. They may be sent together; at least one is needed. */
const LIMITS = {
	acMaxPowerA: { name: 'AC Current (A)', unit: 'A', side: 'per phase, on the grid side' },
	acMaxPowerKw: { name: 'AC Power (kW)', unit: 'kW', side: 'on the grid side' },
	dcMaxPowerKw: { name: 'DC Power (kW)', unit: 'kW', side: 'on the vehicle side' },
} as const satisfies Record<keyof PowerLimit, object>;

type LimitType = keyof typeof LIMITS;

const LIMIT_TYPES = Object.keys(LIMITS) as LimitType[];

/** The most decimals of a limit: in A one (OCPP 2.0.1 part 2, section 2.11), in kW three, for whole W. */
const DECIMALS = { A: 1, kW: 3 } as const;
const DECIMALS_IN_WORDS = { A: 'one decimal', kW: 'three decimals' } as const;

/** Most AC cars pause below these limits: 6 A is the least current of IEC 61851-1, and 1.38 kW is that on one phase. */
const PAUSES_BELOW: Record<LimitType, number> = {
	acMaxPowerA: 6,
	acMaxPowerKw: 1.38,
	// Only 0 is below this: the least power that a DC car needs is not known.
	dcMaxPowerKw: 0.001,
};

const PAUSES =
	'Below 6 A per phase (1.38 kW on one phase) most AC cars pause, and 0 stops charging until the limit is cleared';

/** An expression that is true if cars pause at a limit; it is false for a negative number, which gets an error instead. */
const pausesIf = (limit: string, below: string | number): string =>
	`(typeof ${limit} === "number" && ${limit} >= 0 && ${limit} < ${below})`;

/** Warns in the editor, before the node has run. */
export const powerLimitHint: NodeHint = {
	type: 'warning',
	message: `${PAUSES}.`,
	displayCondition: `={{ ${[
		pausesIf('$parameter.limitValue', `${JSON.stringify(PAUSES_BELOW)}[$parameter.limitType]`),
		...LIMIT_TYPES.map((type) => pausesIf(`$parameter.options?.${type}`, PAUSES_BELOW[type])),
	].join(' || ')} }}`,
	whenToDisplay: 'beforeExecution',
	location: 'ndv',
};

const limitType = optionField({
	label: 'Limit Type',
	name: 'limitType',
	options: LIMIT_TYPES.map((value) => ({
		name: LIMITS[value].name,
		value,
		description: `Limit ${LIMITS[value].side}`,
	})),
	default: 'acMaxPowerKw',
	description: 'What is limited, and in which unit the limit is given',
});

const limitValueIn = (unit: 'A' | 'kW', example: number): Field<number> =>
	numberField({
		label: `Limit (${unit})`,
		name: 'limitValue',
		min: 0,
		decimals: DECIMALS[unit],
		unit,
		show: { limitType: LIMIT_TYPES.filter((type) => LIMITS[type].unit === unit) },
		required: true,
		default: example,
		description: `The highest value allowed, in ${unit}, with at most ${DECIMALS_IN_WORDS[unit]}. ${PAUSES}.`,
	});

const LIMIT_VALUES = { A: limitValueIn('A', 16), kW: limitValueIn('kW', 20) };

const alsoLimit = (type: LimitType): Field<number> =>
	numberField({
		label: `Also Limit ${LIMITS[type].name}`,
		name: type,
		min: 0,
		decimals: DECIMALS[LIMITS[type].unit],
		unit: LIMITS[type].unit,
		hide: { '/limitType': [type] },
		default: '',
		description: `A further limit ${LIMITS[type].side}; the lowest applies`,
	}).refusingEmpty(
		'without a value the option limits nothing',
		`Enter a number in ${LIMITS[type].unit}, or remove the option.`,
	);

const ALSO_LIMITS: Record<LimitType, Field<number>> = {
	acMaxPowerA: alsoLimit('acMaxPowerA'),
	acMaxPowerKw: alsoLimit('acMaxPowerKw'),
	dcMaxPowerKw: alsoLimit('dcMaxPowerKw'),
};

const chargingProfileId = numberField({
	label: 'Charging Profile ID',
	name: 'chargingProfileId',
	...INTEGER,
	default: 3000,
	description:
		'The ID under which the charger stores the limit, unique within the charger. By default ChargEye chooses one from 3000 to 5282.',
});

const comment = commentOn('the limit');

/** The value for no condition, for users who set the option by an expression. */
const ALWAYS = 'always';

const condition = openOptionField<string>({
	label: 'Condition',
	name: 'condition',
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
	refusesEmpty: 'without a condition the limit would always apply',
	fixWhenEmpty: 'Choose a condition, or Always if you want no condition.',
	check: (label, value) => checkText(label, value, LONGEST_IN_ADDRESS),
	description:
		'The limit is active only under this condition. Other values can be given by an expression.',
});

const relativeDelay = numberField({
	label: 'Relative Delay (S)',
	name: 'relativeDelay',
	...COUNT,
	unit: 'seconds',
	default: 0,
	description: 'Seconds after charging starts before the limit begins',
});

const stackLevel = numberField({
	label: 'Stack Level',
	name: 'stackLevel',
	...COUNT,
	default: 0,
	description:
		'Of several limits for the same purpose, the one with the highest stack level wins. By default 0, or 1000 with a condition. A schedule on a connector has a higher one, and wins while it has a period: enter 10 to overrule it, or the highest that the charger takes.',
});

const limitOptions = commandOptions(
	...Object.values(ALSO_LIMITS),
	chargingProfileId,
	comment,
	condition,
	relativeDelay,
	stackLevel,
);

/** `{acMaxPowerKw: 20}` → "20 kW (AC)". */
const inWords = (limit: PowerLimit): string =>
	LIMIT_TYPES.filter((type) => limit[type] !== undefined)
		.map((type) => `${limit[type]} ${LIMITS[type].unit} (${type.startsWith('ac') ? 'AC' : 'DC'})`)
		.join(' and ');

/** Reads all limits. @throws InputError if a limit is not valid, or given twice */
function readLimits(parameters: Values, options: Values): PowerLimit {
	const type = limitType.read(parameters);
	const limit: PowerLimit = { [type]: LIMIT_VALUES[LIMITS[type].unit].read(parameters) };
	for (const other of LIMIT_TYPES) {
		const value = ALSO_LIMITS[other].readIfGiven(options);
		if (value === undefined) continue;
		// The form does not offer this, but it can happen with an expression in Limit Type.
		if (other === type) {
			throw new InputError(
				`${ALSO_LIMITS[type].label} is given in addition to a ${limitType.label} of ${LIMITS[type].name}`,
				`Give each limit once: remove the option, or choose another ${limitType.label}.`,
			);
		}
		limit[other] = value;
	}
	return limit;
}

/** Reads the options of a limit that the API takes as query parameters. @throws InputError */
function readQuery(options: Values): LimitQuery {
	const when = condition.readIfGiven(options);
	return present<LimitQuery>({
		chargingProfileId: chargingProfileId.readIfGiven(options),
		comment: comment.readIfGiven(options),
		relativeDelay: relativeDelay.readIfGiven(options),
		stackLevel: stackLevel.readIfGiven(options),
		condition: when === ALWAYS ? undefined : when,
	});
}

/** The fields of every Set Power Limit. */
export const powerLimit: FormPart & {
	/**
	 * Reads a limit and its options.
	 * @returns body and query of the API's set-power-limit operations, the limit in words, and a hint if cars will pause
	 * @throws InputError if a value is empty, not a number, negative, has too many decimals, or is given twice
	 */
	read(parameters: Values): {
		limit: PowerLimit;
		query: LimitQuery;
		words: string;
		hint?: string;
	};
} = {
	properties: propertiesOf([limitType, LIMIT_VALUES.A, LIMIT_VALUES.kW, limitOptions]),
	read(parameters) {
		const options = limitOptions.read(parameters);
		const limit = readLimits(parameters, options);
		const query = readQuery(options);
		const pauses = LIMIT_TYPES.some((type) => (limit[type] ?? Infinity) < PAUSES_BELOW[type]);
		return { limit, query, words: inWords(limit), ...(pauses && { hint: `${PAUSES}.` }) };
	},
};
