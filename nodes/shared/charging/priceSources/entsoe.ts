import { InputError } from '../base/inputError';
import { isObject, type UnknownObject } from '../base/isObject';
import { resolveTime } from '../base/resolveTime';
import { shown } from '../base/shown';
import { utcText } from '../base/timeTexts';
import { unitOf, type FoundRow, type KnownSource } from './found';
import { readXml } from './xml';

/** More points than a year of quarter hours has, in all series of an answer. */
const MOST_POINTS = 250_000;

const RESOLUTIONS: Readonly<Record<string, number>> = {
	PT5M: 300,
	PT15M: 900,
	PT30M: 1800,
	PT60M: 3600,
	PT1H: 3600,
};

/** In the curve type A03 a point that repeats the one before is left out (ENTSO-E, Introduction of different TimeSeries). */
const REPEATS = 'A03';

const refused = (what: string) =>
	new InputError(
		`The ENTSO-E prices cannot be read: ${what}`,
		'Get the day-ahead prices (document type A44) again.',
	);

/**
 * https://transparency.entsoe.eu: a Publication_MarketDocument (IEC 62325-451-3) of the type A44, as text or as n8n's
 * node XML converts it.
 */
export const entsoe: KnownSource = {
	name: 'ENTSO-E',
	shape: 'XML with Publication_MarketDocument, TimeSeries and Period',
	rowsOf(value) {
		const root = typeof value === 'string' ? rootOf(value) : value;
		if (root === undefined) return undefined;
		const refusal = root.Acknowledgement_MarketDocument;
		if (isObject(refusal)) {
			const reason = many(refusal.Reason).map((one) => (isObject(one) ? textOf(one.text) : ''));
			throw new InputError(
				`ENTSO-E has no prices: ${reason.filter(Boolean).join(' ') || 'it gives no reason'}`,
				'Check the bidding zone and the period of the request.',
			);
		}
		const document = root.Publication_MarketDocument;
		if (!isObject(document)) return undefined;
		const rows = many(document.TimeSeries).flatMap((series) => rowsOfSeries(series));
		if (rows.length > MOST_POINTS) throw refused(`there are more than ${MOST_POINTS} points`);
		return rows;
	},
};

const rootOf = (text: string): UnknownObject | undefined =>
	/^\s*</.test(text.slice(0, 100).replace('\uFEFF', '')) ? readXml(text) : undefined;

/** One or several elements as a list. */
const many = (value: unknown): unknown[] =>
	value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];

/** The text of an element; n8n's node XML has it in `_` if there are attributes. */
const textOf = (value: unknown): string => {
	const text = isObject(value) ? value._ : value;
	return typeof text === 'string' || typeof text === 'number' ? String(text) : '';
};

function rowsOfSeries(series: unknown): FoundRow[] {
	if (!isObject(series)) throw refused('a TimeSeries is empty');
	const currency = textOf(series['currency_Unit.name']);
	const measure = textOf(series['price_Measure_Unit.name']);
	const unit = unitOf(currency === '' ? undefined : `${currency}/${measure || 'MWH'}`);
	const area = textOf(series['out_Domain.mRID']) || textOf(series['in_Domain.mRID']);
	// Of several auctions for the same time, the one with the first position counts.
	const rank = Number(textOf(series['classificationSequence_AttributeInstanceComponent.position']));
	const repeats = textOf(series.curveType) === REPEATS;
	return many(series.Period).flatMap((period) =>
		pointsOf(period, repeats).map(
			(value): FoundRow => ({
				value,
				startField: 'start',
				endField: 'end',
				priceField: 'price.amount',
				...unit,
				...(area !== '' && { area }),
				rank,
			}),
		),
	);
}

/** The prices of a period, those that A03 leaves out included. */
function pointsOf(period: unknown, repeats: boolean) {
	if (!isObject(period) || !isObject(period.timeInterval)) {
		throw refused('a Period has no timeInterval');
	}
	const start = timeOf(period.timeInterval.start);
	const end = timeOf(period.timeInterval.end);
	const resolution = textOf(period.resolution);
	const length = Object.hasOwn(RESOLUTIONS, resolution) ? RESOLUTIONS[resolution] : undefined;
	if (length === undefined) {
		throw refused(
			`the resolution ${shown(resolution)} is not known; prices apply for 5 to 60 minutes`,
		);
	}
	const count = (end - start) / length;
	if (!Number.isInteger(count) || count < 1 || count > MOST_POINTS) {
		throw refused(`${utcText(start)} to ${utcText(end)} is no whole number of ${resolution}`);
	}
	const prices = new Array<string | undefined>(count).fill(undefined);
	for (const point of many(period.Point)) {
		const position = isObject(point) ? Number(textOf(point.position)) : NaN;
		if (!Number.isInteger(position) || position < 1 || position > count) {
			throw refused(`a Point has a position outside of 1 to ${count}`);
		}
		prices[position - 1] = textOf((point as UnknownObject)['price.amount']);
	}
	let price: string | null = null;
	return prices.map((own, index) => {
		price = own ?? (repeats ? price : null);
		const from = start + index * length;
		return { start: from, end: from + length, 'price.amount': price };
	});
}

function timeOf(value: unknown): number {
	const time = resolveTime(textOf(value), 'utc');
	if ('utc' in time) return Date.parse(time.utc) / 1000;
	throw refused(`a time ${time.problem}`);
}
