import { isObject } from '../base/isObject';
import { energyCharts } from './energyCharts';
import { entsoe } from './entsoe';
import { unitOf, type KnownSource } from './found';

const PER_MWH = 1e-3;
const HUNDREDTH = 1e-2;

const textIn = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;

/** https://api.awattar.de/v1/marketdata and .at */
const awattar: KnownSource = {
	name: 'aWATTar',
	shape: 'data[] with start_timestamp and marketprice',
	rowsOf(value) {
		if (typeof value === 'string' || !('start_timestamp' in value && 'marketprice' in value)) {
			return undefined;
		}
		return [
			{
				value,
				startField: 'start_timestamp',
				endField: 'end_timestamp',
				priceField: 'marketprice',
				...unitOf(value.unit),
			},
		];
	},
};

/** The day-ahead API of Nord Pool: DayAheadPrices and DayAheadPriceIndices. Prices are per MWh. */
const nordPool: KnownSource = {
	name: 'Nord Pool',
	shape: 'multiAreaEntries[] or multiIndexEntries[] with deliveryStart and entryPerArea',
	rowsOf(value, { currency }) {
		if (typeof value === 'string' || !('deliveryStart' in value)) return undefined;
		const { entryPerArea } = value;
		if (!isObject(entryPerArea)) return undefined;
		return Object.keys(entryPerArea).map((area) => ({
			value,
			startField: 'deliveryStart',
			endField: 'deliveryEnd',
			priceField: `entryPerArea.${area}`,
			area,
			factor: PER_MWH,
			...(currency !== undefined && { currency }),
		}));
	},
};

/** The standard unit rates of Octopus Energy, in pence per kWh with VAT. */
const octopus: KnownSource = {
	name: 'Octopus',
	shape: 'results[] with valid_from and value_inc_vat',
	rowsOf(value) {
		if (typeof value === 'string' || !('valid_from' in value && 'value_inc_vat' in value)) {
			return undefined;
		}
		return [
			{
				value,
				startField: 'valid_from',
				endField: 'valid_to',
				priceField: 'value_inc_vat',
				currency: 'GBP',
				factor: HUNDREDTH,
			},
		];
	},
};

/** The GraphQL API of Tibber: priceInfo with today and tomorrow, per kWh with taxes. */
const tibber: KnownSource = {
	name: 'Tibber',
	shape: 'priceInfo with today[] and tomorrow[], which have startsAt and total',
	// One of today’s prices again.
	ignored: ['current'],
	rowsOf(value, around) {
		if (typeof value === 'string' || !('startsAt' in value && 'total' in value)) return undefined;
		const currency = textIn(value.currency) ?? around.currency;
		return [
			{
				value,
				startField: 'startsAt',
				priceField: 'total',
				...(currency !== undefined && { currency }),
			},
		];
	},
};

/** The datasets DayAheadPrices and Elspotprices of https://api.energidataservice.dk, per MWh in EUR and DKK. */
const energiDataService: KnownSource = {
	name: 'Energi Data Service',
	shape: 'records[] with TimeUTC and DayAheadPriceEUR, or HourUTC and SpotPriceEUR',
	rowsOf(value, _, wanted) {
		if (typeof value === 'string') return undefined;
		const startField = ['TimeUTC', 'HourUTC'].find((field) => field in value);
		const currencies = wanted?.toUpperCase() === 'DKK' ? ['DKK', 'EUR'] : ['EUR', 'DKK'];
		const found = currencies
			.flatMap((currency) =>
				['DayAheadPrice', 'SpotPrice'].map((name) => ({ currency, priceField: name + currency })),
			)
			.find(({ priceField }) => priceField in value);
		if (startField === undefined || found === undefined) return undefined;
		const area = textIn(value.PriceArea);
		return [{ value, startField, ...found, factor: PER_MWH, ...(area !== undefined && { area }) }];
	},
};

/** https://api.amber.com.au: cents per kWh with GST, by channel. */
const amber: KnownSource = {
	name: 'Amber',
	shape: 'a list with startTime, endTime, perKwh and channelType',
	usualArea: 'general',
	rowsOf(value) {
		if (typeof value === 'string' || !('startTime' in value && 'perKwh' in value)) return undefined;
		const area = textIn(value.channelType);
		return [
			{
				value,
				startField: 'startTime',
				endField: 'endTime',
				priceField: 'perKwh',
				currency: 'AUD',
				factor: HUNDREDTH,
				...(area !== undefined && { area }),
			},
		];
	},
};

/** The sources whose fields, unit and zone the node finds. */
export const KNOWN_SOURCES = {
	amber,
	awattar,
	energiDataService,
	energyCharts,
	entsoe,
	nordPool,
	octopus,
	tibber,
} as const satisfies Record<string, KnownSource>;

export type KnownSourceName = keyof typeof KNOWN_SOURCES;
