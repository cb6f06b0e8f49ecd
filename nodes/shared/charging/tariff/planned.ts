import type { ClockChange } from '../base/clocks';
import type { ChargingSchedulePeriod, RecurrencyKind, Validity } from '../profile/profile';

/** A profile before it gets its purpose, ID and stack level. */
export interface PlannedProfile {
	/** The number of the stretch of time that it is for; later profiles reuse the number when that time has passed. */
	slot: number;
	/** The number of the profile among those for the same stretch of time. */
	lane: number;
	/** How far its stack level is above the lowest one. */
	level: number;
	/** Absent if the profile is Absolute. */
	recurrencyKind?: RecurrencyKind;
	validity: Validity;
	startSchedule: string;
	/** Seconds. */
	duration: number;
	periods: ChargingSchedulePeriod[];
}

/** The profiles of a tariff, in order of time. */
export interface Planned {
	profiles: PlannedProfile[];
	/** How many slots there are; they are numbered from 0. */
	slots: number;
	/** The coming clock changes that the profiles take into account. */
	changes: readonly ClockChange[];
	/** When the last profile ends, in epoch seconds; undefined if it never ends. */
	until?: number;
}
