import fc from 'fast-check';
import { DateTime } from 'luxon';

import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { fittedTariffs, seasonal, tariffs } from './tariffs.mts';
import {
	built,
	clash,
	DAY,
	expectReplacement,
	expectTheTariff,
	keptByLevel,
	useOf,
} from './wallClock.mts';

const anyTariff = fc.oneof(seasonal(fittedTariffs), seasonal(tariffs));

/** The UTC days on which something begins or ends: a profile, a season or a holiday. */
function edgesOf({ windows, holidays, startMs }: Tariff, profiles: readonly ChargingProfile[]) {
	const year = new Date(startMs).getUTCFullYear();
	const seasons = windows.flatMap(({ season }) => (season ? [season.from, season.until] : []));
	const dates = [
		...profiles.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
		...(holidays?.dates ?? []),
		...[year, year + 1].flatMap((of) => seasons.map((day) => `${of}-${day}`)),
	];
	const days = dates.flatMap((date) =>
		date === undefined ? [] : Math.floor(Date.parse(date) / 1000 / DAY),
	);
	return [...new Set(days)].filter(Number.isFinite);
}

describe('a tariff with seasons and holidays, for a charger of any capacity', () => {
	it('is exact on the first days and around every season, holiday and profile', () => {
		let fitting = 0;
		fc.assert(
			fc.property(anyTariff, (tariff) => {
				const schedule = built(tariff);
				if (schedule === undefined) return;
				fitting++;
				const { sendAgainBefore } = schedule;
				const profiles = tariff.capacity.sameLevelReplaces
					? keptByLevel(schedule.profiles)
					: schedule.profiles;
				const { from, to } = useOf(tariff, sendAgainBefore, 5);
				expectTheTariff(tariff, profiles, from, to);
				const end = sendAgainBefore ? DateTime.fromISO(sendAgainBefore).toSeconds() : Infinity;
				for (const day of edgesOf(tariff, schedule.profiles)) {
					const [begin, until] = [Math.max(from, (day - 1) * DAY), Math.min(end, (day + 3) * DAY)];
					if (begin < until) expectTheTariff(tariff, profiles, begin, until);
				}
			}),
			{ numRuns: 40 },
		);
		expect(fitting).toBeGreaterThan(10);
	});

	it('takes no more than the charger has, breaks no rule, and no two profiles clash', () => {
		fc.assert(
			fc.property(anyTariff, (tariff) => {
				const { profiles = [], stackLevels = [] } = built(tariff) ?? {};
				const { capacity } = tariff;
				expect(profiles.length).toBeLessThanOrEqual(capacity.profiles);
				expect(Math.max(-1, ...stackLevels)).toBeLessThan(capacity.levels);
				expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length);
				for (const profile of profiles) {
					const [{ chargingSchedulePeriod }] = profile.chargingSchedule;
					expect(chargingSchedulePeriod.length).toBeLessThanOrEqual(capacity.periods);
					expect(profiles.filter((other) => clash(profile, other))).toEqual([]);
					const findings = checkChargingProfile(profile, { evseId: 0, request: 'set' });
					const errors = findings.filter(({ severity }) => severity === 'error');
					expect(errors.filter(({ requirement }) => requirement !== 'K01.FR.22')).toEqual([]);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('replaces what was built earlier, one by one, without a clash, and stays exact', () => {
		fc.assert(
			fc.property(
				anyTariff.filter(
					({ startMs, capacity }) => startMs > Date.UTC(2026) && !capacity.sameLevelReplaces,
				),
				fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 }),
				expectReplacement,
			),
			{ numRuns: 30 },
		);
	});
});
