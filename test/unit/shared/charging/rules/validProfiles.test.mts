import fc from 'fast-check';
import { createValidator } from 'ocpp-rpc';
import schemas from 'ocpp-rpc/lib/schemas/ocpp2_0_1.json';

import { inspectProfile } from '../../../../../nodes/shared/node/chargingProfile.ts';
import { brokenRules } from '../../../../../sandbox/stations/profileRules.mts';
import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';

/*
 * Valid profiles, made without the package's rules: whether they are valid is for the official payload schemas and the
 * rules of the sandbox's stations to say.
 */

const NOW = Date.parse('2026-01-15T00:00:00Z');
const DAY_S = 86_400;

const utc = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const optional = <T,>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const id = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const vendor = optional(
	fc.record({ vendorId: fc.string({ minLength: 1, maxLength: 255 }), note: fc.string() }),
);

/** Each with how long a run lasts at most, in seconds. */
const kind = fc.constantFrom(
	{ kind: 'Absolute', lasts: 30 * DAY_S },
	{ kind: 'Relative', lasts: 30 * DAY_S },
	{ kind: 'Recurring', recurrencyKind: 'Daily', lasts: DAY_S },
	{ kind: 'Recurring', recurrencyKind: 'Weekly', lasts: 7 * DAY_S },
);

/** Limits that let a car charge, in tenths of the unit: up to 500 A, or 400 kW; from 6 A on three phases. */
const RATES = { A: { min: 60, max: 5000 }, W: { min: 41_400, max: 4_000_000 } };

const period = (unit: 'A' | 'W') =>
	fc.record({
		limit: fc.integer(RATES[unit]).map((tenths) => tenths / 10),
		phases: fc.constantFrom(
			{},
			{ numberPhases: 1 },
			{ numberPhases: 2 },
			{ numberPhases: 3 },
			{ numberPhases: 1, phaseToUse: 2 },
		),
		customData: vendor,
	});

const cost = fc.record({
	costKind: fc.constantFrom(
		'CarbonDioxideEmission',
		'RelativePricePercentage',
		'RenewableGenerationPercentage',
	),
	amount: fc.integer({ min: -1000, max: 1000 }),
	amountMultiplier: fc.integer({ min: -3, max: 3 }),
});
const salesTariff = fc.record({
	id,
	salesTariffDescription: fc.string({ maxLength: 32 }),
	salesTariffEntry: fc.array(
		fc.record({
			relativeTimeInterval: fc.record({ start: fc.nat(), duration: fc.nat() }),
			ePriceLevel: fc.nat(),
			consumptionCost: fc.array(
				fc.record({
					startValue: fc.double({ noNaN: true, min: 0, max: 1e6 }),
					cost: fc.array(cost, { minLength: 1, maxLength: 3 }),
				}),
				{ minLength: 1, maxLength: 3 },
			),
		}),
		{ minLength: 1, maxLength: 5 },
	),
});

const schedule = (lasts: number, startSchedule: string | undefined) =>
	fc.constantFrom<'A' | 'W'>('A', 'W').chain((unit) =>
		fc
			.record({
				id,
				duration: optional(fc.integer({ min: 3600, max: lasts })),
				minChargingRate: optional(fc.constant(RATES[unit].min / 10)),
				starts: fc.uniqueArray(fc.integer({ min: 1, max: 3599 }), { maxLength: 8 }),
				periods: fc.array(period(unit), { minLength: 9, maxLength: 9 }),
				salesTariff: optional(salesTariff),
				customData: vendor,
			})
			.map(({ starts, periods, ...rest }) => ({
				...rest,
				startSchedule,
				chargingRateUnit: unit,
				chargingSchedulePeriod: [0, ...starts.sort((a, b) => a - b)].map((startPeriod, index) => {
					const { limit, phases, customData } = periods[index];
					return { startPeriod, limit, ...phases, customData };
				}),
			})),
	);

/** A profile and the request with which it is sent. */
const sent = fc
	.record({
		kind,
		startsIn: fc.integer({ min: -300, max: 300 }),
		target: fc.constantFrom(
			{ purpose: 'TxDefaultProfile', evseId: 0, request: 'set' as const },
			{ purpose: 'TxDefaultProfile', evseId: 2, request: 'set' as const },
			{ purpose: 'TxProfile', evseId: 1, request: 'start' as const },
			{ purpose: 'TxProfile', evseId: 1, request: 'set' as const, transactionId: 'TX-1' },
			{ purpose: 'ChargingStationMaxProfile', evseId: 0, request: 'set' as const },
		),
	})
	.chain(({ kind: chosen, startsIn, target }) => {
		const isRelative = chosen.kind === 'Relative' && target.evseId !== 0;
		const chargingProfileKind =
			chosen.kind === 'Relative' && !isRelative ? 'Absolute' : chosen.kind;
		const start = isRelative ? undefined : utc(startsIn);
		return fc
			.record({
				id,
				stackLevel: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
				validFrom: optional(fc.integer({ min: -300, max: 3000 }).map(utc)),
				validTo: optional(fc.integer({ min: 4000, max: 60 * DAY_S }).map(utc)),
				chargingSchedule: schedule(chosen.lasts, start).map((one) => [one]),
				customData: vendor,
			})
			.map((profile) => ({
				request: { evseId: target.evseId, request: target.request },
				profile: JSON.parse(
					JSON.stringify({
						...profile,
						chargingProfilePurpose: target.purpose,
						chargingProfileKind,
						transactionId: target.transactionId,
						recurrencyKind: chosen.recurrencyKind,
					}),
				) as ChargingProfile,
			}));
	});

const validator = createValidator('ocpp2.0.1', schemas);

it('4,500 random profiles that are valid have no finding, and no warning', () => {
	fc.assert(
		fc.property(sent, ({ profile, request }) => {
			void validator.validate('urn:SetChargingProfile.req', {
				evseId: request.evseId,
				chargingProfile: profile,
			});
			expect(brokenRules(profile, request)).toEqual([]);
			const { findings, warnings } = inspectProfile(profile, { ...request, nowMs: NOW }, 'UTC');
			expect([findings, warnings]).toEqual([[], []]);
		}),
		{ numRuns: 4500 },
	);
});
