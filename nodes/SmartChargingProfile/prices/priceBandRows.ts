import type { INodeProperties } from 'n8n-workflow';

import type { StartDelay } from '../../shared/charging/base/startDelay';
import { listInWords } from '../../shared/charging/base/words';
import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import {
	bandsTooMany,
	limitByPrice,
	type PriceBand,
} from '../../shared/charging/prices/priceBands';
import { planBands, type Plan } from '../../shared/charging/prices/plan';
import type { PriceList } from '../../shared/charging/prices/priceList';
import { propertiesOf } from '../../shared/node/fields/kinds/field';
import { jsonField } from '../../shared/node/fields/kinds/json';
import { numberField } from '../../shared/node/fields/kinds/number';
import { rowsField } from '../../shared/node/fields/kinds/rows';
import type { Values } from '../../shared/node/fields/kinds/values';
import { limitField } from '../shared/limit';
import { rowsOrJson, specify } from '../shared/specify';

const upToPrice = numberField({
	label: 'Up to Price',
	name: 'upToPrice',
	default: 5,
	description: 'The highest price of the band, inclusive. It may be negative.',
});

const limit = limitField({
	label: 'Limit',
	name: 'limit',
	description: 'The most that may be drawn',
	defaults: { A: 32, kW: 22 },
	unitIn: '/limitUnit',
});

const limitAbove = limitField({
	label: 'Limit Above',
	name: 'limitAbove',
	description: 'The most that may be drawn when the price is above all bands',
	defaults: { A: 6, kW: 4.2 },
});

const bands = rowsOrJson({
	choice: specify('Specify Price Bands', 'specifyBands', 'the price bands are'),
	rows: rowsField({
		label: 'Price Bands',
		name: 'bands',
		placeholder: 'Add Price Band',
		row: { label: 'Price Band', name: 'band' },
		fields: [upToPrice, limit],
		default: [{ upToPrice: 5, limitA: 32, limitKw: 22 }],
		isSortable: true,
		description:
			'The limit up to each price. Where several bands fit, the one with the lowest price is used.',
	}),
	json: jsonField({
		label: 'Price Bands (JSON)',
		name: 'bandsJson',
		required: true,
		example: '[{ "upToPrice": 5, "limit": 22 }, { "upToPrice": 10, "limit": 11 }]',
		description:
			'A list of price bands: upToPrice, the highest price of the band, and limit, in the limit unit (A or kW)',
	}),
	acceptsOne: true,
	asRow: ({ limit: value, ...row }) => ({ ...row, limitA: value, limitKw: value }),
});

/** @throws InputError */
const readBands = (values: Values, unit: LimitUnit): PriceBand[] =>
	bands.read(values).map((row) => ({
		upToPrice: upToPrice.read(row),
		limit: limit.read(row, unit),
	}));

/** Shows the property only under this rule, in addition to its own conditions. */
const ofRule = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { rule: ['priceBands'], ...property.displayOptions?.show } },
});

/** The rule Price Bands: a limit for each price. */
export const priceBands = {
	properties: propertiesOf([bands, limitAbove]).map(ofRule),
	/**
	 * @param kwPerUnit how many kW one A or W is
	 * @param startDelay by how much limits rise late
	 * @throws InputError
	 */
	plan(
		values: Values,
		list: PriceList,
		{
			unit,
			kwPerUnit,
			startDelay,
		}: { unit: LimitUnit; kwPerUnit: number; startDelay?: StartDelay },
	): Plan {
		const above = limitAbove.read(values, unit);
		const limitOf = limitByPrice(readBands(values, unit), above, bands.nth);
		return planBands(list, limitOf, kwPerUnit, startDelay?.seconds);
	},
	/** Which bands to leave out for at most so many periods, in a sentence; empty if that does not help. @throws InputError */
	advice(values: Values, { spans }: PriceList, unit: LimitUnit, mostPeriods: number): string {
		const prices = spans.map(({ price }) => price);
		const above = limitAbove.read(values, unit);
		const tooMany = bandsTooMany(prices, readBands(values, unit), above, mostPeriods) ?? [];
		return tooMany.length === 0
			? ''
			: `Without ${listInWords(tooMany.map(bands.nth))} all prices fit. `;
	},
};
