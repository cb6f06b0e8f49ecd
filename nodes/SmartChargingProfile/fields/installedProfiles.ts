import type { INodeProperties } from 'n8n-workflow';

export const PROFILE_FIELD = 'Profile Field';
export const PROFILES_JSON = 'Charging Profiles (JSON)';

const EXAMPLE = `[
  {
    "evseId": 1,
    "chargingProfile": {
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
    }
  }
]`;

/** The profiles that a charger holds. */
export const installedProfilesFields: INodeProperties[] = [
	{
		displayName: 'Specify Profiles',
		name: 'specifyProfiles',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'From Input Items',
				value: 'items',
				description: 'One profile an item, as this node builds and sets them',
			},
			{ name: 'Using JSON', value: 'json', description: 'One profile, or a list of them' },
		],
		default: 'items',
		description: 'How the charging profiles that the charger holds are given',
	},
	{
		displayName: PROFILE_FIELD,
		name: 'profileField',
		type: 'string',
		displayOptions: { show: { specifyProfiles: ['items'] } },
		default: 'chargingProfile',
		description:
			'The field of each item that holds its profile; an item can also be the profile itself. A field connectorId or evseId beside it says for which connector it is, by its number; without one, or with 0, it is for the whole station.',
	},
	{
		displayName: PROFILES_JSON,
		name: 'profilesJson',
		type: 'json',
		typeOptions: { rows: 16 },
		displayOptions: { show: { specifyProfiles: ['json'] } },
		required: true,
		default: EXAMPLE,
		description:
			'A charging profile as OCPP 2.0.1 has it (ChargingProfileType), or a list, each perhaps in an object with its evseId. Times without an offset are in the workflow’s time zone.',
	},
];
