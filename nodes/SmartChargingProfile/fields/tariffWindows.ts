import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { LimitUnit } from '../../shared/charging/limitUnit';
import type { TariffWindow } from '../../shared/charging/tariff/windows';
import { DAY_NAMES } from '../../shared/charging/base/words';
import {
	checkFlag,
	checkJson,
	checkObject,
	checkText,
	InputError,
	isEmpty,
	type Parameters,
} from '../../shared/node/parameters';
import { checkLimit, labelIn, limitFields, limitIn, type LimitField } from './limits';
import { specify } from './names';

const WINDOWS = 'Windows';
const WINDOWS_JSON = 'Windows (JSON)';

const LIMIT: LimitField = {
	label: 'Limit',
	name: 'limit',
	description: 'The most that may be drawn',
	defaults: { A: 16, kW: 20 },
	unitIn: '/limitUnit',
};

const windowFields: INodeProperties[] = [
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: DAY_NAMES.map((name) => ({ name, value: name.toLowerCase() })),
		default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
		description: 'The days on which the window begins',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '17:00',
		placeholder: 'e.g. 17:00',
		description: 'Local time at which the window begins, from 00:00 to 23:59',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '20:00',
		placeholder: 'e.g. 20:00',
		description: 'Local time at which the window ends, up to 24:00',
	},
	{
		displayName: 'Over Midnight',
		name: 'overMidnight',
		type: 'boolean',
		default: false,
		description: 'Whether the window ends on the day after the one on which it begins',
	},
	...limitFields(LIMIT),
];

/** The windows of a tariff, by fields or as JSON. */
export const tariffWindowsFields: INodeProperties[] = [
	specify('Specify Windows', 'specifyWindows', 'the windows are'),
	{
		displayName: WINDOWS,
		name: 'windows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { specifyWindows: ['fields'] } },
		placeholder: 'Add Window',
		default: {
			window: [
				{
					days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
					from: '17:00',
					to: '20:00',
					overMidnight: false,
					limitA: 16,
					limitKw: 20,
				},
			],
		},
		description: 'Hours of the week with a limit. Where windows overlap, the lower limit holds.',
		options: [{ displayName: 'Window', name: 'window', values: windowFields }],
	},
	{
		displayName: WINDOWS_JSON,
		name: 'windowsJson',
		type: 'json',
		typeOptions: { rows: 8 },
		displayOptions: { show: { specifyWindows: ['json'] } },
		required: true,
		default:
			'[\n  {\n    "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],\n    "from": "17:00",\n    "to": "20:00",\n    "overMidnight": false,\n    "limit": 20\n  }\n]',
		description:
			'A list of windows: days as English names or their first three letters, from and to as local times, overMidnight if the window ends on the next day, limit in the limit unit. Where windows overlap, the lower limit holds.',
	},
];

/** @throws InputError */
function readDays(field: string, value: unknown): number[] {
	if (!Array.isArray(value)) {
		throw new InputError(
			`${field} is ${isEmpty(value) ? 'empty' : 'not a list'}`,
			'Enter a list such as ["monday", "tuesday"].',
		);
	}
	if (value.length === 0) throw new InputError(`${field} is empty`, 'Choose at least one day.');
	return value.map((entry: unknown) => {
		const name = typeof entry === 'string' ? entry.trim().toLowerCase() : '';
		const index = DAY_NAMES.findIndex((day) =>
			[day.toLowerCase(), day.slice(0, 3).toLowerCase()].includes(name),
		);
		if (index === -1) {
			throw new InputError(
				`${field} has ${JSON.stringify(entry)}, which is not a day of the week`,
				`Enter ${DAY_NAMES.map((day) => day.toLowerCase()).join(', ')}, or their first three letters.`,
			);
		}
		return index + 1;
	});
}

/** A time of day in seconds. @throws InputError */
function readClockTime(field: string, value: unknown, latest: string): number {
	const text = checkText(field, value);
	const match = /^(\d{1,2}):([0-5]\d)(?::00)?$/.exec(text);
	const seconds = match ? Number(match[1]) * 3600 + Number(match[2]) * 60 : Infinity;
	if (seconds > (latest === '24:00' ? 86_400 : 86_399)) {
		throw new InputError(
			`${field} is ${JSON.stringify(text)}, which is not a time of day`,
			`Enter hours and minutes from 00:00 to ${latest}, such as 17:00.`,
		);
	}
	return seconds;
}

const JSON_KEYS = ['days', 'from', 'to', 'overMidnight', 'limit'];

/** @param limit the limit as it was entered */
function readWindow(
	row: IDataObject,
	limit: unknown,
	index: number,
	unit: LimitUnit,
): TariffWindow {
	const of = `of Window ${index + 1}`;
	const days = readDays(`Days ${of}`, row.days);
	const from = readClockTime(`From ${of}`, row.from, '23:59');
	const to = readClockTime(`To ${of}`, row.to, '24:00');
	const overMidnight =
		!isEmpty(row.overMidnight) && checkFlag(`Over Midnight ${of}`, row.overMidnight);
	const hours = `${String(row.from).trim()} to ${String(row.to).trim()}`;
	if (from === to) {
		throw new InputError(
			`Window ${index + 1} begins and ends at the same time, ${hours}`,
			'For a whole day enter 00:00 to 24:00.',
		);
	}
	if (to < from && !overMidnight) {
		throw new InputError(
			`Window ${index + 1} ends before it begins, ${hours}`,
			'If it ends on the next day, switch on Over Midnight; for the end of the day enter 24:00.',
		);
	}
	if (to > from && overMidnight) {
		throw new InputError(
			`Window ${index + 1} is over midnight, but ends later in the day than it begins, ${hours}`,
			'A window lasts at most a day: switch off Over Midnight, or fix its hours.',
		);
	}
	return {
		days,
		from,
		to,
		overMidnight,
		limit: checkLimit(`${labelIn(LIMIT, unit)} ${of}`, limit, unit),
	};
}

/** A window as it was entered, and its limit. */
interface Row {
	row: IDataObject;
	limit: unknown;
}

function rowsOfForm(parameters: Parameters, unit: LimitUnit): Row[] {
	const { window } = parameters.collection('windows');
	return ((window ?? []) as IDataObject[]).map((row) => ({
		row,
		limit: limitIn(row, LIMIT, unit),
	}));
}

/** @throws InputError */
function rowsOfJson(parameters: Parameters): Row[] {
	const rows = checkJson(WINDOWS_JSON, parameters.get('windowsJson'));
	if (!Array.isArray(rows)) {
		throw new InputError(`${WINDOWS_JSON} is not a list`, 'Enter a list of windows in brackets.');
	}
	return rows.map((value: unknown, index) => {
		const row = checkObject(`Window ${index + 1} of ${WINDOWS_JSON}`, value);
		const unknown = Object.keys(row).find((key) => !JSON_KEYS.includes(key));
		if (unknown !== undefined) {
			throw new InputError(
				`Window ${index + 1} of ${WINDOWS_JSON} has ${JSON.stringify(unknown)}, which is not known`,
				`Known are ${JSON_KEYS.join(', ')}.`,
			);
		}
		return { row, limit: row.limit };
	});
}

/** @throws InputError naming the window */
export function readTariffWindows(parameters: Parameters, unit: LimitUnit): TariffWindow[] {
	const how = parameters.option('specifyWindows', 'Specify Windows', ['fields', 'json']);
	const rows = how === 'fields' ? rowsOfForm(parameters, unit) : rowsOfJson(parameters);
	if (rows.length === 0) {
		const field = how === 'fields' ? WINDOWS : WINDOWS_JSON;
		throw new InputError(`${field} is empty`, 'Add at least one window.');
	}
	return rows.map(({ row, limit }, index) => readWindow(row, limit, index, unit));
}
