import type { StartDelay } from '../base/startDelay';
import type { ChargerCapacity } from '../capacity/capacity';
import type { ProfileIdentity } from '../profile/buildProfile';
import type { ChargingDetails } from '../profile/chargingDetails';
import type { RateUnit } from '../profile/profile';
import type { TariffWindow } from './windows';

/** Days that count as another day of the week. */
export interface Holidays {
	/** Local dates as YYYY-MM-DD, in any order. */
	dates: readonly string[];
	/** 1 is Monday, 7 is Sunday; undefined if no window begins on these days. */
	countAs?: number;
}

/** Limits by hours of the local week, and how to turn them into profiles. */
export interface Tariff {
	/** At least one. Where windows overlap, the lowest limit applies. */
	windows: readonly TariffWindow[];
	/** The limit at all other times. If undefined, the profiles set no limit then, and lower stack levels apply. */
	outside?: number;
	/** Days on which windows begin as on another day of the week. */
	holidays?: Holidays;
	/** By how much the limits of the charging station rise late, by the local clock. */
	startDelay?: StartDelay;
	/** The unit of all limits: A per phase, or W over all phases. */
	unit: RateUnit;
	/** What applies in every period of the profiles, besides the limits. */
	details?: ChargingDetails;
	/** An IANA time zone, such as `Europe/Helsinki`. */
	zone: string;
	/** When the profiles are first needed, in epoch milliseconds. */
	startMs: number;
	/** Recurring profiles for at least a year if they fit, or profiles for a number of days, including today. */
	mode: 'recurring' | { days: number };
	/** What the profiles have to fit. */
	capacity: ChargerCapacity;
	/** The purpose, and the lowest ID and stack level that may be used. */
	identity: Omit<ProfileIdentity, 'transactionId'>;
}
