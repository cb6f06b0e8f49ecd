import type { ClockChange } from '../base/clocks';
import type { ChargingSchedulePeriod, RecurrencyKind } from '../profile/profile';

/** A profile before it gets its purpose, ID and stack level. All moments are in epoch seconds. */
export interface PlannedProfile {
	/** How far its ID is above the lowest one; the same whenever the same hours are planned again. */
	id: number;
	/** How far its stack level is above the lowest one. */
	level: number;
	/** Absent if the profile is Absolute. */
	recurrencyKind?: RecurrencyKind;
	/** Undefined if it was valid ever before. */
	validFrom?: number;
	/** Undefined if it is valid ever after. */
	validTo?: number;
	/** When the schedule starts. */
	start: number;
	/** Seconds. */
	duration: number;
	periods: ChargingSchedulePeriod[];
}

/** The profiles of a tariff, in order of time. */
export interface Planned {
	profiles: PlannedProfile[];
	/** The coming clock changes that the profiles take into account. */
	changes: readonly ClockChange[];
	/** When the last profile ends, in epoch seconds; undefined if it never ends. */
	until?: number;
}
