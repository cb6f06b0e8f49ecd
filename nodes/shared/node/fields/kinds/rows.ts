import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../charging/base/inputError';
import { valuesIn } from './collection';
import { propertiesOf, propertyOf, type FieldTexts, type FormPart } from './field';
import { checkObject } from './json';
import type { Values } from './values';

export interface RowsTexts extends FieldTexts {
	placeholder: string;
	/** One row: its label, as in "Limit (kW) of Window 2", and n8n's name of the list. */
	row: { label: string; name: string };
	fields: readonly FormPart[];
	/** The rows of a new form. */
	default?: ReadonlyArray<Record<string, unknown>>;
	/** Lets a user move rows. */
	isSortable?: true;
}

/** Rows of fields, as many as a user adds. */
export class RowsField implements FormPart {
	readonly property: INodeProperties;

	constructor(private readonly texts: RowsTexts) {
		const { row, fields, default: rows, isSortable } = texts;
		this.property = propertyOf(texts, {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, ...(isSortable && { sortable: true }) },
			default: rows === undefined ? {} : ({ [row.name]: rows } as INodeProperties['default']),
			options: [{ displayName: row.label, name: row.name, values: propertiesOf(fields) }],
		});
	}

	get label(): string {
		return this.texts.label;
	}

	get properties(): INodeProperties[] {
		return [this.property];
	}

	/** The rows, of which there may be none. @throws InputError if what an expression gives has another shape */
	read(values: Values): Values[] {
		const { label, name, row } = this.texts;
		const given = values.get(name);
		const list = given === undefined ? undefined : checkObject(label, given)[row.name];
		if (list === undefined || list === null) return [];
		const rows: unknown[] = Array.isArray(list) ? list : [list];
		return rows.map((value, index) => {
			const nth = `${row.label} ${index + 1}`;
			return valuesIn(
				checkObject(nth, value),
				`${name}.${row.name}[${index}]`,
				values,
				(fieldLabel) => `${fieldLabel} of ${nth}`,
			);
		});
	}

	/** The rows, at least one. @throws InputError */
	readSome(values: Values): Values[] {
		const rows = this.read(values);
		if (rows.length > 0) return rows;
		throw new InputError(
			`${this.label} is empty`,
			`Add at least one ${this.texts.row.label.toLowerCase()}.`,
		);
	}
}

export const rowsField = (texts: RowsTexts): RowsField => new RowsField(texts);
