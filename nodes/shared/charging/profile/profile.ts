import { DAY, WEEK } from '../base/clocks';

/*
 * The ChargingProfile of OCPP 2.0.1 (part 2, sections 2.9 to 2.11), with the names and values of the official JSON
 * schemas, and with ChargEye’s own fields. All times are UTC (RFC 3339), and all durations and offsets whole seconds.
 * A test checks that it is the same type as in the API’s contract.
 */

/** `A` is amperes per phase, `W` is the total power over all phases (ChargingRateUnitEnumType). */
export const RATE_UNITS = ['A', 'W'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

/** What a profile limits (ChargingProfilePurposeEnumType). */
export const PURPOSES = [
	'ChargingStationExternalConstraints',
	'ChargingStationMaxProfile',
	'TxDefaultProfile',
	'TxProfile',
] as const;
export type ChargingProfilePurpose = (typeof PURPOSES)[number];

/** Whether a limit of a station’s profile applies to each of its connectors, and not to all of them together. */
export const eachConnector = (purpose: ChargingProfilePurpose): boolean =>
	purpose === 'TxDefaultProfile';

/** How a schedule is anchored in time (ChargingProfileKindEnumType). */
export const KINDS = ['Absolute', 'Recurring', 'Relative'] as const;
export type ChargingProfileKind = (typeof KINDS)[number];

/** A Recurring profile starts again every 86,400 s or every 604,800 s from `startSchedule`; neither follows daylight saving. */
export const RECURRENCY_KINDS = ['Daily', 'Weekly'] as const;
export type RecurrencyKind = (typeof RECURRENCY_KINDS)[number];

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

/** What charging costs, for cars that speak ISO 15118 (SalesTariffType). */
export interface SalesTariff {
	id: number;
	/** At most 32 characters. */
	salesTariffDescription?: string;
	numEPriceLevels?: number;
	/** 1 to 1,024. */
	salesTariffEntry: SalesTariffEntry[];
	customData?: CustomData;
}

export interface SalesTariffEntry {
	/** Seconds from the start of the schedule. */
	relativeTimeInterval: { start: number; duration?: number; customData?: CustomData };
	ePriceLevel?: number;
	/** 1 to 3. */
	consumptionCost?: ConsumptionCost[];
	customData?: CustomData;
}

export const COST_KINDS = [
	'CarbonDioxideEmission',
	'RelativePricePercentage',
	'RenewableGenerationPercentage',
] as const;

export interface ConsumptionCost {
	startValue: number;
	/** 1 to 3; the multiplier is a power of ten. */
	cost: Array<{
		costKind: (typeof COST_KINDS)[number];
		amount: number;
		amountMultiplier?: number;
		customData?: CustomData;
	}>;
	customData?: CustomData;
}

/** A limit that applies until the next period or the end of the schedule. */
export interface ChargingSchedulePeriod {
	/** Seconds from the start of the schedule. */
	startPeriod: number;
	/** In the schedule's `chargingRateUnit`, at most one decimal. 0 stops charging. */
	limit: number;
	/** 1 to 3. On AC it is 3 if absent; on DC it is not used. */
	numberPhases?: number;
	/** The phase to charge on, if `numberPhases` is 1. */
	phaseToUse?: number;
	customData?: CustomData;
}

/** A list of periods, anchored in time. */
export interface ChargingSchedule {
	id: number;
	/** The UTC start of the schedule. Absent on a Relative profile. */
	startSchedule?: string;
	/** Seconds. Without a duration the last period has no end, or lasts until the next recurrence. */
	duration?: number;
	chargingRateUnit: RateUnit;
	/** The lowest rate at which the car charges efficiently, in `chargingRateUnit`, at most one decimal. */
	minChargingRate?: number;
	/** 1 to 1,024 periods, the first at 0. */
	chargingSchedulePeriod: ChargingSchedulePeriod[];
	salesTariff?: SalesTariff;
	customData?: CustomData;
}

/** When a profile is valid (UTC). */
export interface Validity {
	/** The first moment (inclusive). */
	validFrom?: string;
	/** The moment it ends (exclusive). */
	validTo?: string;
}

/** Limits over time, as in the requests SetChargingProfile and RequestStartTransaction. */
export interface ChargingProfile extends Validity {
	id: number;
	/** 0 or higher. Within a purpose, the profile with the highest level that has a period at a moment wins. */
	stackLevel: number;
	chargingProfilePurpose: ChargingProfilePurpose;
	chargingProfileKind: ChargingProfileKind;
	/** On Recurring profiles only. */
	recurrencyKind?: RecurrencyKind;
	/** On TxProfile only. */
	transactionId?: string;
	/** One schedule; two or three only for ISO 15118. */
	chargingSchedule: ChargingSchedule[];
	/** ChargEye’s own field: the charger follows the profile only under these conditions. */
	condition?: { whenNoCloudConnection?: boolean; whenSessionNotAuthorized?: boolean };
	/** ChargEye’s own field: notes that ChargEye keeps and does not send to the charger. */
	meta?: { comment?: string; createdAt?: string; createdBy?: string };
	customData?: CustomData;
}

/** A profile that is installed on a charging station. */
export interface InstalledProfile {
	/** The EVSE the profile was set on; 0 is the whole station. */
	evseId: number;
	profile: ChargingProfile;
}
