import { AMPLE, type StationCapacity } from '../../../sandbox/stations/capacity.mts';
import { ProfileStore } from '../../../sandbox/stations/profileStore.mts';
import type { ChargingProfile } from '../../../nodes/shared/charging/profile/profile.ts';

const SETTINGS = {
	evseIds: [1, 2],
	rateUnits: ['A', 'W'],
	capacity: { ...AMPLE, periods: 3 },
	externalConstraints: 'accept',
} as const;

const RUNNING = new Map([[1, 'tx-1']]);
const NOTHING_RUNS = new Map<number, string>();

function profile(overrides: Partial<ChargingProfile> = {}): ChargingProfile {
	return {
		id: 1,
		stackLevel: 0,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Absolute',
		chargingSchedule: [
			{
				id: 1,
				startSchedule: '2026-01-01T00:00:00Z',
				chargingRateUnit: 'A',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
			},
		],
		...overrides,
	};
}

const [schedule] = profile().chargingSchedule;
const txProfile = (overrides: Partial<ChargingProfile> = {}): ChargingProfile =>
	profile({ chargingProfilePurpose: 'TxProfile', transactionId: 'tx-1', ...overrides });

describe('a profile that is set', () => {
	let store: ProfileStore;
	beforeEach(() => {
		store = new ProfileStore(SETTINGS);
	});
	const idsHeld = (): number[] => store.all().map(({ profile: { id } }) => id);

	it('is stored', () => {
		expect(store.set(1, profile(), NOTHING_RUNS)).toBeUndefined();
		expect(store.all()).toEqual([{ evseId: 1, profile: profile() }]);
	});

	it('replaces the profile with the same id, on any EVSE', () => {
		store.set(1, profile(), NOTHING_RUNS);
		const next = profile({ stackLevel: 5 });
		expect(store.set(2, next, NOTHING_RUNS)).toBeUndefined();
		expect(store.all()).toEqual([{ evseId: 2, profile: next }]);
	});

	it.each([
		['UnknownEvse', 3, profile()],
		['TxNotFound', 2, txProfile()],
		['TxNotFound', 1, txProfile({ transactionId: 'tx-2' })],
		['InvalidStackLevel', 1, profile({ stackLevel: 2001 })],
		['InvalidProfile', 1, profile({ chargingProfilePurpose: 'TxProfile' })],
		['InvalidProfile', 1, profile({ customData: { vendorId: 'x', condition: { moon: true } } })],
		[
			'TooManyElements',
			1,
			profile({
				chargingSchedule: [
					{
						...schedule,
						chargingSchedulePeriod: [0, 1, 2, 3].map((startPeriod) => ({ startPeriod, limit: 8 })),
					},
				],
			}),
		],
		[
			'InvalidSchedule',
			1,
			profile({
				chargingSchedule: [
					{ ...schedule, chargingSchedulePeriod: [{ startPeriod: 5, limit: 16 }] },
				],
			}),
		],
	])('is refused: %s', (reasonCode, evseId, refused) => {
		expect(store.set(evseId, refused, RUNNING)).toEqual({
			reasonCode,
			additionalInfo: expect.any(String) as string,
		});
		expect(store.all()).toEqual([]);
	});

	it('is refused in a unit that the station does not support', () => {
		const watts = new ProfileStore({ ...SETTINGS, rateUnits: ['W'] });
		expect(watts.set(1, profile(), NOTHING_RUNS)).toEqual({
			reasonCode: 'UnsupportedRateUnit',
			additionalInfo: 'Only limits in W are supported',
		});
	});

	it('is refused if the station has no room for one more, but may replace one', () => {
		const two = new ProfileStore({ ...SETTINGS, capacity: { ...AMPLE, profiles: 2 } });
		const set = (changes: Partial<ChargingProfile>) => two.set(1, profile(changes), NOTHING_RUNS);
		expect([set({ id: 1 }), set({ id: 2, stackLevel: 1 })]).toEqual([undefined, undefined]);
		expect(set({ id: 3, stackLevel: 2 })).toEqual({
			reasonCode: 'OutOfStorage',
			additionalInfo: 'At most 2 charging profiles are stored',
		});
		expect(set({ id: 2, stackLevel: 2 })).toBeUndefined();
	});

	it('replaces by purpose and stack level on the same EVSE as in OCPP 1.6, whenever the two are valid', () => {
		const capacity: StationCapacity = { ...AMPLE, profiles: 3, replacesBy: 'purposeAndStackLevel' };
		const old = new ProfileStore({ ...SETTINGS, capacity });
		const held = () => old.all().map(({ evseId, profile: { id } }) => [evseId, id]);
		old.set(1, profile({ id: 1, validTo: '2026-03-29T01:00:00Z' }), NOTHING_RUNS);
		old.set(2, profile({ id: 2 }), NOTHING_RUNS);
		old.set(1, profile({ id: 3, stackLevel: 1 }), NOTHING_RUNS);
		const next = profile({ id: 4, validFrom: '2026-03-29T01:00:00Z' });
		expect(old.set(1, next, NOTHING_RUNS)).toBeUndefined();
		expect(held()).toEqual([
			[2, 2],
			[1, 3],
			[1, 4],
		]);
	});

	it('may be an external constraint, unless the station follows K01.FR.22', () => {
		const constraint = profile({ chargingProfilePurpose: 'ChargingStationExternalConstraints' });
		expect(store.set(0, constraint, NOTHING_RUNS)).toBeUndefined();
		const strict = new ProfileStore({ ...SETTINGS, externalConstraints: 'refuse' });
		expect(strict.set(0, constraint, NOTHING_RUNS)).toMatchObject({
			reasonCode: 'InvalidProfile',
		});
	});

	describe('in addition to another one', () => {
		beforeEach(() => {
			store.set(1, profile({ validTo: '2026-03-29T01:00:00Z' }), NOTHING_RUNS);
		});

		it.each([
			['on the same EVSE and stack level', 1, {}],
			['for all EVSEs (K01.FR.52)', 0, {}],
			['whose validity overlaps', 1, { validFrom: '2026-03-29T00:59:59Z' }],
		])('is a duplicate %s', (_name, evseId, overrides) => {
			expect(store.set(evseId, profile({ id: 2, ...overrides }), NOTHING_RUNS)).toMatchObject({
				reasonCode: 'DuplicateProfile',
			});
		});

		it.each([
			['on another EVSE', 2, {}],
			['on another stack level', 1, { stackLevel: 1 }],
			['that begins when the other one ends', 1, { validFrom: '2026-03-29T01:00:00Z' }],
			['with another purpose', 1, { chargingProfilePurpose: 'TxProfile', transactionId: 'tx-1' }],
		] as const)('is not a duplicate %s', (_name, evseId, overrides) => {
			expect(store.set(evseId, profile({ id: 2, ...overrides }), RUNNING)).toBeUndefined();
			expect(idsHeld()).toEqual([1, 2]);
		});
	});

	it('on an EVSE is a duplicate of one for all EVSEs (K01.FR.53)', () => {
		store.set(0, profile(), NOTHING_RUNS);
		expect(store.set(1, profile({ id: 2 }), NOTHING_RUNS)).toMatchObject({
			reasonCode: 'DuplicateProfile',
		});
	});

	it('ends with its transaction, if it is for a transaction', () => {
		store.set(1, profile({ id: 1 }), RUNNING);
		store.set(1, txProfile({ id: 2 }), RUNNING);
		store.transactionEnded('tx-1');
		expect(idsHeld()).toEqual([1]);
	});
});

describe('clearing', () => {
	let store: ProfileStore;
	beforeEach(() => {
		store = new ProfileStore(SETTINGS);
		store.set(0, profile({ id: 0, chargingProfilePurpose: 'ChargingStationMaxProfile' }), RUNNING);
		store.set(1, profile({ id: 1 }), RUNNING);
		store.set(2, profile({ id: 2, stackLevel: 3 }), RUNNING);
		store.set(1, txProfile({ id: 3 }), RUNNING);
	});

	it.each([
		['id 0', { chargingProfileId: 0 }, [1, 2, 3]],
		['EVSE 0', { chargingProfileCriteria: { evseId: 0 } }, [1, 2, 3]],
		['EVSE 1', { chargingProfileCriteria: { evseId: 1 } }, [0, 2]],
		['stack level 0', { chargingProfileCriteria: { stackLevel: 0 } }, [2]],
		[
			'a purpose on an EVSE',
			{
				chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile' } as const,
			},
			[0, 2, 3],
		],
		['everything', {}, []],
	])('%s', (_name, criteria, left) => {
		expect(store.clear(criteria)).toBe('Accepted');
		expect(store.all().map(({ profile: { id } }) => id)).toEqual(left);
	});

	it('answers Unknown when nothing matches', () => {
		expect(store.clear({ chargingProfileId: 9 })).toBe('Unknown');
		expect(store.clear({ chargingProfileCriteria: { stackLevel: 9 } })).toBe('Unknown');
		expect(store.all()).toHaveLength(4);
	});
});
