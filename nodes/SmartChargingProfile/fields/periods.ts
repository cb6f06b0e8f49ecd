import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { RateUnit } from '../../shared/charging/profile';
import {
	checkJson,
	checkNumber,
	INTEGER,
	isEmpty,
	type Parameters,
} from '../../shared/node/parameters';
import { NAMES, PERIODS_JSON, specify } from './names';

const limitName = (unit: RateUnit) => `${NAMES.limit} (${unit})`;

const PHASES = [1, 2, 3].map((value) => ({ name: String(value), value }));

/** A period of OCPP 2.0.1 part 2, section 2.11. The limit has a field for each unit, so that its label can name it. */
const periodFields: INodeProperties[] = [
	{
		displayName: NAMES.startPeriod,
		name: 'startPeriod',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'Seconds from the start of the schedule. The first period starts at 0; each later one lasts until the next.',
	},
	{
		displayName: limitName('A'),
		name: 'limitA',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 1 },
		displayOptions: { show: { '/chargingRateUnit': ['A'] } },
		default: 16,
		description:
			'The most that may be drawn per phase, in A, with at most one decimal. Below 6 A most AC cars pause.',
	},
	{
		displayName: limitName('W'),
		name: 'limitW',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 1 },
		displayOptions: { show: { '/chargingRateUnit': ['W'] } },
		default: 11000,
		description:
			'The most that may be drawn over all phases, in W, with at most one decimal. Below 1,380 W most AC cars pause.',
	},
	{
		displayName: NAMES.numberPhases,
		name: 'numberPhases',
		type: 'options',
		options: [
			...PHASES,
			{ name: 'Not Stated', value: '', description: 'Three on AC; a DC charger has none' },
		],
		default: '',
		description: 'On how many phases cars may charge',
	},
	{
		displayName: NAMES.phaseToUse,
		name: 'phaseToUse',
		type: 'options',
		displayOptions: { show: { numberPhases: [1, '1'] } },
		options: [
			...PHASES,
			{ name: 'Not Stated', value: '', description: 'The charger chooses the phase' },
		],
		default: '',
		description: 'Which phase is used when charging on one',
	},
];

/** The periods of a schedule, by fields or as JSON. */
export const periodsFields: INodeProperties[] = [
	specify('Specify Periods', 'specifyPeriods', 'the periods are'),
	{
		displayName: NAMES.chargingSchedulePeriod,
		name: 'periods',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { specifyPeriods: ['fields'] } },
		placeholder: 'Add Period',
		default: { period: [{ startPeriod: 0, limitA: 16, limitW: 11000, numberPhases: '' }] },
		description: 'What may be drawn when, in the order of time',
		options: [{ displayName: 'Period', name: 'period', values: periodFields }],
	},
	{
		displayName: PERIODS_JSON,
		name: 'periodsJson',
		type: 'json',
		displayOptions: { show: { specifyPeriods: ['json'] } },
		required: true,
		default:
			'[\n  { "startPeriod": 0, "limit": 11000 },\n  { "startPeriod": 3600, "limit": 6000 }\n]',
		description:
			'A list of periods as OCPP has them: startPeriod in seconds, limit in the rate unit, and perhaps numberPhases and phaseToUse',
	},
];

function readPeriod(period: IDataObject, index: number, unit: RateUnit): IDataObject {
	const nameOf = (name: string) => `${name} of Period ${index + 1}`;
	const { startPeriod, numberPhases, phaseToUse } = period;
	const phase = (name: 'numberPhases' | 'phaseToUse', value: unknown) =>
		!isEmpty(value) && {
			[name]: checkNumber(nameOf(NAMES[name]), value, { min: 1, decimals: 0 }),
		};
	return {
		startPeriod: checkNumber(nameOf(NAMES.startPeriod), startPeriod, {
			...INTEGER,
			min: 0,
			unit: 'seconds',
		}),
		limit: checkNumber(nameOf(limitName(unit)), period[`limit${unit}`], {
			min: 0,
			decimals: 1,
			unit,
		}),
		...phase('numberPhases', numberPhases),
		...phase('phaseToUse', phaseToUse),
	};
}

/**
 * Reads the periods as OCPP has them; those from JSON are not checked yet.
 * @throws InputError
 */
export function readPeriods(parameters: Parameters, unit: RateUnit): unknown {
	if (parameters.option('specifyPeriods', 'Specify Periods', ['fields', 'json']) === 'json') {
		return checkJson(PERIODS_JSON, parameters.get('periodsJson'));
	}
	const { period } = parameters.collection('periods');
	return ((period ?? []) as IDataObject[]).map((one, index) => readPeriod(one, index, unit));
}
