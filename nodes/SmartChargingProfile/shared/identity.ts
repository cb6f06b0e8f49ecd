import type { ProfileIdentity } from '../../shared/charging/profile/buildProfile';
import type { ChargingProfilePurpose } from '../../shared/charging/profile/profile';
import type { Field } from '../../shared/node/fields/kinds/field';
import { COUNT, INTEGER, numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';
import { ALL_PURPOSES, type PurposeOptions } from './purposes';

/** @param options the purposes to choose from */
export const purposeField = (
	options: PurposeOptions,
	byDefault: ChargingProfilePurpose,
	description = 'What the profile limits',
): Field<ChargingProfilePurpose> =>
	optionField({
		label: 'Purpose',
		name: 'chargingProfilePurpose',
		options,
		default: byDefault,
		description,
	});

/** Reads every purpose. An expression can give one that a form does not offer: the rules then explain what is wrong. */
export const anyPurpose = purposeField(ALL_PURPOSES, 'TxDefaultProfile');

/** Shown if the purpose is TxProfile. */
export const transactionId = textField({
	label: 'Transaction ID',
	name: 'transactionId',
	show: { chargingProfilePurpose: ['TxProfile'] },
	required: true,
	placeholder: 'e.g. 5a1f0c7e-2b1d-4c55-9f0e-8d3c0d0f6a11',
	description: 'The ID of the transaction that runs on the connector',
});

export const profileId = numberField({
	label: 'Charging Profile ID',
	name: 'chargingProfileId',
	...INTEGER,
	required: true,
	default: 1,
	description:
		'The ID under which the charger keeps the profile, unique within the charger. A profile sent under the same ID replaces it. ChargEye uses 3000 to 5282 for power limits.',
});

export const stackLevel = numberField({
	label: 'Stack Level',
	name: 'stackLevel',
	...COUNT,
	default: 0,
	description:
		'Which profile wins where several have the same purpose: the higher. Power limits have 0 by default.',
});

/**
 * What identifies a profile on a charger, without its transaction.
 * @throws InputError
 */
export const readIdentity = (
	values: Values,
	purpose: Field<ChargingProfilePurpose>,
): Omit<ProfileIdentity, 'transactionId'> => ({
	id: profileId.read(values),
	stackLevel: stackLevel.read(values),
	purpose: purpose.read(values),
});
