import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { isObject } from '../../shared/charging/base/isObject';
import { quoted } from '../../shared/charging/base/shown';
import type { PlacedProfile } from '../../shared/charging/rules/profileSet';
import { placementIn } from '../shared/placement';
import { PROFILE_FIELD } from '../shared/profileOfItem';

/** The field of an item with the charging profiles that its station holds, in the form in which Preview takes them. */
const INSTALLED_FIELD = 'installedProfiles';

/**
 * The charging profiles that an item says are installed: profiles, or objects with one in `chargingProfile`, each perhaps
 * with its `connectorId` or `evseId`. Without either it is for the whole station.
 * @throws InputError if the field is not a list of objects
 */
export function installedInItem(item: IDataObject): Array<Omit<PlacedProfile, 'name'>> {
	const given = item[INSTALLED_FIELD];
	if (given === undefined || given === null) return [];
	const list: unknown[] = Array.isArray(given) ? given : [given];
	return list.map((one) => {
		const profile = isObject(one) ? (one[PROFILE_FIELD] ?? one) : one;
		if (isObject(one) && isObject(profile)) {
			return { evseId: 0, ...placementIn(one as IDataObject), profile };
		}
		throw new InputError(
			`${INSTALLED_FIELD} contains ${quoted(profile)}, which is not a charging profile`,
			'Make it a list of the charging profiles on the charging station, as Set outputs them, or remove the field.',
		);
	});
}
