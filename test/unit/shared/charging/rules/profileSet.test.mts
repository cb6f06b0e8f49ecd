import fc from 'fast-check';

import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import {
	checkProfileSet,
	type PlacedProfile,
} from '../../../../../nodes/shared/charging/rules/profileSet.ts';
import { AMPLE } from '../../../../../sandbox/stations/capacity.mts';
import { ProfileStore } from '../../../../../sandbox/stations/profileStore.mts';
import { chargingProfile } from '../profiles.mts';

const placed = (
	evseId: number | string | undefined,
	changes: Partial<ChargingProfile> = {},
	stationId?: string,
): PlacedProfile => ({
	profile: chargingProfile(changes),
	evseId,
	stationId,
	name: `Profile ${changes.id ?? 1}`,
});

/** The findings, in short: which profile, because of which, why, and how bad. */
const clashes = (...profiles: PlacedProfile[]) =>
	checkProfileSet(profiles).map(({ index, other, finding: { requirement, severity } }) => [
		index,
		other,
		requirement,
		severity,
	]);

const both = (requirement: string, severity: 'error' | 'warning') => [
	[0, 1, requirement, severity],
	[1, 0, requirement, severity],
];

const JANUARY = { validFrom: '2026-01-01T00:00:00Z', validTo: '2026-02-01T00:00:00Z' };
const FEBRUARY = { validFrom: '2026-02-01T00:00:00Z', validTo: '2026-03-01T00:00:00Z' };
const TX = { chargingProfilePurpose: 'TxProfile', transactionId: 'TX-1' } as const;

it('says what is wrong, and with which other profile', () => {
	expect(checkProfileSet([placed(1), placed(1, { id: 2 })])).toEqual([
		{
			index: 0,
			other: 1,
			finding: {
				severity: 'error',
				path: 'stackLevel',
				message:
					'Profile 2 is a Transaction Default on stack level 0 too, also for EVSE 1, and both are valid at the same time: a charger refuses the second one. Choose another stack level, or let one end (validTo) before the other is valid (validFrom).',
				requirement: 'K01.FR.06',
				reasonCode: 'DuplicateProfile',
			},
		},
		expect.objectContaining({ index: 1, other: 0 }),
	]);
});

describe('profiles with one purpose and stack level', () => {
	it.each([
		['on one EVSE', placed(1), placed(1, { id: 2 }), both('K01.FR.06', 'error')],
		['on the station', placed(0), placed(0, { id: 2 }), both('K01.FR.06', 'error')],
		['anywhere', placed(undefined), placed(undefined, { id: 2 }), both('K01.FR.06', 'warning')],
		['on two EVSEs', placed(1), placed(2, { id: 2 }), []],
		[
			'on a connector without a number',
			placed('a'),
			placed('a', { id: 2 }),
			both('K01.FR.06', 'error'),
		],
		['on two stations', placed(1, {}, 'A'), placed(1, { id: 2 }, 'B'), []],
		['on two stack levels', placed(1), placed(1, { id: 2, stackLevel: 1 }), []],
		['one after the other', placed(1, JANUARY), placed(1, { id: 2, ...FEBRUARY }), []],
		[
			'with a validity that overlaps by a millisecond',
			placed(1, { ...JANUARY, validTo: '2026-02-01T00:00:00.001Z' }),
			placed(1, { id: 2, ...FEBRUARY }),
			both('K01.FR.06', 'error'),
		],
		['of which one says where it is', placed(1), placed(undefined, { id: 2 }), []],
	])('%s', (_name, first, second, expected) => {
		expect(clashes(first, second)).toEqual(expected);
	});

	it.each([
		['the station’s comes second', placed(1), placed(0, { id: 2 }), both('K01.FR.52', 'error')],
		['the EVSE’s comes second', placed(0), placed(1, { id: 2 }), both('K01.FR.53', 'error')],
		[
			'they are valid one after the other',
			placed(0, JANUARY),
			placed(1, { id: 2, ...FEBRUARY }),
			both('K01.FR.53', 'warning'),
		],
		[
			'they limit the station from outside',
			placed(0, { chargingProfilePurpose: 'ChargingStationExternalConstraints' }),
			placed(1, { id: 2, chargingProfilePurpose: 'ChargingStationExternalConstraints' }),
			[],
		],
	])('for the station and for an EVSE: %s', (_name, first, second, expected) => {
		expect(clashes(first, second)).toEqual(expected);
	});

	it.each([
		['one transaction', placed(1, TX), placed(1, { ...TX, id: 2 }), both('K01.FR.39', 'error')],
		[
			'one transaction, one after the other',
			placed(1, { ...TX, ...JANUARY }),
			placed(1, { ...TX, id: 2, ...FEBRUARY }),
			both('K01.FR.39', 'warning'),
		],
		['two transactions', placed(1, TX), placed(1, { ...TX, id: 2, transactionId: 'TX-2' }), []],
	])('for %s', (_name, first, second, expected) => {
		expect(clashes(first, second)).toEqual(expected);
	});
});

describe('profiles with one ID', () => {
	it('replace each other, on another EVSE too', () => {
		expect(clashes(placed(1), placed(2, { stackLevel: 3 }))).toEqual(both('K01.FR.05', 'warning'));
		expect(clashes(placed(1, {}, 'A'), placed(1, {}, 'B'))).toEqual([]);
	});

	it('are judged by the last one', () => {
		const moved = placed(1, { stackLevel: 1 });
		expect(clashes(placed(1), placed(1, { id: 2 }), moved)).toEqual([
			[0, 2, 'K01.FR.05', 'warning'],
			[2, 0, 'K01.FR.05', 'warning'],
		]);
	});
});

it('each profile that a charger would refuse has a finding, and not more than it needs', () => {
	const same = Array.from({ length: 100 }, (_, index) => placed(1, { id: index + 1 }));
	const found = clashes(...same);
	expect(found).toHaveLength(100);
	expect(new Set(found.map(([index]) => index)).size).toBe(100);
});

it.each([
	undefined,
	null,
	'x',
	[],
	{},
	{ ...chargingProfile(), id: 'x' },
	{ ...chargingProfile(), stackLevel: -1 },
	{ ...chargingProfile(), chargingProfilePurpose: 'x' },
	{ ...chargingProfile(), validTo: 'x' },
	{ ...chargingProfile(), validFrom: 5 },
])('leaves %j to the rules of a single profile', (profile) => {
	const broken = { profile, evseId: 1, name: 'Broken' };
	expect(checkProfileSet([broken, placed(1), broken])).toEqual([]);
});

it('a station of the sandbox refuses what is an error, and accepts the others', () => {
	const profile = fc.record({
		evseId: fc.integer({ min: 0, max: 2 }),
		id: fc.integer({ min: 1, max: 4 }),
		stackLevel: fc.integer({ min: 0, max: 1 }),
		validFrom: fc.option(fc.constantFrom(JANUARY.validFrom, FEBRUARY.validFrom), {
			nil: undefined,
		}),
		validTo: fc.option(fc.constantFrom(JANUARY.validTo, FEBRUARY.validTo), { nil: undefined }),
	});
	const settings = {
		evseIds: [1, 2],
		rateUnits: ['A', 'W'] as const,
		capacity: AMPLE,
		externalConstraints: 'accept',
	} as const;
	fc.assert(
		fc.property(fc.uniqueArray(profile, { selector: ({ id }) => id, maxLength: 2 }), (chosen) => {
			const station = new ProfileStore(settings);
			const refused = chosen
				.map(({ evseId, ...changes }) => {
					const one = chargingProfile(changes);
					const reason = station.set(evseId, one, new Map())?.reasonCode;
					return reason === 'DuplicateProfile';
				})
				.some(Boolean);
			const found = checkProfileSet(
				chosen.map(({ evseId, ...changes }) => placed(evseId, changes)),
			);
			// The station reads K01.FR.52 and .53 by the letter: it refuses what is only a warning, too.
			expect(found.length > 0).toBe(refused);
		}),
		{ numRuns: 500 },
	);
});
