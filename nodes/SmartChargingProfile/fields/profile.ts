import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ChargingProfilePurpose } from '../../shared/charging/profile';
import { idField, purposeField, stackLevelField, transactionField } from './identity';
import { NAMES, PROFILE_JSON, specify } from './names';
import { periodsFields } from './periods';
import { profileOptions } from './profileOptions';

const EXAMPLE = `{
  "id": 1,
  "stackLevel": 0,
  "chargingProfilePurpose": "TxDefaultProfile",
  "chargingProfileKind": "Absolute",
  "chargingSchedule": [
    {
      "id": 1,
      "startSchedule": "2026-01-15T17:00:00",
      "chargingRateUnit": "A",
      "chargingSchedulePeriod": [{ "startPeriod": 0, "limit": 16 }]
    }
  ]
}`;

/** The field is there while the profile is given by fields, and its own conditions hold. */
const ofFields = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { specifyProfile: ['fields'], ...field.displayOptions?.show } },
});

const timingFields: INodeProperties[] = [
	{
		displayName: NAMES.chargingProfileKind,
		name: 'chargingProfileKind',
		type: 'options',
		options: [
			{ name: 'Absolute', value: 'Absolute', description: 'From a moment on' },
			{ name: 'Recurring', value: 'Recurring', description: 'From a moment on, every day or week' },
			{
				name: 'Relative',
				value: 'Relative',
				description: 'From the start of each transaction',
				// K01.FR.38
				displayOptions: { hide: { chargingProfilePurpose: ['ChargingStationMaxProfile'] } },
			},
		],
		default: 'Absolute',
		description: 'When the schedule starts',
	},
	{
		displayName: NAMES.recurrencyKind,
		name: 'recurrencyKind',
		type: 'options',
		displayOptions: { show: { chargingProfileKind: ['Recurring'] } },
		options: [
			{ name: 'Daily', value: 'Daily', description: 'Every 24 hours' },
			{ name: 'Weekly', value: 'Weekly', description: 'Every 7 days' },
		],
		default: 'Daily',
		description:
			'How often the schedule starts again. Chargers count in UTC: a change of the clocks moves it by an hour.',
	},
	{
		displayName: NAMES.startSchedule,
		name: 'startSchedule',
		type: 'dateTime',
		displayOptions: { show: { chargingProfileKind: ['Absolute', 'Recurring'] } },
		required: true,
		default: '',
		description:
			'When the schedule starts, in the workflow’s time zone unless it has an offset. It may lie in the past.',
	},
];

const limitFields: INodeProperties[] = [
	{
		displayName: NAMES.chargingRateUnit,
		name: 'chargingRateUnit',
		type: 'options',
		options: [
			{ name: 'A', value: 'A', description: 'Amperes per phase' },
			{ name: 'W', value: 'W', description: 'Watts over all phases' },
		],
		default: 'W',
		description: 'The unit of all limits of the profile. DC chargers take W.',
	},
	...periodsFields,
];

/**
 * The fields of a Set.
 * @param purposes those that apply to what the profile is set on
 */
export const profileFields = (
	purposes: INodePropertyOptions[],
	defaultPurpose: ChargingProfilePurpose,
): INodeProperties[] => {
	const forTransactions = purposes.some(({ value }) => value === 'TxProfile');
	return [
		specify('Specify Profile', 'specifyProfile', 'the charging profile is'),
		{
			displayName: PROFILE_JSON,
			name: 'profileJson',
			type: 'json',
			typeOptions: { rows: 16 },
			displayOptions: { show: { specifyProfile: ['json'] } },
			required: true,
			default: EXAMPLE,
			description:
				'The charging profile as OCPP 2.0.1 has it (ChargingProfileType), perhaps with ChargEye’s condition and meta. Times without an offset are in the workflow’s time zone.',
		},
		...[
			purposeField(purposes, defaultPurpose),
			...(forTransactions ? [transactionField] : []),
			...timingFields,
			...limitFields,
			idField,
			stackLevelField,
		].map(ofFields),
		...profileOptions.properties,
	];
};
