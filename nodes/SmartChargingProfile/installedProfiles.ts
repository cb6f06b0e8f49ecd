import type { IDataObject } from 'n8n-workflow';

import type { InstalledProfile } from '../shared/charging/profile';
import { isObject } from '../shared/charging/base/isObject';
import { quoted } from '../shared/charging/base/shown';
import { prepareProfile } from '../shared/node/chargingProfile';
import {
	checkJson,
	checkObject,
	InputError,
	isEmpty,
	toNumber,
	type Parameters,
} from '../shared/node/parameters';
import { PROFILE_FIELD, PROFILES_JSON } from './fields/installedProfiles';

/** Where a profile comes from, for messages. */
interface Source {
	/** "Charging Profile", or "Profile 2 of Charging Profiles (JSON)". */
	name: string;
	/** The profile, or what holds it in a field. */
	json: IDataObject;
	/** The name of that field. */
	field: string;
	itemIndex?: number;
}

/** The profiles of a charger, and of which one, if the items say so. */
export interface Installed {
	profiles: InstalledProfile[];
	stationId?: string;
}

/**
 * Reads the profiles that a charger holds, from the items or from JSON: each with its `connectorId` beside it, as Set
 * puts it out, or with its `evseId`, or for the whole station. As in a charger, a profile replaces an earlier one of the same ID.
 * @throws InputError naming the item
 */
export function readInstalledProfiles(parameters: Parameters, items: IDataObject[]): Installed {
	const sources = sourcesOf(parameters, items);
	const byId = new Map<number, InstalledProfile>();
	for (const source of sources) {
		const installed = profileOf(source, parameters.timezone);
		byId.set(installed.profile.id, installed);
	}
	return { profiles: [...byId.values()], stationId: stationOf(sources) };
}

function sourcesOf(parameters: Parameters, items: IDataObject[]): Source[] {
	const how = parameters.option('specifyProfiles', 'Specify Profiles', ['items', 'json']);
	if (how === 'items') {
		const field = parameters.text('profileField', PROFILE_FIELD);
		return items.map((json, itemIndex) => ({ name: field, json, field, itemIndex }));
	}
	const json = checkJson(PROFILES_JSON, parameters.get('profilesJson'));
	const list: unknown[] = Array.isArray(json) ? json : [json];
	if (list.length === 0)
		throw new InputError(`${PROFILES_JSON} is an empty list`, 'Enter a profile.');
	return list.map((one, index) => ({
		name: list.length === 1 ? PROFILES_JSON : `Profile ${index + 1} of ${PROFILES_JSON}`,
		json: checkObject(PROFILES_JSON, one),
		field: 'chargingProfile',
	}));
}

function profileOf({ name, json, field, itemIndex }: Source, timezone: string): InstalledProfile {
	const profile = json[field] ?? (json.chargingSchedule === undefined ? undefined : json);
	if (!isObject(profile)) {
		throw new InputError(
			profile === undefined
				? `${name} is missing: the item holds no charging profile`
				: `${name} is ${quoted(profile)}, which is not a charging profile`,
			`Build profiles with this node, or say in ${PROFILE_FIELD} in which field of the items they are.`,
			itemIndex,
		);
	}
	const evseId = connectorOf(json, itemIndex);
	const starts =
		profile.chargingProfilePurpose === 'TxProfile' && profile.transactionId === undefined;
	const { chargingProfile } = prepareProfile(profile, {
		target: { evseId, request: starts ? 'start' : 'set' },
		timezone,
		nameOf: () => name,
		sendAnyway: false,
		fix: 'Fix it: a charger would refuse it. The operation Validate shows all of its faults.',
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
		'A profile of a connector has its EVSE ID beside it as evseId, 1 or higher; one of the whole station has 0 or none.',
		itemIndex,
	);
}

/** The station of the profiles, if they name one. @throws InputError if they name several */
function stationOf(sources: readonly Source[]): string | undefined {
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
