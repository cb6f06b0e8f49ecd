import { DateTime } from 'luxon';

import { compositeSchedule } from '../../nodes/shared/charging/composite/compositeSchedule.ts';
import { startDelayOf } from '../../nodes/shared/charging/base/startDelay.ts';
import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId, type RunOptions } from '../support/chargerOperations.mts';
import { decodePng } from '../support/png.mts';
import { startSite, type Site } from '../support/site.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';

const DAY = 86_400;
const HELSINKI = { timezone: 'Europe/Helsinki' };

/** In n8n's engine, without an account. */
const build = (parameters: Record<string, unknown>, options: Partial<RunOptions> = {}) =>
	runProfileOperation('schedule:buildFromTariffHours', parameters, {
		credential: {},
		...HELSINKI,
		...options,
	});

const START = { options: { start: '2026-03-27T12:00:00' } };

const row = (changes: Record<string, unknown> = {}) => ({
	days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
	from: '17:00',
	to: '20:00',
	limitKw: 20,
	...changes,
});
const windows = (...rows: unknown[]) => ({ windows: { window: rows } });

describe('Schedule: Build From Tariff Hours', () => {
	it('outputs one item per profile, ready for Set, with a summary', async () => {
		const { status, items, hints } = await build({
			outside: 'limit',
			limitOutsideKw: '50.5',
			...START,
		});
		expect(status).toBe('success');
		expect(items).toHaveLength(3);
		expect(items[0]).toEqual({
			json: {
				chargingProfile: {
					id: 100,
					stackLevel: 2,
					chargingProfilePurpose: 'TxDefaultProfile',
					chargingProfileKind: 'Recurring',
					recurrencyKind: 'Weekly',
					validFrom: '2026-10-25T01:00:00Z',
					validTo: '2027-03-28T01:00:00Z',
					chargingSchedule: [
						{
							id: 1,
							startSchedule: '2026-10-19T15:00:00Z',
							duration: 7 * DAY,
							chargingRateUnit: 'W',
							chargingSchedulePeriod: expect.arrayContaining([
								{ startPeriod: 0, limit: 20_000 },
								{ startPeriod: 3 * 3600, limit: 50_500 },
							]) as unknown,
						},
					],
				},
				summary:
					'Weekdays 17:00–20:00 Europe/Helsinki: 20 kW for each connector. At other times 50.5 kW for each connector. ' +
					'Clock changes on 29 March 2026 and 25 October 2026 are taken into account. Send it again before 28 March 2027.',
				stackLevels: [2],
				sendAgainBefore: '2027-03-28T01:00:00Z',
				clearBefore: {
					chargingProfilePurpose: 'TxDefaultProfile',
					stackLevels: [2, 3],
					idFrom: 100,
					idTo: 199,
				},
				clearAfter: { chargingProfilePurpose: 'TxDefaultProfile', stackLevels: [3] },
			},
			pairedItem: { item: 0 },
			binary: { chart: expect.anything() as unknown, chartSvg: expect.anything() as unknown },
		});
		expect(hints).toEqual([]);
	});

	it('has a chart of the week, as PNG and SVG, in the first item only', async () => {
		const { items } = await build({
			outside: 'limit',
			limitOutsideKw: 50,
			...windows(row()),
			...START,
		});
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['chart', 'chartSvg'],
			[],
			[],
		]);
		const { chart, chartSvg } = items[0].binary!;
		expect([chart.mimeType, chart.fileName]).toEqual(['image/png', 'tariff-hours.png']);
		expect(decodePng(Buffer.from(chart.data, 'base64')).width).toBe(1200);
		expect([chartSvg.mimeType, chartSvg.fileName]).toEqual(['image/svg+xml', 'tariff-hours.svg']);
		const svg = Buffer.from(chartSvg.data, 'base64').toString();
		for (const text of [
			'Weekdays 17:00–20:00: 20 kW',
			'Fri 27 Mar',
			'clocks +1 h',
			'>20<',
			'>50<',
		]) {
			expect(svg).toContain(text);
		}
	});

	it('takes seasons, and holidays as an API answers them, and lists them to read back', async () => {
		const { status, items, hints } = await build(
			{
				outside: 'limit',
				limitOutsideKw: 50,
				chargerCapacity: 'unknown',
				...windows(
					row({ seasonFrom: '11-01', seasonUntil: '03-31' }),
					row({ days: ['sunday'], from: '08:00', to: '09:00' }),
				),
				options: { start: '2026-03-27T12:00:00', holidays: '={{ $json.holidays }}' },
			},
			{ items: [{ holidays: [{ date: '2026-12-25', localName: 'Joulupäivä' }] }] },
		);
		expect(status).toBe('success');
		expect(items[0].json.calendar).toEqual([
			'1 April to 31 October: Sun 08:00–09:00 20 kW',
			'1 November to 31 March: Weekdays 17:00–20:00 20 kW, Sun 08:00–09:00 20 kW',
			'Friday 25 December 2026 as Sunday: 08:00–09:00 20 kW',
		]);
		expect(items[0].json.summary).toContain('1 holiday counts as Sunday.');
		expect(items.map(({ json }) => json.sendAgainBefore)).toEqual(
			items.map(() => '2027-03-28T01:00:00Z'),
		);
		const absolute = items
			.map(({ json }) => json.chargingProfile as unknown as ChargingProfile)
			.filter(({ chargingProfileKind }) => chargingProfileKind === 'Absolute');
		expect(absolute.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
			['2026-12-25T06:00:00Z', '2026-12-25T18:00:00Z'],
		]);
		expect(hints.join(' ')).toContain('The last of the Holidays is 25 December 2026');
	});

	it('without a profile there is no item, and no chart', async () => {
		const { status, items } = await build({
			mode: 'nextDays',
			daysAhead: 1,
			...windows(row({ days: ['sunday'] })),
			...START,
		});
		expect([status, items]).toEqual(['success', []]);
	});

	it('takes windows as JSON, amperes, a time zone, a purpose, a stack level and an ID, separately for each item', async () => {
		const json = [
			{ days: ['Sat', 'sunday'], from: '22:00', to: '06:00', overMidnight: true, limit: 8.1 },
		];
		const { items } = await build(
			{
				limitUnit: 'A',
				specifyWindows: 'json',
				windowsJson: '={{ JSON.stringify($json.windows) }}',
				mode: 'nextDays',
				daysAhead: '={{ $json.days }}',
				timezone: 'America/New_York',
				chargingProfilePurpose: 'TxDefaultProfile',
				stackLevel: 3,
				chargingProfileId: 0,
				outside: 'limit',
				limitOutsideA: 0,
				options: { start: '2026-03-07' },
			},
			{
				items: [
					{ windows: json, days: 2 },
					{ windows: json, days: '1' },
				],
			},
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items[0].json.chargingProfile).toEqual({
			id: 0,
			stackLevel: 3,
			chargingProfilePurpose: 'TxDefaultProfile',
			chargingProfileKind: 'Absolute',
			validFrom: '2026-03-07T05:00:00Z',
			validTo: '2026-03-09T04:00:00Z',
			chargingSchedule: [
				{
					id: 1,
					startSchedule: '2026-03-07T05:00:00Z',
					duration: 47 * 3600,
					chargingRateUnit: 'A',
					chargingSchedulePeriod: [
						{ startPeriod: 0, limit: 0 },
						{ startPeriod: 22 * 3600, limit: 8.1 },
						{ startPeriod: 29 * 3600, limit: 0 },
						{ startPeriod: 45 * 3600, limit: 8.1 },
					],
				},
			],
		});
	});

	it('starts now by default', async () => {
		const { items } = await build({ mode: 'nextDays', daysAhead: 2, outside: 'limit' });
		const { validFrom } = items[0].json.chargingProfile as unknown as ChargingProfile;
		const age = DateTime.now().diff(DateTime.fromISO(validFrom!)).as('hours');
		expect(age).toBeGreaterThanOrEqual(0);
		expect(age).toBeLessThan(26);
	});

	it('warns about what may not be as expected', async () => {
		const { items, hints } = await build({
			...windows(
				row(),
				row({ days: ['sunday', 'monday'], from: '03:30', to: '18:00', limitKw: 0 }),
			),
			...START,
			chargerCapacity: 'unlimited',
		});
		expect(hints).toEqual([
			'Windows 1 and 2 overlap, first on Monday 17:00–18:00: there the lower limit applies, 0 kW.',
			expect.stringContaining('29 March 2026 the clocks of Europe/Helsinki skip 03:00–04:00'),
			expect.stringContaining('25 October 2026 the clocks of Europe/Helsinki repeat 03:00–04:00'),
			expect.stringContaining('most AC cars pause'),
			expect.stringContaining('The profiles use the stack levels 2 to 7'),
		]);
		expect(items[0].json.warnings).toEqual(hints);
		expect(items[0].json.stackLevels).toEqual([2, 3, 4, 5, 6, 7]);
	});

	it('gives nothing to send for days without a window, and says so', async () => {
		const { status, items, hints } = await build({
			mode: 'nextDays',
			daysAhead: 2,
			options: { start: '2026-03-28' },
		});
		expect({ status, items }).toEqual({ status: 'success', items: [] });
		expect(hints).toEqual(['No window falls in the days ahead: there is no profile to send.']);
	});

	it('refuses bad input, naming row and field, and the item', async () => {
		const { status, error } = await build(windows(row(), row({ from: '={{ $json.from }}' })), {
			items: [{ from: '18:00' }, { from: 'noon' }],
		});
		expect(status).toBe('error');
		expect(error?.message).toBe('From of Window 2 is "noon", which is not a time of day [item 1]');
		expect(error?.description).toMatch(
			/^Enter hours and minutes .* Nothing was sent for any item\.$/,
		);
	});

	it('refuses more than a charging profile can hold', async () => {
		const everyDay = [...row().days, 'saturday', 'sunday'];
		const rows = Array.from({ length: 24 }, (_, hour) =>
			row({ days: everyDay, from: `${hour}:00`, to: `${hour}:30`, limitKw: hour }),
		);
		const { error } = await build({
			...windows(...rows),
			...START,
			outside: 'limit',
			limitOutsideKw: 50,
			mode: 'nextDays',
			daysAhead: 31,
			chargerCapacity: 'unlimited',
		});
		expect(error).toMatchObject({
			// 29 March has one hour less.
			message:
				'The windows do not fit into a charging profile: Has 1486 periods; at most 1024 are allowed. [item 0]',
			description: 'Choose fewer days ahead, or fewer windows. Nothing was sent.',
		});
	});

	it('fits a charger of unknown capacity, and says how long the profiles last', async () => {
		const { items, hints } = await build(START);
		expect(items).toHaveLength(6);
		expect(items[0].json.stackLevels).toEqual([2]);
		expect(hints).toEqual([
			expect.stringContaining(
				'The charger’s capacity holds these profiles until 2026-05-03T21:00:00Z only',
			),
		]);
		for (const field of ['clearBefore', 'clearAfter']) {
			expect(items.map(({ json }) => field in json)).toEqual([
				true,
				...Array<boolean>(5).fill(false),
			]);
		}
	});

	it('refuses what does not fit the charger, with what would', async () => {
		const { items, error } = await build({ ...START, chargerCapacity: 'ocpp16', stackLevel: 0 });
		expect(items).toEqual([]);
		expect(error?.message).toContain(
			'Charger Capacity is 24 periods in a profile, 10 profiles and the stack level 0',
		);
		expect(error?.description).toContain('Choose the mode Next Days with 3 Days Ahead');
		expect(error?.description).toContain('Choose a Limit Outside the Windows');
	});

	it('names the stack levels of the charger if the lowest one is too high', async () => {
		const { error } = await build({ ...START, chargerCapacity: 'ocpp16' });
		expect(error?.description).toContain('Choose a Stack Level of at most 0.');
	});

	it('states phases and the minimum charging rate in every profile', async () => {
		const { items, hints } = await build({
			limitUnit: 'A',
			outside: 'limit',
			limitOutsideA: 4,
			options: { ...START.options, numberPhases: 1, phaseToUse: 2, minChargingRateA: 6 },
		});
		expect(items.length).toBeGreaterThan(1);
		for (const { json } of items) {
			const [schedule] = (json.chargingProfile as unknown as ChargingProfile).chargingSchedule;
			expect(schedule.minChargingRate).toBe(6);
			for (const period of schedule.chargingSchedulePeriod) {
				expect(period).toMatchObject({ numberPhases: 1, phaseToUse: 2 });
			}
		}
		expect(items[0].json.summary).toContain('Cars charge on phase 2 only.');
		expect(hints).toContainEqual(
			expect.stringContaining('minChargingRate is 6 A, which is above the limit of 4 A'),
		);
	});

	it('lets each station rise late by its own start delay, and fall on time', async () => {
		const { items } = await build(
			{
				outside: 'limit',
				limitOutsideKw: 50,
				mode: 'nextDays',
				daysAhead: 1,
				options: { start: '2026-01-14', startDelayMinutes: 30 },
			},
			{ items: [{ stationId: 'DEPOT-DC-1' }, { stationId: 'OFFICE-AC-3' }] },
		);
		const delays = ['DEPOT-DC-1', 'OFFICE-AC-3'].map((stationId) => startDelayOf(stationId, 30));
		expect(delays[0]).not.toBe(delays[1]);
		expect(items).toHaveLength(2);
		for (const [index, { json, pairedItem }] of items.entries()) {
			expect(pairedItem).toEqual({ item: index });
			expect(json.summary).toContain(`Every rise of the limit comes ${delays[index]} s late`);
			expect(json).toMatchObject({
				startDelay: delays[index],
				chargingProfile: {
					chargingSchedule: [
						{
							chargingSchedulePeriod: [
								{ startPeriod: 0, limit: 50_000 },
								{ startPeriod: 17 * 3600, limit: 20_000 },
								{ startPeriod: 20 * 3600 + delays[index], limit: 50_000 },
							],
						},
					],
				},
			});
		}
		const { error } = await build({ options: { startDelayMinutes: 30 } });
		expect(error?.message).toContain('needs a charging station');
	});

	it('gives the same warnings as Set', async () => {
		const { items, hints } = await build({
			...START,
			chargingProfilePurpose: 'ChargingStationExternalConstraints',
		});
		const warning = expect.stringContaining('only an external system sets') as string;
		expect(items[0].json.warnings).toContainEqual(warning);
		expect(hints).toContainEqual(warning);
	});

	it('takes −0 as 0, and rounds W to one decimal, without binary rounding errors', async () => {
		const { items } = await build({
			...windows(
				row({ limitKw: -0 }),
				row({ days: ['saturday'], limitKw: 8.12345 }),
				row({ days: ['sunday'], limitKw: 8.1 }),
			),
			timezone: 'UTC',
			outside: 'limit',
			limitOutsideKw: 16.1,
		});
		const [{ chargingSchedule }] = items.map(
			({ json: { chargingProfile } }) => chargingProfile as unknown as ChargingProfile,
		);
		const limits = chargingSchedule[0].chargingSchedulePeriod.map(({ limit }) => limit);
		expect(limits).toEqual(expect.arrayContaining([0, 8100, 8123.4, 16_100]));
		expect(limits.some((limit) => Object.is(limit, -0))).toBe(false);
	});
});

describe('the station', () => {
	const AC3 = 'OFFICE-AC-3';
	let site: Site;

	beforeAll(async () => {
		site = await startSite();
	});
	afterAll(() => site.stop());
	beforeEach(() => site.reset());

	/** Sends what was built, in order; each must be accepted. */
	async function send(profiles: unknown[]) {
		const { items, error, hints } = await runProfileOperation(
			'chargingStation:setProfile',
			{
				stationId: byId(AC3),
				specifyProfile: 'json',
				profileJson: '={{ $json.chargingProfile }}',
			},
			{
				credential: credentialsFor(site).accessToken(),
				items: profiles.map((chargingProfile) => ({ chargingProfile })) as RunOptions['items'],
				...HELSINKI,
			},
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json: { response } }) => response)).toEqual(profiles.map(() => 'Accepted'));
		// Set gives no warning about clock changes, only that the days of this test are over.
		expect(hints.filter((hint) => !hint.includes('validTo: Lies in the past'))).toEqual([]);
	}

	const recurring = { options: {} };
	const nextDays = { mode: 'nextDays', daysAhead: 4 };
	const night = windows(
		row(),
		row({ days: ['saturday'], from: '22:00', to: '05:30', overMidnight: true, limitKw: 10 }),
	);

	it.each([
		['Recurring, no limit outside', { ...night, ...recurring }],
		[
			'Recurring, a limit outside',
			{ ...night, ...recurring, outside: 'limit', limitOutsideKw: 15 },
		],
		['Next Days, no limit outside', { ...night, ...nextDays }],
		['Next Days, a limit outside', { ...night, ...nextDays, outside: 'limit', limitOutsideKw: 15 }],
	])(
		'accepts all profiles, follows the windows, and accepts later profiles in their place: %s',
		async (_, parameters) => {
			// Friday is two days before the clocks are set forward; the third day is the Monday after that.
			// The station has room for the profiles of former builds that are not replaced.
			await site.setCapacity(AC3, { profiles: 20 });
			const saturdayNight = ['2026-03-29T05:00:00', 10_000] as const;
			const mondayEvening = ['2026-03-30T18:00:00', 20_000] as const;
			for (const [start, [moment, wanted]] of [
				['2026-03-27T00:00:00', saturdayNight],
				['2026-03-28T12:00:00', saturdayNight],
				['2026-03-30T00:00:00', mondayEvening],
			] as const) {
				const from = DateTime.fromISO(start, { zone: 'Europe/Helsinki' });
				const { items } = await build({ ...parameters, options: { start } });
				const profiles = items.map(
					({ json }) => json.chargingProfile as unknown as ChargingProfile,
				);
				await send(profiles);

				await site.setClock(from.toUTC().toISO()!);
				const { scheduleStart, chargingSchedulePeriod } = await site.compositeSchedule(AC3, {
					evseId: 1,
					duration: 3 * DAY,
					chargingRateUnit: 'W',
				});
				const preview = compositeSchedule({
					profiles: profiles.map((profile) => ({ evseId: 0, profile })),
					evseId: 1,
					evseIds: [1],
					startMs: DateTime.fromISO(scheduleStart).toMillis(),
					endMs: DateTime.fromISO(scheduleStart)
						.plus({ seconds: 3 * DAY })
						.toMillis(),
					unit: 'W',
					voltage: 230,
					phases: 3,
					transactions: new Map(),
					defaultLimit: { A: 32, W: 22_080 },
				});
				expect(chargingSchedulePeriod.length).toBeGreaterThan(1);
				expect(
					chargingSchedulePeriod.map(({ startPeriod, limit }) => [startPeriod, limit]),
				).toEqual(preview.map(({ startPeriod, limit }) => [startPeriod, limit]));
				const into = DateTime.fromISO(moment, { zone: 'Europe/Helsinki' }).diff(from).as('seconds');
				expect(
					chargingSchedulePeriod.filter(({ startPeriod }) => startPeriod <= into).at(-1)?.limit,
				).toBe(wanted);
			}
		},
	);
});
