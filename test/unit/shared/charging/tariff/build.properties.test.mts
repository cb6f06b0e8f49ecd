import fc from 'fast-check';
import { DateTime } from 'luxon';
import validators from 'ocpp-rpc/lib/standard-validators.js';

import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { buildTariffProfiles } from '../../../../../nodes/shared/charging/tariff/build.ts';
import { naiveTariffLimit, tariffs } from './tariffs.mts';
import { clash, DAY, expectTheTariff, preview, useOf } from './wallClock.mts';

describe('a tariff, built and previewed', () => {
	it('has the limits of the windows every five minutes and on both sides of each boundary', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				const { profiles, sendAgainBefore } = buildTariffProfiles(tariff);
				const { from, to } = useOf(tariff, sendAgainBefore, 6);
				expectTheTariff(tariff, profiles, from, to);
			}),
			{ numRuns: 120 },
		);
	});

	it('has these limits over every coming clock change, and ends when it says so', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				const { profiles, changes, sendAgainBefore } = buildTariffProfiles(tariff);
				const end =
					sendAgainBefore === undefined ? Infinity : DateTime.fromISO(sendAgainBefore).toSeconds();
				for (const { at } of changes) {
					const from = Math.max(at - DAY, Math.floor(tariff.startMs / 1000));
					expectTheTariff(tariff, profiles, from, Math.min(at + DAY, end));
				}
				if (end === Infinity) return;
				expectTheTariff(tariff, profiles, end - DAY / 4, end);
				const afterwards = preview(tariff, profiles, end, end + 30 * DAY);
				expect(afterwards.changes).toEqual([end]);
				expect(afterwards.at(end).limit).toBe(99);
			}),
			{ numRuns: 80 },
		);
	});

	it('leaves times without a limit to lower stack levels', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				const { profiles, sendAgainBefore } = buildTariffProfiles(tariff);
				const { from, to } = useOf(tariff, sendAgainBefore, 6);
				const { at, changes } = preview(tariff, profiles, from, to);
				for (const change of changes) {
					const [{ profile }] = at(change).setBy;
					expect(profile.id === 9999).toBe(naiveTariffLimit(tariff, change) === 99);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('covers at least a year if it recurs, or has no end', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				const { profiles, sendAgainBefore } = buildTariffProfiles({ ...tariff, mode: 'recurring' });
				const year = DateTime.fromMillis(tariff.startMs, { zone: 'utc' }).plus({ years: 1 });
				const ends = profiles.map(({ validTo }) => validTo);
				if (sendAgainBefore === undefined) expect(ends).toContain(undefined);
				else expect(DateTime.fromISO(sendAgainBefore) > year).toBe(true);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('the profiles of a tariff', () => {
	const [, ocpp201] = validators;

	it('break no rule, and are valid by the official schema', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				for (const profile of buildTariffProfiles(tariff).profiles) {
					const findings = checkChargingProfile(profile, { evseId: 0, request: 'set' });
					expect(findings.filter(({ requirement }) => requirement !== 'K01.FR.22')).toEqual([]);
					const message = { evseId: 0, chargingProfile: profile };
					expect(ocpp201.validate('urn:SetChargingProfile.req', message)).toBe(true);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('have different IDs from the lowest on, and are never valid together on one stack level', () => {
		fc.assert(
			fc.property(tariffs, (tariff) => {
				const { profiles, stackLevels } = buildTariffProfiles(tariff);
				expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length);
				for (const profile of profiles) {
					expect(profile.id).toBeGreaterThanOrEqual(tariff.identity.id);
					expect(stackLevels).toContain(profile.stackLevel);
					expect(profiles.filter((other) => clash(profile, other))).toEqual([]);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('replace profiles that were built earlier, one by one, without ever clashing with them', () => {
		fc.assert(
			fc.property(
				// The numbering of clock changes starts in 2025.
				tariffs.filter(({ startMs: start }) => start > Date.UTC(2026)),
				fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 4 }),
				(tariff, daysLater) => {
					let held: ChargingProfile[] = buildTariffProfiles(tariff).profiles;
					let { startMs: start } = tariff;
					for (const days of daysLater) {
						start +=
							(typeof tariff.mode === 'object' ? days % tariff.mode.days : days) * DAY * 1000;
						const later = { ...tariff, startMs: start };
						const { profiles, sendAgainBefore } = buildTariffProfiles(later);
						for (const profile of profiles) {
							held = [...held.filter(({ id }) => id !== profile.id), profile];
							expect(held.filter((other) => clash(profile, other))).toEqual([]);
						}
						const { from, to } = useOf(later, sendAgainBefore, 2);
						expectTheTariff(later, held, from, to);
					}
				},
			),
			{ numRuns: 60 },
		);
	});
});
