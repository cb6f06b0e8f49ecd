import { DateTime } from 'luxon';

import {
	compositeSchedule,
	explainCompositeSchedule,
} from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import { chargingProfile, compositeQuery, installed } from '../profiles.mts';

const HOUR = 3600;
const at = (time: string) => DateTime.fromISO(time, { zone: 'utc' }).toMillis();

/** The limits of a schedule, each with its start. */
const limits = (...args: Parameters<typeof compositeQuery>) =>
	compositeSchedule(compositeQuery(...args)).map(({ startPeriod, limit }) => [startPeriod, limit]);

describe('the profile that applies', () => {
	const txProfile = chargingProfile(
		{ id: 2, chargingProfilePurpose: 'TxProfile', transactionId: 'TX-1' },
		{ duration: HOUR, chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }] },
	);
	const both = [installed(0, chargingProfile()), installed(1, txProfile)];
	const running = (transactionId?: string) => ({
		transactions: new Map([[1, { startedAtMs: at('2026-01-15T00:00:00Z'), transactionId }]]),
	});

	it('is a TxProfile while its transaction runs, and the TxDefaultProfile after it', () => {
		const expected = [
			[0, 0],
			[HOUR, 16],
		];
		expect(limits(both, running('TX-1'))).toEqual(expected);
		expect(limits(both, running())).toEqual(expected);
	});

	it('is not a TxProfile of another transaction, of another EVSE, or without a transaction', () => {
		expect(limits(both, running('TX-2'))).toEqual([[0, 16]]);
		expect(limits(both, { ...running('TX-1'), evseId: 2 })).toEqual([[0, 16]]);
		expect(limits(both)).toEqual([[0, 16]]);
	});

	it('is the TxProfile that a transaction was started with, which has no transaction ID', () => {
		const anonymous = { ...txProfile, transactionId: undefined };
		expect(limits([installed(1, anonymous)], running('TX-1'))).toEqual([
			[0, 0],
			[HOUR, 48],
		]);
	});

	it('is the EVSE’s profile rather than the station’s if both have the same stack level', () => {
		const evse = chargingProfile(
			{ id: 3 },
			{ chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
		);
		const station = installed(0, chargingProfile());
		expect(limits([installed(1, evse), station])).toEqual([[0, 10]]);
		expect(limits([station, installed(1, evse)])).toEqual([[0, 10]]);
	});

	it('can have a limit of 0 A and stack level 0', () => {
		const off = { chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }] };
		expect(limits([installed(1, chargingProfile({}, off))])).toEqual([[0, 0]]);
	});

	it('applies from validFrom (inclusive) to validTo (exclusive)', () => {
		const profile = chargingProfile({
			validFrom: '2026-01-15T06:00:00Z',
			validTo: '2026-01-15T07:00:00Z',
		});
		expect(limits([installed(1, profile)])).toEqual([
			[0, 48],
			[6 * HOUR, 16],
			[7 * HOUR, 48],
		]);
	});

	it('starts, if Relative, with the transaction, or with the window if there is none', () => {
		const relative = chargingProfile(
			{ chargingProfileKind: 'Relative' },
			{ startSchedule: undefined, duration: 2 * HOUR },
		);
		expect(limits([installed(0, relative)])).toEqual([
			[0, 16],
			[2 * HOUR, 48],
		]);
		const transactions = new Map([[1, { startedAtMs: at('2026-01-14T23:00:00Z') }]]);
		expect(limits([installed(0, relative)], { transactions })).toEqual([
			[0, 16],
			[HOUR, 48],
		]);
	});
});

describe('units and phases', () => {
	const watts = (limit: number, numberPhases?: number) =>
		installed(
			0,
			chargingProfile(
				{ chargingProfilePurpose: 'ChargingStationMaxProfile' },
				{
					chargingRateUnit: 'W',
					chargingSchedulePeriod: [{ startPeriod: 0, limit, numberPhases }],
				},
			),
		);
	const answer = (...args: Parameters<typeof compositeQuery>) =>
		compositeSchedule(compositeQuery(...args));

	it('W is the total over the phases, A is per phase', () => {
		const max = [watts(11_040)];
		expect(answer(max)).toEqual([{ startPeriod: 0, limit: 16, numberPhases: 3 }]);
		expect(answer([watts(3680, 1)])).toEqual([{ startPeriod: 0, limit: 16, numberPhases: 1 }]);
		expect(answer(max, { phases: 1 })).toEqual([{ startPeriod: 0, limit: 48, numberPhases: 1 }]);
	});

	it('rounds a converted limit down, never above what was set', () => {
		// 2,500 W / 230 V is 10.87 A: 10.9 A would be 2,507 W.
		expect(answer([watts(2500, 1)])).toEqual([{ startPeriod: 0, limit: 10.8, numberPhases: 1 }]);
	});

	// 10.1 × 690 comes out a little above 6,969, and 1.9 + 1.9 + 1.9 a little below 5.7.
	it.each([
		[10.1, 6969, 30.3],
		[1.9, 1311, 5.7],
	])('shows no binary noise: %s A', (limit, power, threeTimes) => {
		const amps = chargingProfile({}, { chargingSchedulePeriod: [{ startPeriod: 0, limit }] });
		const profiles = [installed(0, amps)];
		expect(limits(profiles, { unit: 'W' })).toEqual([[0, power]]);
		expect(limits(profiles, { evseId: 0, evseIds: [1, 2, 3] })).toEqual([[0, threeTimes]]);
	});

	it('on DC, W is A × V, and there are no phases', () => {
		const dc = { phases: undefined, voltage: 400, unit: 'W' as const };
		expect(answer([installed(1, chargingProfile())], dc)).toEqual([
			{ startPeriod: 0, limit: 6400 },
		]);
	});
});

describe('the whole station', () => {
	it('adds up its EVSEs and stays under its own maximum', () => {
		const max = chargingProfile(
			{ id: 9, chargingProfilePurpose: 'ChargingStationMaxProfile' },
			{
				startSchedule: '2026-01-15T12:00:00Z',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 20 }],
			},
		);
		expect(limits([installed(0, chargingProfile()), installed(0, max)], { evseId: 0 })).toEqual([
			[0, 32],
			[12 * HOUR, 20],
		]);
	});

	it('adds one-phase and three-phase power in W', () => {
		const onePhase = { chargingSchedulePeriod: [{ startPeriod: 0, limit: 16, numberPhases: 1 }] };
		const profiles = [
			installed(1, chargingProfile({}, onePhase)),
			installed(2, chargingProfile({ id: 2 })),
		];
		expect(limits(profiles, { evseId: 0, unit: 'W' })).toEqual([[0, 3680 + 11_040]]);
	});

	it('adds the local limit of an EVSE without a profile', () => {
		expect(limits([installed(1, chargingProfile())], { evseId: 0 })).toEqual([[0, 64]]);
	});
});

describe('the window', () => {
	it('is empty if it ends before it starts', () => {
		const start = at('2026-01-15T00:00:00Z');
		expect(limits([], { startMs: start, endMs: start })).toEqual([]);
		expect(limits([], { startMs: start, endMs: start - 1000 })).toEqual([]);
	});

	it('counts in whole seconds', () => {
		const profile = chargingProfile(
			{},
			{ startSchedule: '2026-01-15T00:00:10.900Z', duration: 10 },
		);
		const window = {
			startMs: at('2026-01-15T00:00:00.400Z'),
			endMs: at('2026-01-15T00:00:20.100Z'),
		};
		expect(limits([installed(1, profile)], window)).toEqual([
			[0, 48],
			[10, 16],
			[20, 48],
		]);
	});
});

describe('the profiles that set a limit', () => {
	it('are named for each limit, with none where the local limit applies', () => {
		const low = installed(1, chargingProfile({}, { duration: HOUR }));
		const high = installed(1, chargingProfile({ id: 2, stackLevel: 1 }, { duration: 600 }));
		const explained = explainCompositeSchedule(compositeQuery([low, high]));
		expect(explained.map(({ startPeriod, limit, setBy }) => [startPeriod, limit, setBy])).toEqual([
			[0, 16, [high]],
			[600, 16, [low]],
			[HOUR, 48, []],
		]);
	});

	it('do not split a period of the answer to GetCompositeSchedule', () => {
		const low = installed(1, chargingProfile({}, { duration: HOUR }));
		const high = installed(1, chargingProfile({ id: 2, stackLevel: 1 }, { duration: 600 }));
		expect(limits([low, high])).toEqual([
			[0, 16],
			[HOUR, 48],
		]);
	});

	it('include a profile of the station once, however many EVSEs it limits', () => {
		const shared = installed(0, chargingProfile());
		const query = compositeQuery([shared], { evseId: 0 });
		expect(explainCompositeSchedule(query)).toEqual([
			{ startPeriod: 0, limit: 32, numberPhases: 3, setBy: [shared] },
		]);
	});

	it('are all those that add up for the station, or the maximum that caps them', () => {
		const first = installed(1, chargingProfile());
		const second = installed(2, chargingProfile({ id: 2 }));
		const max = installed(
			0,
			chargingProfile(
				{ id: 3, chargingProfilePurpose: 'ChargingStationMaxProfile' },
				{
					startSchedule: '2026-01-15T01:00:00Z',
					chargingSchedulePeriod: [{ startPeriod: 0, limit: 20 }],
				},
			),
		);
		const query = compositeQuery([max, second, first], { evseId: 0 });
		expect(explainCompositeSchedule(query).map(({ limit, setBy }) => [limit, setBy])).toEqual([
			[32, [first, second]],
			[20, [max]],
		]);
	});
});

describe('a Recurring profile and daylight saving', () => {
	/** 17:00 to 20:00 in Helsinki, anchored in winter. */
	const evenings = (recurrencyKind: ChargingProfile['recurrencyKind']) => {
		const start = DateTime.fromISO('2026-01-15T17:00', { zone: 'Europe/Helsinki' });
		const startSchedule = start.toUTC().toISO() ?? '';
		return installed(
			1,
			chargingProfile(
				{ chargingProfileKind: 'Recurring', recurrencyKind },
				{ startSchedule, duration: 3 * HOUR },
			),
		);
	};
	const localHours = (day: string, recurrencyKind: ChargingProfile['recurrencyKind']) => {
		const midnight = DateTime.fromISO(day, { zone: 'Europe/Helsinki' });
		return compositeSchedule(
			compositeQuery([evenings(recurrencyKind)], {
				startMs: midnight.toMillis(),
				endMs: midnight.plus({ days: 1 }).toMillis(),
			}),
		).map(({ startPeriod, limit }) => [
			midnight.plus({ seconds: startPeriod }).toFormat('HH:mm'),
			limit,
		]);
	};
	const from = (hour: number) => [
		['00:00', 48],
		[`${hour}:00`, 16],
		[`${hour + 3}:00`, 48],
	];

	it('keeps its UTC hours, which are an hour later in local time in summer', () => {
		expect(localHours('2026-03-28', 'Daily')).toEqual(from(17));
		expect(localHours('2026-03-29', 'Daily')).toEqual(from(18));
		expect(localHours('2026-10-24', 'Daily')).toEqual(from(18));
		expect(localHours('2026-10-25', 'Daily')).toEqual(from(17));
	});

	it('applies on one weekday if it is Weekly, with the same shift', () => {
		expect(localHours('2026-03-26', 'Weekly')).toEqual(from(17));
		expect(localHours('2026-04-02', 'Weekly')).toEqual(from(18));
		expect(localHours('2026-04-03', 'Weekly')).toEqual([['00:00', 48]]);
	});

	it('does not apply before its start, as a strict charger reads it', () => {
		expect(localHours('2026-01-14', 'Daily')).toEqual([['00:00', 48]]);
		expect(localHours('2026-01-15', 'Daily')).toEqual(from(17));
		expect(localHours('2026-01-08', 'Weekly')).toEqual([['00:00', 48]]);
		expect(localHours('2026-01-22', 'Weekly')).toEqual(from(17));
	});
});
