import { clocksDiffer } from '../base/clocks';
import { RECURRENCE_SECONDS, type ChargingProfile, type RateUnit } from './profile';

/** The lowest current that a car may be offered is 6 A (IEC 61851-1), which is 1,380 W on one phase of 230 V. */
const PAUSES_BELOW: Readonly<Record<RateUnit, number>> = { A: 6, W: 1380 };

/**
 * Warnings on a charging profile that breaks no rule, but may not work as the user expects, in sentences.
 * @param profile one that breaks no rule
 * @param zone the user’s time zone, such as `Europe/Helsinki`
 */
export function profileWarnings(profile: ChargingProfile, zone: string): string[] {
	const { chargingSchedule, recurrencyKind, validFrom, validTo } = profile;
	const pauses = chargingSchedule.some(({ chargingRateUnit, chargingSchedulePeriod }) =>
		chargingSchedulePeriod.some(({ limit }) => limit < PAUSES_BELOW[chargingRateUnit]),
	);
	const shifting = chargingSchedule
		.map(({ startSchedule }) => startSchedule)
		.find((start) => {
			if (recurrencyKind === undefined || start === undefined) return false;
			const from = validFrom ?? start;
			// A run can begin before the profile is valid: only its clock changes after that matter.
			const age = (Date.parse(from) - Date.parse(start)) / 1000;
			const isOn = 0 <= age && age < RECURRENCE_SECONDS[recurrencyKind];
			return clocksDiffer(isOn ? from : start, from, validTo, zone);
		});
	return [
		...(pauses
			? ['Below 6 A per phase (1,380 W on one phase) most AC cars pause, and 0 stops charging.']
			: []),
		...(shifting === undefined
			? []
			: [
					`A ${recurrencyKind} profile recurs in UTC, from ${shifting}: it does not follow the clocks of ${zone}, which change while it is valid. Limit it with Valid To, and send another one for the time after the change.`,
				]),
	];
}
