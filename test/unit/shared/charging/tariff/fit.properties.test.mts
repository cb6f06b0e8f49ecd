import fc from 'fast-check';
import { DateTime } from 'luxon';

import { InputError } from '../../../../../nodes/shared/charging/base/inputError.ts';
import { CAPACITIES } from '../../../../../nodes/shared/charging/capacity/capacity.ts';
import {
	buildTariffProfiles,
	type TariffSchedule,
} from '../../../../../nodes/shared/charging/tariff/build.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { fittedTariffs } from './tariffs.mts';
import { clash, DAY, expectTheTariff, keptByLevel, useOf } from './wallClock.mts';

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

/** The profiles of a tariff; undefined if they are refused. */
function built(tariff: Tariff): TariffSchedule | undefined {
	try {
		return buildTariffProfiles(tariff);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		expect(error.message).toMatch(/^The windows do not fit/);
		return undefined;
	}
}

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
		{ numRuns },
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
				(tariff, daysLater) => {
					let held = built(tariff)?.profiles ?? [];
					let { startMs } = tariff;
					for (const days of daysLater) {
						const step = typeof tariff.mode === 'object' ? days % tariff.mode.days : days;
						startMs += step * DAY * 1000;
						const later = { ...tariff, startMs };
						const schedule = built(later);
						if (schedule === undefined) return;
						for (const profile of schedule.profiles) {
							held = [...held.filter(({ id }) => id !== profile.id), profile];
							expect(held.filter((other) => clash(profile, other))).toEqual([]);
						}
						const { from, to } = useOf(later, schedule.sendAgainBefore, 3);
						expectTheTariff(later, held, from, to);
					}
				},
			),
			{ numRuns: 40, examples: [[spillingIntoMonday, [7, 3, 3, 1]]] },
		);
	});
});
