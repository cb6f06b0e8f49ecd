import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	previewChart,
	previewPeriods,
	type PreviewQuery,
} from '../../../../../nodes/shared/charging/preview/schedulePreview.ts';
import type { InstalledProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { limitAt } from '../../../../../sandbox/stations/profileLimits.mts';
import { chargingProfile, installed } from '../profiles.mts';

const HELSINKI = 'Europe/Helsinki';
const HOUR = 3_600_000;
const at = (time: string, zone = HELSINKI) => DateTime.fromISO(time, { zone }).toMillis();

const query = (
	profiles: readonly InstalledProfile[],
	changes: Partial<PreviewQuery> = {},
): PreviewQuery => ({
	profiles,
	evseId: 1,
	evseIds: [1],
	startMs: at('2026-01-15'),
	endMs: at('2026-01-16'),
	zone: HELSINKI,
	unit: 'W',
	voltage: 230,
	phases: 3,
	localLimit: 22_000,
	stationLimit: Infinity,
	...changes,
});

const evening = chargingProfile(
	{ id: 7, stackLevel: 2 },
	{
		startSchedule: '2026-01-15T15:00:00Z',
		duration: 10_800,
		chargingRateUnit: 'W',
		chargingSchedulePeriod: [{ startPeriod: 0, limit: 8100 }],
	},
);

it('says in local time and UTC which limit applies, and which profile sets it', () => {
	expect(previewPeriods(query([installed(1, evening)]))).toEqual([
		{
			start: '2026-01-15T00:00:00+02:00',
			end: '2026-01-15T17:00:00+02:00',
			startUtc: '2026-01-14T22:00:00Z',
			endUtc: '2026-01-15T15:00:00Z',
			limit: 22,
			unit: 'kW',
			limitInWords: '22 kW',
			setBy: [],
		},
		{
			start: '2026-01-15T17:00:00+02:00',
			end: '2026-01-15T20:00:00+02:00',
			startUtc: '2026-01-15T15:00:00Z',
			endUtc: '2026-01-15T18:00:00Z',
			limit: 8.1,
			unit: 'kW',
			limitInWords: '8.1 kW',
			numberPhases: 3,
			setBy: [{ id: 7, purpose: 'TxDefaultProfile', stackLevel: 2, connectorId: '1' }],
		},
		expect.objectContaining({ end: '2026-01-16T00:00:00+02:00', limit: 22, setBy: [] }),
	]);
});

it.each([
	['A per phase', { unit: 'A', localLimit: 32 }, [32, 11.7, 32]],
	['A on one phase', { unit: 'A', localLimit: 32, phases: 1 }, [32, 35.2, 32]],
	['DC', { phases: undefined, localLimit: 150_000 }, [150, 8.1, 150]],
	['the whole station', { evseId: 0, evseIds: [1, 2, 3] }, [66, 52.1, 66]],
	['another connector', { evseId: 2, evseIds: [2] }, [22]],
	['0', { localLimit: 0 }, [0, 8.1, 0]],
	['no local limit', { localLimit: Infinity }, [null, 8.1, null]],
	['no local limit in A', { localLimit: Infinity, unit: 'A' }, [null, 11.7, null]],
	[
		'a station of which one connector has no limit',
		{ localLimit: Infinity, evseId: 0, evseIds: [1, 2] },
		[null],
	],
	[
		'a station with a limit of its own',
		{ localLimit: Infinity, stationLimit: 40_000, evseId: 0, evseIds: [1, 2] },
		[40],
	],
	[
		'a station that can give less than its connectors',
		{ stationLimit: 27_000, evseId: 0, evseIds: [1, 2] },
		[27, 27, 27],
	],
] as const)('for %s, %j, the limits are %j', (_name, changes, limits) => {
	const periods = previewPeriods(query([installed(1, evening)], changes));
	expect(periods.map(({ limit }) => limit)).toEqual(limits);
});

it('a TxProfile applies while its transaction runs, and a Relative one starts with it', () => {
	const relative = chargingProfile(
		{ chargingProfileKind: 'Relative', chargingProfilePurpose: 'TxProfile', transactionId: 'T' },
		{
			startSchedule: undefined,
			chargingRateUnit: 'W',
			chargingSchedulePeriod: [
				{ startPeriod: 0, limit: 4000 },
				{ startPeriod: 3600, limit: 9000 },
			],
		},
	);
	const limits = (changes: Partial<PreviewQuery>) =>
		previewPeriods(query([installed(1, relative)], changes)).map(({ start, limit }) => [
			start.slice(11, 16),
			limit,
		]);
	expect(limits({})).toEqual([['00:00', 22]]);
	const startedAtMs = at('2026-01-15T08:30');
	expect(limits({ transaction: { startedAtMs } })).toEqual([
		['00:00', 22],
		['08:30', 4],
		['09:30', 9],
	]);
	expect(limits({ transaction: { startedAtMs, transactionId: 'other' } })).toEqual([['00:00', 22]]);
});

it.each([
	['2026-03-29', 23, ['00:00:00+02:00', '17:00:00+03:00', '20:00:00+03:00']],
	['2026-10-25', 25, ['00:00:00+03:00', '17:00:00+02:00', '20:00:00+02:00']],
])('%s has %i hours', (day, hours, starts) => {
	const absolute = chargingProfile(
		{},
		{ startSchedule: new Date(at(`${day}T17:00`)).toISOString(), duration: 10_800 },
	);
	const start = at(day);
	const periods = previewPeriods(
		query([installed(1, absolute)], { startMs: start, endMs: start + hours * HOUR }),
	);
	expect(periods.map((period) => period.start)).toEqual(starts.map((time) => `${day}T${time}`));
	expect(DateTime.fromISO(periods[2].end, { zone: HELSINKI }).toFormat('HH:mm')).toBe('00:00');
});

it('equals a naive implementation at every moment, over clock changes and in several zones', () => {
	const zones = fc.constantFrom(
		HELSINKI,
		'Australia/Lord_Howe',
		'America/St_Johns',
		'Asia/Kathmandu',
	);
	const moment = fc.constantFrom(
		...['2026-03-28', '2026-10-24', '2026-04-04', '2026-10-03', '2026-03-07', '2026-10-31'],
	);
	const profiles = fc.array(
		fc.record({
			evseId: fc.integer({ min: 0, max: 2 }),
			stackLevel: fc.integer({ min: 0, max: 3 }),
			recurs: fc.boolean(),
			hour: fc.integer({ min: 0, max: 47 }),
			duration: fc.integer({ min: 1, max: 86_400 }),
			kilowatts: fc.integer({ min: 0, max: 220 }),
			lateKilowatts: fc.integer({ min: 0, max: 220 }),
		}),
		{ maxLength: 6 },
	);
	fc.assert(
		fc.property(
			zones,
			moment,
			profiles,
			fc.integer({ min: 1, max: 72 }),
			fc.constantFrom(0, 1, 2),
			fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 10 }),
			(zone, day, chosen, hours, evseId, moments) => {
				const start = at(day, zone);
				const held = chosen.map((one, index) =>
					installed(
						one.evseId,
						chargingProfile(
							{
								id: index,
								// No two on one stack level: a charger refuses the second (K01.FR.06).
								stackLevel: one.stackLevel * 10 + index,
								...(one.recurs && { chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' }),
							},
							{
								startSchedule: new Date(start + (one.hour - 12) * HOUR).toISOString(),
								duration: one.duration,
								chargingRateUnit: 'W',
								chargingSchedulePeriod: [
									{ startPeriod: 0, limit: one.kilowatts * 100 },
									{ startPeriod: 7200, limit: one.lateKilowatts * 100 },
								],
							},
						),
					),
				);
				const chartQuery = query(held, {
					zone,
					startMs: start,
					endMs: start + hours * HOUR,
					evseId,
					evseIds: [1, 2],
				});
				const periods = previewPeriods(chartQuery);
				expect(periods[0].startUtc).toBe(
					DateTime.fromMillis(start, { zone: 'utc' }).toISO({ suppressMilliseconds: true }),
				);
				periods.slice(1).forEach((period, index) => {
					expect(period.start).toBe(periods[index].end);
				});
				for (const fraction of moments) {
					const second = start / 1000 + Math.floor(fraction * hours * 3600);
					const period = periods.find(
						({ start: from, end: to }) =>
							DateTime.fromISO(from).toSeconds() <= second &&
							second < DateTime.fromISO(to).toSeconds(),
					);
					const held = limitAt(
						{
							...chartQuery,
							evseIds: [1, 2],
							unit: 'W',
							transactions: new Map(),
							defaultLimit: { A: 32, W: 22_000 },
							stationLimit: undefined,
						},
						second,
					);
					expect(period?.limit).toBeCloseTo(held.limit / 1000, 9);
				}
			},
		),
		{ numRuns: 200 },
	);
});

it('the chart names each purpose once, in the words of the form, with IDs and stack levels', () => {
	const later = { ...evening, id: 8, stackLevel: 4, validFrom: '2026-01-15T16:00:00Z' };
	const split = [
		installed(1, { ...evening, validTo: '2026-01-15T16:00:00Z' }),
		installed(1, later),
	];
	const chartQuery = query(split, { localLimit: 22_000 });
	const chart = previewChart(chartQuery, previewPeriods(chartQuery), 'connector 1', 0);
	expect(chart.title).toBe('Charging limit of connector 1');
	expect(chart.periods.map(({ source }) => source)).toEqual([
		...['none', 'TxDefaultProfile', 'TxDefaultProfile', 'none'],
	]);
	expect(chart.sources.find(({ source }) => source === 'TxDefaultProfile')).toEqual({
		source: 'TxDefaultProfile',
		name: 'Transaction Default',
		detail: 'IDs 7–8, levels 2, 4',
	});
	expect(chart.sources.find(({ source }) => source === 'none')).toEqual({
		source: 'none',
		name: 'No profile',
		detail: 'local limit of 22 kW',
	});
});

it('the chart tells a limit that profiles of several purposes set together', () => {
	const transaction = {
		...evening,
		id: 8,
		chargingProfilePurpose: 'TxProfile',
	} as const;
	const chartQuery = query([installed(1, evening), installed(2, transaction)], {
		evseId: 0,
		evseIds: [1, 2],
		transaction: { startedAtMs: at('2026-01-15') },
	});
	const { periods } = previewChart(chartQuery, previewPeriods(chartQuery), 'station', 0);
	expect(periods.map(({ source }) => source)).toEqual(['none', 'several', 'none']);
});

it('where there is no limit, the chart and the output say so', () => {
	const open = query([installed(1, evening)], { localLimit: Infinity });
	const periods = previewPeriods(open);
	expect(periods.map(({ limitInWords, setBy }) => [limitInWords, setBy.length])).toEqual([
		['no limit', 0],
		['8.1 kW', 1],
		['no limit', 0],
	]);
	const chart = previewChart(open, periods, 'connector 1', 0);
	expect(chart.periods.map(({ limit }) => limit)).toEqual([undefined, 8.1, undefined]);
	expect(chart.noLimit).toBe('No profile, no limit');
	expect(chart.sources.map(({ source }) => source)).not.toContain('none');
});
