import { STATIONS } from '../../../sandbox/fleet.mts';
import {
	defaultProfileId,
	toChargingProfile,
	toRateLimit,
	type LimitTarget,
} from '../../../sandbox/csms/powerLimits.mts';
import type { RateUnit } from '../../../nodes/shared/charging/profile/profile.ts';

const [dcAsset, ac3Asset, ac1Asset] = STATIONS;
const dc = { asset: dcAsset, rateUnits: ['W'] as RateUnit[] };
const ac3 = { asset: ac3Asset, rateUnits: ['A', 'W'] as RateUnit[] };
const ac1 = { asset: ac1Asset, rateUnits: ['A', 'W'] as RateUnit[] };
const NOW = Date.parse('2026-03-01T16:00:00.750Z');

describe('a power limit in a unit of the station', () => {
	it.each([
		['amperes unchanged', ac3, { acMaxPowerA: 16.1 }, { unit: 'A', limit: 16.1 }],
		['kW unchanged', ac3, { acMaxPowerKw: 11 }, { unit: 'W', limit: 11_000 }],
		['0 as a limit', ac3, { acMaxPowerA: 0 }, { unit: 'A', limit: 0 }],
		['the tightest: A', ac3, { acMaxPowerA: 10, acMaxPowerKw: 7 }, { unit: 'A', limit: 10 }],
		['the tightest: kW', ac3, { acMaxPowerA: 10, acMaxPowerKw: 6.8 }, { unit: 'W', limit: 6800 }],
		['one phase', ac1, { acMaxPowerA: 10, acMaxPowerKw: 2.2 }, { unit: 'W', limit: 2200 }],
		['DC power unchanged', dc, { dcMaxPowerKw: 50 }, { unit: 'W', limit: 50_000 }],
		['AC power by the ratio', dc, { acMaxPowerKw: 50 }, { unit: 'W', limit: 46_000 }],
		['AC current by the ratio', dc, { acMaxPowerA: 100 }, { unit: 'W', limit: 63_480 }],
		[
			'the lowest of three',
			dc,
			{ acMaxPowerA: 100, acMaxPowerKw: 80, dcMaxPowerKw: 70 },
			{ unit: 'W', limit: 63_480 },
		],
	] as const)('%s', (_name, station, limit, expected) => {
		expect(toRateLimit(station, limit)).toEqual(expected);
	});

	it('is rounded down when watts become amperes', () => {
		const amperesOnly = { asset: ac3Asset, rateUnits: ['A'] as RateUnit[] };
		expect(toRateLimit(amperesOnly, { acMaxPowerKw: 11 })).toEqual({ unit: 'A', limit: 15.9 });
	});
});

describe('the profile of a power limit', () => {
	const station: LimitTarget = { kind: 'station' };
	const connector: LimitTarget = { kind: 'connector', evseId: 1 };
	const transaction: LimitTarget = { kind: 'transaction', evseId: 1, txId: 'tx-1' };
	const limit = { acMaxPowerA: 16 };

	it.each([
		[station, {}, 'ChargingStationMaxProfile', 'Absolute'],
		[station, { relativeDelay: 60 }, 'TxDefaultProfile', 'Relative'],
		[connector, {}, 'TxDefaultProfile', 'Absolute'],
		[connector, { relativeDelay: 0 }, 'TxDefaultProfile', 'Relative'],
		[transaction, {}, 'TxProfile', 'Absolute'],
	] as const)('of %j with %j is a %s, %s', (target, options, purpose, kind) => {
		const profile = toChargingProfile(ac3, target, limit, options, NOW);
		expect([profile.chargingProfilePurpose, profile.chargingProfileKind]).toEqual([purpose, kind]);
		expect(profile.transactionId).toBe(target.kind === 'transaction' ? 'tx-1' : undefined);
	});

	it('applies at once, from the last full second', () => {
		const [schedule] = toChargingProfile(ac3, station, limit, {}, NOW).chargingSchedule;
		expect(schedule).toEqual({
			id: 1,
			chargingRateUnit: 'A',
			startSchedule: '2026-03-01T16:00:00.000Z',
			chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
		});
	});

	it("starts with the station's own limit until the delay is over", () => {
		const profile = toChargingProfile(ac3, connector, limit, { relativeDelay: 600 }, NOW);
		expect(profile.chargingSchedule).toEqual([
			{
				id: 1,
				chargingRateUnit: 'A',
				chargingSchedulePeriod: [
					{ startPeriod: 0, limit: 32 },
					{ startPeriod: 600, limit: 16 },
				],
			},
		]);
	});

	it('carries the condition in customData, on stack level 1000 by default', () => {
		const condition = 'whenNoCloudConnection';
		expect(toChargingProfile(ac3, station, limit, { condition }, NOW)).toMatchObject({
			stackLevel: 1000,
			customData: { vendorId: 'ChargeEye', condition: { whenNoCloudConnection: true } },
		});
		expect(toChargingProfile(ac3, station, limit, { condition, stackLevel: 0 }, NOW)).toMatchObject(
			{ stackLevel: 0 },
		);
	});

	it('has the id that was given, also 0', () => {
		expect(toChargingProfile(ac3, station, limit, { chargingProfileId: 0 }, NOW).id).toBe(0);
	});

	it('has by default an id from 3000 to 5282, a different one for each target and stack level', () => {
		const evseIds = Array.from({ length: 15 }, (_, index) => index + 1);
		const targets: LimitTarget[] = [
			station,
			...evseIds.map((evseId) => ({ kind: 'connector' as const, evseId })),
			...evseIds.map((evseId) => ({ kind: 'transaction' as const, evseId, txId: 'x' })),
		];
		const variants = [{}, { condition: 'whenNoCloudConnection' }, { stackLevel: 1 }];
		const ids = targets.flatMap((target) =>
			variants.map((options) => defaultProfileId(target, options)),
		);
		expect(new Set(ids).size).toBe(targets.length * variants.length);
		expect(Math.min(...ids)).toBeGreaterThanOrEqual(3000);
		expect(Math.max(...ids)).toBeLessThanOrEqual(5282);
	});
});
