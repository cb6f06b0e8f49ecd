import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { roundDown } from '../../shared/charging/composite/limit';
import { LIMIT_UNITS, type LimitUnit } from '../../shared/charging/limitUnit';
import { checkNumber, type Parameters } from '../../shared/node/parameters';

const LIMIT_UNIT = 'Limit Unit';

/** The unit in which an operation takes limits. */
export const limitUnitField: INodeProperties = {
	displayName: LIMIT_UNIT,
	name: 'limitUnit',
	type: 'options',
	options: [
		{ name: 'A', value: 'A', description: 'Amperes per phase' },
		{ name: 'kW', value: 'kW', description: 'Kilowatts over all phases; profiles carry W' },
	],
	default: 'kW',
	description: 'The unit of all limits. DC chargers take kW.',
};

/** @throws InputError */
export const readLimitUnit = (parameters: Parameters): LimitUnit =>
	parameters.option('limitUnit', LIMIT_UNIT, LIMIT_UNITS);

/** A limit that a user enters, in a field for each unit, so that its label can name the unit. */
export interface LimitField {
	/** With the unit behind it: "Limit (kW)". */
	label: string;
	/** With the unit behind it: `limitKw`. */
	name: string;
	/** What is limited, without a full stop. */
	description: string;
	/** In place of when cars pause. */
	remark?: string;
	defaults: Record<LimitUnit, number>;
	show?: Record<string, string[]>;
	/** The parameter with the unit; in a collection it has a slash before it. */
	unitIn?: string;
}

const MEASURED: Record<LimitUnit, string> = {
	A: 'in A per phase, with at most one decimal',
	kW: 'in kW over all phases',
};

const PAUSES: Record<LimitUnit, string> = {
	A: 'Below 6 A most AC cars pause, and 0 stops charging.',
	kW: 'Below 1.38 kW on one phase or 4.14 kW on three most AC cars pause, and 0 stops charging.',
};

const nameIn = ({ name }: LimitField, unit: LimitUnit) => `${name}${unit === 'A' ? 'A' : 'Kw'}`;

export const limitFields = (field: LimitField): INodeProperties[] =>
	LIMIT_UNITS.map((unit) => {
		const value = field.defaults[unit];
		const description = `${field.description}, ${MEASURED[unit]}. ${field.remark ?? PAUSES[unit]}`;
		return {
			displayName: labelIn(field, unit),
			name: nameIn(field, unit),
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: unit === 'A' ? 1 : 4 },
			displayOptions: { show: { ...field.show, [field.unitIn ?? 'limitUnit']: [unit] } },
			default: value,
			description,
		};
	});

/** "Limit (kW)". */
export const labelIn = ({ label }: LimitField, unit: LimitUnit): string => `${label} (${unit})`;

/** The value of a limit among others, as it was entered. */
export const limitIn = (values: IDataObject, field: LimitField, unit: LimitUnit): unknown =>
	values[nameIn(field, unit)];

/** A limit as profiles have it: A, or W rounded down to one decimal. @throws InputError */
export function checkLimit(label: string, value: unknown, unit: LimitUnit): number {
	const limit =
		unit === 'A'
			? checkNumber(label, value, { min: 0, decimals: 1, unit })
			: roundDown(checkNumber(label, value, { min: 0, unit }) * 1000);
	// Never -0, which is not less than 0.
	return limit + 0;
}

/** @throws InputError */
export const readLimit = (parameters: Parameters, field: LimitField, unit: LimitUnit): number =>
	checkLimit(labelIn(field, unit), parameters.get(nameIn(field, unit)), unit);
