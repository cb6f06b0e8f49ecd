import { IANAZone } from 'luxon';

import { InputError } from '../../charging/base/inputError';
import { quoted } from '../../charging/base/shown';
import { Field } from './kinds/field';
import { locatorProperty } from './kinds/locator';
import { checkText } from './kinds/text';
import type { Values } from './kinds/values';

/**
 * An IANA time zone, from a list or by its name. In workflows of former versions it is a plain text.
 * @param description says which times are in the time zone
 * @param texts of a second time zone in the same form
 */
export const timezoneField = (
	description: string,
	texts: Partial<
		Pick<Parameters<typeof locatorProperty>[0], 'label' | 'name' | 'placeholder' | 'show'>
	> = {},
): Field<string> =>
	new Field(
		locatorProperty({
			label: 'Time Zone',
			name: 'timezone',
			search: 'searchTimezones',
			needsNoAccount: true,
			placeholder: 'The workflow’s time zone',
			...texts,
			typed: { displayName: 'By Name', name: 'name' },
			example: 'Europe/Helsinki',
			description,
		}),
		{
			fixWhenEmpty: 'Choose a time zone.',
			check(value, label) {
				const zone = checkText(label, value);
				if (IANAZone.isValidZone(zone)) return zone;
				throw new InputError(
					`${label} is ${quoted(zone)}, which is not a time zone`,
					'Choose one from the list, enter an IANA name such as Europe/Helsinki, or leave it empty for the workflow’s time zone.',
				);
			},
		},
	);

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
