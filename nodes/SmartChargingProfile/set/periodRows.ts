import { present } from '../../shared/node/present';
import type { RateUnit } from '../../shared/charging/profile/profile';
import { propertiesOf, type Field, type FormPart } from '../../shared/node/fields/kinds/field';
import { jsonField } from '../../shared/node/fields/kinds/json';
import { COUNT, numberField } from '../../shared/node/fields/kinds/number';
import { rowsField } from '../../shared/node/fields/kinds/rows';
import type { Values } from '../../shared/node/fields/kinds/values';
import { fieldNameOf } from '../shared/fieldNames';
import { numberPhases, phaseToUse } from '../shared/phases';
import { specify } from '../shared/specify';

const startPeriod = numberField({
	label: 'Start Period (S)',
	name: 'startPeriod',
	...COUNT,
	unit: 'seconds',
	default: 0,
	description:
		'Seconds from the start of the schedule. The first period starts at 0; each later one lasts until the next.',
});

const LIMIT = 'Limit';

/** The limit has a field for each unit, so that its label can name it. */
const limitIn = (unit: RateUnit, byDefault: number, description: string): Field<number> =>
	numberField({
		label: `${LIMIT} (${unit})`,
		name: `limit${unit}`,
		min: 0,
		decimals: 1,
		unit,
		show: { '/chargingRateUnit': [unit] },
		default: byDefault,
		description: `The most that may be drawn ${description}`,
	});

const LIMITS: Record<RateUnit, Field<number>> = {
	A: limitIn('A', 16, 'per phase, in A, with at most one decimal. Below 6 A most AC cars pause.'),
	W: limitIn(
		'W',
		11000,
		'over all phases, in W, with at most one decimal. Below 1,380 W most AC cars pause.',
	),
};

/** Shown where it makes sense only. */
const phaseOfOne = phaseToUse.when({ [numberPhases.name]: [1, '1'] });

const specifyPeriods = specify('Specify Periods', 'specifyPeriods', 'the periods are');

const rows = rowsField({
	label: 'Periods',
	name: 'periods',
	placeholder: 'Add Period',
	row: { label: 'Period', name: 'period' },
	fields: [startPeriod, LIMITS.A, LIMITS.W, numberPhases, phaseOfOne],
	default: [{ startPeriod: 0, limitA: 16, limitW: 11000, numberPhases: '' }],
	isSortable: true,
	show: { [specifyPeriods.name]: ['fields'] },
	description: 'What may be drawn when, in order of time',
});

const json = jsonField({
	label: 'Periods (JSON)',
	name: 'periodsJson',
	show: { [specifyPeriods.name]: ['json'] },
	required: true,
	example: '[{ "startPeriod": 0, "limit": 11000 }, { "startPeriod": 3600, "limit": 6000 }]',
	description:
		'A list of periods as in OCPP: startPeriod in seconds, limit in the rate unit, and perhaps numberPhases and phaseToUse',
});

const FIELDS = {
	chargingSchedulePeriod: rows,
	startPeriod,
	limit: { label: LIMIT },
	numberPhases,
	phaseToUse,
};

/** The form part for the periods of a schedule (OCPP 2.0.1 part 2, section 2.11), as fields or JSON. */
export const periods: FormPart & {
	/**
	 * Reads the periods in the form of OCPP; periods from JSON are not checked here.
	 * @throws InputError
	 */
	read(values: Values, unit: RateUnit): unknown;
	/**
	 * The field behind a path of a profile: `chargingSchedule[0].chargingSchedulePeriod[1].limit` → "Limit of Period 2".
	 * @returns undefined if the path is not within the periods
	 */
	fieldNameOf(path: string, values: Values): string | undefined;
} = {
	properties: propertiesOf([specifyPeriods, rows, json]),
	read(values, unit) {
		if (specifyPeriods.read(values) === 'json') return json.read(values);
		return rows.read(values).map((row) => ({
			startPeriod: startPeriod.read(row),
			limit: LIMITS[unit].read(row),
			...present({
				numberPhases: numberPhases.readIfGiven(row),
				phaseToUse: phaseToUse.readIfGiven(row),
			}),
		}));
	},
	fieldNameOf(path, values) {
		const period = /\.chargingSchedulePeriod(?:\[(\d+)\])?/.exec(path);
		if (period === null) return undefined;
		if (specifyPeriods.read(values) === 'json') return json.label;
		const [, index] = period as [string, string?];
		const name = fieldNameOf(path, FIELDS);
		return index === undefined ? name : `${name} of ${rows.nth(Number(index))}`;
	},
};
