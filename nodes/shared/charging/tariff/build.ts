import type { ClockChange } from '../clocks';
import type { ChargingProfile, ChargingProfilePurpose, RateUnit } from '../profile';
import { utcText } from '../timeTexts';
import { planNextDays } from './nextDays';
import { planRecurring } from './recurring';
import { weekOf, type TariffWindow } from './windows';

/** Limits by the hours of the local week, and the profiles that they are to become. */
export interface Tariff {
	/** At least one. Of overlapping ones the lowest limit holds. */
	windows: readonly TariffWindow[];
	/** The limit at all other times; without one these profiles say nothing then, and lower stack levels hold. */
	outside?: number;
	/** Of all limits: A per phase, or W over all phases. */
	unit: RateUnit;
	/** An IANA time zone, such as `Europe/Helsinki`. */
	zone: string;
	/** The moment from which on the profiles are for use, in epoch milliseconds. */
	start: number;
	/** Recurring profiles until the year is over, or Absolute ones for so many days, the first included. */
	mode: 'recurring' | { days: number };
	purpose: ChargingProfilePurpose;
	/** The lowest that is used. */
	stackLevel: number;
	/** The lowest profile ID that may be used. */
	firstId: number;
}

/** A tariff as charging profiles, in the order in which to send them. */
export interface TariffSchedule {
	profiles: ChargingProfile[];
	/** The stack levels that they are on, ascending. */
	stackLevels: number[];
	/** The clock changes ahead that they allow for. */
	changes: readonly ClockChange[];
	/** When the last of them ends and others are needed (UTC); never if undefined. */
	sendAgainBefore?: string;
}

/** A profile has one schedule (K01.FR.34), so any ID is unique in it. */
const SCHEDULE_ID = 1;

/**
 * Builds the charging profiles of a tariff. At every moment while they are valid, the limit is that of the windows that
 * hold the time which the clocks of the zone show then: what a clock change skips does not come, and what it repeats
 * comes twice.
 */
export function buildTariffProfiles(tariff: Tariff): TariffSchedule {
	const { windows, outside, unit, zone, mode, purpose, stackLevel, firstId } = tariff;
	const week = weekOf(windows, outside);
	const start = Math.floor(tariff.start / 1000);
	const planned =
		mode === 'recurring'
			? planRecurring(week, zone, start)
			: planNextDays(week, zone, start, mode.days);
	const profiles = planned.profiles.map(
		({ slot, lane, level, kind, validFrom, validTo, startSchedule, duration, periods }) => ({
			id: firstId + lane * planned.slots + slot,
			stackLevel: stackLevel + level,
			chargingProfilePurpose: purpose,
			...kind,
			...(validFrom !== undefined && { validFrom }),
			...(validTo !== undefined && { validTo }),
			chargingSchedule: [
				{
					id: SCHEDULE_ID,
					startSchedule,
					...(duration !== undefined && { duration }),
					chargingRateUnit: unit,
					chargingSchedulePeriod: periods,
				},
			],
		}),
	);
	return {
		profiles,
		stackLevels: [...new Set(profiles.map((profile) => profile.stackLevel))].sort((a, b) => a - b),
		changes: planned.changes,
		...(planned.until !== undefined && { sendAgainBefore: utcText(planned.until) }),
	};
}
