import type { RateUnit } from '../../../nodes/shared/charging/profile/profile.ts';
import {
	stackLevelOf,
	toChargingProfile,
	toRateLimit,
} from '../../../sandbox/csms/powerLimits.mts';
import {
	SetLimits,
	type LimitOptions,
	type LimitTarget,
	type SetLimit,
} from '../../../sandbox/csms/setLimits.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';

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

const station: LimitTarget = { kind: 'station' };
const connector: LimitTarget = { kind: 'connector', evseId: 1 };
const transaction: LimitTarget = { kind: 'transaction', evseId: 1, txId: 'tx-1' };

/** A limit in A as it is remembered. */
function limitOf(target: LimitTarget, options: LimitOptions = {}, amperes = 16): SetLimit {
	const place = { target, condition: options.condition, stackLevel: stackLevelOf(options) };
	return {
		...place,
		profileId: options.chargingProfileId ?? new SetLimits().profileIdFor(place),
		delay: options.relativeDelay,
		rate: { unit: 'A', limit: amperes },
		setAt: NOW,
	};
}

describe('the profile of a power limit', () => {
	const known = { asset: ac3Asset, conditions: ['whenNoCloudConnection'] };
	const profileOf = (limits: SetLimit[], chargingSince?: number, below?: SetLimit['rate']) =>
		toChargingProfile(known, limits, below, chargingSince);

	it.each([
		[station, {}, 'ChargingStationMaxProfile', 'Absolute'],
		// A station's limit is shared by its sessions, also with a delay.
		[station, { relativeDelay: 60 }, 'ChargingStationMaxProfile', 'Absolute'],
		[connector, {}, 'TxDefaultProfile', 'Absolute'],
		[connector, { relativeDelay: 0 }, 'TxDefaultProfile', 'Relative'],
		[transaction, {}, 'TxProfile', 'Absolute'],
		[transaction, { relativeDelay: 60 }, 'TxProfile', 'Relative'],
	] as const)('of %j with %j is a %s, %s', (target, options, purpose, kind) => {
		const profile = profileOf([limitOf(target, options)]);
		expect([profile.chargingProfilePurpose, profile.chargingProfileKind]).toEqual([purpose, kind]);
		expect(profile.transactionId).toBe(target.kind === 'transaction' ? 'tx-1' : undefined);
	});

	it('applies at once, from the last full second', () => {
		const [schedule] = profileOf([limitOf(station)]).chargingSchedule;
		expect(schedule).toEqual({
			id: 1,
			chargingRateUnit: 'A',
			startSchedule: '2026-03-01T16:00:00.000Z',
			chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
		});
	});

	it.each([
		['the station’s own limit', undefined, 32],
		['the limit on a lower stack level', { unit: 'A', limit: 20 } as const, 20],
	])('starts with %s until the delay is over', (_name, below, first) => {
		const profile = profileOf([limitOf(connector, { relativeDelay: 600 })], undefined, below);
		expect(profile.chargingSchedule).toEqual([
			{
				id: 1,
				chargingRateUnit: 'A',
				chargingSchedulePeriod: [
					{ startPeriod: 0, limit: first },
					{ startPeriod: 600, limit: 16 },
				],
			},
		]);
	});

	it.each([
		[8, [16, 8]],
		// A delayed limit lifts none that applies already.
		[20, [16]],
	])('keeps what applies at once before a delayed limit of %i A', (delayed, limits) => {
		const both = [limitOf(connector), limitOf(connector, { relativeDelay: 600 }, delayed)];
		const [{ chargingSchedulePeriod }] = profileOf(both).chargingSchedule;
		expect(chargingSchedulePeriod.map(({ limit }) => limit)).toEqual(limits);
	});

	it.each([
		['the limit was set', undefined, '2026-03-01T16:10:00.000Z'],
		[
			'the station’s sessions charge',
			Date.parse('2026-03-01T15:55:00Z'),
			'2026-03-01T16:05:00.000Z',
		],
	])('of a station with a delay starts that long after %s', (_name, chargingSince, expected) => {
		const profile = profileOf([limitOf(station, { relativeDelay: 600 })], chargingSince);
		expect(profile.chargingSchedule).toMatchObject([
			{ startSchedule: expected, chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
		]);
	});

	it('with limits in both units is in watts', () => {
		const inWatts: SetLimit = {
			...limitOf(connector, { relativeDelay: 60 }),
			rate: { unit: 'W', limit: 5000 },
		};
		expect(profileOf([limitOf(connector), inWatts]).chargingSchedule).toMatchObject([
			{ chargingRateUnit: 'W', chargingSchedulePeriod: [{ limit: 11_040 }, { limit: 5000 }] },
		]);
	});

	it('carries a condition that the station knows in customData, on stack level 1000 by default', () => {
		const condition = 'whenNoCloudConnection';
		expect(profileOf([limitOf(station, { condition })])).toMatchObject({
			stackLevel: 1000,
			customData: { vendorId: 'ChargeEye', condition: { whenNoCloudConnection: true } },
		});
		expect(profileOf([limitOf(station, { condition, stackLevel: 0 })]).stackLevel).toBe(0);
		expect(
			profileOf([limitOf(station, { condition: 'whenSessionNotAuthorized' })]).customData,
		).toBeUndefined();
	});
});

describe('the id of a power limit’s profile', () => {
	it('is the one that was given, also 0', () => {
		expect(limitOf(station, { chargingProfileId: 0 }).profileId).toBe(0);
	});

	it('is by default from 3000 to 5282, a different one for each target, condition and stack level', () => {
		const evseIds = Array.from({ length: 40 }, (_, index) => index + 1);
		const targets: LimitTarget[] = [
			station,
			...evseIds.map((evseId) => ({ kind: 'connector' as const, evseId })),
			...evseIds.map((evseId) => ({ kind: 'transaction' as const, evseId, txId: 'x' })),
		];
		const variants: LimitOptions[] = [
			{},
			{ condition: 'whenNoCloudConnection' },
			// These two would have the same one.
			{ stackLevel: 1 },
			{ stackLevel: 85 },
		];
		const limits = new SetLimits();
		for (const target of targets) {
			for (const options of variants) {
				const limit = limitOf(target, options);
				limits.add({ ...limit, profileId: limits.profileIdFor(limit) });
			}
		}
		const ids = limits.all().map(({ profileId }) => profileId);
		expect(new Set(ids).size).toBe(targets.length * variants.length);
		expect(Math.min(...ids)).toBeGreaterThanOrEqual(3000);
		expect(Math.max(...ids)).toBeLessThanOrEqual(5282);
	});
});
