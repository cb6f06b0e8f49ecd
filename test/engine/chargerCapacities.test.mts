import { DateTime } from 'luxon';

import { credentialsFor } from '../../host/credentials.mts';
import type { StationCapacity } from '../../sandbox/stations/capacity.mts';
import type { Tariff } from '../../nodes/shared/charging/tariff/tariff.ts';
import { COLUMNS, firstFit } from '../../tools/capacity/table.mts';
import { TYPICAL_TARIFFS, type TypicalTariff } from '../../tools/capacity/tariffs.mts';
import { byId } from '../support/chargerOperations.mts';
import { startSite, type Site } from '../support/site.mts';
import { profileRunner, runProfileOperation } from '../support/smartChargingProfile.mts';
import { naiveTariffLimit } from '../unit/shared/charging/tariff/tariffs.mts';

const STATION = 'OFFICE-AC-3';
const DAY = 86_400;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

let site: Site;

beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site.stop());
beforeEach(() => site.reset());

type Column = (typeof COLUMNS)[number];

/** The capacity that the station really has, as the user states it in the form. */
const realCapacity = ({
	capacity: { periods, levels, profiles, sameLevelReplaces },
}: Column): StationCapacity => ({
	periods,
	levels,
	profiles,
	replacesBy: sameLevelReplaces ? 'purposeAndStackLevel' : 'id',
});

const statedCapacity = ({ capacity, stackLevel }: Column) => ({
	stackLevel,
	...(capacity.sameLevelReplaces
		? { chargerCapacity: 'ocpp16' }
		: {
				chargerCapacity: 'custom',
				capacityPeriods: capacity.periods,
				capacityLevels: capacity.levels,
				capacityProfiles: capacity.profiles,
			}),
});

const clockText = (seconds: number) =>
	`${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String((seconds / 60) % 60).padStart(2, '0')}`;

/** The tariff as a user enters it. */
const formOf = ({ windows, outside, zone }: TypicalTariff) => ({
	windows: {
		window: windows.map(({ days, from, to, overMidnight, limit }) => ({
			days: days.map((day) => WEEKDAYS[day - 1]),
			from: clockText(from),
			to: clockText(to),
			overMidnight,
			limitKw: limit / 1000,
		})),
	},
	outside: 'limit',
	limitOutsideKw: outside / 1000,
	timezone: zone,
});

const build = (parameters: Record<string, unknown>) =>
	runProfileOperation('schedule:buildFromTariffHours', parameters, { credential: {} });

const set = (items: Awaited<ReturnType<typeof build>>['items'], options = {}) =>
	profileRunner(site)(
		'chargingStation:setProfile',
		{ stationId: byId(STATION), specifyProfile: 'items', options },
		{
			credential: credentialsFor(site).accessToken(),
			items: items.map(({ json }) => json),
			timezone: 'UTC',
		},
	);

const limitsFor = async (seconds: number) =>
	await site.compositeSchedule(STATION, {
		evseId: 1,
		duration: seconds,
		chargingRateUnit: 'W',
	});

// The clocks of Europe go forward on 29 March, those of the USA on 8 March.
const STARTS: Record<string, string> = { America: '2026-03-05T10:00', Europe: '2026-03-26T10:00' };

const cases = TYPICAL_TARIFFS.flatMap((typical) =>
	COLUMNS.slice(1).flatMap((column) => {
		const fit = firstFit(typical, true, column);
		return fit === undefined ? [] : [[typical.name, column.title, typical, column, fit] as const];
	}),
);

it('all twelve tariffs fit in at least one of the capacities', () => {
	expect(new Set(cases.map(([name]) => name)).size).toBe(TYPICAL_TARIFFS.length);
});

it.each(cases)(
	'%s: a station of %s accepts every profile, and follows the windows',
	async (...of) => {
		const [, , typical, column, { mode, tariff }] = of;
		const continent = typical.zone.split('/')[0];
		const start = DateTime.fromISO(STARTS[continent] ?? STARTS.Europe, { zone: typical.zone });
		await site.setClock(start.toUTC().toISO()!);
		await site.setCapacity(STATION, realCapacity(column));

		const built = await build({
			...formOf(typical),
			...statedCapacity(column),
			...(mode === 'R' ? { mode: 'recurring' } : { mode: 'nextDays', daysAhead: Number(mode) }),
			options: { start: start.toISO() },
		});
		expect(built.error).toBeUndefined();
		const { items, error } = await set(built.items);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.response)).toEqual(built.items.map(() => 'Accepted'));

		const { sendAgainBefore = start.plus({ days: 7 }).toISO()! } = built.items[0].json;
		const end = Math.min(
			DateTime.fromISO(sendAgainBefore as string).toSeconds(),
			start.plus({ days: 7 }).toSeconds(),
		);
		const seconds = end - start.toSeconds();
		expect(seconds).toBeGreaterThan(2 * DAY);
		const { chargingSchedulePeriod: periods } = await limitsFor(seconds);
		const wrong = Array.from({ length: seconds / 300 }, (_, step) => step * 300)
			.map((second) => ({
				at: start.plus({ seconds: second }).toISO(),
				limit: periods.findLast(({ startPeriod }) => startPeriod <= second)?.limit,
				expected: naiveTariffLimit(tariff, start.toSeconds() + second),
			}))
			.filter(({ limit, expected }) => limit !== expected);
		expect(wrong.slice(0, 3)).toEqual([]);
	},
);

it.each(COLUMNS.slice(1).map((column) => [column.title, column] as const))(
	'over a season’s end and holidays, a station of %s follows the windows',
	async (_, column) => {
		const zone = 'Europe/Madrid';
		const winter = { from: '11-01', until: '03-28' };
		const summer = { from: '03-29', until: '10-31' };
		const window = (days: number[], from: number, to: number, limit: number) => ({
			...{ days, from: from * 3600, to: to * 3600, overMidnight: to < from, limit },
		});
		const tariff = {
			windows: [
				{ ...window([1, 2, 3, 4, 5, 6], 22, 6, 10_000), season: winter },
				{ ...window([1, 2, 3, 4, 5], 10, 14, 20_000), season: summer },
			],
			outside: 50_000,
			holidays: { dates: ['2026-03-31', '2026-04-01'], countAs: 7 },
			zone,
		};
		const start = DateTime.fromISO('2026-03-26T10:00', { zone });
		await site.setClock(start.toUTC().toISO()!);
		await site.setCapacity(STATION, realCapacity(column));
		const form = formOf({ name: '', ...tariff });
		form.windows.window = form.windows.window.map((row, index) => {
			const { from, until } = tariff.windows[index].season;
			return { ...row, seasonFrom: from, seasonUntil: until };
		});
		const built = await build({
			...form,
			...statedCapacity(column),
			options: { start: start.toISO(), holidays: tariff.holidays.dates.join() },
		});
		expect(built.error).toBeUndefined();
		const { error } = await set(built.items);
		expect(error).toBeUndefined();
		const end = DateTime.fromISO(built.items[0].json.sendAgainBefore as string);
		const seconds = Math.min(7 * DAY, end.diff(start).as('seconds'));
		expect(seconds).toBeGreaterThan(2 * DAY);
		const { chargingSchedulePeriod: periods } = await limitsFor(seconds);
		const whole: Tariff = { ...firstFit(TYPICAL_TARIFFS[0], true, column)!.tariff, ...tariff };
		const wrong = Array.from({ length: seconds / 300 }, (_step, step) => step * 300).filter(
			(second) =>
				periods.findLast(({ startPeriod }) => startPeriod <= second)?.limit !==
				naiveTariffLimit(whole, start.toSeconds() + second),
		);
		expect(wrong.slice(0, 3)).toEqual([]);
	},
);

it('a schedule for more than the station takes is refused, with what the charger said and what to do', async () => {
	const [, small] = COLUMNS;
	await site.setCapacity(STATION, { ...realCapacity(small), levels: 2 });
	const built = await build({ ...formOf(TYPICAL_TARIFFS[0]), chargerCapacity: 'unlimited' });
	const { error, items } = await set(built.items);
	expect(items).toEqual([]);
	expect(error?.message).toBe(
		`The charger refused to set the charging profile on ${STATION} [item 0]`,
	);
	expect(error?.description).toContain('InvalidStackLevel');
	expect(error?.description).toContain('The highest stack level is 1');
});

it('as in OCPP 1.6, profiles that were built for OCPP 2.0.1 replace each other', async () => {
	await site.setCapacity(STATION, { levels: 4, replacesBy: 'purposeAndStackLevel' });
	const built = await build({ ...formOf(TYPICAL_TARIFFS[0]), chargerCapacity: 'unknown' });
	await set(built.items);
	const { profiles } = await site.station(STATION);
	expect(profiles.length).toBeLessThan(built.items.length);
	// The current one was sent last, and stays.
	const ids = profiles.map(({ profile }) => profile.id);
	expect(ids).toContain((built.items.at(-1)!.json.chargingProfile as { id: number }).id);
});
