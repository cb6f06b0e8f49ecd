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

/** The parts of a charging profile. 0 is a value everywhere; what users enter as JSON may be anything. */
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
	/** Further fields of the profile. */
	ofProfile: OfProfile;
	/** Further fields of its schedule. */
	ofSchedule: OfSchedule;
}

/** A profile has one schedule (K01.FR.34), so any ID is unique in it. */
const SCHEDULE_ID = 1;

/**
 * Puts a charging profile together: ChargingProfileType of OCPP 2.0.1 (part 2, sections 2.9 to 2.11). What does not
 * belong to the purpose or the kind is left out.
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
