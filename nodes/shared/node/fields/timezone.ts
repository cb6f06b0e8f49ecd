import { IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { checkText, InputError, isEmpty, type Parameters } from '../parameters';

const DISPLAY_NAME = 'Time Zone';

/** @param description what is in the time zone */
export const timezoneField = (description: string): INodeProperties => ({
	displayName: DISPLAY_NAME,
	name: 'timezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Helsinki',
	description,
});

/**
 * Checks an IANA time zone.
 * @returns the workflow's if the value is empty
 * @throws InputError
 */
export function checkTimezone(parameters: Parameters, value: unknown): string {
	if (isEmpty(value)) return parameters.timezone;
	const zone = checkText(DISPLAY_NAME, value);
	if (IANAZone.isValidZone(zone)) return zone;
	throw new InputError(
		`${DISPLAY_NAME} is ${JSON.stringify(zone)}, which is not a time zone`,
		'Enter an IANA name such as Europe/Helsinki, or nothing for the workflow’s.',
	);
}
