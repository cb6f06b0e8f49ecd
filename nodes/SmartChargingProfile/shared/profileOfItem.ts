import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { isObject } from '../../shared/charging/base/isObject';
import { quoted } from '../../shared/charging/base/shown';

/** The field of an item in which the operations of the node output a charging profile. */
export const PROFILE_FIELD = 'chargingProfile';

/** Where a profile comes from, and how messages name it. */
export interface ProfileSource {
	/** "chargingProfile", or "Profile 2 of Charging Profiles (JSON)". */
	name: string;
	/** The profile, or an object that contains it in a field. */
	json: IDataObject;
	/** The name of that field. */
	field: string;
	/** Index of the input item that an error names, if all items are worked on together. */
	itemIndex?: number;
}

/**
 * The charging profile of an item: what is in the field, or else the item itself if it has a charging schedule.
 * @param fix what to do if there is none, for the error
 * @throws InputError
 */
export function profileOf(
	{ name, json, field, itemIndex }: ProfileSource,
	fix: string,
): IDataObject {
	const profile = json[field] ?? (json.chargingSchedule === undefined ? undefined : json);
	if (isObject(profile)) return profile as IDataObject;
	throw new InputError(
		profile === undefined
			? `${name} is missing: the item has no charging profile`
			: `${name} is ${quoted(profile)}, which is not a charging profile`,
		fix,
		itemIndex,
	);
}
