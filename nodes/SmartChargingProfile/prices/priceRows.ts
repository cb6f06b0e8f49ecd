import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { readQuotes, valueAt, type Quote } from '../../shared/charging/prices/readPrices';
import { KNOWN_SOURCES } from '../../shared/charging/priceSources/knownSources';
import { readAnswers } from '../../shared/charging/priceSources/readAnswers';
import { propertiesOf } from '../../shared/node/fields/kinds/field';
import { jsonField } from '../../shared/node/fields/kinds/json';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import { present } from '../../shared/node/present';
import { timezoneField } from '../../shared/node/fields/timezone';
import type { Values } from '../../shared/node/fields/kinds/values';

const priceSource = optionField({
	label: 'Price Source',
	name: 'priceSource',
	options: [
		{ name: 'Awattar', value: 'awattar', description: 'Market data of aWATTar' },
		{ name: 'Amber', value: 'amber', description: 'Prices of the general channel, in Australia' },
		{
			name: 'Energi Data Service',
			value: 'energiDataService',
			description: 'DayAheadPrices or Elspotprices of Denmark and its neighbours',
		},
		{ name: 'Energy-Charts', value: 'energyCharts', description: 'Day-ahead prices of Europe' },
		{
			name: 'ENTSO-E',
			value: 'entsoe',
			description: 'Day-ahead prices (A44) as XML, of the Transparency Platform',
		},
		{ name: 'Nord Pool', value: 'nordPool', description: 'Day-ahead prices or price indices' },
		{
			name: 'Octopus',
			value: 'octopus',
			description: 'Standard unit rates such as Agile, with VAT',
		},
		{
			name: 'Other',
			value: 'other',
			description: 'Any list of prices: you say which fields, unit and time zone it has',
		},
		{ name: 'Tibber', value: 'tibber', description: 'Today’s and tomorrow’s prices with taxes' },
	],
	default: 'other',
	isFixed: true,
	description:
		'Who the prices are from. Of a source with a name the node takes the answer as it is, knows its fields, unit and time zone, and counts in its currency per kWh.',
});

const OTHER = { priceSource: ['other'] };
const OTHER_IN_OPTIONS = { '/priceSource': ['other'] };

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
	show: OTHER,
	required: true,
	default: 'start',
	placeholder: 'e.g. time_start',
	description:
		'The field with the time from which a price applies: ISO 8601, or seconds or milliseconds since 1970. Use dots for a field within an object: period.start.',
});

const priceField = textField({
	label: 'Price Field',
	name: 'priceField',
	show: OTHER,
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
	show: OTHER_IN_OPTIONS,
	placeholder: 'e.g. data.prices',
	description:
		'The field with the list of prices, if one item has all of them; several with commas: today, tomorrow',
});

/** For prices that do not all apply for the same time. */
export const endField = textField({
	label: 'End Field',
	name: 'endField',
	show: OTHER_IN_OPTIONS,
	placeholder: 'e.g. time_end',
	description:
		'The field with the time until which a price applies, if there is one. Where prices overlap, the shorter one is used.',
});

/** For price APIs that answer for several areas. */
export const priceArea = textField({
	label: 'Price Area',
	name: 'priceArea',
	show: { '/priceSource': ['amber', 'energiDataService', 'entsoe', 'nordPool'] },
	placeholder: 'e.g. SE3',
	description: 'Which prices to use if there are several areas or channels',
});

/** Apart from the time zone of the departure. */
export const pricesTimezone = timezoneField(
	'The time zone of starts and ends without an offset. By default that of Time Zone.',
	{
		label: 'Time Zone of Prices',
		name: 'pricesTimezone',
		placeholder: 'The same as Time Zone',
		show: OTHER_IN_OPTIONS,
	},
);

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
	const lists = path.split(',').map((one) => valueAt(value, one.trim()));
	// Tomorrow’s list is often not there yet.
	const given = lists.filter((one) => one !== undefined && one !== null);
	if (lists.length > 1 && given.length > 0 && given.every((one) => Array.isArray(one))) {
		return given.flat(1);
	}
	const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	throw new InputError(
		`"${path}" of ${where} is not a list`,
		`Set ${listField.label} to the field with the list of prices. ${names.length === 0 ? 'There are no fields.' : `There are the fields ${names.join(', ')}.`}`,
		itemIndex,
	);
}

/** If the previous node is set to always output data, n8n passes one empty item instead of no items. */
const withoutEmpty = (items: readonly IDataObject[]) =>
	items.filter((item) => items.length > 1 || Object.keys(item).length > 0);

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
	return {
		rows: withoutEmpty(items),
		nameOf: (index) => `item ${index}`,
		itemOf: (index) => index,
	};
}

/** Prices as they were read, and how messages name their rows. */
export interface GivenPrices extends Omit<Rows, 'rows'> {
	quotes: Quote[];
	/** True if the prices are in the currency per kWh, because the source is known. */
	isKnown: boolean;
	/** Undefined if neither the source nor the user says it. */
	currency?: string;
	/** What may not be as the user expects. */
	warnings: string[];
}

/** @throws InputError */
function readOther(
	values: Values,
	options: Values,
	items: readonly IDataObject[],
	zone: string,
): Omit<GivenPrices, 'currency'> {
	const { rows, nameOf, itemOf } = readRows(values, options, items);
	const ofPrices = pricesTimezone.readIfGiven(options) ?? zone;
	const fields = {
		startField: startField.read(values),
		endField: endField.readIfGiven(options),
		priceField: priceField.read(values),
	};
	const { quotes, toldApart } = readQuotes(
		rows.map((value) => ({ value, ...fields })),
		{ nameOf, itemOf, zone: ofPrices },
	);
	const warnings =
		toldApart === undefined
			? []
			: [
					`${toldApart} comes twice in ${ofPrices} and has no offset: of the two prices, the order of the list says which is which.`,
				];
	return { quotes, nameOf, itemOf, isKnown: false, warnings };
}

/** Where the prices are. */
export const priceRows = {
	properties: propertiesOf([priceSource, pricesFrom, pricesJson, startField, priceField]),
	/**
	 * Reads the prices.
	 * @param options with the options of prices
	 * @param zone the IANA time zone of times without an offset, unless the prices have their own
	 * @param currency which the user has entered
	 * @throws InputError
	 */
	read(
		values: Values,
		options: Values,
		items: readonly IDataObject[],
		zone: string,
		currency?: string,
	): GivenPrices {
		const source = priceSource.readOrDefault(values);
		if (source === 'other') {
			return { ...readOther(values, options, items, zone), ...present({ currency }) };
		}
		const isJson = pricesFrom.read(values) === 'json';
		const found = readAnswers(
			KNOWN_SOURCES[source],
			isJson ? [pricesJson.read(values)] : withoutEmpty(items),
			{
				...present({ area: priceArea.readIfGiven(options), currency }),
				where: (index) => (isJson ? pricesJson.label : `item ${index}`),
				itemOf: (index) => (isJson ? undefined : index),
			},
		);
		return { ...found, isKnown: true, warnings: [] };
	},
};
