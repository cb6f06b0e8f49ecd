import { isObject, type UnknownObject } from '../base/isObject';
import { quoted } from '../base/shown';
import type { ChargingProfile } from '../profile/profile';
import { namesOf, onlyFields } from './fieldChecks';
import type { Report } from './finding';

/** The requirement named in findings on the two fields that ChargEye adds to a charging profile. */
const CHARGEYE = 'ChargEye’s charging profile';

type Own<Field extends 'condition' | 'meta'> = NonNullable<ChargingProfile[Field]>;
const CONDITIONS = namesOf<Own<'condition'>>({
	whenNoCloudConnection: true,
	whenSessionNotAuthorized: true,
});
const META = namesOf<Own<'meta'>>({ comment: true, createdAt: true, createdBy: true });

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

/** Checks `condition` and `meta`. A profile whose condition is not understood would apply at all times. */
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
