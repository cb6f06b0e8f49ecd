import type {
	ChargingProfileKind,
	ChargingProfilePurpose,
	ChargingSchedule,
	ChargingSchedulePeriod,
	RateUnit,
	RecurrencyKind,
	Validity,
} from './profile';

/** What identifies a profile on a charger. */
export interface ProfileIdentity {
	id: number;
	stackLevel: number;
	purpose: ChargingProfilePurpose;
	/** For a TxProfile. */
	transactionId?: string;
}

/** The parts of a charging profile. 0 is always a value; parts that users enter as JSON may be of any type. */
export interface ProfileParts<
	Periods = ChargingSchedulePeriod[],
	OfProfile extends object = Validity,
	OfSchedule extends object = Pick<ChargingSchedule, 'duration'>,
> extends ProfileIdentity {
	kind: ChargingProfileKind;
	/** For a Recurring profile. */
	recurrencyKind?: RecurrencyKind;
	/** For an Absolute or Recurring profile (UTC). */
	startSchedule?: string;
	chargingRateUnit: RateUnit;
	periods: Periods;
	/** Other fields of the profile. */
	ofProfile: OfProfile;
	/** Other fields of its schedule. */
	ofSchedule: OfSchedule;
}

/** A profile has one schedule (K01.FR.34), so any ID is unique within the profile. */
const SCHEDULE_ID = 1;

/**
 * Builds a charging profile: ChargingProfileType of OCPP 2.0.1 (part 2, sections 2.9 to 2.11). Fields that do not
 * belong to its purpose or kind are left out.
 */
export const buildProfile = <Periods, OfProfile extends object, OfSchedule extends object>({
	id,
	stackLevel,
	purpose,
	transactionId,
	kind,
	recurrencyKind,
	startSchedule,
	chargingRateUnit,
	periods,
	ofProfile,
	ofSchedule,
}: ProfileParts<Periods, OfProfile, OfSchedule>) => ({
	id,
	stackLevel,
	chargingProfilePurpose: purpose,
	chargingProfileKind: kind,
	...(kind === 'Recurring' && { recurrencyKind }),
	...(purpose === 'TxProfile' && transactionId !== undefined && { transactionId }),
	...ofProfile,
	chargingSchedule: [
		{
			id: SCHEDULE_ID,
			...(kind !== 'Relative' && { startSchedule }),
			chargingRateUnit,
			...ofSchedule,
			chargingSchedulePeriod: periods,
		},
	],
});
