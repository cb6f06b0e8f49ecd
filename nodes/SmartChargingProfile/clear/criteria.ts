import type { BodyOf } from '../../shared/chargeye/contract';
import { InputError } from '../../shared/charging/base/inputError';
import { shown } from '../../shared/charging/base/shown';
import { evseIdOf } from '../../shared/charging/profile/evseIdOf';
import { collectionField } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type Field, type FormPart } from '../../shared/node/fields/kinds/field';
import { flagField } from '../../shared/node/fields/kinds/flag';
import { COUNT, numberField } from '../../shared/node/fields/kinds/number';
import { checkText } from '../../shared/node/fields/kinds/text';
import { isEmpty, type Values } from '../../shared/node/fields/kinds/values';
import { commonOptions } from '../../shared/node/fields/options';
import { present } from '../../shared/node/present';
import { customData } from '../shared/customData';
import { evseId } from '../shared/evseId';
import { profileId, purposeField, stackLevel } from '../shared/identity';
import { ALL_PURPOSES, CONNECTOR_PURPOSES, type PurposeOptions } from '../shared/purposes';

/** A field by which the profiles to clear are chosen. */
const criterion = <T>(field: Field<T>, description: string): Field<T> =>
	field
		.with({ description, required: undefined })
		.refusingEmpty(
			'without this criterion more profiles would be cleared',
			'Enter a value, or remove the criterion.',
		);

const ofId = criterion(profileId, 'Only the profile that was set under this ID');

const ofPurpose = (purposes: PurposeOptions) =>
	criterion(purposeField(purposes, 'TxDefaultProfile'), 'Only profiles with this purpose');

const ofConnector = criterion(
	numberField({ label: evseId.label, name: evseId.name, ...COUNT, default: 0 }),
	'Only profiles set on this connector; 0 stands for profiles set on the whole station',
);

const ofStackLevel = criterion(stackLevel, 'Only profiles on this stack level');

const ofVendor = criterion(
	customData,
	'Data that chargers of one vendor need in addition to the criteria, with its vendorId',
).converted((data, label) => {
	const name = `vendorId of ${label}`;
	if (isEmpty(data.vendorId)) throw new InputError(`${name} is empty`, 'Enter a text.');
	return { ...data, vendorId: checkText(name, data.vendorId) };
});

const ofAnyPurpose = ofPurpose(ALL_PURPOSES);

/** The connector as a criterion, which is a number in OCPP. @throws InputError if its ID is not a number */
function criterionOf(connectorId: string): number {
	const number = evseIdOf(connectorId);
	if (number !== undefined) return number;
	throw new InputError(
		`Connector ${shown(connectorId)} has no number, and OCPP needs a number to clear the profiles of one connector`,
		`Use Clear of the charging station instead: by ${ofId.label}, or by ${ofAnyPurpose.label} and ${ofStackLevel.label}.`,
	);
}

type ClearBody = BodyOf<'clearStationChargingProfile'>;

/**
 * Reads the criteria that were added.
 * @throws InputError if one is wrong or empty: without it more profiles would be cleared than the user meant
 */
const readCriteria = (added: Values) => ({
	chargingProfileId: ofId.readIfGiven(added),
	criteria: present<NonNullable<ClearBody['chargingProfileCriteria']>>({
		chargingProfilePurpose: ofAnyPurpose.readIfGiven(added),
		evseId: ofConnector.readIfGiven(added),
		stackLevel: ofStackLevel.readIfGiven(added),
		customData: ofVendor.readIfGiven(added),
	}),
});

/** What is to be cleared: as a request body and in words, with a hint if a charger may refuse it. */
export interface Clearing {
	body: ClearBody;
	words: string;
	hint?: string;
}

/**
 * The form part of a Clear operation.
 * @param of what it clears, in words
 * @param purposes the purposes that its profiles can have
 * @param own criteria that only this operation has
 */
function clearingOf(of: string, purposes: PurposeOptions, ...own: ReadonlyArray<Field<unknown>>) {
	const clearAll = flagField({
		label: 'Clear All Profiles',
		name: 'clearAll',
		isValidated: true,
		default: false,
		description: `Whether to clear every charging profile of the ${of}; power limits are charging profiles too`,
	});
	const fields = [ofId, ofPurpose(purposes), ...own, ofStackLevel, ofVendor];
	const criteria = collectionField({
		label: 'Criteria',
		name: 'criteria',
		placeholder: 'Add Criterion',
		show: { [clearAll.name]: [false] },
		description: 'Profiles that match all of the criteria are cleared',
		fields,
	});

	/** @throws InputError if there is a criterion although all profiles are to be cleared */
	function checkNothingChosen(added: Values): void {
		const chosen = fields.find(({ name }) => !isEmpty(added.get(name)));
		if (chosen === undefined) return;
		throw new InputError(
			`${clearAll.label} is on, and ${chosen.label} is given too`,
			`Switch ${clearAll.label} off to clear only matching profiles, or remove the criteria to clear all profiles.`,
		);
	}

	return {
		properties: propertiesOf([clearAll, criteria, commonOptions]),
		read(values: Values, connectorId?: string): Clearing {
			const added = criteria.read(values);
			const target = connectorId !== undefined && { evseId: criterionOf(connectorId) };
			if (clearAll.read(values)) {
				checkNothingChosen(added);
				// Without a criterion the API clears everything.
				return { body: { chargingProfileCriteria: { ...target } }, words: 'all charging profiles' };
			}
			const chosen = readCriteria(added);
			const { chargingProfileId } = chosen;
			const byId = chargingProfileId !== undefined;
			if (!byId && Object.keys(chosen.criteria).every((name) => name === ofVendor.name)) {
				throw new InputError(
					`${criteria.property.displayName} is empty: no profiles are chosen to be cleared`,
					`Add a criterion, or switch on ${clearAll.label} to clear all profiles (K10.FR.02).`,
				);
			}
			const chargingProfileCriteria = { ...chosen.criteria, ...target };
			return {
				body: present<ClearBody>({
					chargingProfileId,
					chargingProfileCriteria:
						Object.keys(chargingProfileCriteria).length > 0 ? chargingProfileCriteria : undefined,
				}),
				words: byId
					? `charging profile ${chargingProfileId}`
					: 'the charging profiles that match the criteria',
				...(chosen.criteria.chargingProfilePurpose === 'ChargingStationExternalConstraints' && {
					hint: 'By OCPP only an external system clears External Constraints, so a station may refuse it (K10.FR.06).',
				}),
			};
		},
	};
}

/** The fields of a Clear operation, without its target. */
type ClearForm = FormPart & {
	/**
	 * Reads what is to be cleared.
	 * @param connectorId for the Clear operation of a connector
	 * @throws InputError if no profiles are chosen (K10.FR.02), because the API would then clear all of them; or if the
	 * connector has no number
	 */
	read(values: Values, connectorId?: string): Clearing;
};

export const stationClearing: ClearForm = clearingOf('charging station', ALL_PURPOSES, ofConnector);

/** Without a criterion for the connector, because the target sets it. */
export const connectorClearing: ClearForm = clearingOf('connector', CONNECTOR_PURPOSES);
