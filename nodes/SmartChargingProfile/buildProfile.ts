import type { IDataObject } from 'n8n-workflow';

import type {
	ChargingProfileKind,
	ChargingProfilePurpose,
	RateUnit,
	RecurrencyKind,
} from '../shared/charging/profile';

/** What a user enters for a charging profile, checked field by field; 0 is a value everywhere. */
export interface ProfileForm {
	id: number;
	stackLevel: number;
	purpose: ChargingProfilePurpose;
	/** For a TxProfile. */
	transactionId?: string;
	kind: ChargingProfileKind;
	/** For a Recurring profile. */
	recurrencyKind?: RecurrencyKind;
	/** For an Absolute or Recurring profile (UTC). */
	startSchedule?: string;
	chargingRateUnit: RateUnit;
	/** A list of periods as OCPP has them. */
	periods: unknown;
	/** Further fields: `validFrom`, `validTo`, `condition`, `customData`. */
	ofProfile: IDataObject;
	/** Further fields: `duration` (s), `minChargingRate` (A or W), `salesTariff`. */
	ofSchedule: IDataObject;
}

/** A profile has one schedule (K01.FR.34), so any ID is unique in it. */
const SCHEDULE_ID = 1;

/**
 * Puts a charging profile together as the API takes it: ChargingProfileType of OCPP 2.0.1 (part 2, sections 2.9 to
 * 2.11) with the vendor's `condition`. What does not belong to the purpose or the kind is left out.
 */
export function buildProfile(form: ProfileForm): IDataObject {
	const { purpose, transactionId, kind, startSchedule, ofSchedule, ofProfile } = form;
	return {
		id: form.id,
		stackLevel: form.stackLevel,
		chargingProfilePurpose: purpose,
		chargingProfileKind: kind,
		...(kind === 'Recurring' && { recurrencyKind: form.recurrencyKind }),
		...(purpose === 'TxProfile' && transactionId !== undefined && { transactionId }),
		...ofProfile,
		chargingSchedule: [
			{
				id: SCHEDULE_ID,
				...(kind !== 'Relative' && { startSchedule }),
				chargingRateUnit: form.chargingRateUnit,
				...ofSchedule,
				chargingSchedulePeriod: form.periods,
			},
		],
	} as IDataObject;
}

/** The profile with a comment in its `meta`, beside what else is there. */
export function withComment(profile: IDataObject, comment: string | undefined): IDataObject {
	if (comment === undefined) return profile;
	return { ...profile, meta: { ...(profile.meta as IDataObject | undefined), comment } };
}
