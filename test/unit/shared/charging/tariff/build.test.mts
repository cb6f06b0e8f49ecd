import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { buildTariffProfiles } from '../../../../../nodes/shared/charging/tariff/build.ts';
import { tariff, tariffWindow } from './tariffs.mts';

const HOUR = 3600;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const build = (changes: Parameters<typeof tariff>[0]) => buildTariffProfiles(tariff(changes));

/** The fields in which the profiles of a tariff differ. */
const outline = ({ id, stackLevel, validFrom, validTo, chargingSchedule }: ChargingProfile) => ({
	id,
	stackLevel,
	validFrom,
	validTo,
	start: chargingSchedule[0].startSchedule,
	duration: chargingSchedule[0].duration,
});

describe('recurring', () => {
	it('has one Weekly profile between two clock changes, the current one last, if there is a limit at all times', () => {
		const { profiles, stackLevels, sendAgainBefore } = build({ outside: 50_000 });
		expect(stackLevels).toEqual([1]);
		expect(sendAgainBefore).toBe('2027-03-28T01:00:00Z');
		expect(profiles.map(outline)).toEqual([
			{
				id: 100,
				stackLevel: 1,
				validFrom: '2026-10-25T01:00:00Z',
				validTo: '2027-03-28T01:00:00Z',
				start: '2026-10-18T22:00:00Z',
				duration: 7 * 24 * HOUR,
			},
			{
				id: 103,
				stackLevel: 1,
				validFrom: '2026-03-29T01:00:00Z',
				validTo: '2026-10-25T01:00:00Z',
				start: '2026-03-22T21:00:00Z',
				duration: 7 * 24 * HOUR,
			},
			{
				id: 102,
				stackLevel: 1,
				validFrom: '2025-10-26T01:00:00Z',
				validTo: '2026-03-29T01:00:00Z',
				start: '2025-10-19T22:00:00Z',
				duration: 7 * 24 * HOUR,
			},
		]);
		const [{ chargingProfileKind, recurrencyKind, chargingSchedule }] = profiles;
		expect({ chargingProfileKind, recurrencyKind }).toEqual({
			chargingProfileKind: 'Recurring',
			recurrencyKind: 'Weekly',
		});
		expect(chargingSchedule[0].chargingSchedulePeriod.slice(0, 3)).toEqual([
			{ startPeriod: 0, limit: 50_000 },
			{ startPeriod: 17 * HOUR, limit: 20_000 },
			{ startPeriod: 20 * HOUR, limit: 50_000 },
		]);
	});

	it('has a Daily profile without an end for the same hours every day in a zone without clock changes', () => {
		const windows = [tariffWindow({ days: EVERY_DAY, limit: 8.1 })];
		expect(build({ windows, unit: 'A', outside: 0, zone: 'Asia/Kathmandu' })).toEqual({
			profiles: [
				{
					id: 100,
					stackLevel: 1,
					chargingProfilePurpose: 'ChargingStationMaxProfile',
					chargingProfileKind: 'Recurring',
					recurrencyKind: 'Daily',
					chargingSchedule: [
						{
							id: 1,
							startSchedule: '2026-01-14T18:15:00Z',
							duration: 24 * HOUR,
							chargingRateUnit: 'A',
							chargingSchedulePeriod: [
								{ startPeriod: 0, limit: 0 },
								{ startPeriod: 17 * HOUR, limit: 8.1 },
								{ startPeriod: 20 * HOUR, limit: 0 },
							],
						},
					],
				},
			],
			stackLevels: [1],
			changes: [],
		});
	});

	it('has one stack level per day if only weekdays have a limit', () => {
		const { profiles, stackLevels } = build({
			zone: 'Asia/Kathmandu',
			startMs: Date.UTC(2026, 0, 15),
		});
		expect(stackLevels).toEqual([1, 2, 3, 4, 5]);
		expect(profiles.map(outline)).toEqual(
			['12', '13', '14', '08', '09'].map((day, lane) => ({
				id: 100 + 4 * lane,
				stackLevel: 1 + lane,
				start: `2026-01-${day}T11:15:00Z`,
				duration: 3 * HOUR,
			})),
		);
	});

	it('has one Daily profile of three hours for the same evening every day', () => {
		const { profiles, stackLevels } = build({ windows: [tariffWindow({ days: EVERY_DAY })] });
		expect(stackLevels).toEqual([1]);
		expect(profiles.map(({ recurrencyKind }) => recurrencyKind)).toEqual([
			'Daily',
			'Daily',
			'Daily',
		]);
		expect(profiles.map(outline)).toMatchObject(Array(3).fill({ duration: 3 * HOUR }));
	});

	it('is the same at whatever time it is built between two clock changes', () => {
		const early = build({ startMs: Date.parse('2026-03-29T01:00:00Z') });
		const late = build({ startMs: Date.parse('2026-10-25T00:59:59Z') });
		expect(late.profiles.slice(0, 3)).toEqual(early.profiles.slice(0, 3));
	});
});

describe('the next days', () => {
	it('are one Absolute profile if there is a limit at all times', () => {
		const start = Date.parse('2026-03-28T10:00:00Z');
		const { profiles, sendAgainBefore } = build({
			startMs: start,
			outside: 50_000,
			mode: { days: 3 },
		});
		expect(sendAgainBefore).toBe('2026-03-30T21:00:00Z');
		expect(profiles).toEqual([
			{
				id: 100,
				stackLevel: 1,
				chargingProfilePurpose: 'ChargingStationMaxProfile',
				chargingProfileKind: 'Absolute',
				validFrom: '2026-03-27T22:00:00Z',
				validTo: '2026-03-30T21:00:00Z',
				chargingSchedule: [
					{
						id: 1,
						startSchedule: '2026-03-27T22:00:00Z',
						// Saturday, a Sunday of 23 hours, and Monday.
						duration: 71 * HOUR,
						chargingRateUnit: 'W',
						chargingSchedulePeriod: [
							{ startPeriod: 0, limit: 50_000 },
							{ startPeriod: (47 + 17) * HOUR, limit: 20_000 },
							{ startPeriod: (47 + 20) * HOUR, limit: 50_000 },
						],
					},
				],
			},
		]);
	});

	it('are one profile per evening if other times have no limit', () => {
		const { profiles, stackLevels } = build({ mode: { days: 4 } });
		expect(stackLevels).toEqual([1]);
		// 15 January 2026 is a Thursday.
		expect(profiles.map(outline)).toEqual([
			{
				id: 100 + (20_469 % 4),
				stackLevel: 1,
				validFrom: '2026-01-16T15:00:00Z',
				validTo: '2026-01-16T18:00:00Z',
				start: '2026-01-16T15:00:00Z',
				duration: 3 * HOUR,
			},
			{
				id: 100 + (20_468 % 4),
				stackLevel: 1,
				validFrom: '2026-01-15T15:00:00Z',
				validTo: '2026-01-15T18:00:00Z',
				start: '2026-01-15T15:00:00Z',
				duration: 3 * HOUR,
			},
		]);
	});

	it('have no profile if they include no window', () => {
		const saturday = Date.parse('2026-01-17T10:00:00Z');
		expect(build({ startMs: saturday, mode: { days: 2 } })).toMatchObject({
			profiles: [],
			stackLevels: [],
			sendAgainBefore: '2026-01-18T22:00:00Z',
		});
	});
});
