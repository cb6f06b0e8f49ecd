import type { IDataObject } from 'n8n-workflow';

import { startDelayOf } from '../../nodes/shared/charging/base/startDelay.ts';
import type { PriceSchedule } from '../../nodes/shared/charging/prices/priceSchedules.ts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import type { NodeRun } from '../support/engine.mts';
import { decodePng } from '../support/png.mts';
import { startSite, type Site } from '../support/site.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';

const AC3 = 'OFFICE-AC-3';
/** Runs the operation without an account. */
const NO_CREDENTIAL = {};

const build = (
	parameters: Record<string, unknown>,
	items: IDataObject[],
	onError?: 'continueRegularOutput' | 'continueErrorOutput',
): Promise<NodeRun> =>
	runProfileOperation('schedule:buildFromPrices', parameters, {
		credential: NO_CREDENTIAL,
		items,
		timezone: 'Europe/Helsinki',
		onError,
	});

const json = ({ items }: NodeRun) => items.map((item) => item.json as unknown as PriceSchedule);

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

/** Six hours from midnight in Helsinki. */
const PRICES = [3, 4, -1, 9, 2, 1].map((price, hour) => ({
	start: `2026-01-15T0${hour}:00`,
	price,
}));

describe('Price Bands', () => {
	it('make one profile of all items', async () => {
		const run = await build(BANDS, PRICES);
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(run.items[0].pairedItem).toEqual(PRICES.map((_, item) => ({ item })));
		expect(json(run)[0]).toMatchObject({
			chargingProfile: {
				id: 200,
				stackLevel: 1,
				chargingProfilePurpose: 'TxDefaultProfile',
				validTo: '2026-01-15T04:00:00Z',
				chargingSchedule: [
					{
						startSchedule: '2026-01-14T22:00:00Z',
						chargingRateUnit: 'W',
						duration: 6 * 3600,
						chargingSchedulePeriod: [
							{ startPeriod: 0, limit: 11_000 },
							{ startPeriod: 7200, limit: 22_080 },
							{ startPeriod: 10_800, limit: 4200 },
							{ startPeriod: 14_400, limit: 11_000 },
						],
					},
				],
			},
			summary: expect.stringContaining('at most 22.08 kW for 1 h, 11 kW for 4 h') as string,
			timeZone: 'Europe/Helsinki',
			gaps: [],
			duplicates: [],
		});
		expect(run.hints).toEqual([]);
	});

	it('in A and in JSON, from a list in an item, with fields of other names', async () => {
		const data = PRICES.map(({ start, price }) => ({
			from: `${start}:00+02:00`,
			eur: { v: price },
		}));
		const run = await build(
			{
				rule: 'priceBands',
				limitUnit: 'A',
				specifyBands: 'json',
				bandsJson: '[{"upToPrice": 3, "limit": 16.1}]',
				limitAboveA: 0,
				startField: 'from',
				priceField: 'eur.v',
				chargingProfilePurpose: 'TxProfile',
				transactionId: 'TX-1',
				chargingProfileId: 12,
				stackLevel: 3,
				options: {
					...BANDS.options,
					listField: 'answer.data',
					phases: 1,
					voltage: 230,
					pricePer: 'MWh',
					currency: 'EUR',
				},
			},
			[{ answer: { data } }],
		);
		expect(json(run)[0]).toMatchObject({
			chargingProfile: {
				id: 12,
				stackLevel: 3,
				transactionId: 'TX-1',
				chargingSchedule: [
					{
						chargingRateUnit: 'A',
						chargingSchedulePeriod: [
							{ startPeriod: 0, limit: 16.1 },
							{ startPeriod: 3600, limit: 0 },
							{ startPeriod: 7200, limit: 16.1 },
							{ startPeriod: 10_800, limit: 0 },
							{ startPeriod: 14_400, limit: 16.1 },
						],
					},
				],
			},
			energyKwh: 14.812,
			cost: 0.0185,
		});
	});

	it('state phases and the minimum charging rate, and warn where limits are too low for them', async () => {
		const options = { ...BANDS.options, numberPhases: 3, minChargingRateKw: 5 };
		const run = await build({ ...BANDS, limitAboveKw: 4, options }, PRICES);
		const [{ chargingProfile, summary }] = json(run);
		const [{ minChargingRate, chargingSchedulePeriod }] = chargingProfile.chargingSchedule;
		expect(minChargingRate).toBe(5000);
		expect(chargingSchedulePeriod.map(({ numberPhases }) => numberPhases)).toEqual([3, 3, 3, 3]);
		expect(summary).toContain('Cars charge on up to 3 phases.');
		expect(run.hints).toEqual([
			expect.stringContaining('4000 W on 3 phases is 5.8 A per phase'),
			expect.stringContaining('minChargingRate is 5000 W, which is above the limit of 4000 W'),
		]);
	});

	it('make several profiles on request', async () => {
		const options = { ...BANDS.options, periodsPerProfile: 3, split: true };
		const run = await build({ ...BANDS, options }, PRICES);
		expect(json(run).map(({ chargingProfile }) => chargingProfile.id)).toEqual([201, 200]);
		expect(run.items[1].pairedItem).toEqual(PRICES.map((_, item) => ({ item })));
	});

	it('fit the charger in several profiles, and name what a former build may have left', async () => {
		const capacity = { chargerCapacity: 'custom', capacityPeriods: 3, capacityLevels: 4 };
		const run = await build({ ...BANDS, ...capacity, capacityProfiles: 2 }, PRICES);
		expect(json(run).map(({ chargingProfile }) => chargingProfile.id)).toEqual([201, 200]);
		expect(run.items.map((item) => item.json.clearBefore)).toEqual([
			{ chargingProfilePurpose: 'TxDefaultProfile', stackLevels: [1], idFrom: 200, idTo: 201 },
			undefined,
		]);
		const { error } = await build({ ...BANDS, ...capacity, capacityProfiles: 1 }, PRICES);
		expect(error).toMatchObject({
			message:
				'The prices give 4 periods in 2 profiles, and the charger takes 1 profile of 3 periods [item 0]',
			description: expect.stringContaining(
				'Give only the prices up to 2026-01-15T02:00:00Z. Without Price Band 1 all prices fit.',
			) as string,
		});
	});

	it('are followed by the charger', async () => {
		const site: Site = await startSite();
		try {
			const [{ chargingProfile }] = json(await build(BANDS, PRICES));
			const { items } = await runProfileOperation(
				'connector:setProfile',
				{
					stationId: byId(AC3),
					connectorId: byId('12'),
					specifyProfile: 'json',
					profileJson: '={{ $json.chargingProfile }}',
				},
				{
					credential: credentialsFor(site).accessToken(),
					items: [{ chargingProfile: chargingProfile as unknown as IDataObject }],
				},
			);
			expect(items[0].json).toMatchObject({ response: 'Accepted', chargingProfile });
			const [{ payload }] = await site.messages(AC3, 'SetChargingProfile');
			expect(payload).toEqual({ evseId: 1, chargingProfile });
		} finally {
			await site.stop();
		}
	});
});

describe('Price Source', () => {
	it('reads today’s and tomorrow’s prices of Tibber, before an earlier departure in another zone', async () => {
		const row = (hour: number, total: number | null) => ({
			startsAt: `2026-01-15T0${hour}:00:00.000+01:00`,
			total,
			currency: 'NOK',
		});
		const priceInfo = {
			current: row(0, 0.08),
			today: [row(0, 0.08), row(1, null)],
			tomorrow: [row(2, 0.1), row(3, 0.02)],
		};
		const run = await build(
			{
				priceSource: 'tibber',
				energyKwh: 11,
				maximumKw: 11,
				departure: '04:00:00',
				options: { earliestStart: '2026-01-15T01:00:00' },
			},
			[{ data: { viewer: { homes: [{ currentSubscription: { priceInfo } }] } } }],
		);
		expect(run.error).toBeUndefined();
		const [schedule] = json(run);
		expect(schedule).toMatchObject({ cost: 0.88, currency: 'NOK', averagePrice: 0.08 });
		expect(schedule.hours).toMatchObject([{ start: '2026-01-14T23:00:00Z', price: 0.08 }]);
		expect(schedule.gaps).toMatchObject([{ start: '2026-01-15T00:00:00Z' }]);
		expect(schedule.duplicates).toEqual([]);
		expect(run.hints).toHaveLength(1);
	});

	it('that is not the right one is refused, with the fields that are there', async () => {
		const { error } = await build({ priceSource: 'octopus' }, PRICES);
		expect(error).toMatchObject({
			message: expect.stringContaining('item 0 has no prices of Octopus') as string,
			description: expect.stringContaining('There are the fields start, price.') as string,
		});
	});
});

describe('Cheapest Hours', () => {
	const CHEAPEST = {
		energyKwh: 16.5,
		maximumKw: 11,
		departure: '04:00',
		options: BANDS.options,
	};

	it('are chosen before the departure', async () => {
		const run = await build(CHEAPEST, PRICES);
		const [schedule] = json(run);
		expect(schedule.chargingProfile.chargingSchedule[0]).toMatchObject({
			duration: 4 * 3600,
			chargingSchedulePeriod: [
				{ startPeriod: 0, limit: 11_000 },
				{ startPeriod: 1800, limit: 0 },
				{ startPeriod: 7200, limit: 11_000 },
				{ startPeriod: 10_800, limit: 0 },
			],
		});
		expect(run.hints).toEqual([]);
	});

	it('come with a chart of the prices and the limits, as PNG and SVG', async () => {
		const options = { ...BANDS.options, currency: 'EUR' };
		const { items } = await build({ ...CHEAPEST, options }, PRICES);
		const { chart, chartSvg } = items[0].binary!;
		expect([chart.mimeType, chart.fileName]).toEqual(['image/png', 'price-plan.png']);
		expect(decodePng(Buffer.from(chart.data, 'base64')).width).toBe(1200);
		expect([chartSvg.mimeType, chartSvg.fileName]).toEqual(['image/svg+xml', 'price-plan.svg']);
		const svg = Buffer.from(chartSvg.data, 'base64').toString();
		for (const text of ['EUR/kWh', 'departure 04:00', 'Cheapest hours', '16.5 kWh for', '>11<']) {
			expect(svg).toContain(text);
		}
	});

	it('come with warnings on what does not fit, and on the time after the prices', async () => {
		const run = await build({ ...CHEAPEST, energyKwh: 100, departure: '2026-01-15T08:00' }, [
			...PRICES,
			PRICES[0],
		]);
		const hints = [
			'Only 66 of 100 kWh fit before 2026-01-15 06:00 Europe/Helsinki: all hours are used.',
			'The prices end at 2026-01-15 06:00 Europe/Helsinki, before the departure: from then on the profile sets no limit.',
			'1 price was given twice: its repetition was dropped.',
		];
		expect(run.hints).toEqual(hints);
		expect(json(run)[0]).toMatchObject({
			missingKwh: 34,
			warnings: hints,
			duplicates: [{ start: '2026-01-14T22:00:00Z', dropped: 'item 6', sameAs: 'item 0' }],
		});
	});

	it('keep rules: few starts, a price ceiling, and a pause after the departure', async () => {
		const rules = { mostStarts: 1, priceCeiling: 4, afterDeparture: 'pause', hoursAfter: 8 };
		const run = await build(
			{ ...CHEAPEST, energyAs: 'battery', options: { ...BANDS.options, ...rules } },
			PRICES,
		);
		const [schedule] = json(run);
		expect(schedule).toMatchObject({
			energyKwh: 18.333,
			inBatteryKwh: 16.5,
			end: '2026-01-15T10:00:00Z',
		});
		expect(schedule.chargingProfile.chargingSchedule[0]).toMatchObject({
			duration: 12 * 3600,
			chargingSchedulePeriod: [
				{ startPeriod: 0, limit: 0 },
				{ startPeriod: 4800, limit: 11_000 },
				{ startPeriod: 10_800, limit: 0 },
			],
		});
		expect(schedule.summary).toContain('18.33 kWh (16.5 kWh in the battery)');
		expect(run.hints).toEqual([]);
	});

	it('that need more periods than the charger takes become the cheapest that fit', async () => {
		const capacity = { chargerCapacity: 'custom', capacityPeriods: 3, capacityLevels: 4 };
		const run = await build({ ...CHEAPEST, ...capacity, capacityProfiles: 1 }, PRICES);
		expect(json(run)[0].chargingProfile.chargingSchedule[0].chargingSchedulePeriod).toHaveLength(3);
		expect(run.hints).toEqual([
			'The cheapest hours need 4 periods, more than the charger takes: with 3 they cost 5.50 more (11.00 in place of 5.50).',
		]);
	});

	it('begin some minutes ago on request, with the same limits from now on', async () => {
		const hour = 3_600_000;
		const now = Math.floor(Date.now() / hour) * hour;
		const prices = Array.from({ length: 12 }, (_, ahead) => ({
			start: new Date(now + ahead * hour).toISOString(),
			// The hour of the run is none of the cheapest, so that its seconds do not matter.
			price: ahead === 0 ? 9 : (ahead * 5) % 7,
		}));
		const plan = async (options: IDataObject) => {
			const departure = new Date(now + 10 * hour).toISOString();
			const run = await build({ rule: 'cheapestHours', departure, energyKwh: 30, options }, prices);
			expect(run.error).toBeUndefined();
			const { validFrom, validTo, chargingSchedule } = json(run)[0].chargingProfile;
			const [{ startSchedule, duration, chargingSchedulePeriod }] = chargingSchedule;
			const start = Date.parse(startSchedule!);
			expect([validFrom, validTo]).toEqual([
				startSchedule,
				new Date(start + duration! * 1000).toISOString().replace('.000', ''),
			]);
			const limits = chargingSchedulePeriod.map(({ startPeriod, limit }) => [
				start + startPeriod * 1000,
				limit,
			]);
			return { start, limits };
		};
		const usual = await plan({});
		const earlier = await plan({ startEarlierMinutes: 5 });
		// The two runs may be some seconds apart.
		expect(usual.start - earlier.start).toBeGreaterThan(240_000);
		expect(usual.start - earlier.start).toBeLessThanOrEqual(300_000);
		expect(earlier.limits.slice(1)).toEqual(usual.limits.slice(1));
		const later = await plan({
			startEarlierMinutes: 5,
			earliestStart: new Date(now + 2 * hour).toISOString(),
		});
		expect(later.start).toBe(now + 2 * hour);
	});

	it('are never in the past', async () => {
		const hour = Math.floor(Date.now() / 3_600_000) * 3600;
		const items = Array.from({ length: 12 }, (_, i) => ({ start: hour + i * 3600, price: i }));
		const departure = new Date((hour + 12 * 3600) * 1000).toISOString();
		const before = Math.floor(Date.now() / 1000);
		const [{ start }] = json(await build({ energyKwh: 11, maximumKw: 11, departure }, items));
		expect(Date.parse(start) / 1000).toBeGreaterThanOrEqual(before);
		expect(Date.parse(start)).toBeLessThanOrEqual(Date.now());
	});
});

describe('the start delay of a charging station', () => {
	const seconds = startDelayOf('DEPOT-DC-1', 10);
	const late = (added: IDataObject) => ({ options: { startDelayMinutes: 10, ...added } });
	const limitsOf = (run: NodeRun) => {
		const [{ chargingProfile }] = json(run);
		return chargingProfile.chargingSchedule[0].chargingSchedulePeriod;
	};

	it('lets Price Bands fall on time and rise late, and the last one go on', async () => {
		expect(seconds).toBeGreaterThan(0);
		const items = PRICES.map((item) => ({ ...item, stationId: 'DEPOT-DC-1' }));
		const options = { ...BANDS.options, startDelayMinutes: 10 };
		const run = await build({ ...BANDS, options }, items);
		expect(run.error).toBeUndefined();
		expect(limitsOf(run)).toEqual([
			{ startPeriod: 0, limit: 11_000 },
			{ startPeriod: 7200 + seconds, limit: 22_080 },
			{ startPeriod: 10_800, limit: 4200 },
			{ startPeriod: 14_400 + seconds, limit: 11_000 },
		]);
		const [{ chargingProfile, summary, startDelay }] = json(run);
		expect(startDelay).toBe(seconds);
		expect(chargingProfile.chargingSchedule[0].duration).toBe(6 * 3600 + seconds);
		expect(summary).toContain(
			`Every rise of the limit comes ${seconds} s late: this is the start delay of DEPOT-DC-1.`,
		);
		expect(run.hints).toEqual([]);
	});

	it('rises late after a price that is over', async () => {
		const options = {
			earliestStart: '2026-01-15T02:00:00',
			startDelayMinutes: 10,
			startDelayStation: 'DEPOT-DC-1',
		};
		const run = await build({ ...BANDS, options }, PRICES);
		expect(limitsOf(run).slice(0, 2)).toEqual([
			{ startPeriod: 0, limit: 11_000 },
			{ startPeriod: seconds, limit: 22_080 },
		]);
	});

	it('lets Cheapest Hours begin late, also with a profile that begins in the past', async () => {
		const hour = 3_600_000;
		const now = Math.floor(Date.now() / hour) * hour;
		const prices = [9, 9, 1, 1, 9, 9, 9].map((price, ahead) => ({
			start: new Date(now + ahead * hour).toISOString(),
			price,
		}));
		const departure = new Date(now + 6 * hour).toISOString();
		const parameters = { rule: 'cheapestHours', departure, energyKwh: 22, maximumKw: 11 };
		const added = { startDelayStation: 'DEPOT-DC-1', startEarlierMinutes: 5 };
		const run = await build({ ...parameters, ...late(added) }, prices);
		expect(run.error).toBeUndefined();
		const [{ chargingProfile, startDelay, end, missingKwh }] = json(run);
		expect({ startDelay, missingKwh }).toEqual({ startDelay: seconds, missingKwh: 0 });
		const start = Date.parse(chargingProfile.chargingSchedule[0].startSchedule!);
		expect(
			limitsOf(run).map(({ startPeriod, limit }) => [start + startPeriod * 1000, limit]),
		).toEqual([
			[start, 0],
			[now + 2 * hour + seconds * 1000, 11_000],
			[now + 4 * hour + seconds * 1000, 0],
		]);
		expect(start).toBeLessThan(Date.now() - 240_000);
		expect(Date.parse(end)).toBe(now + 6 * hour + seconds * 1000);
	});

	it('says what it leaves too little time for', async () => {
		const departure = '2026-01-15T03:00:00';
		const parameters = { rule: 'cheapestHours', energyKwh: 33, maximumKw: 11, departure };
		const options = { ...BANDS.options, startDelayMinutes: 10, startDelayStation: 'DEPOT-DC-1' };
		const run = await build({ ...parameters, options }, PRICES);
		expect(json(run)[0].missingKwh).toBeCloseTo((seconds / 3600) * 11, 3);
		expect(run.hints[0]).toMatch(
			new RegExp(
				`^Only .* fit before .*: all hours are used, and charging begins ${seconds} s late\\.$`,
			),
		);
	});

	it('needs a charging station', async () => {
		const { error } = await build({ ...BANDS, ...late(BANDS.options) }, PRICES);
		expect(error?.message).toBe(
			'Start Delay Up To (Min) needs a charging station, and the item has no field stationId [item 0]',
		);
	});
});

describe('bad input', () => {
	const options = (changes: Record<string, unknown>) => ({
		options: { ...BANDS.options, ...changes },
	});
	const change = (index: number, changes: IDataObject) =>
		PRICES.map((item, at) => (at === index ? { ...item, ...changes } : item));

	it.each<[string, Record<string, unknown>, IDataObject[], string]>([
		['a price', {}, change(2, { price: '' }), '"price" of item 2 is empty [item 2]'],
		[
			'a null where gaps are refused',
			options({ missingPrices: 'stop' }),
			change(2, { price: null }),
			'Prices are missing from 2026-01-15T00:00:00Z to 2026-01-15T01:00:00Z, between item 1 and item 3 [item 3]',
		],
		[
			'the second of a pair',
			{},
			change(2, { start: PRICES[1].start }),
			'item 1 and item 2 both start at 2026-01-14T23:00:00Z, with different prices: 4 and -1 [item 2]',
		],
		[
			'a list',
			options({ listField: 'data' }),
			[{ data: PRICES }, {}],
			'"data" of item 1 is not a list [item 1]',
		],
		[
			'a row of a list',
			options({ listField: 'data' }),
			[{ data: PRICES }, { data: [{ price: 1 }] }],
			'"start" of row 7 is empty [item 1]',
		],
		['a value that is not an item', { bands: {} }, PRICES, 'Price Bands is empty [item 0]'],
		[
			'prices in the past',
			{ options: {} },
			PRICES,
			'The prices end at 2026-01-15T04:00:00Z, which has passed [item 0]',
		],
		[
			'more periods than a profile holds',
			options({ periodsPerProfile: 2 }),
			PRICES,
			'The prices give 4 periods, and a profile can have 2 [item 0]',
		],
		[
			'a profile that breaks a rule',
			{ chargingProfilePurpose: 'TxProfile', transactionId: 'x'.repeat(37) },
			PRICES,
			'Transaction ID: Has 37 characters; at most 36 are allowed. [item 0]',
		],
	])('stops with an error that names the item: %s', async (_name, parameters, items, message) => {
		const { status, error } = await build({ ...BANDS, ...parameters }, items);
		expect(status).toBe('error');
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/\w+/);
	});

	it('becomes an item with the reason if the workflow continues', async () => {
		const { items, errorItems } = await build(BANDS, [{}], 'continueErrorOutput');
		expect(items).toEqual([]);
		expect(errorItems).toMatchObject([
			{ json: { error: expect.stringContaining('There are no prices') as string } },
		]);
	});
});
