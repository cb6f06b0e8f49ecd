import type { CompositeScheduleQuery } from '../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type {
	ChargingProfile,
	ChargingSchedule,
	InstalledProfile,
} from '../../../../nodes/shared/charging/profile/profile.ts';

/** A valid Absolute TxDefaultProfile of 16 A from midnight on 15 January 2026, except for the changes. */
export function chargingProfile(
	changes: Partial<ChargingProfile> = {},
	schedule: Partial<ChargingSchedule> = {},
): ChargingProfile {
	return {
		id: 1,
		stackLevel: 0,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Absolute',
		chargingSchedule: [
			{
				id: 1,
				startSchedule: '2026-01-15T00:00:00Z',
				chargingRateUnit: 'A',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
				...schedule,
			},
		],
		...changes,
	};
}

export function installed(evseId: number, profile: ChargingProfile): InstalledProfile {
	return { evseId, profile };
}

/** A query for EVSE 1 of a three-phase station with two EVSEs on 15 January 2026, in A. */
export function compositeQuery(
	profiles: readonly InstalledProfile[],
	changes: Partial<CompositeScheduleQuery> = {},
): CompositeScheduleQuery {
	return {
		profiles,
		evseId: 1,
		evseIds: [1, 2],
		startMs: Date.parse('2026-01-15T00:00:00Z'),
		endMs: Date.parse('2026-01-16T00:00:00Z'),
		unit: 'A',
		voltage: 230,
		phases: 3,
		transactions: new Map(),
		defaultLimit: { A: 48, W: 33_120 },
		...changes,
	};
}
