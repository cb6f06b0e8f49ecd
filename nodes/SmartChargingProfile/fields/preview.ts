import { DateTime } from 'luxon';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { LIMIT_UNITS, rateUnitOf } from '../../shared/charging/limitUnit';
import type { PreviewQuery } from '../../shared/charging/preview';
import { timezoneField } from '../../shared/node/fields/timezone';
import {
	checkNumber,
	checkText,
	checkTime,
	checkTimezone,
	InputError,
	isEmpty,
	type Parameters,
} from '../../shared/node/parameters';
import { limitFields, readLimit, type LimitField } from './limits';

const UNIT = 'Unit';
const SUPPLY = 'Supply';
const PREVIEW_OF = 'Preview Of';
const CONNECTOR = 'Connector (EVSE ID)';
const CONNECTORS = 'Number of Connectors';
const START = 'Start';
const HOURS = 'Hours';
const END = 'End';
const VOLTAGE = 'Nominal Voltage (V)';
const TRANSACTION_START = 'Transaction Start';
const TRANSACTION_ID = 'Transaction ID';

const HOUR = 3_600_000;
/** A leap year, and a day more. */
const MOST_HOURS = 367 * 24;
const MOST_CONNECTORS = 100;

const LOCAL_LIMIT: LimitField = {
	label: 'Local Limit',
	name: 'localLimit',
	description: 'What one connector may draw where no profile says anything',
	remark: 'Usually what the charger itself can.',
	defaults: { A: 32, kW: 22 },
	unitIn: 'unit',
};

/** What is previewed, when, and of what charger. */
export const previewFields: INodeProperties[] = [
	{
		displayName: PREVIEW_OF,
		name: 'previewOf',
		type: 'options',
		options: [
			{ name: 'Connector', value: 'connector', description: 'What one connector may draw' },
			{
				name: 'Whole Station',
				value: 'station',
				description: 'What all connectors may draw together',
			},
		],
		default: 'connector',
		description: 'Whose limit is previewed',
	},
	{
		displayName: CONNECTOR,
		name: 'evseId',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { previewOf: ['connector'] } },
		default: 1,
		description: 'The connector, addressed by its EVSE ID (1 or higher)',
	},
	{
		displayName: CONNECTORS,
		name: 'connectors',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_CONNECTORS, numberPrecision: 0 },
		displayOptions: { show: { previewOf: ['station'] } },
		default: 2,
		description: 'How many connectors the station has; their EVSE IDs are counted from 1',
	},
	{
		displayName: START,
		name: 'start',
		type: 'dateTime',
		default: '',
		description:
			'When the preview begins, in the time zone below unless it has an offset. By default now.',
	},
	{
		displayName: HOURS,
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_HOURS, numberPrecision: 0 },
		default: 24,
		description:
			'How many hours are previewed: 24 for a day, 168 for a week. The option End overrules it.',
	},
	timezoneField('That of the output and the chart. By default the workflow’s.').property,
	{
		displayName: UNIT,
		name: 'unit',
		type: 'options',
		options: [
			{ name: 'A', value: 'A', description: 'Amperes per phase' },
			{ name: 'kW', value: 'kW', description: 'Kilowatts over all phases' },
		],
		default: 'kW',
		description: 'The unit of the output; limits in the other one are converted',
	},
	{
		displayName: SUPPLY,
		name: 'supply',
		type: 'options',
		options: [
			{ name: 'AC, One Phase', value: 'ac1', description: 'A charger on one phase' },
			{ name: 'AC, Three Phases', value: 'ac3', description: 'A charger on three phases' },
			{ name: 'DC', value: 'dc', description: 'A charger without phases' },
		],
		default: 'ac3',
		description: 'What the charger gives cars; A and kW are converted by it',
	},
	...limitFields(LOCAL_LIMIT),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: END,
				name: 'end',
				type: 'dateTime',
				default: '',
				description:
					'When the preview ends, in place of Hours; in the time zone above unless it has an offset',
			},
			{
				displayName: VOLTAGE,
				name: 'voltage',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 1 },
				default: 230,
				description: 'Between a phase and neutral, or the DC voltage; A and kW are converted by it',
			},
			{
				displayName: TRANSACTION_ID,
				name: 'transactionId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5a1f0c7e-2b1d-4c55-9f0e-8d3c0d0f6a11',
				description: 'Which transaction runs: its profile counts, and those of others do not',
			},
			{
				displayName: TRANSACTION_START,
				name: 'transactionStart',
				type: 'dateTime',
				default: '',
				description:
					'When the running transaction began: profiles for transactions count, and Relative ones start then. By default a car starts at the beginning, without a profile of its own.',
			},
		],
	},
];

/** A time as epoch milliseconds. @throws InputError */
const timeOf = (field: string, value: unknown, zone: string): number =>
	DateTime.fromISO(checkTime(field, value, zone)).toMillis();

/** The window [startMs, endMs) in epoch milliseconds. @throws InputError */
function readWindow(parameters: Parameters, options: IDataObject, zone: string, now: number) {
	const given = parameters.get('start');
	// Charging schedules count in whole seconds.
	const start = Math.floor((isEmpty(given) ? now : timeOf(START, given, zone)) / 1000) * 1000;
	const field = options.end === undefined ? HOURS : END;
	const end =
		options.end === undefined
			? start + parameters.number('hours', HOURS, { min: 1, decimals: 0, unit: 'hours' }) * HOUR
			: timeOf(END, options.end, zone);
	if (end <= start) {
		const [from, to] = [start, end].map((at) => DateTime.fromMillis(at, { zone }).toISO());
		throw new InputError(
			`${END} is ${to}, which is not after ${START}, ${from}`,
			`Enter a later ${END}.`,
		);
	}
	if (end - start > MOST_HOURS * HOUR) {
		throw new InputError(
			`${field} makes a preview of ${Math.ceil((end - start) / HOUR)} hours, which is more than a year`,
			`Preview at most ${MOST_HOURS} hours at once.`,
		);
	}
	return { startMs: start, endMs: end };
}

/**
 * What is to be previewed, without the profiles.
 * @param now epoch milliseconds
 * @throws InputError
 */
export function readPreview(parameters: Parameters, now: number): Omit<PreviewQuery, 'profiles'> {
	const options = parameters.collection('options');
	const zone = checkTimezone(parameters, parameters.get('timezone'));
	const unit = parameters.option('unit', UNIT, LIMIT_UNITS);
	const supply = parameters.option('supply', SUPPLY, ['ac1', 'ac3', 'dc']);
	const station =
		parameters.option('previewOf', PREVIEW_OF, ['connector', 'station']) === 'station';
	const evseId = station ? 0 : parameters.number('evseId', CONNECTOR, { min: 1, decimals: 0 });
	const window = readWindow(parameters, options, zone, now);
	const { voltage = 230, transactionStart, transactionId } = options;
	return {
		...window,
		zone,
		unit: rateUnitOf(unit),
		evseId,
		connectors: station
			? parameters.number('connectors', CONNECTORS, { min: 1, max: MOST_CONNECTORS, decimals: 0 })
			: evseId,
		voltage: checkNumber(VOLTAGE, voltage, { min: 1, decimals: 1, unit: 'V' }),
		...(supply !== 'dc' && { phases: supply === 'ac1' ? 1 : 3 }),
		localLimit: readLimit(parameters, LOCAL_LIMIT, unit),
		...((transactionStart !== undefined || transactionId !== undefined) && {
			transaction: {
				startedAtMs:
					transactionStart === undefined
						? window.startMs
						: timeOf(TRANSACTION_START, transactionStart, zone),
				...(transactionId !== undefined && {
					transactionId: checkText(TRANSACTION_ID, transactionId),
				}),
			},
		}),
	};
}
