import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { readPrices, valueAt, type Quote } from '../../shared/charging/prices/readPrices';
import { propertiesOf } from '../../shared/node/fields/kinds/field';
import { jsonField } from '../../shared/node/fields/kinds/json';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';

const pricesFrom = optionField({
	label: 'Prices From',
	name: 'pricesFrom',
	options: [
		{
			name: 'Input Items',
			value: 'items',
			description: 'One item per price, or a list in an item: see the option List Field',
		},
		{ name: 'JSON', value: 'json', description: 'A list in a field of this node' },
	],
	default: 'items',
	isFixed: true,
	description: 'Where the prices are',
});

const pricesJson = jsonField({
	label: 'Prices (JSON)',
	name: 'pricesJson',
	rows: 6,
	show: { pricesFrom: ['json'] },
	required: true,
	example:
		'[{ "start": "2026-01-15T00:00:00+02:00", "price": 4.25 }, { "start": "2026-01-15T01:00:00+02:00", "price": -0.5 }]',
	description: 'A list of prices, each an object with its start and its price',
});

const startField = textField({
	label: 'Start Field',
	name: 'startField',
	required: true,
	default: 'start',
	placeholder: 'e.g. time_start',
	description:
		'The field with the time from which a price applies: ISO 8601, or seconds or milliseconds since 1970. Use dots for a field within an object: period.start.',
});

const priceField = textField({
	label: 'Price Field',
	name: 'priceField',
	required: true,
	default: 'price',
	placeholder: 'e.g. value_inc_vat',
	description:
		'The field with the price, which may be negative. Use dots for a field within an object.',
});

/** For price APIs that answer with one object. */
export const listField = textField({
	label: 'List Field',
	name: 'listField',
	placeholder: 'e.g. data.prices',
	description: 'The field with the list of prices, if one item has all of them',
});

/** A list of prices, and how messages name its rows. */
interface Rows {
	rows: unknown[];
	nameOf: (index: number) => string;
	/** The input item of a row; undefined for rows from JSON, which is a parameter. */
	itemOf: (index: number) => number | undefined;
}

/** @param path the path to the list; undefined if the value itself is the list @throws InputError */
function listIn(
	value: unknown,
	path: string | undefined,
	where: string,
	itemIndex?: number,
): unknown[] {
	const list = path === undefined ? value : valueAt(value, path);
	if (Array.isArray(list)) return list;
	if (path === undefined) {
		throw new InputError(
			`${where} is not a list`,
			`Enter a list in brackets; or, if the list is within an object, name its field in the option ${listField.label}.`,
		);
	}
	const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	throw new InputError(
		`"${path}" of ${where} is not a list`,
		`Set ${listField.label} to the field with the list of prices. ${names.length === 0 ? 'There are no fields.' : `There are the fields ${names.join(', ')}.`}`,
		itemIndex,
	);
}

/** @throws InputError */
function readRows(values: Values, options: Values, items: readonly IDataObject[]): Rows {
	const path = listField.readIfGiven(options);
	const rowName = (index: number) => `row ${index + 1}`;
	if (pricesFrom.read(values) === 'json') {
		const rows = listIn(pricesJson.read(values), path, pricesJson.label);
		if (rows.length === 0) {
			throw new InputError(
				`${pricesJson.label} is an empty list`,
				'Enter a list with one row per price.',
			);
		}
		return { rows, nameOf: rowName, itemOf: () => undefined };
	}
	if (path !== undefined) {
		const lists = items.map((item, index) => listIn(item, path, `item ${index}`, index));
		const owners = lists.flatMap((list, index) => list.map(() => index));
		return { rows: lists.flat(1), nameOf: rowName, itemOf: (index) => owners[index] };
	}
	// If the previous node is set to always output data, n8n passes one empty item instead of no items.
	const rows = items.filter((item) => items.length > 1 || Object.keys(item).length > 0);
	return { rows, nameOf: (index) => `item ${index}`, itemOf: (index) => index };
}

/** Where the prices are. */
export const priceRows = {
	properties: propertiesOf([pricesFrom, pricesJson, startField, priceField]),
	/**
	 * Reads the prices.
	 * @param options with the option List Field
	 * @param zone the IANA time zone of times without an offset
	 * @throws InputError
	 */
	read(
		values: Values,
		options: Values,
		items: readonly IDataObject[],
		zone: string,
	): { quotes: Quote[] } & Omit<Rows, 'rows'> {
		const { rows, nameOf, itemOf } = readRows(values, options, items);
		const quotes = readPrices({
			rows,
			nameOf,
			itemOf,
			zone,
			startField: startField.read(values),
			priceField: priceField.read(values),
		});
		return { quotes, nameOf, itemOf };
	},
};
