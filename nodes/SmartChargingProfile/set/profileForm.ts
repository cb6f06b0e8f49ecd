import type { IDataObject } from 'n8n-workflow';

import { buildProfile } from '../../shared/charging/profile/buildProfile';
import type {
	ChargingProfile,
	ChargingProfilePurpose,
} from '../../shared/charging/profile/profile';
import {
	prepareProfile,
	readProfileJson,
	type ProfileToPlace,
} from '../../shared/node/chargingProfile';
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
import { asEvseId } from '../shared/placement';
import { profileJson } from '../shared/profileJson';
import { PROFILE_FIELD, profileOf } from '../shared/profileOfItem';
import type { PurposeOptions } from '../shared/purposes';
import { installedInItem } from './installedInItem';
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

/** What to do about an item without a profile. */
const NO_PROFILE = `Connect this node behind Build From Tariff Hours or Build From Prices, or choose Using Fields in ${specifyProfile.label} to enter a profile here.`;

/** A checked profile that can be sent, its comment, and warnings. */
export interface ProfileToSet {
	chargingProfile: ChargingProfile;
	comment?: string;
	warnings: string[];
	/** What is needed to judge it together with others. */
	toPlace: ProfileToPlace;
}

/** The three ways to give a profile: how it is read, and how errors name the field behind one of its paths. */
const WAYS: Record<
	'items' | 'fields' | 'json',
	{
		/** @throws InputError */
		read(values: Values, item: IDataObject, added: Values): IDataObject;
		nameOf(path: string, values: Values): string;
	}
> = {
	items: {
		read: (_values, item) =>
			profileOf({ name: PROFILE_FIELD, json: item, field: PROFILE_FIELD }, NO_PROFILE),
		nameOf: () => PROFILE_FIELD,
	},
	fields: {
		read: (values, _item, added) => readFields(values, added),
		nameOf: (path, values) => periods.fieldNameOf(path, values) ?? fieldNameOf(path, FIELDS),
	},
	json: { read: (values) => wholeProfile.read(values), nameOf: () => wholeProfile.label },
};

/**
 * Reads the charging profile of a Set operation and checks it against the rules of OCPP 2.0.1.
 * @param item the JSON of the input item
 * @param evseId what the profile is for: a connector’s ID, or 0 for the whole station
 * @throws InputError
 */
function readProfile(values: Values, item: IDataObject, evseId: string | 0): ProfileToSet {
	const added = profileOptions.read(values);
	const { comment, capacity, sendAnyway } = readSendOptions(added);
	const { read, nameOf } = WAYS[specifyProfile.read(values)];
	const label = (path: string) => nameOf(path, values);
	const checked = prepareProfile(withComment(read(values, item, added), comment), {
		target: { evseId, request: 'set', nowMs: Date.now() },
		timezone: values.timezone,
		nameOf: label,
		sendAnyway,
	});
	return {
		...checked,
		...(comment !== undefined && { comment }),
		toPlace: {
			evseId: evseId === 0 ? 0 : asEvseId(evseId),
			profile: checked.chargingProfile,
			installed: installedInItem(item),
			capacity,
			sendAnyway,
			nameOf: label,
		},
	};
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
