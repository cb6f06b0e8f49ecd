import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readPrices, valueAt, type Quote } from '../../shared/charging/prices/readPrices';
import { checkJson, checkText, InputError, type Parameters } from '../../shared/node/parameters';

const PRICES_JSON = 'Prices (JSON)';
const LIST_FIELD = 'List Field';

/** Where the prices are. */
export const pricesFields: INodeProperties[] = [
	{
		displayName: 'Prices From',
		name: 'pricesFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Input Items',
				value: 'items',
				description: 'An item a price, or a list in an item: see the option List Field',
			},
			{ name: 'JSON', value: 'json', description: 'A list in a field of this node' },
		],
		default: 'items',
		description: 'Where the prices are',
	},
	{
		displayName: PRICES_JSON,
		name: 'pricesJson',
		type: 'json',
		typeOptions: { rows: 6 },
		displayOptions: { show: { pricesFrom: ['json'] } },
		required: true,
		default:
			'[\n  { "start": "2026-01-15T00:00:00+02:00", "price": 4.25 },\n  { "start": "2026-01-15T01:00:00+02:00", "price": -0.5 }\n]',
		description: 'A list of prices, each an object with its start and its price',
	},
	{
		displayName: 'Start Field',
		name: 'startField',
		type: 'string',
		required: true,
		default: 'start',
		placeholder: 'e.g. time_start',
		description:
			'The field with the time from which a price holds: ISO 8601, or seconds or milliseconds since 1970. Dots lead into objects: period.start.',
	},
	{
		displayName: 'Price Field',
		name: 'priceField',
		type: 'string',
		required: true,
		default: 'price',
		placeholder: 'e.g. value_inc_vat',
		description: 'The field with the price, which may be negative. Dots lead into objects.',
	},
];

/** For price APIs that answer with one object. */
export const listFieldOption: INodeProperties = {
	displayName: LIST_FIELD,
	name: 'listField',
	type: 'string',
	default: '',
	placeholder: 'e.g. data.prices',
	description: 'The field with the list of prices, if an item holds them all',
};

/** A list of prices, and how messages name its rows. */
interface Rows {
	rows: unknown[];
	nameOf: (index: number) => string;
	/** The input item of a row; none for JSON, which is a parameter. */
	itemOf: (index: number) => number | undefined;
}

/** @throws InputError */
function listIn(value: unknown, field: string, where: string, itemIndex?: number): unknown[] {
	const list = field === '' ? value : valueAt(value, field);
	if (Array.isArray(list)) return list;
	if (field === '') {
		throw new InputError(
			`${where} is not a list`,
			'Enter a list in brackets; or name its list with the option List Field.',
		);
	}
	const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	throw new InputError(
		`"${field}" of ${where} is not a list`,
		`Set ${LIST_FIELD} to the field with the list of prices. There are ${names.join(', ') || 'none'}.`,
		itemIndex,
	);
}

/** @throws InputError */
function readRows(parameters: Parameters, items: readonly IDataObject[]): Rows {
	const { listField } = parameters.collection('options');
	const field = listField === undefined ? '' : checkText(LIST_FIELD, listField);
	const rowName = (index: number) => `row ${index + 1}`;
	if (parameters.option('pricesFrom', 'Prices From', ['items', 'json']) === 'json') {
		const json = checkJson(PRICES_JSON, parameters.get('pricesJson'));
		const rows = listIn(json, field, PRICES_JSON);
		if (rows.length === 0) {
			throw new InputError(`${PRICES_JSON} is an empty list`, 'Enter a price for each hour.');
		}
		return { rows, nameOf: rowName, itemOf: () => undefined };
	}
	if (field !== '') {
		const lists = items.map((item, index) => listIn(item, field, `item ${index}`, index));
		const owners = lists.flatMap((list, index) => list.map(() => index));
		return { rows: lists.flat(1), nameOf: rowName, itemOf: (index) => owners[index] };
	}
	// n8n stands an empty item in for no items where a node always outputs data.
	const rows = items.filter((item) => items.length > 1 || Object.keys(item).length > 0);
	return { rows, nameOf: (index) => `item ${index}`, itemOf: (index) => index };
}

/**
 * Reads the prices.
 * @param zone the IANA time zone of times without an offset
 * @throws InputError
 */
export function readQuotes(
	parameters: Parameters,
	items: readonly IDataObject[],
	zone: string,
): { quotes: Quote[] } & Omit<Rows, 'rows'> {
	const { rows, nameOf, itemOf } = readRows(parameters, items);
	const quotes = readPrices({
		rows,
		nameOf,
		itemOf,
		zone,
		startField: parameters.text('startField', 'Start Field'),
		priceField: parameters.text('priceField', 'Price Field'),
	});
	return { quotes, nameOf, itemOf };
}
