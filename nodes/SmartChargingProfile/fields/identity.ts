import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ProfileIdentity } from '../../shared/charging/buildProfile';
import type { ChargingProfilePurpose } from '../../shared/charging/profile';
import { INTEGER, type Parameters } from '../../shared/node/parameters';
import { NAMES } from './names';

/** @param options those purposes that apply */
export const purposeField = (
	options: INodePropertyOptions[],
	byDefault: ChargingProfilePurpose,
): INodeProperties => ({
	displayName: NAMES.chargingProfilePurpose,
	name: 'chargingProfilePurpose',
	type: 'options',
	options,
	default: byDefault,
	description: 'What the profile limits',
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

export const idField: INodeProperties = {
	displayName: NAMES.id,
	name: 'chargingProfileId',
	type: 'number',
	typeOptions: { numberPrecision: 0 },
	required: true,
	default: 1,
	description:
		'The ID under which the charger keeps the profile, unique within the charger. A profile sent under the same ID replaces it. ChargEye uses 3000 to 5282 for power limits.',
};

export const stackLevelField: INodeProperties = {
	displayName: NAMES.stackLevel,
	name: 'stackLevel',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description: 'Which profile wins where several have the same purpose: the higher',
};

/**
 * What tells a profile from the others on a charger, but for its transaction.
 * @throws InputError
 */
export const readIdentity = (
	parameters: Parameters,
	purposes: readonly ChargingProfilePurpose[],
): Omit<ProfileIdentity, 'transactionId'> => ({
	id: parameters.number('chargingProfileId', NAMES.id, INTEGER),
	stackLevel: parameters.number('stackLevel', NAMES.stackLevel, { ...INTEGER, min: 0 }),
	purpose: parameters.option('chargingProfilePurpose', NAMES.chargingProfilePurpose, purposes),
});
