import { DateTime } from 'luxon';

import { InputError } from '../../shared/charging/base/inputError';
import { isObject } from '../../shared/charging/base/isObject';
import { shown } from '../../shared/charging/base/shown';
import { DAY_NAMES } from '../../shared/charging/base/words';
import type { Holidays } from '../../shared/charging/tariff/tariff';
import { Field } from '../../shared/node/fields/kinds/field';
import { checkJson } from '../../shared/node/fields/kinds/json';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';

const FIX =
	'Enter dates such as 2026-12-25, separated by commas or lines, or an expression with a list of dates or of objects with a date.';

/** More than the holidays of many years. */
const MOST_DATES = 1000;

/** A date, alone or as the midnight with which it begins. */
const DATE = /^(\d{4}-\d{2}-\d{2})(T00:00(:00(\.0+)?)?)?$/;

/** @throws InputError */
function readDate(entry: unknown, label: string): string {
	const value = isObject(entry) ? entry.date : entry;
	const [, date] = (typeof value === 'string' && DATE.exec(value.trim())) || [];
	if (date !== undefined && DateTime.fromISO(date, { zone: 'utc' }).isValid) return date;
	throw new InputError(`${label} has ${shown(entry)}, which is not a date`, FIX);
}

/** Local dates, which may be in the past and there several times. */
const dates = new Field<string[]>(
	{
		...textField({
			label: 'Holidays',
			name: 'holidays',
			placeholder: 'e.g. 2026-12-25, 2026-12-26',
			description:
				'Dates on which windows begin as on another day of the week, separated by commas or lines. An expression may give a list of dates, or of objects with a date, as APIs of public holidays answer.',
		}).property,
		typeOptions: { rows: 2 },
	},
	{
		fixWhenEmpty: FIX,
		isEmpty: (value) => Array.isArray(value) && value.length === 0,
		check(value, label) {
			const given =
				typeof value === 'string' && value.trim().startsWith('[') ? checkJson(label, value) : value;
			const list: unknown =
				typeof given === 'string' ? given.split(/[,;\s]+/).filter((text) => text !== '') : given;
			if (!Array.isArray(list)) {
				throw new InputError(`${label} is ${shown(given)}, which is not a list of dates`, FIX);
			}
			if (list.length > MOST_DATES) {
				throw new InputError(
					`${label} has ${list.length} dates, more than ${MOST_DATES}`,
					'Enter the holidays of the coming years only.',
				);
			}
			return list.map((entry: unknown) => readDate(entry, label));
		},
	},
);

const NONE = 'none';

const countAs = optionField({
	label: 'Holidays Count As',
	name: 'holidaysCountAs',
	options: [
		...DAY_NAMES.map((name) => ({ name, value: name.toLowerCase() })),
		{ name: 'No Windows', value: NONE, description: 'No window begins on a holiday' },
	],
	default: 'sunday',
	description: 'The day of the week whose windows begin on holidays',
});

/** The options for holidays. */
export const holidayOptions = {
	fields: [dates, countAs],
	/** @returns undefined if there are none @throws InputError */
	read(added: Values): Holidays | undefined {
		const listed = dates.readIfGiven(added);
		const day = countAs.readOrDefault(added);
		if (listed === undefined || listed.length === 0) return undefined;
		const index = DAY_NAMES.findIndex((name) => name.toLowerCase() === day);
		return { dates: listed, ...(index !== -1 && { countAs: index + 1 }) };
	},
};
