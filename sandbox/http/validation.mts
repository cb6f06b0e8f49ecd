import type { ValidationResult } from 'openapi-backend';

/** What a document does not allow; `instancePath` says where. */
export type Problem = NonNullable<ValidationResult['errors']>[number];

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The JSON schema format date-time: RFC 3339, with an offset, and a date that exists. */
function isDateTime(text: string): boolean {
	return RFC3339.test(text) && !Number.isNaN(Date.parse(text));
}

/** The formats of texts; an error names the format. */
export const FORMATS: Record<string, RegExp | ((text: string) => boolean)> = {
	'date-time': isDateTime,
	'hh:mm:ss': /^\d\d:[0-5]\d:[0-5]\d$/,
	'time of day, hh:mm:ss': /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
};

/** A validation error in words that name the field: `body.limit.acMaxPowerA must be >= 0`. */
export function problemOf({ instancePath, keyword, message, params }: Problem): string {
	const [place = '', ...rest] = instancePath.split('/').filter((part) => part !== '');
	const field = [place === 'requestBody' ? 'body' : place, ...rest].filter(Boolean).join('.');
	const details = params as Record<string, unknown>;
	switch (keyword) {
		case 'required':
			return details.missingProperty === 'requestBody'
				? 'A JSON body is required (Content-Type: application/json)'
				: `${prefix(field)}${String(details.missingProperty)} is required`;
		case 'additionalProperties':
			return `${prefix(field)}${String(details.additionalProperty)} is not known`;
		case 'enum':
			return `${field} must be one of ${(details.allowedValues as unknown[]).join(', ')}`;
		default:
			return `${field || 'The value'} ${message ?? 'is not valid'}`;
	}
}

const prefix = (field: string): string => (field === '' ? '' : `${field}.`);
