import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { valuesIn } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type Field, type FormPart } from '../../shared/node/fields/kinds/field';
import { checkObject } from '../../shared/node/fields/kinds/json';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { RowsField } from '../../shared/node/fields/kinds/rows';
import type { Values } from '../../shared/node/fields/kinds/values';

/** The choice between fields and JSON. It takes no expression, because it decides which fields are shown. */
export const specify = (label: string, name: string, what: string): Field<'fields' | 'json'> =>
	optionField({
		label,
		name,
		options: [
			{ name: 'Using Fields', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		isFixed: true,
		description: `How ${what} given`,
	});

/** @throws InputError if a row has other names than those that are known */
function refuseUnknown(row: IDataObject, keys: readonly string[], label: string): void {
	const unknown = Object.keys(row).find((key) => !keys.includes(key));
	if (unknown === undefined) return;
	throw new InputError(
		`${label} has ${JSON.stringify(unknown)}, which is not known`,
		`Known are ${keys.join(', ')}.`,
	);
}

export interface RowsOrJsonTexts {
	choice: Field<'fields' | 'json'>;
	rows: RowsField;
	json: Field<unknown>;
	/** The names that a row in JSON may have; if absent, other names are ignored. */
	keys?: readonly string[];
	/** Accepts a row in JSON that is not in a list. */
	acceptsOne?: true;
	/** Converts a row in JSON to the shape of a row in the form. */
	asRow(row: IDataObject): IDataObject;
}

/** Rows that a user enters one by one, or as a list in JSON. */
export const rowsOrJson = ({
	choice,
	rows,
	json,
	keys,
	acceptsOne,
	asRow,
}: RowsOrJsonTexts): FormPart & {
	/** @throws InputError if there are no rows, or if the JSON has another shape */
	read(values: Values): Values[];
	/** The name of a row: "Window 1" for the index 0. */
	nth(index: number): string;
} => ({
	properties: propertiesOf([
		choice,
		rows.when({ [choice.name]: ['fields'] }),
		json.when({ [choice.name]: ['json'] }),
	]),
	nth: (index) => rows.nth(index),
	read(values) {
		if (choice.read(values) === 'fields') return rows.readSome(values);
		const given = json.read(values);
		const list = acceptsOne && !Array.isArray(given) ? [given] : given;
		if (!Array.isArray(list)) {
			throw new InputError(
				`${json.label} is not a list`,
				`Enter a list of ${rows.label.toLowerCase()} in brackets.`,
			);
		}
		if (list.length === 0) rows.refuseNone(json.label);
		return list.map((value: unknown, index) => {
			const nth = rows.nth(index);
			const row = checkObject(`${nth} of ${json.label}`, value);
			if (keys) refuseUnknown(row, keys, `${nth} of ${json.label}`);
			return valuesIn(asRow(row), json.name, values, (label) => `${label} of ${nth}`);
		});
	},
});
