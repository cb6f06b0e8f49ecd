import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { LimitUnit } from '../../shared/charging/limitUnit';
import type { PriceBand } from '../../shared/charging/prices/priceBands';
import {
	checkJson,
	checkNumber,
	InputError,
	checkObject,
	type Parameters,
} from '../../shared/node/parameters';
import {
	checkLimit,
	labelIn,
	limitFields,
	limitIn,
	limitUnitField,
	type LimitField,
} from './limits';
import { specify } from './names';

const BANDS = 'Price Bands';
const BANDS_JSON = 'Price Bands (JSON)';
const UP_TO_PRICE = 'Up to Price';

const LIMIT: LimitField = {
	label: 'Limit',
	name: 'limit',
	description: 'The most that may be drawn',
	defaults: { A: 32, kW: 22 },
	unitIn: '/limitUnit',
};

export const LIMIT_ABOVE: LimitField = {
	label: 'Limit Above',
	name: 'limitAbove',
	description: 'The most that may be drawn when the price is above all bands',
	defaults: { A: 6, kW: 4.2 },
};

export const MAXIMUM: LimitField = {
	label: 'Maximum',
	name: 'maximum',
	description: 'What the car draws in the hours that are chosen',
	defaults: { A: 16, kW: 11 },
	show: { rule: ['cheapestHours'] },
};

const ofBands = { rule: ['priceBands'] };
const ofCheapest = { rule: ['cheapestHours'] };

const bandFields: INodeProperties[] = [
	specify('Specify Price Bands', 'specifyBands', 'the price bands are'),
	{
		displayName: BANDS,
		name: 'bands',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { specifyBands: ['fields'] } },
		placeholder: 'Add Price Band',
		default: { band: [{ upToPrice: 5, limitA: 32, limitKw: 22 }] },
		description:
			'Which limit holds up to which price; of several that fit, the lowest price counts',
		options: [
			{
				displayName: 'Price Band',
				name: 'band',
				values: [
					{
						displayName: UP_TO_PRICE,
						name: 'upToPrice',
						type: 'number',
						default: 5,
						description: 'The highest price of the band, which belongs to it. It may be negative.',
					},
					...limitFields(LIMIT),
				],
			},
		],
	},
	{
		displayName: BANDS_JSON,
		name: 'bandsJson',
		type: 'json',
		displayOptions: { show: { specifyBands: ['json'] } },
		required: true,
		default: '[\n  { "upToPrice": 5, "limit": 22 },\n  { "upToPrice": 10, "limit": 11 }\n]',
		description:
			'A list of price bands: upToPrice, the highest price of the band, and limit, in the limit unit (A or kW)',
	},
	...limitFields(LIMIT_ABOVE),
];

/** How prices become limits. */
export const priceRuleFields: INodeProperties[] = [
	{
		displayName: 'Rule',
		name: 'rule',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Cheapest Hours',
				value: 'cheapestHours',
				description: 'Charges an amount of energy when it costs least until the departure',
			},
			{
				name: 'Price Bands',
				value: 'priceBands',
				description: 'Sets a limit for each price',
			},
		],
		default: 'cheapestHours',
		description: 'How prices become limits',
	},
	limitUnitField,
	...bandFields.map((field) => ({
		...field,
		displayOptions: { show: { ...ofBands, ...field.displayOptions?.show } },
	})),
	{
		displayName: 'Energy (kWh)',
		name: 'energyKwh',
		type: 'number',
		typeOptions: { minValue: 0 },
		displayOptions: { show: ofCheapest },
		required: true,
		default: 20,
		description: 'How much is to be charged until the departure, in kWh',
	},
	...limitFields(MAXIMUM),
	{
		displayName: 'Departure',
		name: 'departure',
		type: 'string',
		displayOptions: { show: ofCheapest },
		required: true,
		default: '07:00',
		placeholder: 'e.g. 07:00 or 2026-01-15T07:00:00',
		description:
			'When the energy must be in: a time of day, which is the next such one, or a date and time. Without an offset it is in the time zone of the prices.',
	},
];

/** @throws InputError */
export function readBands(
	parameters: Parameters,
	unit: LimitUnit,
): { bands: PriceBand[]; nameOf: (index: number) => string } {
	const inJson =
		parameters.option('specifyBands', 'Specify Price Bands', ['fields', 'json']) === 'json';
	const nameOf = (index: number) =>
		inJson ? `Row ${index + 1} of ${BANDS_JSON}` : `Price Band ${index + 1}`;
	const list = inJson
		? checkJson(BANDS_JSON, parameters.get('bandsJson'))
		: ((parameters.collection('bands').band as IDataObject[] | null | undefined) ?? []);
	const rows: unknown[] = Array.isArray(list) ? list : [list];
	if (rows.length === 0) {
		throw new InputError(
			`${inJson ? BANDS_JSON : BANDS} is an empty list`,
			'Add a band: a highest price, and the limit up to it.',
		);
	}
	const bands = rows.map((row, index): PriceBand => {
		const band = checkObject(nameOf(index), row);
		const limit = inJson ? band.limit : limitIn(band, LIMIT, unit);
		return {
			upToPrice: checkNumber(`${UP_TO_PRICE} of ${nameOf(index)}`, band.upToPrice, {}),
			limit: checkLimit(`${labelIn(LIMIT, unit)} of ${nameOf(index)}`, limit, unit),
		};
	});
	return { bands, nameOf };
}
