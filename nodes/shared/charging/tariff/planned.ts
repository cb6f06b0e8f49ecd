import type { ClockChange } from '../base/clocks';
import type { ChargingSchedulePeriod, RecurrencyKind, Validity } from '../profile/profile';

/** A profile before it gets its purpose, ID and stack level. */
export interface PlannedProfile {
	/** Which stretch of time it is for; a later build reuses the number when that time has passed. */
	slot: number;
	/** Which of the profiles for that stretch of time it is. */
	lane: number;
	/** How far above the lowest stack level. */
	level: number;
	/** None if it is Absolute. */
	recurrencyKind?: RecurrencyKind;
	validity: Validity;
	startSchedule: string;
	/** Seconds. */
	duration?: number;
	periods: ChargingSchedulePeriod[];
}

/** The profiles of a tariff, in the order of time. */
export interface Planned {
	profiles: PlannedProfile[];
	/** How many slots there are; every profile's is lower. */
	slots: number;
	/** The coming clock changes that the profiles take into account, their end included. */
	changes: readonly ClockChange[];
	/** When the last profile ends, in epoch seconds; never if undefined. */
	until?: number;
}
