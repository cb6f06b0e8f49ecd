import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { toNumber } from '../../shared/charging/base/numbers';
import { quoted } from '../../shared/charging/base/shown';
import type { InstalledProfile } from '../../shared/charging/profile/profile';
import { checkProfileSet } from '../../shared/charging/rules/profileSet';
import { prepareProfile } from '../../shared/node/chargingProfile';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { checkObject, jsonField } from '../../shared/node/fields/kinds/json';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import { isEmpty, type Values } from '../../shared/node/fields/kinds/values';
import { PROFILE_EXAMPLE } from '../shared/profileJson';
import { PROFILE_FIELD, profileOf, type ProfileSource } from '../shared/profileOfItem';

const specifyProfiles = optionField({
	label: 'Specify Profiles',
	name: 'specifyProfiles',
	isFixed: true,
	options: [
		{
			name: 'From Input Items',
			value: 'items',
			description: 'One profile per item, as this node builds and sets them',
		},
		{ name: 'Using JSON', value: 'json', description: 'One profile, or a list of them' },
	],
	default: 'items',
	description: 'How the charging profiles on the charger are given',
});

const profileField = textField({
	label: 'Profile Field',
	name: 'profileField',
	show: { [specifyProfiles.name]: ['items'] },
	default: PROFILE_FIELD,
	description:
		'The field of each item with its profile; an item can also be the profile itself. In addition, an item can have a field connectorId or evseId with the number of the connector that the profile is for. Without it, or with 0, the profile is for the whole station.',
});

const profilesJson = jsonField({
	label: 'Charging Profiles (JSON)',
	name: 'profilesJson',
	rows: 8,
	show: { [specifyProfiles.name]: ['json'] },
	required: true,
	example: `[{ "evseId": 1, "chargingProfile": ${PROFILE_EXAMPLE} }]`,
	description:
		'A charging profile as OCPP 2.0.1 has it (ChargingProfileType), or a list, each perhaps in an object with its evseId. Times without an offset are in the workflow’s time zone.',
});

const NO_PROFILE = `Build profiles with this node, or set ${profileField.label} to the field of the items that contains them.`;

/** The profiles on a charger, and which charger it is, if the items say so. */
export interface Installed {
	profiles: InstalledProfile[];
	stationId?: string;
	/** Why a charger would not hold these profiles together, in sentences. */
	clashes: string[];
}

/** The form part for the profiles on a charger. */
export const installedProfiles: FormPart & {
	/**
	 * Reads the profiles from the items or from JSON. A profile is for the connector in the field `connectorId` next to it
	 * (as in the output of Set) or in `evseId`; without either, it is for the whole station. As on a charger, a profile
	 * replaces an earlier one with the same ID.
	 * @throws InputError with the item
	 */
	read(values: Values, items: IDataObject[]): Installed;
} = {
	properties: propertiesOf([specifyProfiles, profileField, profilesJson]),
	read(values, items) {
		const sources = sourcesOf(values, items);
		const all = sources.map((source) => installedOf(source, values.timezone));
		const byId = new Map(all.map((installed) => [installed.profile.id, installed]));
		return {
			profiles: [...byId.values()],
			stationId: stationOf(sources),
			clashes: clashesOf(all, sources),
		};
	},
};

/** How many clashes are listed one by one. */
const MOST_CLASHES = 5;

function clashesOf(
	profiles: readonly InstalledProfile[],
	sources: readonly ProfileSource[],
): string[] {
	const placed = profiles.map((installed, index) => {
		const { itemIndex = index } = sources[index];
		return { ...installed, name: `Profile ${installed.profile.id} (item ${itemIndex})` };
	});
	const clashes = checkProfileSet(placed)
		.filter(({ index, other }) => index > other)
		.map(({ index, finding: { message, requirement } }) => {
			return `${placed[index].name}: ${message.replace(/\.$/, '')} (${requirement}).`;
		});
	const more = clashes.length - MOST_CLASHES;
	return [
		...clashes.slice(0, MOST_CLASHES),
		...(more > 0 ? [`${more} more profiles clash with others.`] : []),
	];
}

function sourcesOf(values: Values, items: IDataObject[]): ProfileSource[] {
	if (specifyProfiles.read(values) === 'items') {
		const field = profileField.read(values);
		return items.map((json, itemIndex) => ({ name: field, json, field, itemIndex }));
	}
	const { label } = profilesJson;
	const json = profilesJson.read(values);
	const list: unknown[] = Array.isArray(json) ? json : [json];
	if (list.length === 0) throw new InputError(`${label} is an empty list`, 'Enter a profile.');
	return list.map((one, index) => ({
		name: list.length === 1 ? label : `Profile ${index + 1} of ${label}`,
		json: checkObject(label, one),
		field: PROFILE_FIELD,
	}));
}

/** @throws InputError */
function installedOf(source: ProfileSource, timezone: string): InstalledProfile {
	const { name, json, itemIndex } = source;
	const profile = profileOf(source, NO_PROFILE);
	const evseId = connectorOf(json, itemIndex);
	const starts =
		profile.chargingProfilePurpose === 'TxProfile' && profile.transactionId === undefined;
	const { chargingProfile } = prepareProfile(profile, {
		target: { evseId, request: starts ? 'start' : 'set' },
		timezone,
		nameOf: () => name,
		sendAnyway: false,
		fix: 'Fix the profile: a charger would refuse it. The operation Validate lists everything that is wrong with it.',
		itemIndex,
	});
	return { evseId: evseId ?? 0, profile: chargingProfile };
}

/** The number of the connector that a profile is for: its `evseId`, or its `connectorId`. @throws InputError */
function connectorOf(json: IDataObject, itemIndex: number | undefined): number | undefined {
	const name = isEmpty(json.evseId) ? 'connectorId' : 'evseId';
	const value = json[name];
	if (isEmpty(value)) return undefined;
	const number = toNumber(value);
	if (number !== undefined && Number.isInteger(number) && number >= 0) return number;
	throw new InputError(
		`${name} is ${quoted(value)}, which is not the ID of an EVSE`,
		'For a profile of a connector, set evseId next to it to the EVSE ID, 1 or higher; for the whole station, set 0 or leave evseId out.',
		itemIndex,
	);
}

/** The station of the profiles, if they name one. @throws InputError if they name several */
function stationOf(sources: readonly ProfileSource[]): string | undefined {
	let station: string | undefined;
	for (const { json, itemIndex } of sources) {
		const { stationId } = json;
		if (typeof stationId !== 'string') continue;
		if (station !== undefined && stationId !== station) {
			throw new InputError(
				`The profiles are of several charging stations: ${station} and ${stationId}`,
				'Preview one station at a time: filter the items by stationId, or loop over them.',
				itemIndex,
			);
		}
		station = stationId;
	}
	return station;
}
