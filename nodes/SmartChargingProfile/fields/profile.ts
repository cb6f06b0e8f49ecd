import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ChargingProfilePurpose } from '../../shared/charging/profile';
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

/** Where the purpose is TxProfile. */
export const transactionField: INodeProperties = {
	displayName: NAMES.transactionId,
	name: 'transactionId',
	type: 'string',
	displayOptions: { show: { chargingProfilePurpose: ['TxProfile'] } },
	required: true,
	default: '',
	placeholder: 'e.g. 5a1f0c7e-2b1d-4c55-9f0e-8d3c0d0f6a11',
	description: 'The ID of the transaction that runs on the connector',
};

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

/** What tells a profile from the others on a charger. */
export const identityFields: INodeProperties[] = [
	{
		displayName: NAMES.id,
		name: 'chargingProfileId',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		required: true,
		default: 1,
		description:
			'The ID under which the charger keeps the profile, unique within the charger. A profile sent under the same ID replaces it. ChargEye uses 3000 to 5282 for power limits.',
	},
	{
		displayName: NAMES.stackLevel,
		name: 'stackLevel',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Which profile wins where several have the same purpose: the higher',
	},
];

/**
 * The fields of a Set.
 * @param purposes those that apply to what the profile is set on
 */
export const profileFields = (
	purposes: INodePropertyOptions[],
	defaultPurpose: ChargingProfilePurpose,
): INodeProperties[] => {
	const purposeField: INodeProperties = {
		displayName: NAMES.chargingProfilePurpose,
		name: 'chargingProfilePurpose',
		type: 'options',
		options: purposes,
		default: defaultPurpose,
		description: 'What the profile limits',
	};
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
			purposeField,
			...(forTransactions ? [transactionField] : []),
			...timingFields,
			...limitFields,
			...identityFields,
		].map(ofFields),
		profileOptions,
	];
};
