import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../charging/base/inputError';
import { valuesIn } from './collection';
import { propertiesOf, propertyOf, type FieldTexts, type FormPart } from './field';
import { checkObject } from './json';
import type { Values } from './values';

export interface RowsTexts extends FieldTexts {
	placeholder: string;
	/** The label of one row, as in "Limit (kW) of Window 2", and n8n's name of the list. */
	row: { label: string; name: string };
	fields: readonly FormPart[];
	/** The rows of a new form. */
	default?: readonly INodeParameters[];
	/** Lets a user move rows. */
	isSortable?: true;
}

/** Any number of rows with the same fields, which a user adds. */
export class RowsField implements FormPart {
	readonly property: INodeProperties;

	constructor(private readonly texts: RowsTexts) {
		const { row, fields, default: rows, isSortable } = texts;
		this.property = propertyOf(texts, {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, ...(isSortable && { sortable: true }) },
			default: rows === undefined ? {} : { [row.name]: [...rows] },
			options: [{ displayName: row.label, name: row.name, values: propertiesOf(fields) }],
		});
	}

	get label(): string {
		return this.texts.label;
	}

	get properties(): INodeProperties[] {
		return [this.property];
	}

	/** The same field, shown under further conditions. */
	when(show: FieldTexts['show']): RowsField {
		return new RowsField({ ...this.texts, show: { ...show, ...this.texts.show } });
	}

	/** The name of a row in errors: "Window 1" for the index 0. */
	nth(index: number): string {
		return `${this.texts.row.label} ${index + 1}`;
	}

	/** Reads the rows, if there are any. @throws InputError if an expression gives a value of another shape */
	read(values: Values): Values[] {
		const { label, name, row } = this.texts;
		const given = values.get(name);
		const list = given === undefined ? undefined : checkObject(label, given)[row.name];
		if (list === undefined || list === null) return [];
		const rows: unknown[] = Array.isArray(list) ? list : [list];
		return rows.map((value, index) => {
			const nth = this.nth(index);
			return valuesIn(
				checkObject(nth, value),
				`${name}.${row.name}[${index}]`,
				values,
				(fieldLabel) => `${fieldLabel} of ${nth}`,
			);
		});
	}

	/** Reads the rows. @throws InputError if there are none, or if an expression gives a value of another shape */
	readSome(values: Values): Values[] {
		const rows = this.read(values);
		return rows.length > 0 ? rows : this.refuseNone();
	}

	/** @throws InputError always: there are no rows */
	refuseNone(label = this.label): never {
		throw new InputError(
			`${label} is empty`,
			`Add at least one ${this.texts.row.label.toLowerCase()}.`,
		);
	}
}

export const rowsField = (texts: RowsTexts): RowsField => new RowsField(texts);
