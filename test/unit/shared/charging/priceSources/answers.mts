/** Answers in the shapes of real sources, with prices of our own: three hours from `START` on. */
export const START = Date.parse('2026-01-14T23:00:00Z') / 1000;
const at = (minutes: number, suffix = 'Z') =>
	new Date((START + minutes * 60) * 1000).toISOString().slice(0, 19) + suffix;
const hours = [0, 1, 2];

export const awattar = {
	object: 'list',
	data: hours.map((hour) => ({
		start_timestamp: (START + hour * 3600) * 1000,
		end_timestamp: (START + (hour + 1) * 3600) * 1000,
		marketprice: [80, -12.5, 100][hour],
		unit: 'Eur/MWh',
	})),
};

export const nordPool = (areas: string[]) => ({
	currency: 'SEK',
	multiAreaEntries: hours.map((hour) => ({
		deliveryStart: at(hour * 60),
		deliveryEnd: at(hour * 60 + 60),
		entryPerArea: Object.fromEntries(
			areas.map((area, nth) => [area, [80, -12.5, 100][hour] + nth]),
		),
	})),
	blockPriceAggregates: [{ deliveryStart: at(0), averagePricePerArea: { SE3: { average: 9 } } }],
});

export const octopus = {
	count: 3,
	results: [2, 1, 0].map((hour) => ({
		value_exc_vat: 1,
		value_inc_vat: [8, -1.25, 10][hour],
		valid_from: at(hour * 60),
		valid_to: at(hour * 60 + 60),
		payment_method: null,
	})),
};

const tibberRow = (hour: number) => ({
	total: [0.08, -0.0125, 0.1][hour],
	startsAt: `2026-01-15T0${hour}:00:00.000+01:00`,
	currency: 'NOK',
});
export const tibber = {
	data: {
		viewer: {
			homes: [
				{
					currentSubscription: {
						priceInfo: {
							current: tibberRow(0),
							today: [tibberRow(0), tibberRow(1)],
							tomorrow: [tibberRow(2)],
						},
					},
				},
			],
		},
	},
};

export const energyCharts = {
	unix_seconds: hours.map((hour) => START + hour * 3600),
	price: [80, -12.5, 100],
	unit: 'EUR / MWh',
};

export const energiDataService = (price: string) => ({
	dataset: 'DayAheadPrices',
	records: [2, 1, 0].map((hour) => ({
		TimeUTC: at(hour * 60, ''),
		TimeDK: `2026-01-15T0${hour}:00:00`,
		PriceArea: 'DK1',
		[`${price}EUR`]: [80, -12.5, 100][hour],
		[`${price}DKK`]: [600, -90, 750][hour],
	})),
});

export const amber = ['general', 'feedIn'].flatMap((channelType, nth) =>
	hours.map((hour) => ({
		type: 'ForecastInterval',
		duration: 60,
		startTime: at(hour * 60).replace(':00Z', ':01Z'),
		endTime: at(hour * 60 + 60),
		perKwh: [8, -1.25, 10][hour] + nth,
		channelType,
	})),
);

interface Series {
	resolution: 'PT15M' | 'PT60M';
	points: Array<[position: number, price: number]>;
	curve?: string;
	rank?: number;
	zone?: string;
}

/** A day-ahead document of the three hours. */
export const entsoe = (...series: Series[]) => `<?xml version="1.0" encoding="UTF-8"?>
<Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
  <type>A44</type>
  ${series
		.map(
			({ resolution, points, curve = 'A03', rank, zone = '10YXX----------1' }) => `<TimeSeries>
    <in_Domain.mRID codingScheme="A01">${zone}</in_Domain.mRID>
    <out_Domain.mRID codingScheme="A01">${zone}</out_Domain.mRID>
    <currency_Unit.name>EUR</currency_Unit.name>
    <price_Measure_Unit.name>MWH</price_Measure_Unit.name>
    ${rank === undefined ? '' : `<classificationSequence_AttributeInstanceComponent.position>${rank}</classificationSequence_AttributeInstanceComponent.position>`}
    <curveType>${curve}</curveType>
    <Period>
      <timeInterval><start>2026-01-14T23:00Z</start><end>2026-01-15T02:00Z</end></timeInterval>
      <resolution>${resolution}</resolution>
      ${points.map(([position, price]) => `<Point><position>${position}</position><price.amount>${price}</price.amount></Point>`).join('')}
    </Period>
  </TimeSeries>`,
		)
		.join('')}
</Publication_MarketDocument>`;
