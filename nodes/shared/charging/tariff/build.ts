import type { ClockChange } from '../base/clocks';
import { utcText } from '../base/timeTexts';
import { buildProfile, type ProfileIdentity } from '../profile/buildProfile';
import type { ChargingProfile, RateUnit } from '../profile/profile';
import { planNextDays } from './nextDays';
import { planRecurring } from './recurring';
import { weekOf, type TariffWindow } from './windows';

/** Limits by hours of the local week, and how to turn them into profiles. */
export interface Tariff {
	/** At least one. Where windows overlap, the lowest limit applies. */
	windows: readonly TariffWindow[];
	/** The limit at all other times. If undefined, the profiles set no limit then, and lower stack levels apply. */
	outside?: number;
	/** The unit of all limits: A per phase, or W over all phases. */
	unit: RateUnit;
	/** An IANA time zone, such as `Europe/Helsinki`. */
	zone: string;
	/** When the profiles are first needed, in epoch milliseconds. */
	startMs: number;
	/** Recurring profiles for at least a year, or Absolute profiles for a number of days, including today. */
	mode: 'recurring' | { days: number };
	/** The purpose, and the lowest ID and stack level that may be used. */
	identity: Omit<ProfileIdentity, 'transactionId'>;
}

/** A tariff as charging profiles, in the order in which to send them. */
export interface TariffSchedule {
	profiles: ChargingProfile[];
	/** The stack levels of the profiles, ascending. */
	stackLevels: number[];
	/** The coming clock changes that the profiles take into account. */
	changes: readonly ClockChange[];
	/** When the last profile ends and new ones are needed (UTC); undefined if it never ends. */
	sendAgainBefore?: string;
}

/**
 * Builds the charging profiles of a tariff. At every moment while they are valid, the windows that include the local
 * clock time set the limit: times that a clock change skips are left out, and times that it repeats occur twice.
 */
export function buildTariffProfiles(tariff: Tariff): TariffSchedule {
	const { windows, outside, unit, zone, mode, identity } = tariff;
	const week = weekOf(windows, outside);
	const start = Math.floor(tariff.startMs / 1000);
	const planned =
		mode === 'recurring'
			? planRecurring(week, zone, start)
			: planNextDays(week, zone, start, mode.days);
	const profiles = planned.profiles.map(
		({ slot, lane, level, recurrencyKind, validity, startSchedule, duration, periods }) =>
			buildProfile({
				id: identity.id + lane * planned.slots + slot,
				stackLevel: identity.stackLevel + level,
				purpose: identity.purpose,
				kind: recurrencyKind === undefined ? 'Absolute' : 'Recurring',
				recurrencyKind,
				startSchedule,
				chargingRateUnit: unit,
				periods,
				ofProfile: validity,
				ofSchedule: duration === undefined ? {} : { duration },
			}),
	);
	return {
		profiles,
		stackLevels: [...new Set(profiles.map((profile) => profile.stackLevel))].sort((a, b) => a - b),
		changes: planned.changes,
		...(planned.until !== undefined && { sendAgainBefore: utcText(planned.until) }),
	};
}
