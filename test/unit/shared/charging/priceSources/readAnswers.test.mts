import {
	KNOWN_SOURCES,
	type KnownSourceName,
} from '../../../../../nodes/shared/charging/priceSources/knownSources.ts';
import { readAnswers } from '../../../../../nodes/shared/charging/priceSources/readAnswers.ts';
import { priceList } from '../../../../../nodes/shared/charging/prices/priceList.ts';
import { failure, nameOf } from '../prices/prices.mts';
import * as answers from './answers.mts';

const { START } = answers;

const read = (
	source: KnownSourceName,
	given: unknown[],
	wanted: { area?: string; currency?: string } = {},
) =>
	readAnswers(KNOWN_SOURCES[source], given, {
		...wanted,
		where: (index) => `item ${index}`,
		itemOf: (index) => index,
	});

/** Each price with its hours from `START` on, in time order. */
const spansOf = (...given: Parameters<typeof read>) => {
	const { quotes } = read(...given);
	const { spans, overlap } = priceList(quotes, { gapPrice: 'highest', notBefore: 0, nameOf });
	return {
		overlaps: overlap !== undefined,
		spans: spans.map(({ from, to, price, assumed }) => [
			(from - START) / 3600,
			(to - START) / 3600,
			assumed ? 'missing' : Number(price.toFixed(9)),
		]),
	};
};

const HOURS = [
	[0, 1, 0.08],
	[1, 2, -0.0125],
	[2, 3, 0.1],
];

const A01 = { resolution: 'PT60M', curve: 'A01' } as const;
const XML = answers.entsoe({
	...A01,
	points: [
		[1, 80],
		[2, -12.5],
		[3, 100],
	],
});

it.each<[KnownSourceName, unknown, string]>([
	['awattar', answers.awattar, 'EUR'],
	['nordPool', answers.nordPool(['SE3']), 'SEK'],
	['octopus', answers.octopus, 'GBP'],
	['tibber', answers.tibber, 'NOK'],
	['energyCharts', answers.energyCharts, 'EUR'],
	['energiDataService', answers.energiDataService('DayAheadPrice'), 'EUR'],
	['energiDataService', answers.energiDataService('SpotPrice'), 'EUR'],
	['amber', answers.amber, 'AUD'],
	['entsoe', XML, 'EUR'],
])('finds fields, unit and currency of %s', (source, answer, currency) => {
	expect(spansOf(source, [answer])).toEqual({ spans: HOURS, overlaps: false });
	expect(read(source, [answer]).currency).toBe(currency);
	expect(spansOf(source, [{ statusCode: 200, body: { data: answer } }]).spans).toEqual(HOURS);
});

it('reads items that are rows already', () => {
	expect(spansOf('awattar', answers.awattar.data).spans).toEqual(HOURS);
	const rows = read('awattar', answers.awattar.data);
	expect([rows.nameOf(1), rows.itemOf(1)]).toEqual(['row 2', 1]);
});

it('takes the chosen area, and asks for one', () => {
	const two = answers.nordPool(['SE4', 'SE3']);
	expect(spansOf('nordPool', [two], { area: 'se4' }).spans).toEqual(HOURS);
	expect(failure(() => read('nordPool', [two]))).toEqual({
		message: 'The prices of Nord Pool are for several areas: SE4 and SE3',
		description: 'Choose one with the option Price Area.',
	});
	expect(failure(() => read('nordPool', [two], { area: 'FI' }))).toEqual({
		message: 'The prices of Nord Pool have no area "FI"',
		description: 'There are SE4 and SE3. Set the option Price Area to one of them, or remove it.',
	});
	expect(read('amber', [answers.amber], { area: 'feedIn' }).quotes[0].price).toBeCloseTo(0.09);
});

it('takes the currency that the user wants where there are two, and refuses another', () => {
	const danish = [answers.energiDataService('DayAheadPrice')];
	const { quotes, currency } = read('energiDataService', danish, { currency: 'DKK' });
	expect([quotes[0].price, currency]).toEqual([0.75, 'DKK']);
	expect(failure(() => read('awattar', [answers.awattar], { currency: 'SEK' })).message).toBe(
		'Currency is SEK, but the prices of aWATTar are in EUR',
	);
	const mixed = [answers.nordPool(['SE3']), { ...answers.nordPool(['SE3']), currency: 'EUR' }];
	expect(failure(() => read('nordPool', mixed)).message).toBe(
		'The prices of Nord Pool are in several currencies: SEK and EUR',
	);
});

describe('ENTSO-E', () => {
	it('repeats the points that A03 leaves out, and none that A01 leaves out', () => {
		const points: Array<[number, number]> = [
			[1, 80],
			[3, 100],
		];
		const of = (curve: string) =>
			spansOf('entsoe', [answers.entsoe({ resolution: 'PT60M', points, curve })]).spans.map(
				([, , price]) => price,
			);
		expect(of('A03')).toEqual([0.08, 0.08, 0.1]);
		expect(of('A01')).toEqual([0.08, 'missing', 0.1]);
	});

	it('has the shorter prices where series overlap, and the first of two auctions', () => {
		const xml = answers.entsoe(
			{
				...A01,
				points: [
					[1, 80],
					[2, 90],
					[3, 100],
				],
			},
			{
				resolution: 'PT15M',
				curve: 'A01',
				points: [
					[5, 1],
					[6, 2],
					[7, 3],
					[8, 4],
				],
				rank: 1,
			},
			{
				resolution: 'PT15M',
				curve: 'A01',
				points: [
					[5, 9],
					[6, 9],
					[7, 9],
					[8, 9],
				],
				rank: 2,
			},
		);
		expect(spansOf('entsoe', [xml])).toEqual({
			overlaps: true,
			spans: [
				[0, 1, 0.08],
				[1, 1.25, 0.001],
				[1.25, 1.5, 0.002],
				[1.5, 1.75, 0.003],
				[1.75, 2, 0.004],
				[2, 3, 0.1],
			],
		});
	});

	it.each([
		[
			'<Acknowledgement_MarketDocument><Reason><code>999</code><text>No matching data found</text></Reason></Acknowledgement_MarketDocument>',
			'ENTSO-E has no prices: No matching data found',
		],
		[
			XML.replace('PT60M', 'P1D'),
			'The ENTSO-E prices cannot be read: the resolution "P1D" is not known; prices apply for 5 to 60 minutes',
		],
		[
			XML.replace('<position>3<', '<position>4<'),
			'The ENTSO-E prices cannot be read: a Point has a position outside of 1 to 3',
		],
		[XML.replace('>80<', '>much<'), '"price.amount" of row 1 is "much", which is not a number'],
		[
			XML.replace('</TimeSeries>', ''),
			'The XML cannot be read: Publication_MarketDocument is closed but not open',
		],
		[XML.replace('>MWH<', '>GJ<'), 'The unit of the prices is "EUR/GJ", which is not known'],
		['plain text', 'item 0 has no prices of ENTSO-E'],
	])('refuses %.50s', (xml, message) => {
		expect(failure(() => read('entsoe', [{ data: xml }])).message).toBe(message);
	});
});

it('has a gap where a price is null, and refuses lists of different lengths', () => {
	const charts = { ...answers.energyCharts, price: [80, null, 100] };
	expect(spansOf('energyCharts', [charts]).spans[1]).toEqual([1, 2, 'missing']);
	expect(failure(() => read('energyCharts', [{ ...charts, price: [1] }])).message).toBe(
		'unix_seconds has 3 entries, and price has 1',
	);
});
