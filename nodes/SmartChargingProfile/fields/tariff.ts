import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import type { Tariff } from '../../shared/charging/tariff/build';
import { checkTimezone, timezoneField } from '../../shared/node/fields/timezone';
import { checkNumber, checkTime, InputError, type Parameters } from '../../shared/node/parameters';
import { NAMES } from './names';
import { STATION_PURPOSES } from './purposes';
import {
	LIMIT_UNITS,
	limitFields,
	rateUnitOf,
	readLimit,
	readTariffWindows,
	tariffWindowsFields,
	type LimitUnit,
} from './tariffWindows';

const LIMIT_UNIT = 'Limit Unit';
const OUTSIDE = 'Outside the Windows';
const OUTSIDE_LIMIT = 'Limit Outside';
const MODE = 'Mode';
const DAYS_AHEAD = 'Days Ahead';
const START = 'Start';

/** What is sent again before it runs out need not reach further. */
const MAX_DAYS = 31;

const timeFields: INodeProperties[] = [
	{
		displayName: MODE,
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Next Days',
				value: 'nextDays',
				description: 'Absolute profiles for some days, to be built and sent again before they end',
			},
			{
				name: 'Recurring',
				value: 'recurring',
				description:
					'Recurring profiles for a year or more, apart for the time before and after each change of the clocks',
			},
		],
		default: 'recurring',
		description: 'How the windows come again. Both are exact in local time.',
	},
	{
		displayName: DAYS_AHEAD,
		name: 'daysAhead',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_DAYS, numberPrecision: 0 },
		displayOptions: { show: { mode: ['nextDays'] } },
		default: 7,
		description: `How many days the profiles are for, today among them, up to ${MAX_DAYS}`,
	},
	timezoneField('Whose local time the windows are in, as an IANA name. By default the workflow’s.'),
];

const identityFields: INodeProperties[] = [
	{
		displayName: NAMES.chargingProfilePurpose,
		name: 'chargingProfilePurpose',
		type: 'options',
		options: STATION_PURPOSES,
		default: 'ChargingStationMaxProfile',
		description: 'What the profiles limit',
	},
	{
		displayName: NAMES.stackLevel,
		name: 'stackLevel',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'The lowest stack level of the profiles. Those that recur with no limit outside the windows can need several; the output names them.',
	},
	{
		displayName: NAMES.id,
		name: 'chargingProfileId',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: 100,
		description:
			'The lowest ID of the profiles; others take IDs from there on. Built again with the same windows and days, they replace those that were sent before. ChargEye uses 3000 to 5282 for power limits.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: START,
				name: 'start',
				type: 'dateTime',
				default: '',
				description:
					'The moment from which on the profiles are needed, in the time zone of the windows unless it has an offset. By default now.',
			},
		],
	},
];

/** What Build From Tariff Hours takes. */
export const tariffFields: INodeProperties[] = [
	{
		displayName: LIMIT_UNIT,
		name: 'limitUnit',
		type: 'options',
		options: [
			{ name: 'A', value: 'A', description: 'Amperes per phase' },
			{ name: 'kW', value: 'kW', description: 'Kilowatts over all phases; the profiles carry W' },
		],
		default: 'kW',
		description: 'The unit of all limits. DC chargers take kW.',
	},
	...tariffWindowsFields,
	{
		displayName: OUTSIDE,
		name: 'outside',
		type: 'options',
		options: [
			{ name: 'Limit', value: 'limit', description: 'Another limit holds at all other times' },
			{
				name: 'No Limit',
				value: 'none',
				description: 'These profiles say nothing then, and those on lower stack levels hold',
			},
		],
		default: 'none',
		description: 'What holds outside the windows',
	},
	...limitFields('outside', OUTSIDE_LIMIT, 'The most that may be drawn outside the windows', {
		outside: ['limit'],
	}),
	...timeFields,
	...identityFields,
];

/** @throws InputError */
function readMode(parameters: Parameters): Tariff['mode'] {
	const mode = parameters.option('mode', MODE, ['nextDays', 'recurring']);
	if (mode === 'recurring') return mode;
	const days = checkNumber(DAYS_AHEAD, parameters.get('daysAhead'), { min: 1, decimals: 0 });
	if (days <= MAX_DAYS) return { days };
	throw new InputError(
		`${DAYS_AHEAD} is ${days}, which is more than ${MAX_DAYS}`,
		`Enter ${MAX_DAYS} or less, and send the profiles again before they end; or choose the mode Recurring.`,
	);
}

/** @throws InputError */
function readOutside(parameters: Parameters, unit: LimitUnit): number | undefined {
	return parameters.option('outside', OUTSIDE, ['limit', 'none']) === 'none'
		? undefined
		: readLimit(`${OUTSIDE_LIMIT} (${unit})`, parameters.get(`outside${unit}`), unit);
}

/**
 * Reads a tariff and checks it.
 * @param now what the start is unless the options say otherwise
 * @throws InputError
 */
export function readTariff(parameters: Parameters, now: DateTime): Tariff {
	const unit = parameters.option('limitUnit', LIMIT_UNIT, LIMIT_UNITS);
	const zone = checkTimezone(parameters, parameters.get('timezone', ''));
	const { start } = parameters.collection('options');
	return {
		windows: readTariffWindows(parameters, unit),
		outside: readOutside(parameters, unit),
		unit: rateUnitOf(unit),
		zone,
		start: (start === undefined ? now : DateTime.fromISO(checkTime(START, start, zone))).toMillis(),
		mode: readMode(parameters),
		purpose: parameters.option(
			'chargingProfilePurpose',
			NAMES.chargingProfilePurpose,
			STATION_PURPOSES.map(({ value }) => value as Tariff['purpose']),
		),
		stackLevel: parameters.number('stackLevel', NAMES.stackLevel, { min: 0, decimals: 0 }),
		firstId: parameters.number('chargingProfileId', NAMES.id, { min: 0, decimals: 0 }),
	};
}
