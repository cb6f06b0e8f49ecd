import { DAY, WEEK } from './base/clocks';

/**
 * The ChargingProfile of OCPP 2.0.1 (part 2, sections 2.9 to 2.11), with the names and values of the
 * official JSON schemas. All times are UTC (RFC 3339), all durations and offsets whole seconds.
 */

/** `A` is amperes per phase, `W` is the total power over all phases (ChargingRateUnitEnumType). */
export type RateUnit = 'A' | 'W';

/** What a profile limits (ChargingProfilePurposeEnumType). */
export type ChargingProfilePurpose =
	| 'ChargingStationExternalConstraints'
	| 'ChargingStationMaxProfile'
	| 'TxDefaultProfile'
	| 'TxProfile';

/** How a schedule is anchored in time (ChargingProfileKindEnumType). */
export type ChargingProfileKind = 'Absolute' | 'Recurring' | 'Relative';

/** Every 86,400 s or every 604,800 s from `startSchedule`; neither follows daylight saving. */
export type RecurrencyKind = 'Daily' | 'Weekly';

/** How often a Recurring profile starts again, in seconds. */
export const RECURRENCE_SECONDS: Readonly<Record<RecurrencyKind, number>> = {
	Daily: DAY,
	Weekly: WEEK,
};

/** Vendor data, which OCPP allows on every object. */
export interface CustomData {
	/** At most 255 characters. */
	vendorId: string;
	[key: string]: unknown;
}

/** A limit that holds until the next period, or the end of the schedule. */
export interface ChargingSchedulePeriod {
	/** Seconds from the start of the schedule. */
	startPeriod: number;
	/** In the schedule's `chargingRateUnit`, at most one decimal. 0 stops charging. */
	limit: number;
	/** 1 to 3; 3 where absent on AC; not used on DC. */
	numberPhases?: number;
	/** The phase to charge on, where `numberPhases` is 1. */
	phaseToUse?: number;
	customData?: CustomData;
}

/** A list of periods, anchored in time. */
export interface ChargingSchedule {
	id: number;
	/** The UTC start of the schedule. Absent on a Relative profile. */
	startSchedule?: string;
	/** Seconds. Without it the last period has no end (or lasts until the next recurrence). */
	duration?: number;
	chargingRateUnit: RateUnit;
	/** The lowest rate the car charges at well, in `chargingRateUnit`, at most one decimal. */
	minChargingRate?: number;
	/** 1 to 1,024 periods, the first at 0. */
	chargingSchedulePeriod: ChargingSchedulePeriod[];
	/** ISO 15118 tariff data, carried untouched. */
	salesTariff?: Record<string, unknown>;
	customData?: CustomData;
}

/** When a profile counts (UTC). */
export interface Validity {
	/** The first moment (inclusive). */
	validFrom?: string;
	/** The moment it ends (exclusive). */
	validTo?: string;
}

/** A limit over time, as SetChargingProfile and RequestStartTransaction carry it. */
export interface ChargingProfile extends Validity {
	id: number;
	/** From 0; the highest level with a period at a moment wins within its purpose. */
	stackLevel: number;
	chargingProfilePurpose: ChargingProfilePurpose;
	chargingProfileKind: ChargingProfileKind;
	/** On Recurring profiles only. */
	recurrencyKind?: RecurrencyKind;
	/** On TxProfile only. */
	transactionId?: string;
	/** One schedule; two or three only for ISO 15118. */
	chargingSchedule: ChargingSchedule[];
	customData?: CustomData;
}

/** A profile as a charging station holds it. */
export interface InstalledProfile {
	/** The EVSE the profile was set on; 0 is the whole station. */
	evseId: number;
	profile: ChargingProfile;
}
