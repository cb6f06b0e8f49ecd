import type { INodeProperties, IDataObject } from 'n8n-workflow';

import type { ProfileTarget } from '../../../shared/charging/rules';
import { inspectProfile, isError, unwrapped } from '../../../shared/node/chargingProfile';
import type { Calculation } from '../../../shared/node/operation';
import { checkJson, type Parameters } from '../../../shared/node/parameters';
import { PROFILE_JSON } from '../../fields/names';

const SENT_BY = 'Sent By';
const SENT_TO = 'Sent To';
const CONNECTOR = 'Connector (EVSE ID)';
const CURRENT = 'Current';

const fields: INodeProperties[] = [
	{
		displayName: PROFILE_JSON,
		name: 'profileJson',
		type: 'json',
		typeOptions: { rows: 16 },
		required: true,
		default: '={{ $json.chargingProfile }}',
		description:
			'The charging profile as OCPP 2.0.1 has it (ChargingProfileType), perhaps with ChargEye’s condition and meta. Times without an offset are in the workflow’s time zone.',
	},
	{
		displayName: SENT_BY,
		name: 'request',
		type: 'options',
		options: [
			{ name: 'Set', value: 'set', description: 'Set of this node (SetChargingProfile)' },
			{
				name: 'Start Transaction',
				value: 'start',
				description: 'Start of the node Charging Transaction (RequestStartTransaction)',
			},
		],
		default: 'set',
		description: 'With which request the profile is to be sent; their rules differ',
	},
	{
		displayName: SENT_TO,
		name: 'sentTo',
		type: 'options',
		options: [
			{ name: 'Connector', value: 'connector' },
			{ name: 'Not Stated', value: 'unknown', description: 'Rules about it are not applied' },
			{ name: 'Whole Station', value: 'station' },
		],
		default: 'unknown',
		description: 'What the profile is for',
	},
	{
		displayName: CONNECTOR,
		name: 'evseId',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { sentTo: ['connector'] } },
		default: 1,
		description: 'The connector, addressed by its EVSE ID (1 or higher)',
	},
	{
		displayName: CURRENT,
		name: 'currentType',
		type: 'options',
		options: [
			{ name: 'AC', value: 'AC' },
			{ name: 'DC', value: 'DC' },
			{ name: 'Not Stated', value: 'unknown', description: 'Rules about it are not applied' },
		],
		default: 'unknown',
		description: 'What the charger gives cars',
	},
];

/** @throws InputError */
function readTarget(parameters: Parameters): ProfileTarget {
	const sentTo = parameters.option('sentTo', SENT_TO, ['connector', 'station', 'unknown']);
	const currentType = parameters.option('currentType', CURRENT, ['AC', 'DC', 'unknown']);
	return {
		request: parameters.option('request', SENT_BY, ['set', 'start']),
		...(sentTo === 'station' && { evseId: 0 }),
		...(sentTo === 'connector' && {
			evseId: parameters.number('evseId', CONNECTOR, { min: 1, decimals: 0 }),
		}),
		...(currentType !== 'unknown' && { currentType }),
	};
}

/** The rules of OCPP 2.0.1 that Set and Start check, all at once and without an account. */
export const validate: Calculation = {
	type: 'calculation',
	name: 'Validate',
	value: 'validate',
	action: 'Validate charging profile',
	description: 'Check a charging profile by the rules of OCPP 2.0.1, and list every breach',
	fields: [{ properties: fields }],
	input: 'each',
	calculate(parameters) {
		const json = unwrapped(checkJson(PROFILE_JSON, parameters.get('profileJson')));
		const { profile, findings, warnings } = inspectProfile(
			json,
			readTarget(parameters),
			parameters.timezone,
		);
		return {
			items: [
				{
					valid: !findings.some(isError),
					findings,
					warnings,
					chargingProfile: profile as IDataObject,
				},
			],
		};
	},
};
