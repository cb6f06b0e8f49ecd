import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../charging/base/inputError';
import { toNumber } from '../charging/base/numbers';
import { resolveTime } from '../charging/base/resolveTime';
import { shown } from '../charging/base/shown';
import { flagField } from './fields/kinds/flag';
import { checkJson, checkObject } from './fields/kinds/json';
import { locatorField } from './fields/kinds/locator';
import { checkNumber as checkGivenNumber, INTEGER, type NumberRange } from './fields/kinds/number';
import { checkText as checkGivenText, LONGEST_IN_ADDRESS } from './fields/kinds/text';
import { plain } from './fields/kinds/collection';
import { inZone, isEmpty } from './fields/kinds/values';
import { timezoneField } from './fields/timezone';
import { ItemParameters } from './itemParameters';

export { checkJson, checkObject, InputError, INTEGER, isEmpty, LONGEST_IN_ADDRESS, toNumber };
export type { NumberRange };

/** Only what there is: without what is undefined. */
export const present = (values: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** What was added to a collection, as `Parameters.added` gives it, without what is empty. */
export const filled = (added: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(added).filter(([, value]) => value !== null));

export function checkNumber(field: string, value: unknown, range: NumberRange): number {
	if (!isEmpty(value)) return checkGivenNumber(field, value, range);
	const unit = range.unit === undefined ? '' : ` in ${range.unit}`;
	throw new InputError(`${field} is empty`, `Enter a number${unit}.`);
}

export function checkText(field: string, value: unknown, maxLength = Infinity): string {
	if (isEmpty(value)) throw new InputError(`${field} is empty`, 'Enter a text.');
	return checkGivenText(field, value, maxLength);
}

export const checkFlag = (field: string, value: unknown): boolean =>
	flagField({ label: field, name: 'flag', default: false, refusesEmpty: true }).read({
		get: () => value,
		isTyped: () => false,
		timezone: '',
		nameOf: (label) => label,
	});

export function checkOption<T extends string | number>(
	field: string,
	value: unknown,
	allowed: readonly T[],
): T {
	const found = allowed.find(
		(option) => option === value || (typeof option === 'number' && option === toNumber(value)),
	);
	if (found !== undefined) return found;
	throw new InputError(
		isEmpty(value)
			? `${field} is empty`
			: `${field} is ${shown(value)}, which is not a valid option`,
		`Choose one of ${allowed.join(', ')}.`,
	);
}

export function checkTime(field: string, value: unknown, timezone: string): string {
	const time = resolveTime(value, timezone);
	if ('utc' in time) return time.utc;
	throw new InputError(`${field} ${time.problem}`, time.fix);
}

export function checkTimezone(parameters: Parameters, value: unknown): string {
	return isEmpty(value)
		? parameters.timezone
		: timezoneField('').read({ ...inZone(parameters, ''), get: () => value });
}

/** What operations read that are not built from field objects yet. */
export class Parameters extends ItemParameters {
	collection(name: string): IDataObject {
		return filled(this.added(name));
	}

	added(name: string): IDataObject {
		const added = checkObject(name, this.get(name) ?? {});
		return Object.fromEntries(
			Object.entries(added)
				.map(([key, value]): [string, unknown] => [key, plain(value)])
				.map(([key, value]) => [key, isEmpty(value) ? null : value]),
		) as IDataObject;
	}

	number(name: string, field: string, range: NumberRange): number {
		return checkNumber(field, this.get(name), range);
	}

	text(name: string, field: string): string {
		return checkText(field, this.get(name));
	}

	time(name: string, field: string): string {
		return checkTime(field, this.get(name), this.timezone);
	}

	option<T extends string>(name: string, field: string, allowed: readonly T[]): T {
		return checkOption(field, this.get(name), allowed);
	}

	id(name: string, field: string): string {
		return locatorField({ label: field, name, search: '', placeholder: '', example: '' }).read(
			this,
		);
	}
}
