import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { rateUnitOf, type LimitUnit } from '../../shared/charging/limitUnit';
import type { ChargingProfilePurpose } from '../../shared/charging/profile';
import type { Tariff } from '../../shared/charging/tariff/build';
import { timezoneField } from '../../shared/node/fields/timezone';
import { checkTime, checkTimezone, type Parameters } from '../../shared/node/parameters';
import { idField, purposeField, readIdentity, stackLevelField } from './identity';
import { limitFields, limitUnitField, readLimit, readLimitUnit, type LimitField } from './limits';
import { STATION_PURPOSES } from './purposes';
import { readTariffWindows, tariffWindowsFields } from './tariffWindows';

const OUTSIDE = 'Outside the Windows';
const MODE = 'Mode';
const DAYS_AHEAD = 'Days Ahead';
const START = 'Start';

const LIMIT_OUTSIDE: LimitField = {
	label: 'Limit Outside',
	name: 'limitOutside',
	description: 'The most that may be drawn outside the windows',
	defaults: { A: 16, kW: 20 },
	show: { outside: ['limit'] },
};

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
	timezoneField('Whose local time the windows are in, as an IANA name. By default the workflow’s.')
		.property,
];

const profileFields: INodeProperties[] = [
	{
		...purposeField(STATION_PURPOSES, 'ChargingStationMaxProfile'),
		description: 'What the profiles limit',
	},
	{
		...stackLevelField,
		description:
			'The lowest stack level of the profiles. Those that recur with no limit outside the windows can need several; the output names them.',
	},
	{
		...idField,
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
	limitUnitField,
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
	...limitFields(LIMIT_OUTSIDE),
	...timeFields,
	...profileFields,
];

/** @throws InputError */
function readMode(parameters: Parameters): Tariff['mode'] {
	const mode = parameters.option('mode', MODE, ['nextDays', 'recurring']);
	if (mode === 'recurring') return mode;
	return {
		days: parameters.number('daysAhead', DAYS_AHEAD, { min: 1, max: MAX_DAYS, decimals: 0 }),
	};
}

/** @throws InputError */
function readOutside(parameters: Parameters, unit: LimitUnit): number | undefined {
	return parameters.option('outside', OUTSIDE, ['limit', 'none']) === 'none'
		? undefined
		: readLimit(parameters, LIMIT_OUTSIDE, unit);
}

/**
 * Reads a tariff and checks it.
 * @param now what the start is unless the options say otherwise
 * @throws InputError
 */
export function readTariff(parameters: Parameters, now: DateTime): Tariff {
	const unit = readLimitUnit(parameters);
	const zone = checkTimezone(parameters, parameters.get('timezone'));
	const { start } = parameters.collection('options');
	return {
		windows: readTariffWindows(parameters, unit),
		outside: readOutside(parameters, unit),
		unit: rateUnitOf(unit),
		zone,
		start: (start === undefined ? now : DateTime.fromISO(checkTime(START, start, zone))).toMillis(),
		mode: readMode(parameters),
		identity: readIdentity(
			parameters,
			STATION_PURPOSES.map(({ value }) => value as ChargingProfilePurpose),
		),
	};
}
