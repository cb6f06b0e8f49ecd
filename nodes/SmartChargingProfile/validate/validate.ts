import type { IDataObject } from 'n8n-workflow';

import type { ProfileTarget } from '../../shared/charging/rules/checkChargingProfile';
import { inspectProfile, isError, unwrapped } from '../../shared/node/chargingProfile';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import type { Calculation } from '../../shared/node/operation';
import { evseId } from '../shared/evseId';
import { profileJson } from '../shared/profileJson';

const profile = profileJson.with({ default: '={{ $json.chargingProfile }}' });

const request = optionField({
	label: 'Sent By',
	name: 'request',
	options: [
		{ name: 'Set', value: 'set', description: 'Set of this node (SetChargingProfile)' },
		{
			name: 'Start Transaction',
			value: 'start',
			description: 'Start of the node Charging Transaction (RequestStartTransaction)',
		},
	],
	default: 'set',
	description: 'The request with which the profile will be sent; the rules of the two differ',
});

const NOT_STATED = {
	name: 'Not Stated',
	value: 'unknown',
	description: 'Rules that depend on it are not checked',
} as const;

const sentTo = optionField({
	label: 'Sent To',
	name: 'sentTo',
	options: [
		{ name: 'Connector', value: 'connector' },
		{ name: 'Whole Station', value: 'station' },
		NOT_STATED,
	],
	default: NOT_STATED.value,
	description: 'What the profile is for',
});

const connector = evseId.when({ [sentTo.name]: ['connector'] });

const current = optionField({
	label: 'Current',
	name: 'currentType',
	options: [{ name: 'AC', value: 'AC' }, { name: 'DC', value: 'DC' }, NOT_STATED],
	default: NOT_STATED.value,
	description: 'The current that the charger supplies to cars',
});

/** @throws InputError */
function readTarget(values: Values): ProfileTarget {
	const target = sentTo.read(values);
	const currentType = current.read(values);
	return {
		request: request.read(values),
		...(target === 'station' && { evseId: 0 }),
		...(target === 'connector' && { evseId: connector.read(values) }),
		...(currentType !== 'unknown' && { currentType }),
	};
}

/** Checks all the rules of OCPP 2.0.1 that Set and Start check, without an account. */
export const validate: Calculation = {
	type: 'calculation',
	name: 'Validate',
	value: 'validate',
	action: 'Validate charging profile',
	description:
		'Check a charging profile against the rules of OCPP 2.0.1, and list every rule that it breaks',
	fields: [profile, request, sentTo, connector, current],
	input: 'each',
	calculate(parameters) {
		const inspection = inspectProfile(
			unwrapped(profile.read(parameters)),
			readTarget(parameters),
			parameters.timezone,
		);
		const { findings, warnings } = inspection;
		return {
			items: [
				{
					valid: !findings.some(isError),
					findings,
					warnings,
					chargingProfile: inspection.profile as IDataObject,
				},
			],
		};
	},
};
