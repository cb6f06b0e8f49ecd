import fc from 'fast-check';
import { DateTime } from 'luxon';

import { compositeSchedule } from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	CompositePeriod,
	CompositeScheduleQuery,
} from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	ChargingProfilePurpose,
	InstalledProfile,
	RateUnit,
} from '../../../../../nodes/shared/charging/profile/profile.ts';
import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { limitAt, scheduleOf } from '../../../../../sandbox/stations/profileLimits.mts';

const DAY = 86_400;
const MIDNIGHT = DateTime.fromISO('2026-03-28', { zone: 'utc' }).toSeconds();
const iso = (second: number) => DateTime.fromSeconds(second, { zone: 'utc' }).toISO() ?? '';

/** Moments that are often whole hours, so that boundaries of profiles coincide. */
const second = fc.oneof(
	fc.integer({ min: -48, max: 72 }).map((hour) => MIDNIGHT + hour * 3600),
	fc.integer({ min: MIDNIGHT - 2 * DAY, max: MIDNIGHT + 3 * DAY }),
);
const unit = fc.constantFrom<RateUnit>('A', 'W');

/** A profile that breaks no rule. */
const profile: fc.Arbitrary<InstalledProfile> = fc
	.record({
		evseId: fc.integer({ min: 0, max: 2 }),
		purpose: fc.constantFrom<ChargingProfilePurpose>(
			'ChargingStationExternalConstraints',
			'ChargingStationMaxProfile',
			'TxDefaultProfile',
			'TxProfile',
		),
		kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
		recurrencyKind: fc.constantFrom('Daily', 'Weekly'),
		stackLevel: fc.integer({ min: 0, max: 6 }),
		transactionId: fc.constantFrom('TX-1', 'TX-2', 'TX-9'),
		startSchedule: second,
		duration: fc.option(fc.integer({ min: 1, max: DAY }), { nil: undefined }),
		validFrom: fc.option(second, { nil: undefined }),
		validFor: fc.option(fc.integer({ min: 1, max: 2 * DAY }), { nil: undefined }),
		unit,
		steps: fc.array(
			fc.record({
				length: fc.oneof(fc.constantFrom(3600, 7200), fc.integer({ min: 1, max: 20_000 })),
				limit: fc.integer({ min: 0, max: 640 }).map((tenths) => tenths / 10),
				numberPhases: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
			}),
			{ minLength: 1, maxLength: 4 },
		),
	})
	.map(({ purpose, kind, steps, ...chosen }) => {
		const forStation = purpose === 'ChargingStationMaxProfile';
		const recurs = kind === 'Recurring';
		const relative = kind === 'Relative' && !forStation;
		const starts = steps.map((_, index) =>
			steps.slice(0, index).reduce((total, { length }) => total + length, 0),
		);
		return {
			evseId: forStation ? 0 : purpose === 'TxProfile' && chosen.evseId === 0 ? 1 : chosen.evseId,
			profile: {
				id: 0,
				stackLevel: chosen.stackLevel,
				chargingProfilePurpose: purpose,
				chargingProfileKind: relative ? 'Relative' : recurs ? 'Recurring' : 'Absolute',
				...(recurs && { recurrencyKind: chosen.recurrencyKind }),
				...(purpose === 'TxProfile' && { transactionId: chosen.transactionId }),
				...(chosen.validFrom !== undefined && { validFrom: iso(chosen.validFrom) }),
				...(chosen.validFor !== undefined && {
					validTo: iso((chosen.validFrom ?? MIDNIGHT) + chosen.validFor),
				}),
				chargingSchedule: [
					{
						id: 1,
						...(!relative && { startSchedule: iso(chosen.startSchedule) }),
						...(chosen.duration !== undefined && { duration: chosen.duration }),
						chargingRateUnit: chosen.unit,
						chargingSchedulePeriod: steps.map(({ limit, numberPhases }, index) => ({
							startPeriod: starts[index],
							limit: chosen.unit === 'W' ? Math.round(limit * 500) : limit,
							...(numberPhases !== undefined && { numberPhases }),
						})),
					},
				],
			},
		} satisfies InstalledProfile;
	});

/** Profiles as a station may hold them together: one per purpose and stack level (K01.FR.06). */
const profiles = fc
	.uniqueArray(profile, {
		maxLength: 14,
		selector: ({ profile: { chargingProfilePurpose, stackLevel } }) =>
			`${chargingProfilePurpose} ${stackLevel}`,
	})
	.map((held) =>
		held.map(({ evseId, profile: one }, index) => ({ evseId, profile: { ...one, id: index + 1 } })),
	);

const query: fc.Arbitrary<CompositeScheduleQuery> = fc
	.record({
		profiles,
		evseId: fc.integer({ min: 0, max: 2 }),
		start: second,
		length: fc.integer({ min: 1, max: 2 * DAY }),
		unit,
		phases: fc.constantFrom(1, 3, undefined),
		stationAmperes: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined }),
		transactions: fc.uniqueArray(
			fc.record({
				evseId: fc.constantFrom(1, 2),
				startedAtMs: second.map((at) => at * 1000),
				transactionId: fc.constantFrom('TX-1', 'TX-2', undefined),
			}),
			{ selector: ({ evseId }) => evseId },
		),
	})
	.map(({ start, length, transactions, stationAmperes, ...rest }) => ({
		...rest,
		evseIds: [1, 2],
		startMs: start * 1000,
		endMs: (start + length) * 1000,
		voltage: 230,
		transactions: new Map(transactions.map(({ evseId, ...transaction }) => [evseId, transaction])),
		defaultLimit: { A: 48, W: 33_120 },
		...(stationAmperes !== undefined && {
			stationLimit: { A: stationAmperes, W: stationAmperes * 690 },
		}),
	}));

/** The period that applies a number of seconds after the start of the window. */
const periodAt = (periods: CompositePeriod[], offset: number) => {
	const period = periods.findLast(({ startPeriod }) => startPeriod <= offset);
	if (!period) throw new Error(`no period applies at ${offset} s`);
	return period;
};

const instants = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
	minLength: 1,
	maxLength: 40,
});

describe('composite schedules of random profiles', () => {
	it('are the same as a naive look at each moment, and change nowhere else', () => {
		fc.assert(
			fc.property(query, instants, (asked, fractions) => {
				const periods = compositeSchedule(asked);
				const length = (asked.endMs - asked.startMs) / 1000;
				// Random moments, and both sides of every boundary of the answer.
				const offsets = [
					...fractions.map((fraction) => Math.floor(fraction * length)),
					...periods.flatMap(({ startPeriod }) => [startPeriod, Math.max(0, startPeriod - 1)]),
				];
				for (const offset of offsets) {
					const { startPeriod, ...held } = periodAt(periods, offset);
					expect({ startPeriod, ...limitAt(asked, asked.startMs / 1000 + offset) }).toEqual({
						startPeriod,
						...held,
					});
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('are the same as from the sandbox’s stations, which have their own implementation', () => {
		fc.assert(
			fc.property(query, (asked) => {
				expect(scheduleOf(asked)).toEqual(compositeSchedule(asked));
			}),
			{ numRuns: 500 },
		);
	});

	it('are well formed: from 0, in order, within the window, each different from the previous one', () => {
		fc.assert(
			fc.property(query, (asked) => {
				const periods = compositeSchedule(asked);
				expect(periods[0].startPeriod).toBe(0);
				periods.slice(1).forEach((period, index) => {
					const before = periods[index];
					expect(period.startPeriod).toBeGreaterThan(before.startPeriod);
					expect({ ...period, startPeriod: 0 }).not.toEqual({ ...before, startPeriod: 0 });
				});
				const last = periods[periods.length - 1];
				expect(last.startPeriod).toBeLessThan((asked.endMs - asked.startMs) / 1000);
			}),
		);
	});

	it('do not depend on the order of the profiles, even if two compete', () => {
		const competing = fc
			.array(profile, { maxLength: 14 })
			.map((held) =>
				held.map(({ evseId, profile: one }, index) => ({
					evseId,
					profile: { ...one, id: index + 1, stackLevel: one.stackLevel % 2 },
				})),
			)
			.chain((held) =>
				fc.tuple(
					fc.constant(held),
					fc.shuffledSubarray(held, { minLength: held.length, maxLength: held.length }),
				),
			);
		fc.assert(
			fc.property(query, competing, (asked, [held, shuffled]) => {
				expect(compositeSchedule({ ...asked, profiles: shuffled })).toEqual(
					compositeSchedule({ ...asked, profiles: held }),
				);
			}),
			{ numRuns: 300 },
		);
	});

	it('of the whole station are the sum of its EVSEs if nothing caps the station', () => {
		fc.assert(
			fc.property(query, instants, (asked, fractions) => {
				const watts = {
					...asked,
					stationLimit: undefined,
					unit: 'W' as const,
					profiles: asked.profiles.filter(({ profile: { chargingProfilePurpose } }) =>
						chargingProfilePurpose.startsWith('Tx'),
					),
				};
				const [station, ...evses] = [0, 1, 2].map((evseId) =>
					compositeSchedule({ ...watts, evseId }),
				);
				for (const fraction of fractions) {
					const offset = Math.floor((fraction * (asked.endMs - asked.startMs)) / 1000);
					const sum = evses.reduce((total, periods) => total + periodAt(periods, offset).limit, 0);
					const difference = periodAt(station, offset).limit - sum;
					// Each EVSE’s limit is rounded down separately.
					expect(difference).toBeGreaterThan(-1e-6);
					expect(difference).toBeLessThan(0.2);
				}
			}),
		);
	});

	it('are tested with profiles that break no rule', () => {
		fc.assert(
			fc.property(profile, ({ evseId, profile: accepted }) => {
				const findings = checkChargingProfile(accepted, { evseId, request: 'set' });
				expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
			}),
		);
	});
});
