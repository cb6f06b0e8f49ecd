import { DateTime } from 'luxon';

import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import { InputError } from '../../shared/charging/base/inputError';
import { DAY_NAMES } from '../../shared/charging/base/words';
import type { Season } from '../../shared/charging/tariff/seasons';
import type { TariffWindow } from '../../shared/charging/tariff/windows';
import { Field } from '../../shared/node/fields/kinds/field';
import { flagField } from '../../shared/node/fields/kinds/flag';
import { jsonField } from '../../shared/node/fields/kinds/json';
import { optionsField } from '../../shared/node/fields/kinds/option';
import { rowsField } from '../../shared/node/fields/kinds/rows';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';
import { limitField } from '../shared/limit';
import { rowsOrJson, specify } from '../shared/specify';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** @param label how errors name the field @throws InputError */
function readDay(entry: unknown, label: string): number {
	const name = typeof entry === 'string' ? entry.trim().toLowerCase() : '';
	const index = DAY_NAMES.findIndex((day) =>
		[day.toLowerCase(), day.slice(0, 3).toLowerCase()].includes(name),
	);
	if (index !== -1) return index + 1;
	throw new InputError(
		`${label} has ${JSON.stringify(entry)}, which is not a day of the week`,
		`Enter ${DAY_NAMES.map((day) => day.toLowerCase()).join(', ')}, or their first three letters.`,
	);
}

/** Days of the week, with Monday as 1. JSON may also give their first three letters. */
const days = new Field<number[]>(
	optionsField({
		label: 'Days',
		name: 'days',
		options: DAY_NAMES.map((name) => ({ name, value: name.toLowerCase() })),
		isOrdered: true,
		default: WEEKDAYS,
		description: 'The days on which the window begins',
	}).property,
	{
		fixWhenEmpty: 'Choose at least one day.',
		isEmpty: (value) => Array.isArray(value) && value.length === 0,
		check(value, label) {
			if (Array.isArray(value)) return value.map((entry: unknown) => readDay(entry, label));
			throw new InputError(`${label} is not a list`, 'Enter a list such as ["monday", "tuesday"].');
		},
	},
);

/** A field for a time of day, which is read as seconds. */
const clockField = (
	label: string,
	name: string,
	example: string,
	latest: '23:59' | '24:00',
	description: string,
): Field<number> =>
	textField({
		label,
		name,
		default: example,
		placeholder: `e.g. ${example}`,
		description,
	}).converted((text, labelOfRow) => {
		const match = /^(\d{1,2}):([0-5]\d)(?::00)?$/.exec(text);
		const seconds = match ? Number(match[1]) * 3600 + Number(match[2]) * 60 : Infinity;
		if (seconds <= (latest === '24:00' ? 86_400 : 86_399)) return seconds;
		throw new InputError(
			`${labelOfRow} is ${JSON.stringify(text)}, which is not a time of day`,
			`Enter hours and minutes from 00:00 to ${latest}, such as 17:00.`,
		);
	});

const from = clockField(
	'From',
	'from',
	'17:00',
	'23:59',
	'Local time at which the window begins, from 00:00 to 23:59',
);

const to = clockField(
	'To',
	'to',
	'20:00',
	'24:00',
	'Local time at which the window ends, up to 24:00',
);

const overMidnight = flagField({
	label: 'Over Midnight',
	name: 'overMidnight',
	default: false,
	description: 'Whether the window ends on the day after the one on which it begins',
});

const limit = limitField({
	label: 'Limit',
	name: 'limit',
	description: 'The most that may be drawn',
	defaults: { A: 16, kW: 20 },
	unitIn: '/limitUnit',
});

/** A field for a day of the year, which is read as MM-DD. */
const dayOfYear = (label: string, name: string, example: string, description: string) =>
	textField({ label, name, placeholder: `e.g. ${example}`, description }).converted(
		(text, labelOfRow) => {
			const match = /^(\d{1,2})-(\d{1,2})$/.exec(text);
			const day =
				match &&
				match
					.slice(1)
					.map((part) => part.padStart(2, '0'))
					.join('-');
			// In a leap year every day exists.
			if (day && DateTime.fromISO(`2024-${day}`, { zone: 'utc' }).isValid) return day;
			throw new InputError(
				`${labelOfRow} is ${JSON.stringify(text)}, which is not a day of the year`,
				`Enter month and day, such as ${example}.`,
			);
		},
	);

const seasonFrom = dayOfYear(
	'Season From',
	'seasonFrom',
	'11-01',
	'Month and day of the first day of the season in which the window begins. Empty for all year.',
);

const seasonUntil = dayOfYear(
	'Season Until',
	'seasonUntil',
	'03-31',
	'Month and day of the last day of the season, which may be in the next year. Empty for all year.',
);

/** @throws InputError naming the row */
function readSeason(row: Values, nth: string): Season | undefined {
	const [first, last] = [seasonFrom, seasonUntil].map((field) => field.readIfGiven(row));
	if (first !== undefined && last !== undefined) return { from: first, until: last };
	if (first === undefined && last === undefined) return undefined;
	const [given, missing] =
		last === undefined ? [seasonFrom, seasonUntil] : [seasonUntil, seasonFrom];
	throw new InputError(
		`${nth} has ${given.label}, but not ${missing.label}`,
		`Enter both, or none of them for all year.`,
	);
}

const OVERLAPS = 'Where windows overlap, the lower limit applies.';

const rows = rowsOrJson({
	choice: specify('Specify Windows', 'specifyWindows', 'the windows are'),
	rows: rowsField({
		label: 'Windows',
		name: 'windows',
		placeholder: 'Add Window',
		row: { label: 'Window', name: 'window' },
		fields: [days, from, to, overMidnight, limit, seasonFrom, seasonUntil],
		default: [
			{
				days: WEEKDAYS,
				from: '17:00',
				to: '20:00',
				overMidnight: false,
				limitA: 16,
				limitKw: 20,
			},
		],
		isSortable: true,
		description: `Hours of the week with a limit. ${OVERLAPS}`,
	}),
	json: jsonField({
		label: 'Windows (JSON)',
		name: 'windowsJson',
		rows: 8,
		required: true,
		example:
			'[{ "days": ["mon", "tue", "wed", "thu", "fri"], "from": "17:00", "to": "20:00", "overMidnight": false, "limit": 20 }]',
		description: `A list of windows: days as English names or their first three letters, from and to as local times, overMidnight if the window ends on the next day, limit in the limit unit, seasonFrom and seasonUntil as month and day (11-01) if the window is for a part of the year. ${OVERLAPS}`,
	}),
	keys: ['days', 'from', 'to', 'overMidnight', 'limit', 'seasonFrom', 'seasonUntil'],
	asRow: ({ limit: value, ...row }) => ({ ...row, limitA: value, limitKw: value }),
});

/** @throws InputError naming the row */
function readWindow(row: Values, nth: string, unit: LimitUnit): TariffWindow {
	const season = readSeason(row, nth);
	const window: TariffWindow = {
		days: days.read(row),
		from: from.read(row),
		to: to.read(row),
		overMidnight: overMidnight.read(row),
		limit: limit.read(row, unit),
		...(season && { season }),
	};
	const [begin, end] = [from, to].map(({ name }) => String(row.get(name)).trim());
	const refuse = (problem: string, fix: string): never => {
		throw new InputError(`${nth} ${problem}, ${begin} to ${end}`, fix);
	};
	if (window.from === window.to) {
		refuse('begins and ends at the same time', 'For a whole day enter 00:00 to 24:00.');
	}
	if (window.to < window.from && !window.overMidnight) {
		refuse(
			'ends before it begins',
			`If it ends on the next day, switch on ${overMidnight.label}; for the end of the day enter 24:00.`,
		);
	}
	if (window.to > window.from && window.overMidnight) {
		refuse(
			'is over midnight, but its end is a later time of day than its beginning',
			`A window lasts at most a day: switch off ${overMidnight.label}, or fix its hours.`,
		);
	}
	return window;
}

/** The windows of a tariff, by fields or as JSON. */
export const tariffWindows = {
	properties: rows.properties,
	/** @throws InputError naming the window */
	read: (values: Values, unit: LimitUnit): TariffWindow[] =>
		rows.read(values).map((row, index) => readWindow(row, rows.nth(index), unit)),
};
