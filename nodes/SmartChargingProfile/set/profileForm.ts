import type { IDataObject } from 'n8n-workflow';

import { buildProfile } from '../../shared/charging/profile/buildProfile';
import type {
	ChargingProfile,
	ChargingProfilePurpose,
} from '../../shared/charging/profile/profile';
import { prepareProfile, readProfileJson } from '../../shared/node/chargingProfile';
import { partsWhen, propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { optionField } from '../../shared/node/fields/kinds/option';
import { timeField } from '../../shared/node/fields/kinds/time';
import type { Values } from '../../shared/node/fields/kinds/values';
import { fieldNameOf } from '../shared/fieldNames';
import {
	anyPurpose,
	profileId,
	purposeField,
	readIdentity,
	stackLevel,
	transactionId,
} from '../shared/identity';
import { profileJson } from '../shared/profileJson';
import type { PurposeOptions } from '../shared/purposes';
import { periods } from './periodRows';
import {
	FIELDS_AMONG_OPTIONS,
	profileOptions,
	readFieldsAmongOptions,
	readSendOptions,
	withComment,
} from './profileOptions';
import { specifyProfile } from './specifyProfile';

const wholeProfile = profileJson
	.when({ [specifyProfile.name]: ['json'] })
	.converted((json, label) => readProfileJson(label, json));

const kind = optionField({
	label: 'Kind',
	name: 'chargingProfileKind',
	options: [
		{ name: 'Absolute', value: 'Absolute', description: 'From a fixed time on' },
		{
			name: 'Recurring',
			value: 'Recurring',
			description: 'From a fixed time on, every day or week',
		},
		{
			name: 'Relative',
			value: 'Relative',
			description: 'From the start of each transaction',
			// K01.FR.38
			displayOptions: { hide: { [anyPurpose.name]: ['ChargingStationMaxProfile'] } },
		},
	],
	default: 'Absolute',
	description: 'When the schedule starts',
});

const recurrency = optionField({
	label: 'Recurrency',
	name: 'recurrencyKind',
	show: { [kind.name]: ['Recurring'] },
	options: [
		{ name: 'Daily', value: 'Daily', description: 'Every 24 hours' },
		{ name: 'Weekly', value: 'Weekly', description: 'Every 7 days' },
	],
	default: 'Daily',
	description:
		'How often the schedule starts again. Chargers count in UTC: a clock change moves it by an hour.',
});

const start = timeField({
	label: 'Start',
	name: 'startSchedule',
	show: { [kind.name]: ['Absolute', 'Recurring'] },
	required: true,
	description:
		'When the schedule starts, in the workflow’s time zone unless it has an offset. It may lie in the past.',
});

const rateUnit = optionField({
	label: 'Rate Unit',
	name: 'chargingRateUnit',
	options: [
		{ name: 'A', value: 'A', description: 'Amperes per phase' },
		{ name: 'W', value: 'W', description: 'Watts over all phases' },
	],
	default: 'W',
	description: 'The unit of all limits of the profile. DC chargers take W.',
});

const FIELDS = {
	...FIELDS_AMONG_OPTIONS,
	chargingProfileKind: kind,
	recurrencyKind: recurrency,
	startSchedule: start,
	chargingRateUnit: rateUnit,
};

/** @throws InputError */
function readFields(values: Values, added: Values): IDataObject {
	const identity = readIdentity(values, anyPurpose);
	const profileKind = kind.read(values);
	const unit = rateUnit.read(values);
	return buildProfile({
		...identity,
		// Not required here: a station’s form has no such field, and the rules explain better what is missing.
		transactionId: identity.purpose === 'TxProfile' ? transactionId.readIfGiven(values) : undefined,
		kind: profileKind,
		...(profileKind === 'Recurring' && { recurrencyKind: recurrency.read(values) }),
		...(profileKind !== 'Relative' && { startSchedule: start.read(values) }),
		chargingRateUnit: unit,
		periods: periods.read(values, unit),
		...readFieldsAmongOptions(added),
	});
}

/** A checked profile that can be sent, its comment, and warnings. */
export interface ProfileToSet {
	chargingProfile: ChargingProfile;
	comment?: string;
	warnings: string[];
}

/**
 * Reads the charging profile of a Set operation and checks it against the rules of OCPP 2.0.1.
 * @param evseId what the profile is for: a connector’s ID, or 0 for the whole station
 * @throws InputError
 */
function readProfile(values: Values, evseId: string | 0): ProfileToSet {
	const added = profileOptions.read(values);
	const { comment, sendAnyway } = readSendOptions(added);
	const byFields = specifyProfile.read(values) === 'fields';
	const profile = byFields ? readFields(values, added) : wholeProfile.read(values);
	const checked = prepareProfile(withComment(profile, comment), {
		target: { evseId, request: 'set' },
		timezone: values.timezone,
		nameOf: (path) =>
			byFields
				? (periods.fieldNameOf(path, values) ?? fieldNameOf(path, FIELDS))
				: wholeProfile.label,
		sendAnyway,
	});
	return { ...checked, ...(comment !== undefined && { comment }) };
}

/**
 * The fields of a Set operation, without its target.
 * @param purposes the purposes that are possible for its target
 */
export const profileForm = (
	purposes: PurposeOptions,
	defaultPurpose: ChargingProfilePurpose,
): FormPart & { read: typeof readProfile } => ({
	properties: propertiesOf([
		specifyProfile,
		wholeProfile,
		partsWhen({ [specifyProfile.name]: ['fields'] }, [
			purposeField(purposes, defaultPurpose),
			...(purposes.some(({ value }) => value === 'TxProfile') ? [transactionId] : []),
			kind,
			recurrency,
			start,
			rateUnit,
			periods,
			profileId,
			stackLevel,
		]),
		profileOptions,
	]),
	read: readProfile,
});
