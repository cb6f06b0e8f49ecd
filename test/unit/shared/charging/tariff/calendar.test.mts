import { DateTime } from 'luxon';

import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { buildTariffProfiles } from '../../../../../nodes/shared/charging/tariff/build.ts';
import { calendarInWords } from '../../../../../nodes/shared/charging/tariff/calendarWords.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { tariffSummary } from '../../../../../nodes/shared/charging/tariff/tariffSummary.ts';
import { tariffWarnings } from '../../../../../nodes/shared/charging/tariff/tariffWarnings.ts';
import { COLUMNS } from '../../../../../tools/capacity/table.mts';
import { TYPICAL_TARIFFS } from '../../../../../tools/capacity/tariffs.mts';
import { tariff, tariffWindow } from './tariffs.mts';
import { clash, DAY, expectTheTariff } from './wallClock.mts';

const HOUR = 3600;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WINTER = { from: '11-01', until: '03-31' };

/** Checks every five minutes of the local days around some dates, as far as the profiles reach. */
function expectAround(chosen: Tariff, profiles: ChargingProfile[], dates: readonly string[]) {
	for (const date of dates) {
		const from = DateTime.fromISO(date, { zone: chosen.zone }).minus({ days: 1 }).toSeconds();
		expectTheTariff(chosen, profiles, from, from + 4 * DAY);
	}
}

const kinds = (profiles: readonly ChargingProfile[]) =>
	profiles.map(({ recurrencyKind = 'Absolute' }) => recurrencyKind);

describe('holidays', () => {
	const dates = ['2026-12-25', '2026-04-06', '2026-04-03', '2026-12-24', '2020-01-01'];

	it('are Absolute profiles above the Recurring ones, one for a week', () => {
		const chosen = tariff({ outside: 50_000, holidays: { dates, countAs: 7 } });
		const { profiles, sendAgainBefore } = buildTariffProfiles(chosen);
		const above = profiles.filter(({ chargingProfileKind }) => chargingProfileKind === 'Absolute');
		expect(above.map(({ stackLevel }) => stackLevel)).toEqual([2, 2, 2]);
		// Christmas Eve and Christmas Day, Easter Monday, Good Friday: from 17:00 to 20:00, when other weekdays differ.
		expect(above.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
			['2026-12-24T15:00:00Z', '2026-12-25T18:00:00Z'],
			['2026-04-06T14:00:00Z', '2026-04-06T17:00:00Z'],
			['2026-04-03T14:00:00Z', '2026-04-03T17:00:00Z'],
		]);
		expect(sendAgainBefore).toBe('2027-03-28T01:00:00Z');
		expectAround(chosen, profiles, [...dates.slice(0, 4), '2026-03-29', '2026-10-25']);
	});

	it('without a limit, where other days have one, need profiles for single weeks', () => {
		const chosen = tariff({
			holidays: { dates: ['2026-01-20'], countAs: 7 },
			capacity: COLUMNS[1].capacity,
		});
		const { profiles, sendAgainBefore } = buildTariffProfiles(chosen);
		expect(sendAgainBefore).toBe('2026-02-22T22:00:00Z');
		expect(profiles.length).toBeLessThanOrEqual(10);
		expectAround(chosen, profiles, ['2026-01-20', '2026-02-16']);
		const unlimited = buildTariffProfiles(tariff({ holidays: chosen.holidays }));
		expect(unlimited.sendAgainBefore).toBe('2026-02-22T22:00:00Z');
		expectAround(chosen, unlimited.profiles, ['2026-01-20', '2026-02-16']);
	});

	it.each([undefined, 1, 6])('count as another day, or have no windows: %s', (countAs) => {
		const windows = [
			tariffWindow(),
			tariffWindow({ days: [5, 6], from: 22 * HOUR, to: 6 * HOUR, overMidnight: true, limit: 0 }),
		];
		const holidays = { dates: ['2026-04-03', '2026-04-11', '2026-04-12'], countAs };
		const chosen = tariff({ windows, outside: 50_000, holidays });
		const { profiles } = buildTariffProfiles(chosen);
		expectAround(chosen, profiles, holidays.dates);
	});

	it('end what a charger holds, if it takes few profiles', () => {
		const weekly = Array.from(
			{ length: 30 },
			(_, week) => DateTime.fromISO('2026-02-03').plus({ weeks: week }).toISODate()!,
		);
		const chosen = tariff({
			outside: 50_000,
			holidays: { dates: weekly, countAs: 7 },
			capacity: COLUMNS[1].capacity,
		});
		const { profiles, sendAgainBefore } = buildTariffProfiles(chosen);
		expect(profiles).toHaveLength(10);
		// Two Recurring profiles and eight Tuesdays: the ninth begins then.
		expect(sendAgainBefore).toBe('2026-03-31T14:00:00Z');
		expect(kinds(profiles).filter((kind) => kind === 'Absolute')).toHaveLength(8);
	});

	it('on a charger that replaces by level: first the week until the holiday, then the holiday', () => {
		const chosen = tariff({
			outside: 50_000,
			holidays: { dates: ['2026-01-20'], countAs: 7 },
			capacity: { ...COLUMNS[1].capacity, levels: 2, sameLevelReplaces: true },
		});
		const before = buildTariffProfiles(chosen);
		expect(kinds(before.profiles)).toEqual(['Weekly']);
		expect(before.sendAgainBefore).toBe('2026-01-20T15:00:00Z');
		const later = { ...chosen, startMs: Date.parse('2026-01-20T15:00:00Z') };
		const during = buildTariffProfiles(later);
		expect(kinds(during.profiles)).toEqual(['Absolute']);
		expect(during.sendAgainBefore).toBe('2026-01-20T18:00:00Z');
		expect(during.profiles[0].stackLevel).toBe(before.profiles[0].stackLevel);
	});
});

describe('seasons', () => {
	it.each(['Europe/Helsinki', 'Asia/Kathmandu', 'America/New_York'])(
		'turn over New Year, on 29 February and over midnight, in %s',
		(zone) => {
			const windows = [
				tariffWindow({ season: WINTER }),
				tariffWindow({
					days: EVERY_DAY,
					from: 22 * HOUR,
					to: 6 * HOUR,
					overMidnight: true,
					limit: 5000,
					season: WINTER,
				}),
				tariffWindow({
					days: EVERY_DAY,
					from: 8 * HOUR,
					to: 10 * HOUR,
					limit: 8000,
					season: { from: '02-29', until: '06-30' },
				}),
				tariffWindow({
					days: EVERY_DAY,
					from: 11 * HOUR,
					to: 12 * HOUR,
					limit: 9000,
					season: { from: '07-01', until: '02-28' },
				}),
			];
			for (const startMs of [
				Date.parse('2026-01-15T10:00:00Z'),
				Date.parse('2027-06-15T10:00:00Z'),
			]) {
				const chosen = tariff({ windows, zone, startMs });
				const { profiles } = buildTariffProfiles(chosen);
				expect(kinds(profiles)).not.toContain('Absolute');
				const year = new Date(startMs).getUTCFullYear();
				expectAround(chosen, profiles, [
					`${year}-10-31`,
					`${year + 1}-01-01`,
					...(year === 2026 ? ['2026-03-01', '2026-03-31'] : ['2028-02-29', '2028-04-01']),
				]);
			}
		},
	);

	it('that have no windows need no profiles', () => {
		const night = { from: 22 * HOUR, to: 6 * HOUR, overMidnight: true };
		const windows = [tariffWindow({ days: EVERY_DAY, ...night, season: WINTER })];
		const chosen = tariff({ windows, startMs: Date.parse('2026-05-15T10:00:00Z') });
		const { profiles, sendAgainBefore } = buildTariffProfiles(chosen);
		// Winter with one clock change in it. It ends when the last night ends, and begins with the first one.
		expect(profiles.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
			['2027-03-28T01:00:00Z', '2027-04-01T03:00:00Z'],
			['2026-11-01T04:00:00Z', '2027-03-28T01:00:00Z'],
		]);
		expect(sendAgainBefore).toBe('2027-10-31T01:00:00Z');
		expectAround(chosen, profiles, ['2026-11-01', '2027-03-28', '2027-04-01']);
	});
});

const SPAIN = [
	'2026-01-01',
	'2026-01-06',
	'2026-05-01',
	'2026-08-15',
	'2026-10-12',
	'2026-12-08',
	'2026-12-25',
];

const REAL: Array<[string, Partial<Tariff>, string[]]> = [
	[
		'Spain 2.0TD with its national holidays',
		{
			zone: 'Europe/Madrid',
			windows: TYPICAL_TARIFFS[0].windows,
			outside: 50_000,
			holidays: { dates: SPAIN, countAs: 7 },
		},
		[...SPAIN, '2026-03-29', '2026-10-25'],
	],
	[
		'a tariff of winter and summer in California',
		{
			zone: 'America/Los_Angeles',
			windows: [
				tariffWindow({
					days: EVERY_DAY,
					from: 16 * HOUR,
					to: 21 * HOUR,
					limit: 10_000,
					season: { from: '06-01', until: '09-30' },
				}),
				tariffWindow({
					days: EVERY_DAY,
					from: 16 * HOUR,
					to: 21 * HOUR,
					season: { from: '10-01', until: '05-31' },
				}),
				tariffWindow({
					days: EVERY_DAY,
					from: 23 * HOUR,
					to: 7 * HOUR,
					overMidnight: true,
					limit: 40_000,
					season: { from: '06-01', until: '09-30' },
				}),
			],
			outside: 50_000,
			holidays: { dates: ['2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'], countAs: 7 },
		},
		[
			'2026-06-01',
			'2026-07-03',
			'2026-09-07',
			'2026-10-01',
			'2026-11-01',
			'2026-11-26',
			'2026-03-08',
		],
	],
	[
		'German network fees, in three of four quarters',
		{
			zone: 'Europe/Berlin',
			windows: [
				{ from: '01-01', until: '03-31' },
				{ from: '04-01', until: '06-30' },
				{ from: '10-01', until: '12-31' },
			].map((season, quarter) =>
				tariffWindow({ days: EVERY_DAY, from: 17 * HOUR, to: (20 + quarter) * HOUR, season }),
			),
		},
		['2026-03-29', '2026-04-01', '2026-07-01', '2026-10-01', '2026-10-25', '2027-01-01'],
	],
];

const capacities = COLUMNS.filter(({ capacity }) => !capacity.sameLevelReplaces);

describe.each(REAL)('%s', (_, changes, dates) => {
	it.each(capacities.map(({ title, capacity }) => [title, capacity] as const))(
		'is exact at every minute on %s, also when it is built again',
		(_title, capacity) => {
			let held: ChargingProfile[] = [];
			for (const day of ['2026-01-15', '2026-03-25', '2026-06-29', '2026-10-20', '2026-12-24']) {
				const startMs = DateTime.fromISO(`${day}T10:00`, { zone: changes.zone }).toMillis();
				const chosen = tariff({ ...changes, startMs, capacity });
				const { profiles, sendAgainBefore } = buildTariffProfiles(chosen);
				expect(profiles.length).toBeLessThanOrEqual(capacity.profiles);
				for (const profile of profiles) {
					held = [...held.filter(({ id }) => id !== profile.id), profile];
					expect(held.filter((other) => clash(profile, other))).toEqual([]);
				}
				const end = sendAgainBefore ? Date.parse(sendAgainBefore) / 1000 : Infinity;
				for (const date of [day, ...dates]) {
					const at = DateTime.fromISO(date, { zone: chosen.zone }).toSeconds();
					const from = Math.max(startMs / 1000, at - DAY);
					const to = Math.min(end, at + 3 * DAY);
					if (from < to) expectTheTariff(chosen, held, from, to);
				}
			}
		},
	);
});

describe('in words', () => {
	const windows = [
		tariffWindow({ season: WINTER }),
		tariffWindow({ days: [7], from: 8 * HOUR, to: 9 * HOUR }),
	];
	const chosen = tariff({
		windows,
		outside: 50_000,
		holidays: { dates: ['2026-12-25', '2026-12-25', '2026-04-06', '2025-12-25'], countAs: 7 },
	});
	const schedule = buildTariffProfiles(chosen);

	it('the calendar has the seasons and the coming holidays', () => {
		expect(calendarInWords(chosen, schedule.sendAgainBefore)).toEqual([
			'1 April to 31 October: Sun 08:00–09:00 20 kW',
			'1 November to 31 March: Weekdays 17:00–20:00 20 kW, Sun 08:00–09:00 20 kW',
			'Monday 6 April 2026 as Sunday: 08:00–09:00 20 kW',
			'Friday 25 December 2026 as Sunday: 08:00–09:00 20 kW',
		]);
		expect(calendarInWords(tariff(), undefined)).toEqual([]);
	});

	it('the summary names seasons and holidays', () => {
		expect(tariffSummary(chosen, schedule)).toContain(
			'Weekdays 17:00–20:00 Europe/Helsinki from 1 November to 31 March: 20 kW. ' +
				'Sun 08:00–09:00 Europe/Helsinki: 20 kW. At other times 50 kW. 3 holidays count as Sunday. ',
		);
	});

	it('a warning names the last holiday, if the profiles apply for longer', () => {
		const warnings = tariffWarnings(chosen, schedule.changes, schedule.sendAgainBefore);
		expect(warnings).toEqual([
			'The last of the Holidays is 25 December 2026, and the profiles apply until 28 March 2027: add later holidays, and build and send them again before.',
		]);
		expect(tariffWarnings(chosen, [], '2026-12-20T22:00:00Z')).toEqual([]);
	});

	it('windows of different seasons do not overlap', () => {
		const summer = tariffWindow({ limit: 5000, season: { from: '04-01', until: '10-31' } });
		const both = tariff({ windows: [tariffWindow({ season: WINTER }), summer] });
		expect(tariffWarnings(both, [], undefined)).toEqual([]);
		const always = tariff({
			windows: [tariffWindow({ season: WINTER }), tariffWindow({ limit: 5000 })],
		});
		expect(tariffWarnings(always, [], undefined)).toEqual([
			expect.stringMatching(/^Windows 1 and 2 overlap, first on Monday 17:00–20:00/),
		]);
	});
});
