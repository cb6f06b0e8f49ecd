import fc from 'fast-check';
import { DateTime } from 'luxon';

import { CAPACITIES } from '../../../../../nodes/shared/charging/capacity/capacity.ts';
import type { TariffSchedule } from '../../../../../nodes/shared/charging/tariff/build.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { fittedTariffs } from './tariffs.mts';
import {
	built,
	clash,
	DAY,
	expectReplacement,
	expectTheTariff,
	keptByLevel,
	useOf,
} from './wallClock.mts';

/** Windows of Sunday that last until Monday. */
const spillingIntoMonday: Tariff = {
	windows: [
		{ days: [7], from: 84_600, to: 0, limit: 0, overMidnight: true },
		{ days: [1, 7], from: 0, to: 19_500, limit: 0, overMidnight: false },
	],
	unit: 'A',
	zone: 'Asia/Kathmandu',
	startMs: 1_774_481_940_000,
	mode: { days: 2 },
	capacity: CAPACITIES.unknown,
	identity: { purpose: 'ChargingStationMaxProfile', stackLevel: 1, id: 0 },
};

/** Within days that end soon after a clock change: not every Weekly profile runs between them. */
const endingSoonAfterAChange: Tariff = {
	windows: [
		{ days: [1, 2, 3, 4, 5, 6, 7], from: 36_000, to: 21_900, limit: 7.6, overMidnight: true },
		{ days: [2], from: 10_800, to: 38_400, limit: 4.1, overMidnight: false },
		{ days: [1, 3, 4, 5, 7], from: 82_800, to: 86_400, limit: 23.6, overMidnight: false },
	],
	outside: 0.7,
	unit: 'A',
	zone: 'America/Sao_Paulo',
	startMs: Date.parse('2018-11-02T02:48:00Z'),
	mode: { days: 5 },
	capacity: { periods: 2, levels: 5, profiles: 5, sameLevelReplaces: false },
	identity: { purpose: 'ChargingStationExternalConstraints', stackLevel: 2, id: 1755 },
};

const endOf = (until: string | undefined) =>
	until === undefined ? Infinity : DateTime.fromISO(until).toSeconds();

const runs = (property: (tariff: Tariff, schedule: TariffSchedule) => void, numRuns: number) => {
	let fitting = 0;
	fc.assert(
		fc.property(fittedTariffs, (tariff) => {
			const schedule = built(tariff);
			if (schedule === undefined) return;
			fitting++;
			property(tariff, schedule);
		}),
		{ numRuns, examples: [[endingSoonAfterAChange]] },
	);
	expect(fitting).toBeGreaterThan(numRuns / 10);
};

describe('a tariff for a charger of any capacity', () => {
	it('never takes more than the charger has, and breaks no rule', () => {
		runs(({ capacity }, { profiles, stackLevels }) => {
			expect(profiles.length).toBeLessThanOrEqual(capacity.profiles);
			expect(Math.max(-1, ...stackLevels)).toBeLessThan(capacity.levels);
			for (const profile of profiles) {
				const [{ chargingSchedulePeriod, duration }] = profile.chargingSchedule;
				expect(chargingSchedulePeriod.length).toBeLessThanOrEqual(capacity.periods);
				expect(duration).toBeGreaterThan(0);
				const findings = checkChargingProfile(profile, { evseId: 0, request: 'set' });
				expect(findings.filter(({ requirement }) => requirement !== 'K01.FR.22')).toEqual([]);
			}
		}, 60);
	});

	it('is exact on the first days, around every clock change and until its end', () => {
		runs((tariff, schedule) => {
			const { from, to } = useOf(tariff, schedule.sendAgainBefore, 8);
			const profiles = tariff.capacity.sameLevelReplaces
				? keptByLevel(schedule.profiles)
				: schedule.profiles;
			expectTheTariff(tariff, profiles, from, to);
			const end = endOf(schedule.sendAgainBefore);
			for (const { at } of schedule.changes) {
				expectTheTariff(tariff, profiles, Math.max(at - DAY, from), Math.min(at + DAY, end));
			}
			if (end < Infinity) expectTheTariff(tariff, profiles, Math.max(from, end - DAY), end);
		}, 60);
	});

	it('has different IDs, and no two profiles that are valid together on one stack level', () => {
		runs(({ identity }, { profiles }) => {
			const ids = profiles.map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			for (const profile of profiles) {
				expect(profile.id).toBeGreaterThanOrEqual(identity.id);
				expect(profiles.filter((other) => clash(profile, other))).toEqual([]);
			}
		}, 60);
	});

	it('replaces what was built earlier, one by one, without a clash, and stays exact', () => {
		fc.assert(
			fc.property(
				fittedTariffs.filter(
					({ startMs, capacity }) => startMs > Date.UTC(2026) && !capacity.sameLevelReplaces,
				),
				fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 1, maxLength: 4 }),
				expectReplacement,
			),
			{ numRuns: 40, examples: [[spillingIntoMonday, [7, 3, 3, 1]]] },
		);
	});
});
