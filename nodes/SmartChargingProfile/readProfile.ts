import type { IDataObject } from 'n8n-workflow';

import { buildProfile } from '../shared/charging/buildProfile';
import type { ChargingProfile, RecurrencyKind } from '../shared/charging/profile';
import { isObject } from '../shared/charging/base/isObject';
import { prepareProfile, readProfileJson } from '../shared/node/chargingProfile';
import { inZone } from '../shared/node/fields/kinds/values';
import { sendAnywayOf } from '../shared/node/fields/sendAnyway';
import { checkText, filled, isEmpty, type Parameters } from '../shared/node/parameters';
import { readIdentity } from './fields/identity';
import { fieldNameOf, NAMES, PROFILE_JSON } from './fields/names';
import { readPeriods } from './fields/periods';
import { readComment, readProfileOptions } from './fields/profileOptions';
import { CHARGING_PROFILE_PURPOSES } from './fields/purposes';

const RECURRENCIES: RecurrencyKind[] = ['Daily', 'Weekly'];

/** @throws InputError */
function readFields(parameters: Parameters, added: IDataObject): IDataObject {
	const identity = readIdentity(parameters, CHARGING_PROFILE_PURPOSES);
	const kind = parameters.option('chargingProfileKind', NAMES.chargingProfileKind, [
		'Absolute',
		'Recurring',
		'Relative',
	]);
	const unit = parameters.option('chargingRateUnit', NAMES.chargingRateUnit, ['A', 'W']);
	const transactionId =
		identity.purpose === 'TxProfile' ? parameters.get('transactionId') : undefined;
	return buildProfile({
		...identity,
		// The form of a station has no such field, and the rules say more than that it is empty.
		...(!isEmpty(transactionId) && {
			transactionId: checkText(NAMES.transactionId, transactionId),
		}),
		kind,
		...(kind === 'Recurring' && {
			recurrencyKind: parameters.option('recurrencyKind', NAMES.recurrencyKind, RECURRENCIES),
		}),
		...(kind !== 'Relative' && {
			startSchedule: parameters.time('startSchedule', NAMES.startSchedule),
		}),
		chargingRateUnit: unit,
		periods: readPeriods(parameters, unit),
		...readProfileOptions(added, parameters.timezone),
	});
}

/** The profile with a comment in its `meta`, beside what else is there; the rules refuse what is no object there. */
export function withComment(profile: IDataObject, comment: string | undefined): IDataObject {
	const { meta = {} } = profile;
	if (comment === undefined || !isObject(meta)) return profile;
	return { ...profile, meta: { ...meta, comment } };
}

/**
 * Reads the charging profile of a Set and checks it by the rules of OCPP 2.0.1.
 * @param evseId where it goes: a connector's ID; 0 is the whole station
 * @returns the profile as it goes out, the comment, and warnings
 * @throws InputError
 */
export function readProfile(
	parameters: Parameters,
	evseId: string | 0,
): { chargingProfile: ChargingProfile; comment?: string; warnings: string[] } {
	const added = parameters.added('options');
	const options = filled(added);
	const comment = readComment(options);
	const how = parameters.option('specifyProfile', 'Specify Profile', ['fields', 'json']);
	const profile =
		how === 'json'
			? readProfileJson(PROFILE_JSON, parameters.get('profileJson'))
			: readFields(parameters, added);
	const checked = prepareProfile(withComment(profile, comment), {
		target: { evseId, request: 'set' },
		timezone: parameters.timezone,
		nameOf: (path) =>
			how === 'json'
				? PROFILE_JSON
				: fieldNameOf(path, parameters.get('specifyPeriods') === 'json'),
		sendAnyway: sendAnywayOf('').read({ ...inZone(parameters, ''), get: () => options.sendAnyway }),
	});
	return { ...checked, ...(comment !== undefined && { comment }) };
}
