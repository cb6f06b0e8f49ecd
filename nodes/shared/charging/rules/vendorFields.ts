import { onlyFields } from './fieldChecks';
import { type UnknownObject, isObject } from '../base/isObject';
import { quoted } from '../base/shown';
import type { Report } from './finding';

/** What knows the two fields that ChargEye adds to a charging profile, and keeps from the station. */
const CHARGEYE = 'ChargEye’s charging profile';

const CONDITIONS = ['whenNoCloudConnection', 'whenSessionNotAuthorized'];
const META = ['comment', 'createdAt', 'createdBy'];

function fieldsOf(
	report: Report,
	path: string,
	value: unknown,
	known: readonly string[],
): Array<[string, unknown]> {
	if (value === undefined) return [];
	if (!isObject(value)) {
		report(path, CHARGEYE, `Must be an object, but is ${quoted(value)}.`);
		return [];
	}
	onlyFields(report, path, value, known, CHARGEYE);
	return known.map((name): [string, unknown] => [name, value[name]]);
}

/** `condition` and `meta`. A condition that is not understood would make a profile for a moment count always. */
export function checkVendorFields(report: Report, { condition, meta }: UnknownObject): void {
	for (const [name, value] of fieldsOf(report, 'condition', condition, CONDITIONS)) {
		if (value === undefined || typeof value === 'boolean') continue;
		report(`condition.${name}`, CHARGEYE, `Must be true or false, but is ${quoted(value)}.`);
	}
	for (const [name, value] of fieldsOf(report, 'meta', meta, META)) {
		if (value === undefined || typeof value === 'string') continue;
		report(`meta.${name}`, CHARGEYE, `Must be a text, but is ${quoted(value)}.`);
	}
}
