import fc from 'fast-check';
import { createValidator } from 'ocpp-rpc';
import schemas from 'ocpp-rpc/lib/schemas/ocpp2_0_1.json';

import type { ChargingProfile } from '../../../nodes/shared/charging/profile/profile.ts';
import { checkChargingProfile } from '../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { brokenRules, type ProfileRequest } from '../../../sandbox/stations/profileRules.mts';
import { NESTED_RULES } from '../shared/charging/rules/nestedRuleCases.mts';
import { PROFILE_RULES } from '../shared/charging/rules/profileRuleCases.mts';
import { CHARGEYE, SET } from '../shared/charging/rules/ruleCase.mts';
import { SCHEDULE_RULES } from '../shared/charging/rules/scheduleRuleCases.mts';

const validator = createValidator('ocpp2.0.1', schemas);

/** Why a station refuses a profile: first by the official payload schema, then by the rules of the sandbox’s stations. */
function stationsReasons(chargingProfile: ChargingProfile, request: ProfileRequest): string[] {
	try {
		void validator.validate('urn:SetChargingProfile.req', { evseId: 1, chargingProfile });
	} catch {
		return ['schema'];
	}
	return brokenRules(chargingProfile, request).map(({ reasonCode }) => reasonCode);
}

/** Why the package does not send the profile. */
const packagesReasons = (profile: ChargingProfile, request: ProfileRequest): string[] =>
	checkChargingProfile(profile, request)
		.filter(({ severity }) => severity === 'error')
		.map(({ reasonCode }) => reasonCode);

/** The disagreement between station and package. None if neither refuses, or both do and one reason is the same. */
function disagreements(profile: ChargingProfile, request: ProfileRequest): object[] {
	const [station, ours] = [stationsReasons(profile, request), packagesReasons(profile, request)];
	const isAgreed =
		station.length === 0
			? ours.length === 0
			: station[0] === 'schema'
				? ours.length > 0
				: ours.includes(station[0]);
	return isAgreed ? [] : [{ profile, request, station, ours }];
}

/** A profile as a station gets it in a message, without ChargEye's own fields. */
function received(json: unknown): ChargingProfile {
	const withoutOurs = (key: string, value: unknown) =>
		key === 'condition' || key === 'meta' ? undefined : value;
	return JSON.parse(JSON.stringify(json, withoutOurs)) as ChargingProfile;
}

/** An EVSE that a profile's purpose allows. */
const evseFor = ({ chargingProfilePurpose }: ChargingProfile) =>
	chargingProfilePurpose === 'ChargingStationMaxProfile' ? 0 : 1;

/** A TxProfile without a transaction comes with a start request. */
const requestFor = ({
	chargingProfilePurpose,
	transactionId,
}: ChargingProfile): ProfileRequest['request'] =>
	chargingProfilePurpose === 'TxProfile' && transactionId === undefined ? 'start' : 'set';

const CASES = [...PROFILE_RULES, ...SCHEDULE_RULES, ...NESTED_RULES].filter(
	({ requirement }) => requirement !== CHARGEYE,
);

type Holder = Record<string, unknown>;

/** Every place in a value: the object or list, and the key in it. */
function placesIn(value: unknown): Array<[holder: Holder, key: string]> {
	if (typeof value !== 'object' || value === null) return [];
	const holder = value as Holder;
	return Object.keys(holder).flatMap((key) => [[holder, key], ...placesIn(holder[key])]);
}

const PROFILES = CASES.flatMap(({ breach, legal }) => [breach, legal].map(received));
const FIELDS = [...new Set(PROFILES.flatMap(placesIn).map(([, key]) => key))];
const VALID = '2026-01-15T00:00:00Z';
const VENDOR = { vendorId: 'com.example' };
const VALUES = [
	...[undefined, null, true, [], {}, '', 'x', 'x'.repeat(36), 'x'.repeat(37), 'x'.repeat(256)],
	...[-1, 0, 0.5, 1, 2, 3, 4, 8.1, 8.11, 60, 3600, 86_399, 86_400, 86_401, 604_800, 604_801],
	...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1],
	...['Absolute', 'Recurring', 'Relative', 'Daily', 'Weekly', 'A', 'W', 'TxProfile'],
	...['TxDefaultProfile', 'ChargingStationMaxProfile', 'ChargingStationExternalConstraints'],
	...['2026-01-15T00:00:00Z', '2026-01-15T00:00:00.001Z', '2026-01-15T02:00:00.000+02:00'],
	...['2026-01-15T00:00:00.0001Z', '2026-01-15T00:00:00', '2026-01-15', '2026-02-30T00:00:00Z'],
	...['2026-01-15T24:00:00Z', '2026-01-15T12:60:00Z', '2026-01-15T12:00:00+25:00'],
	...['2026-01-15T12:00:00.Z', '2026-01-15T12:00Z', '2026-01-15t12:00:00z', '2026-01-15 12:00:00Z'],
];
const twice = (value: unknown): unknown => (Array.isArray(value) ? [value, value].flat() : value);

/** A profile with every field that OCPP has for its kind. */
const full = (kind: string, profile: object, start: object = { startSchedule: VALID }) => ({
	...{ id: 1, stackLevel: 0, chargingProfileKind: kind, customData: VENDOR },
	...{ validFrom: VALID, validTo: '2027-01-15T00:00:00Z' },
	...profile,
	chargingSchedule: [
		{
			...{ id: 1, chargingRateUnit: 'A', duration: 7200, minChargingRate: 6, customData: VENDOR },
			...start,
			chargingSchedulePeriod: [
				{ startPeriod: 0, limit: 16, numberPhases: 1, phaseToUse: 1, customData: VENDOR },
				{ startPeriod: 3600, limit: 8.1, numberPhases: 3 },
			],
			salesTariff: {
				...{ id: 1, salesTariffDescription: 'x', numEPriceLevels: 1, customData: VENDOR },
				salesTariffEntry: [
					{
						relativeTimeInterval: { start: 0, duration: 3600, customData: VENDOR },
						...{ ePriceLevel: 1, customData: VENDOR },
						consumptionCost: [
							{
								...{ startValue: 0.5, customData: VENDOR },
								cost: [
									{
										...{ costKind: 'CarbonDioxideEmission', amount: 5 },
										...{ amountMultiplier: 1, customData: VENDOR },
									},
								],
							},
						],
					},
				],
			},
		},
	],
});
const FULL = [
	full('Absolute', { chargingProfilePurpose: 'TxProfile', transactionId: 'TX-1' }),
	full('Recurring', { chargingProfilePurpose: 'TxDefaultProfile', recurrencyKind: 'Daily' }),
	full('Recurring', {
		chargingProfilePurpose: 'ChargingStationMaxProfile',
		recurrencyKind: 'Weekly',
	}),
	full('Relative', { chargingProfilePurpose: 'TxProfile' }, {}),
].map(received);

/** A profile with one of its values replaced, or a field added. */
function changed(
	original: ChargingProfile,
	{ place, field, value }: { place: number; field?: string; value: unknown },
): ChargingProfile {
	const copy = received(original);
	const places = placesIn(copy);
	const [holder, key] = places[place % places.length];
	holder[field ?? key] = value === twice ? twice(holder[key]) : value;
	return received(copy);
}

const profile = fc
	.tuple(
		fc.constantFrom(...PROFILES, ...FULL),
		fc.array(
			fc.record({
				place: fc.nat({ max: 500 }),
				field: fc.option(fc.constantFrom(...FIELDS), { nil: undefined }),
				value: fc.constantFrom<unknown>(...VALUES, twice),
			}),
			{ minLength: 1, maxLength: 3 },
		),
	)
	.map(([original, changes]) => changes.reduce(changed, original));

describe('the rules of the package and of the sandbox’s stations', () => {
	it.each(CASES.map((one) => [one.rule, one] as const))('agree that %s', (_rule, one) => {
		const { severity, target = SET, legalTarget = target } = one;
		const [breach, legal] = [one.breach, one.legal].map(received);
		const toStation = { evseId: evseFor(breach), ...target } as ProfileRequest;
		expect(stationsReasons(breach, toStation).length > 0).toBe(severity === 'error');
		expect(disagreements(breach, toStation)).toEqual([]);
		const legalToStation = { evseId: evseFor(legal), ...legalTarget } as ProfileRequest;
		expect(stationsReasons(legal, legalToStation)).toEqual([]);
	});

	it.each(FULL.map((one) => [one.chargingProfileKind, one.chargingProfilePurpose, one] as const))(
		'agree on a profile that is %s and a %s, whatever one of its values is',
		(_kind, _purpose, original) => {
			const target = { evseId: evseFor(original), request: requestFor(original) };
			expect(stationsReasons(original, target)).toEqual([]);
			const all = placesIn(original).flatMap((_, place) =>
				[...VALUES, twice].map((value) => changed(original, { place, value })),
			);
			expect(all.flatMap((one) => disagreements(one, target))).toEqual([]);
		},
	);

	it('agree on profiles with random faults', () => {
		const request = fc.record({
			evseId: fc.constantFrom(0, 1),
			request: fc.constantFrom('set' as const, 'start' as const),
		});
		fc.assert(
			fc.property(profile, request, (one, target) => {
				expect(disagreements(one, target)).toEqual([]);
			}),
			{ numRuns: 2000 },
		);
	});
});
