import fc from 'fast-check';
import { DateTime } from 'luxon';
import validators from 'ocpp-rpc/lib/standard-validators.js';

import { explainCompositeSchedule } from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type { ChargingRules } from '../../../../../nodes/shared/charging/prices/chargingRules.ts';
import { planBands, planCheapestHours } from '../../../../../nodes/shared/charging/prices/plan.ts';
import {
	bandsTooMany,
	limitByPrice,
} from '../../../../../nodes/shared/charging/prices/priceBands.ts';
import type { PriceList } from '../../../../../nodes/shared/charging/prices/priceList.ts';
import { leftOverOf } from '../../../../../nodes/shared/charging/prices/priceProfiles.ts';
import { moneyInWords } from '../../../../../nodes/shared/charging/prices/priceWords.ts';
import {
	priceSchedules,
	type PriceSchedule,
	type ScheduleOptions,
} from '../../../../../nodes/shared/charging/prices/priceSchedules.ts';
import { priceWarnings } from '../../../../../nodes/shared/charging/prices/priceWarnings.ts';
import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { compositeQuery, installed } from '../profiles.mts';
import { dayOf, failure, listOf, MIDNIGHT, options, spansOf } from './prices.mts';

const HOUR = 3600;
const NO_BAND = (index: number) => `Price Band ${index + 1}`;
const OCPP = validators.find(({ subprotocol }) => subprotocol === 'ocpp2.0.1')!;

const ZONES = [
	'America/New_York',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Europe/Dublin',
	'Europe/Helsinki',
	'Pacific/Auckland',
	'Pacific/Chatham',
	'UTC',
	'Africa/Casablanca',
];

/** The days of 2026 on which the clocks of a zone change, or an ordinary day if they never change. */
const changesOf = (zone: string) => {
	const days = Array.from({ length: 365 }, (_, day) =>
		DateTime.fromObject({ year: 2026 }, { zone }).plus({ days: day }),
	);
	const changes = days.filter((day) => day.offset !== day.plus({ days: 1 }).offset);
	return (changes.length > 0 ? changes : days.slice(100, 101)).map((day) => day.toISODate()!);
};

const listFor = (spans: PriceList['spans']): PriceList => ({
	resolution: 60,
	spans,
	past: [],
	gaps: [],
	duplicates: [],
});

const BANDS = [
	{ upToPrice: 5, limit: 11_000 },
	{ upToPrice: 0, limit: 22_000 },
];
const limitOf = limitByPrice(BANDS, 4200, NO_BAND);

const byBands = (prices: number[], changes: Partial<ScheduleOptions> = {}) => {
	const list = listFor(spansOf(prices));
	return priceSchedules(list, planBands(list, limitOf, 0.001), options(changes));
};

const cheapest = (prices: number[], energyKwh: number, changes: Partial<ScheduleOptions> = {}) => {
	const list = listFor(spansOf(prices));
	const need = { energyKwh, limit: 11_000, otherLimit: 0, kwPerUnit: 0.001 };
	const plan = planCheapestHours(list.spans, need);
	return priceSchedules(list, plan, options({ rule: 'cheapestHours', ...changes }));
};

const periodsOf = ({ chargingProfile }: PriceSchedule) =>
	chargingProfile.chargingSchedule[0].chargingSchedulePeriod;

/** The profile breaks no rule, and is valid by the official schema. */
function expectValid(profile: ChargingProfile) {
	expect(checkChargingProfile(profile, { evseId: 1, request: 'set' })).toEqual([]);
	const request = { evseId: 1, chargingProfile: profile };
	// It throws if the profile is not valid.
	expect(OCPP.validate('urn:SetChargingProfile.req', request)).toBe(true);
}

/** The station’s limit at each moment, if no other profiles are set. */
function compositeOf(profiles: ChargingProfile[], from: number, to: number) {
	const periods = explainCompositeSchedule(
		compositeQuery(
			profiles.map((profile) => installed(1, profile)),
			{ startMs: from * 1000, endMs: to * 1000, unit: 'W', defaultLimit: { A: 0, W: 99_999 } },
		),
	);
	return (at: number) => periods.findLast(({ startPeriod }) => from + startPeriod <= at)?.limit;
}

describe('price bands', () => {
	it.each([
		[-3, 22_000],
		[0, 22_000],
		[0.01, 11_000],
		[5, 11_000],
		[5.01, 4200],
	])('at a price of %d allow %d W, because a band includes its highest price', (price, limit) => {
		expect(limitOf(price)).toBe(limit);
	});

	it('are left out where prices give too many periods, those that cost most periods first', () => {
		const prices = [3, -1, 3, -1, 9, 3];
		expect(bandsTooMany(prices, BANDS, 4200, 6)).toEqual([]);
		expect(bandsTooMany(prices, BANDS, 4200, 5)).toEqual([1]);
		expect(bandsTooMany(prices, BANDS, 4200, 2)).toBeUndefined();
	});

	it('are refused if there are none, or if two end at the same price', () => {
		expect(() => limitByPrice([], 1, NO_BAND)).toThrow('There are no price bands');
		const same = [...BANDS, { upToPrice: 5, limit: 1 }];
		expect(() => limitByPrice(same, 1, NO_BAND)).toThrow(
			'Price Band 1 and Price Band 3 both reach up to 5',
		);
	});

	it('give a profile that ends with the prices, and a description', () => {
		expect(byBands([3, 4, -1, 9], { currency: 'EUR' })).toEqual([
			{
				chargingProfile: {
					id: 7,
					stackLevel: 2,
					chargingProfilePurpose: 'TxDefaultProfile',
					chargingProfileKind: 'Absolute',
					validFrom: '2026-01-14T22:00:00Z',
					validTo: '2026-01-15T02:00:00Z',
					chargingSchedule: [
						{
							id: 1,
							startSchedule: '2026-01-14T22:00:00Z',
							duration: 4 * HOUR,
							chargingRateUnit: 'W',
							chargingSchedulePeriod: [
								{ startPeriod: 0, limit: 11_000 },
								{ startPeriod: 2 * HOUR, limit: 22_000 },
								{ startPeriod: 3 * HOUR, limit: 4200 },
							],
						},
					],
				},
				summary:
					'2026-01-15 00:00–04:00 Europe/Helsinki, by price for each connector: at most 22 kW for 1 h, 11 kW for 2 h, 4.2 kW for 1 h (3 periods). If that is used in full: 48.2 kWh for 92.80 EUR; at once, at 22 kW, the same energy costs 149.80 EUR. From 2026-01-15 04:00 Europe/Helsinki on this profile sets no limit.',
				start: '2026-01-14T22:00:00Z',
				end: '2026-01-15T02:00:00Z',
				timeZone: 'Europe/Helsinki',
				resolutionMinutes: 60,
				energyKwh: 48.2,
				missingKwh: 0,
				cost: 92.8,
				costAtOnce: 149.8,
				saving: 57,
				averagePrice: 1.9253,
				currency: 'EUR',
				hours: [
					{
						start: '2026-01-14T22:00:00Z',
						end: '2026-01-15T00:00:00Z',
						localStart: '2026-01-15T00:00:00+02:00',
						localEnd: '2026-01-15T02:00:00+02:00',
						limitKw: 11,
						price: 3.5,
					},
					expect.objectContaining({ limitKw: 22, price: -1 }),
					expect.objectContaining({ limitKw: 4.2, price: 9 }),
				],
				gaps: [],
				duplicates: [],
			},
		]);
	});

	it('apply in every quarter of an hour of days with clock changes, in ten zones', () => {
		const cases = ZONES.flatMap((zone) => changesOf(zone).map((date) => ({ zone, date })));
		expect(cases.length).toBeGreaterThan(15);
		for (const { zone, date } of cases) {
			const rows = dayOf(date, zone, 15, (index) => ((index * 7) % 23) - 4);
			const list = listOf(rows);
			expect([92, 94, 96, 98, 100]).toContain(list.spans.length);
			const built = priceSchedules(list, planBands(list, limitOf, 0.001), options({ zone }));
			const starts = rows.map(({ start }) => DateTime.fromISO(start).toSeconds());
			const limitAt = compositeOf(
				built.map(({ chargingProfile }) => chargingProfile),
				starts[0] - HOUR,
				starts.at(-1)! + 2 * HOUR,
			);
			rows.forEach(({ price }, index) => {
				const wanted = BANDS[1].upToPrice >= price ? 22_000 : price <= 5 ? 11_000 : 4200;
				for (const second of [0, 1, 899]) expect(limitAt(starts[index] + second)).toBe(wanted);
			});
			expect(limitAt(starts[0] - 1)).toBe(99_999);
			expect(limitAt(starts.at(-1)! + 900)).toBe(99_999);
		}
	});
});

describe('cheapest hours', () => {
	it('say what they cost, compared to charging at once', () => {
		const [schedule] = cheapest([5, 1, 9, 2], 16.5, { pricePer: 'MWh', currency: 'EUR' });
		expect(periodsOf(schedule)).toEqual([
			{ startPeriod: 0, limit: 0 },
			{ startPeriod: HOUR, limit: 11_000 },
			{ startPeriod: 2 * HOUR, limit: 0 },
			{ startPeriod: 3 * HOUR, limit: 11_000 },
			{ startPeriod: 3.5 * HOUR, limit: 0 },
		]);
		expect(schedule).toMatchObject({
			summary:
				'16.5 kWh by 2026-01-15 04:00 Europe/Helsinki with at most 11 kW for each connector in the cheapest hours: 2026-01-15 01:00–02:00, 2026-01-15 03:00–03:30. At other times 0 kW. Costs 0.02 EUR; at once it costs 0.06 EUR. From 2026-01-15 04:00 Europe/Helsinki on this profile sets no limit.',
			energyKwh: 16.5,
			cost: 0.022,
			costAtOnce: 0.0605,
			saving: 0.0385,
			averagePrice: 1.3333,
			hours: [
				{ localStart: '2026-01-15T01:00:00+02:00', price: 1, limitKw: 11 },
				{ localStart: '2026-01-15T03:00:00+02:00', price: 2, limitKw: 11 },
			],
		});
	});

	it('go on after the departure with another limit, for as long as it is to last', () => {
		const list = listFor(spansOf([5, 1]));
		const need = { energyKwh: 5.5, limit: 11_000, otherLimit: 0, kwPerUnit: 0.001 };
		const of = (limit: number) => {
			const rules = { after: { limit, lasts: 6 * HOUR } };
			const plan = planCheapestHours(list.spans, need, rules);
			return priceSchedules(list, plan, options({ rule: 'cheapestHours', batteryShare: 0.9 }))[0];
		};
		expect(periodsOf(of(4200))).toEqual([
			{ startPeriod: 0, limit: 0 },
			{ startPeriod: HOUR, limit: 11_000 },
			{ startPeriod: 1.5 * HOUR, limit: 0 },
			{ startPeriod: 2 * HOUR, limit: 4200 },
		]);
		expect(periodsOf(of(0))).toHaveLength(3);
		expectValid(of(0).chargingProfile);
		expect(of(0).chargingProfile.chargingSchedule[0].duration).toBe(8 * HOUR);
		expect(of(4200)).toMatchObject({ energyKwh: 5.5, inBatteryKwh: 4.95, cost: 5.5 });
		expect(of(4200).summary).toBe(
			'5.5 kWh (4.95 kWh in the battery) by 2026-01-15 02:00 Europe/Helsinki with at most 11 kW for each connector in the cheapest hours: 2026-01-15 01:00–01:30. At other times 0 kW. Costs 5.50; at once it costs 27.50. After the departure 4.2 kW until 2026-01-15 08:00 Europe/Helsinki. From 2026-01-15 08:00 Europe/Helsinki on this profile sets no limit.',
		);
	});

	it.each([['cents'], ['pence']] as const)('count prices in %s', (hundredths) => {
		const [schedule] = cheapest([5, 1, 9, 2], 16.5, { hundredths });
		expect(schedule).toMatchObject({ cost: 0.22, costAtOnce: 0.605, averagePrice: 1.3333 });
	});

	it.each([
		[-0.001, '0.00 EUR'],
		[-0.01, '-0.01 EUR'],
		[0, '0.00 EUR'],
	])('write %d EUR as %s', (amount, text) => expect(moneyInWords(amount, 'EUR')).toBe(text));

	it('say what it costs that the charger takes few periods, and what a price ceiling leaves out', () => {
		const list = listFor(spansOf([1, 9, 2, 9, 3, 9]));
		const sentences = (energyKwh: number, rules: ChargingRules) => {
			const need = { energyKwh, limit: 11_000, otherLimit: 0, kwPerUnit: 0.001 };
			const plan = planCheapestHours(list.spans, need, rules);
			const as = options({ rule: 'cheapestHours', currency: 'EUR' });
			return priceWarnings(priceSchedules(list, plan, as), list, plan, as, MIDNIGHT);
		};
		expect(sentences(33, { mostPeriods: 4 })).toEqual([
			'The cheapest hours need 6 periods, more than the charger takes: with 2 they cost 66.00 EUR more (132.00 EUR in place of 66.00 EUR).',
		]);
		expect(sentences(33, { priceCeiling: 2 })).toEqual([
			'Only 22 of 33 kWh fit before 2026-01-15 06:00 Europe/Helsinki, because of the Price Ceiling 2: 11 kWh are missing.',
		]);
	});

	it('are all hours if the time is too short, and say so', () => {
		const [schedule] = cheapest([5, 1], 30);
		expect(periodsOf(schedule)).toEqual([{ startPeriod: 0, limit: 11_000 }]);
		expect(schedule).toMatchObject({ energyKwh: 22, missingKwh: 8, saving: 0 });
		expect(schedule.summary).toMatch(/^Only 22 kWh of 30 kWh fit\. /);
	});

	it('are none if no energy is needed', () => {
		const [schedule] = cheapest([5, 1], 0);
		expect(periodsOf(schedule)).toEqual([{ startPeriod: 0, limit: 0 }]);
		expect(schedule).toMatchObject({ cost: 0, costAtOnce: 0, hours: [] });
		expect(schedule.summary).toContain('no hours are needed');
	});

	it('are listed up to a number, and the others are counted', () => {
		const [schedule] = cheapest(
			Array.from({ length: 20 }, (_, index) => index % 2),
			110,
		);
		expect(schedule.summary).toMatch(/10:00–11:00, 4 more\./);
	});
});

describe('more periods than a profile can have', () => {
	const prices = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 0 : 9));

	it('are refused, with what to do about it', () => {
		expect(failure(() => byBands(prices, { periodsPerProfile: 24 }))).toEqual({
			message: 'The prices give 100 periods, and a profile can have 24',
			description: 'Give fewer.',
		});
	});

	it('are split into profiles that are valid one after the other, the furthest first', () => {
		const furthestFirst = byBands(prices, { periodsPerProfile: 24, split: true });
		expect(furthestFirst.map(({ chargingProfile: { id } }) => id)).toEqual([11, 10, 9, 8, 7]);
		const built = furthestFirst.reverse();
		const profiles = built.map(({ chargingProfile }) => chargingProfile);
		expect(profiles.map(({ id }) => id)).toEqual([7, 8, 9, 10, 11]);
		expect(built.map((schedule) => periodsOf(schedule).length)).toEqual([24, 24, 24, 24, 4]);
		profiles.forEach((profile, index) => {
			expectValid(profile);
			if (index > 0) expect(profile.validFrom).toBe(profiles[index - 1].validTo);
		});
		expect(built[1].summary).toMatch(/^Profile 2 of 5\. 2026-01-16 00:00–2026-01-17 00:00 /);
		const total = (pick: (schedule: PriceSchedule) => number) =>
			built.reduce((sum, schedule) => sum + pick(schedule), 0);
		const [whole] = byBands(prices);
		expect(total(({ cost }) => cost)).toBeCloseTo(whole.cost, 3);
		expect(total(({ energyKwh }) => energyKwh)).toBeCloseTo(whole.energyKwh, 3);
		const limitAt = compositeOf(profiles, MIDNIGHT, MIDNIGHT + 100 * HOUR);
		prices.forEach((price, index) => {
			expect(limitAt(MIDNIGHT + index * HOUR)).toBe(price === 0 ? 22_000 : 4200);
		});
	});

	it('have a stack level each where a level is replaced, and no more profiles than fit', () => {
		const rules = { periodsPerProfile: 24, split: true, profiles: 10, sameLevelReplaces: true };
		const built = byBands(prices, { ...rules, levels: 7 });
		const levels = built.map(({ chargingProfile: { stackLevel } }) => stackLevel);
		expect(levels).toEqual([6, 5, 4, 3, 2]);
		expect(failure(() => byBands(prices, { ...rules, levels: 4 }))).toEqual({
			message:
				'The prices give 100 periods in 5 profiles, and the charger takes 2 profiles of 24 periods, because each needs a stack level of its own',
			description: 'Give only the prices up to 2026-01-16T22:00:00Z. Give fewer.',
		});
		const { identity } = options();
		const leftOver = { chargingProfilePurpose: 'TxDefaultProfile', idFrom: 7, idTo: 16 };
		expect(leftOverOf(identity, options({ ...rules, levels: 7 }), [2, 3])).toEqual({
			...leftOver,
			stackLevels: [4, 5, 6],
		});
		const other = options({ ...rules, sameLevelReplaces: false });
		expect(leftOverOf(identity, other, [2])).toEqual({ ...leftOver, stackLevels: [2] });
		expect(leftOverOf(identity, options({ split: false, profiles: 10 }), [2])).toBeUndefined();
	});

	it('from a price list of a year fit into profiles', () => {
		const year = Array.from({ length: 8760 }, (_, index) => index % 3);
		const built = byBands(year, { split: true });
		expect(built.length).toBeGreaterThan(1);
		for (const { chargingProfile } of built) expectValid(chargingProfile);
		expect(built[0]).toMatchObject({ end: '2027-01-14T22:00:00Z' });
	});
});

describe('whatever the prices', () => {
	const prices = fc.array(
		fc.integer({ min: -50, max: 200 }).map((tenths) => tenths / 10),
		{
			minLength: 1,
			maxLength: 60,
		},
	);
	const identity = fc.record({
		id: fc.integer({ min: -5, max: 9999 }),
		stackLevel: fc.nat(1000),
		purpose: fc.constantFrom('TxDefaultProfile' as const, 'TxProfile' as const),
		transactionId: fc.constant('TX-1'),
	});

	it('the profile is valid, and its limits follow the prices', () => {
		const tenths = fc.integer({ min: 0, max: 500_000 }).map((limit) => limit / 10);
		const limits = fc.record({ low: tenths, high: tenths, unit: fc.constantFrom('A', 'W') });
		fc.assert(
			fc.property(prices, identity, limits, (all, wanted, { low, high, unit }) => {
				const list = listFor(spansOf(all));
				const bands = limitByPrice([{ upToPrice: 3, limit: high }], low, NO_BAND);
				const [{ chargingProfile }] = priceSchedules(
					list,
					planBands(list, bands, 0.001),
					options({ identity: wanted, unit }),
				);
				expectValid(chargingProfile);
				const periods = chargingProfile.chargingSchedule[0].chargingSchedulePeriod;
				all.forEach((price, index) => {
					const period = periods.findLast(({ startPeriod }) => startPeriod <= index * HOUR);
					expect(period?.limit).toBe(price <= 3 ? high : low);
				});
				const merged = periods.every(({ limit }, i) => i === 0 || limit !== periods[i - 1].limit);
				expect(merged).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});

	it('the profile of cheapest hours is valid, and never above the maximum', () => {
		const need = fc.record({
			energyKwh: fc.double({ min: 0, max: 200, noNaN: true }),
			limit: fc.integer({ min: 1, max: 500_000 }).map((limit) => limit / 10),
			otherLimit: fc.constant(0),
			kwPerUnit: fc.constantFrom(0.001, 0.69),
		});
		fc.assert(
			fc.property(prices, identity, need, (all, wanted, one) => {
				const list = listFor(spansOf(all));
				const [schedule] = priceSchedules(
					list,
					planCheapestHours(list.spans, one),
					options({ rule: 'cheapestHours', identity: wanted }),
				);
				expectValid(schedule.chargingProfile);
				expect(Math.max(...periodsOf(schedule).map(({ limit }) => limit))).toBeLessThanOrEqual(
					one.limit,
				);
				expect(schedule.energyKwh + schedule.missingKwh).toBeCloseTo(one.energyKwh, 2);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('warnings', () => {
	const sentences = (list: PriceList, energyKwh: number, now: number, departure?: number) => {
		const need = { energyKwh, limit: 11_000, otherLimit: 0, kwPerUnit: 0.001 };
		const plan = planCheapestHours(list.spans, need);
		const built = priceSchedules(list, plan, options({ rule: 'cheapestHours' }));
		return priceWarnings(built, list, plan, options(), now, departure);
	};

	it('are none if nothing is unexpected', () => {
		expect(sentences(listFor(spansOf([1, 2])), 5, MIDNIGHT, MIDNIGHT + 2 * HOUR)).toEqual([]);
	});

	it('name too little time, prices that end, gaps, repetitions and a start in the future', () => {
		const hour = (index: number) => ({ start: MIDNIGHT + index * HOUR, price: index });
		const list = listOf([hour(0), hour(1), hour(3), hour(1)]);
		expect(sentences(list, 60, MIDNIGHT - 60, MIDNIGHT + 5 * HOUR)).toEqual([
			'Only 44 of 60 kWh fit before 2026-01-15 04:00 Europe/Helsinki: all hours are used.',
			'The prices end at 2026-01-15 04:00 Europe/Helsinki, before the departure: from then on the profile sets no limit.',
			'Prices are missing for 1 h, first 2026-01-15 02:00–03:00 Europe/Helsinki: another price is used there, as chosen in Missing Prices.',
			'1 price was given twice: its repetition was dropped.',
			'The profile begins at 2026-01-14T22:00:00Z. If the charger still has an earlier profile with the ID 7, this one replaces it at once, and until 2026-01-14T22:00:00Z neither of them limits charging. To prevent that, use two IDs in turn.',
		]);
	});
});
