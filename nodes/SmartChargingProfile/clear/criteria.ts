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

/** A field by which profiles are chosen. */
const criterion = <T>(field: Field<T>, description: string): Field<T> =>
	field
		.with({ description, required: undefined })
		.refusingEmpty(
			'without this criterion more would be cleared',
			'Enter a value, or remove the criterion.',
		);

const ofId = criterion(profileId, 'Only the profile that was set under this ID');

const ofPurpose = (purposes: PurposeOptions) =>
	criterion(purposeField(purposes, 'TxDefaultProfile'), 'Only profiles with this purpose');

const ofConnector = criterion(
	numberField({ label: evseId.label, name: evseId.name, ...COUNT, default: 0 }),
	'Only profiles set on this connector; 0 is those set on the whole station',
);

const ofStackLevel = criterion(stackLevel, 'Only profiles on this stack level');

const ofVendor = criterion(
	customData,
	'What chargers of one vendor need besides the criteria, with its vendorId',
).converted((data, label) => {
	const name = `vendorId of ${label}`;
	if (isEmpty(data.vendorId)) throw new InputError(`${name} is empty`, 'Enter a text.');
	return { ...data, vendorId: checkText(name, data.vendorId) };
});

const ofAnyPurpose = ofPurpose(ALL_PURPOSES);

/** The connector as a criterion, which OCPP has as a number. @throws InputError if its ID is another text */
function criterionOf(connectorId: string): number {
	const number = evseIdOf(connectorId);
	if (number !== undefined) return number;
	throw new InputError(
		`Connector ${shown(connectorId)} has no number, by which alone OCPP names a connector whose profiles are cleared`,
		`Use Clear of the charging station instead: by ${ofId.label}, or by ${ofAnyPurpose.label} and ${ofStackLevel.label}.`,
	);
}

type ClearBody = BodyOf<'clearStationChargingProfile'>;

/**
 * The criteria that were added.
 * @throws InputError if one is bad, or empty: without it more would be cleared than was meant
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

/** What is to be cleared: the body, the same in words, and a hint if a charger may refuse it. */
export interface Clearing {
	body: ClearBody;
	words: string;
	hint?: string;
}

/**
 * The fields of a Clear.
 * @param of what is cleared
 * @param purposes those that profiles of it can have
 * @param own the criteria that only this Clear has
 */
function clearingOf(of: string, purposes: PurposeOptions, ...own: ReadonlyArray<Field<unknown>>) {
	const clearAll = flagField({
		label: 'Clear All Profiles',
		name: 'clearAll',
		isValidated: true,
		default: false,
		description: `Whether to clear every charging profile of the ${of}; power limits are such profiles too`,
	});
	const fields = [ofId, ofPurpose(purposes), ...own, ofStackLevel, ofVendor];
	const criteria = collectionField({
		label: 'Criteria',
		name: 'criteria',
		placeholder: 'Add Criterion',
		show: { [clearAll.name]: [false] },
		description: 'Profiles that match all of these are cleared',
		fields,
	});

	/** @throws InputError if something is chosen beside everything */
	function checkNothingChosen(added: Values): void {
		const chosen = fields.find(({ name }) => !isEmpty(added.get(name)));
		if (chosen === undefined) return;
		throw new InputError(
			`${clearAll.label} is on, and ${chosen.label} is given too`,
			`Switch ${clearAll.label} off to clear what matches, or remove the criteria to clear everything.`,
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
					`${criteria.property.displayName} is empty: nothing is chosen to clear (K10.FR.02)`,
					`Add a criterion, or switch on ${clearAll.label} if everything is meant.`,
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
					hint: 'By OCPP only an external system clears ChargingStationExternalConstraints, so a station may refuse it (K10.FR.06).',
				}),
			};
		},
	};
}

/** What a Clear takes beside its target. */
type ClearForm = FormPart & {
	/**
	 * Reads what is to be cleared.
	 * @param connectorId the connector, for a Clear of one
	 * @throws InputError if nothing is chosen (K10.FR.02): the API would clear everything; or if the connector has no number
	 */
	read(values: Values, connectorId?: string): Clearing;
};

export const stationClearing: ClearForm = clearingOf('charging station', ALL_PURPOSES, ofConnector);

/** The connector itself is one of the criteria. */
export const connectorClearing: ClearForm = clearingOf('connector', CONNECTOR_PURPOSES);
