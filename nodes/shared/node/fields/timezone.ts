import { IANAZone } from 'luxon';

import { InputError } from '../../charging/base/inputError';
import type { Field } from './kinds/field';
import { textField } from './kinds/text';
import type { Values } from './kinds/values';

/**
 * An IANA time zone.
 * @param description says which times are in the time zone
 */
export const timezoneField = (description: string): Field<string> =>
	textField({
		label: 'Time Zone',
		name: 'timezone',
		placeholder: 'e.g. Europe/Helsinki',
		description,
	}).converted((zone, label) => {
		if (IANAZone.isValidZone(zone)) return zone;
		throw new InputError(
			`${label} is ${JSON.stringify(zone)}, which is not a time zone`,
			'Enter an IANA name such as Europe/Helsinki, or leave it empty for the workflow’s time zone.',
		);
	});

/** The time zone that was entered, otherwise the workflow's. @throws InputError */
export const zoneOf = (field: Field<string>, values: Values): string =>
	field.readIfGiven(values) ?? values.timezone;

const UTC = /^(Etc\/)?(UTC|GMT|UCT|Zulu)$/;

/**
 * Warns of local times that are read in UTC although nobody chose it: n8n's own default is not the user's time zone.
 * @param what the local times, as in "The windows"
 */
export const utcWarnings = (field: Field<string>, values: Values, what: string): string[] =>
	UTC.test(values.timezone) && field.readIfGiven(values) === undefined
		? [
				`${what} in UTC, the workflow’s time zone. If local time is meant, set ${field.label}, or the workflow’s own time zone in its settings.`,
			]
		: [];
