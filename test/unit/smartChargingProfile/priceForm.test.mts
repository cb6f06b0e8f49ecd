import type { IDataObject } from 'n8n-workflow';

import { priceForm } from '../../../nodes/SmartChargingProfile/prices/priceForm.ts';
import { refusalOf, valuesOf } from '../../support/formValues.mts';

const NOW = Date.parse('2026-01-20T00:00:00Z') / 1000;

const BANDS = {
	rule: 'priceBands',
	bands: {
		band: [
			{ upToPrice: 5, limitKw: 11 },
			{ upToPrice: '0', limitKw: '22.08' },
		],
	},
	limitAboveKw: 4.2,
	options: { earliestStart: '2026-01-15T00:00:00' },
};

/** The prices of six hours from midnight in Helsinki on. */
const PRICES = [3, 4, -1, 9, 2, 1].map((price, hour) => ({
	start: `2026-01-15T0${hour}:00`,
	price,
}));

const read = (parameters: Record<string, unknown>, items: IDataObject[]) =>
	priceForm.read(valuesOf(priceForm, { ...BANDS, ...parameters }), items, NOW);

const options = (changes: Record<string, unknown>) => ({
	options: { ...BANDS.options, ...changes },
});
const cheapest = (changes: Record<string, unknown>) => ({ rule: 'cheapestHours', ...changes });
const change = (index: number, changes: IDataObject) =>
	PRICES.map((item, at) => (at === index ? { ...item, ...changes } : item));

it.each([
	[undefined, { id: 200, stackLevel: 1, purpose: 'TxDefaultProfile' }],
	[1, { id: 1, stackLevel: 0, purpose: 'TxDefaultProfile' }],
])('a form of version %p has the identity %j', (version, identity) => {
	const values = valuesOf(priceForm, BANDS, 'Europe/Helsinki', version);
	expect(priceForm.read(values, PRICES, NOW).options.identity).toEqual(identity);
});

const IN_AMPERES = {
	limitUnit: 'A',
	bands: { band: [{ upToPrice: 5, limitA: 10 }] },
	limitAboveA: 6,
};

it.each([
	['by default three phases', {}, 3],
	['the phases that are stated', { numberPhases: 1 }, 1],
	['fewer than may be used', { numberPhases: 3, phases: 2 }, 2],
])('counts amperes on %s', (_, added, count) => {
	const { plan } = read({ ...IN_AMPERES, ...options(added) }, PRICES);
	expect(plan.maximumKw).toBeCloseTo((10 * 230 * count) / 1000);
});

const cases: Array<[Record<string, unknown>, IDataObject[], string]> = [
	[{}, [{}], 'There are no prices'],
	[options({ numberPhases: 3, phaseToUse: 1 }), PRICES, 'Phase to Use is 1, but Phases is 3'],
	[
		{ ...IN_AMPERES, ...options({ numberPhases: 1, phases: 3 }) },
		PRICES,
		'Phases for Costs is 3, but cars may charge on 1 only',
	],
	[
		options({ minChargingRateKw: 30 }),
		PRICES,
		'Minimum Charging Rate (kW) is 30 kW, which is above the highest limit, 22.08 kW',
	],
	[{}, change(2, { price: 'n/a' }), '"price" of item 2 is "n/a", which is not a number'],
	[{}, change(2, { price: '' }), '"price" of item 2 is empty'],
	[
		options({ missingPrices: 'stop' }),
		change(2, { price: null }),
		'Prices are missing from 2026-01-15T00:00:00Z to 2026-01-15T01:00:00Z, between item 1 and item 3',
	],
	[{ priceSource: 'awattar' }, PRICES, 'item 0 has no prices of aWATTar'],
	[{ priceSource: 'tibber' }, [{}], 'There are no prices of Tibber'],
	[
		{ priceSource: 'nordPool', pricesFrom: 'json', pricesJson: '[]' },
		[{}],
		'Prices (JSON) has no prices of Nord Pool',
	],
	[{}, change(2, { start: '25:00' }), '"start" of item 2 is "25:00", which is not a time'],
	[{}, change(2, { start: '2026-01-15T01:00' }), 'item 1 and item 2 both start at'],
	[{}, change(2, { start: '2026-10-25T03:00' }), 'which comes twice in Europe/Helsinki'],
	[{}, change(2, { start: '2026-03-29T03:00' }), 'which does not exist in Europe/Helsinki'],
	[
		{},
		change(2, { start: '2026-01-15T02:10' }),
		'item 2 and item 3 are closest, and start 50 minutes apart',
	],
	[{}, PRICES.slice(0, 1), 'There is only one price, which does not show how long it applies'],
	[{ options: {} }, PRICES, 'The prices end at 2026-01-15T04:00:00Z, which has passed'],
	[{ startField: 'begin' }, PRICES, '"begin" of item 0 is empty'],
	[{ priceField: '' }, PRICES, 'Price Field is empty'],
	[options({ listField: 'data' }), PRICES, '"data" of item 0 is not a list'],
	[{ pricesFrom: 'json', pricesJson: '[' }, [{}], 'Prices (JSON) is not valid JSON'],
	[{ pricesFrom: 'json', pricesJson: '{}' }, [{}], 'Prices (JSON) is not a list'],
	[{ pricesFrom: 'json', pricesJson: '[]' }, [{}], 'Prices (JSON) is an empty list'],
	[{ pricesFrom: 'json', pricesJson: '[4]' }, [{}], '"start" of row 1 is empty'],
	[{ bands: {} }, PRICES, 'Price Bands is empty'],
	[
		{ bands: { band: [{ upToPrice: 'low', limitKw: 3 }] } },
		PRICES,
		'Up to Price of Price Band 1 is "low", which is not a number',
	],
	[
		{ bands: { band: [{ upToPrice: 1, limitKw: -1 }] } },
		PRICES,
		'Limit (kW) of Price Band 1 is -1, which is less than 0',
	],
	[
		{ limitUnit: 'A', bands: { band: [{ upToPrice: 1, limitA: 8.25 }] }, limitAboveA: 6 },
		PRICES,
		'Limit (A) of Price Band 1 is 8.25, which has more than one decimal',
	],
	[{ limitAboveKw: '' }, PRICES, 'Limit Above (kW) is empty'],
	[
		{ specifyBands: 'json', bandsJson: '[4]' },
		PRICES,
		'Price Band 1 of Price Bands (JSON) is 4, which is not a JSON object',
	],
	[cheapest({ energyKwh: -1 }), PRICES, 'Energy (kWh) is -1, which is less than 0'],
	[cheapest({ maximumKw: 'all' }), PRICES, 'Maximum (kW) is "all", which is not a number'],
	[cheapest({ departure: '' }), PRICES, 'Departure is empty'],
	[cheapest({ departure: 'late' }), PRICES, 'Departure is "late", which is not a time'],
	[
		cheapest({ departure: '2026-01-14T23:00' }),
		PRICES,
		'Departure is not after 2026-01-15T00:00:00+02:00, when charging can begin',
	],
	[
		cheapest(options({ otherLimitKw: 12 })),
		PRICES,
		'Limit in Other Hours (kW) is more than Maximum (kW)',
	],
	[options({ timezone: 'Europe/Nowhere' }), PRICES, 'Time Zone is "Europe/Nowhere"'],
	[options({ resolution: 20 }), PRICES, 'Resolution is 20, which is not a valid option'],
	[options({ missingPrices: 'guess' }), PRICES, 'Missing Prices is "guess"'],
	[
		options({ missingPrices: 'stop' }),
		[PRICES[0], ...PRICES.slice(2)],
		'between item 0 and item 1',
	],
	[options({ periodsPerProfile: 2000 }), PRICES, 'Periods per Profile is 2000, which is more'],
	[options({ earliestStart: 'now' }), PRICES, 'Earliest Start is "now", which is not a time'],
	[{ chargingProfilePurpose: 'TxProfile', transactionId: '' }, PRICES, 'Transaction ID is empty'],
	[
		{ chargerCapacity: 'ocpp16' },
		PRICES,
		'Stack Level is 1, and Charger Capacity is 24 periods in a profile, 10 profiles and the stack level 0',
	],
	[
		cheapest(options({ priceCeiling: 1, mostStarts: 1 })),
		PRICES,
		'At or below the Price Ceiling the energy needs 2 starts, and Most Starts is 1',
	],
	[cheapest(options({ priceCeiling: 'low' })), PRICES, 'Price Ceiling is "low"'],
	[cheapest(options({ leastRunMinutes: 0.5 })), PRICES, 'Least Run (Minutes) is 0.5'],
	[cheapest(options({ mostStarts: 0 })), PRICES, 'Most Starts is 0, which is less than 1'],
	[
		cheapest(options({ afterDeparture: 'limit', limitAfterKw: -1 })),
		PRICES,
		'Limit After Departure (kW) is -1, which is less than 0',
	],
	[
		cheapest({ energyAs: 'stateOfCharge', socTo: 101 }),
		PRICES,
		'State of Charge at Departure (%) is 101, which is more than 100',
	],
	[cheapest({ energyAs: 'battery', lossesPercent: 100 }), PRICES, 'Charging Losses (%) is 100'],
	[{ chargingProfileId: 1.5 }, PRICES, 'Charging Profile ID is 1.5'],
];

it.each(cases.map(([parameters, items, message]) => ({ parameters, items, message })))(
	'refuses bad input: $message',
	({ parameters, items, message }) => {
		const refusal = refusalOf(() => read(parameters, items));
		expect(refusal.message).toContain(message);
		expect(refusal.description).toMatch(/\w+/);
	},
);

it('warns of a departure in UTC that nobody chose', () => {
	const warnings = (parameters: Record<string, unknown>) =>
		priceForm.warnings(valuesOf(priceForm, parameters, 'UTC'));
	expect(warnings({})).toEqual([expect.stringMatching(/^Departure is in UTC/)]);
	expect(warnings({ options: { timezone: 'UTC' } })).toEqual([]);
	expect(warnings({ rule: 'priceBands' })).toEqual([]);
});

it.each([
	['{ "upToPrice": 5, "limit": 11 }', 'one band without a list'],
	['[{ "upToPrice": 5, "limit": 11, "name": "Cheap" }]', 'names of the user’s own in a band'],
])('accepts %s: %s', (bandsJson) => {
	const planOf = (json: string) => read({ specifyBands: 'json', bandsJson: json }, PRICES).plan;
	expect(planOf(bandsJson)).toEqual(planOf('[{ "upToPrice": 5, "limit": 11 }]'));
});

it('reads the prices in one time zone and the departure in another', () => {
	const plan = (added: Record<string, unknown>) =>
		read(
			cheapest({ departure: '06:00', ...options({ earliestStart: '', ...added }) }),
			PRICES.map(({ start, price }) => ({
				start: start.replace('2026-01-15', '2026-01-20'),
				price,
			})),
		);
	const { list, departure } = plan({ pricesTimezone: 'UTC' });
	expect(list.spans[0].from).toBe(NOW);
	expect(departure).toBe(Date.parse('2026-01-20T04:00:00Z') / 1000);
	expect(plan({}).list.spans[0].from).toBe(NOW);
	expect(plan({}).list.spans[0].price).toBe(-1);
});

it('takes several lists of one item, also before tomorrow’s is there', () => {
	const [today, tomorrow] = [PRICES.slice(0, 3), PRICES.slice(3)];
	const listed = (item: IDataObject) =>
		read(options({ listField: 'p.today, p.tomorrow' }), [item]).list.spans.length;
	expect(listed({ p: { today, tomorrow } })).toBe(6);
	expect(listed({ p: { today, tomorrow: null } })).toBe(3);
});

it.each<[Record<string, unknown>, number, number | undefined, number]>([
	[{ energyKwh: 9 }, 9, undefined, 0],
	[{ energyAs: 'battery', energyKwh: 9 }, 10, 0.9, 0],
	[{ energyAs: 'battery', energyKwh: 9, lossesPercent: 0 }, 9, 1, 0],
	[{ energyAs: 'stateOfCharge', socFrom: 50, socTo: 80, batterySizeKwh: 60 }, 20, 0.9, 0],
	[{ energyAs: 'stateOfCharge', socFrom: 80, socTo: 80 }, 0, 0.9, 1],
])('reads the energy of %j', (parameters, drawn, share, warnings) => {
	const values = cheapest({ departure: '2026-01-15T06:00', maximumKw: 22, ...parameters });
	const { plan, options: made, warnings: given } = read(values, PRICES);
	expect(plan.energyKwh).toBeCloseTo(drawn, 9);
	expect(made.batteryShare).toEqual(share);
	expect(given).toHaveLength(warnings);
});

it('keeps the rules of Cheapest Hours, and pauses after the departure if the prices reach it', () => {
	const added = {
		leastRunMinutes: 60,
		mostStarts: 1,
		afterDeparture: 'pause',
		hoursAfter: 2,
	};
	const at = (departure: string) =>
		read(cheapest({ energyKwh: 22, maximumKw: 11, departure, ...options(added) }), PRICES).plan;
	const plan = at('2026-01-15T06:00');
	const hours = plan.spans.filter(({ chosen }) => chosen).map(({ price }) => price);
	expect(hours).toEqual([4, -1]);
	expect(plan.after).toEqual({ limit: 0, lasts: 7200 });
	expect(at('2026-01-15T08:00').after).toBeUndefined();
});

it('splits by the capacity of the charger, unless the options say otherwise', () => {
	const made = (parameters: Record<string, unknown>, version?: number) => {
		const values = valuesOf(priceForm, { ...BANDS, ...parameters }, 'Europe/Helsinki', version);
		const { split, periodsPerProfile, profiles } = priceForm.read(values, PRICES, NOW).options;
		return { split, periodsPerProfile, profiles };
	};
	const unlimited = { split: false, periodsPerProfile: 1024, profiles: Infinity };
	expect(made({})).toEqual({ split: true, periodsPerProfile: 24, profiles: 10 });
	expect(made({}, 1)).toEqual(unlimited);
	expect(made({ chargerCapacity: 'unlimited' })).toEqual(unlimited);
	expect(made(options({ split: false }))).toMatchObject({ split: false });
	expect(made(options({ split: true, periodsPerProfile: 12 }), 1)).toMatchObject({
		split: true,
		periodsPerProfile: 12,
	});
});

it('takes prices in hundredths of the currency', () => {
	const hundredths = (pricesIn: string) => read(options({ pricesIn }), PRICES).options.hundredths;
	expect(['currency', 'cents', 'pence'].map(hundredths)).toEqual([undefined, 'cents', 'pence']);
});
