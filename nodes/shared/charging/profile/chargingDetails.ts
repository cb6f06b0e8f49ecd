import type { ChargingSchedule, ChargingSchedulePeriod } from './profile';

/** What applies in every period of a schedule, besides its limit. */
export type ChargingDetails = Pick<ChargingSchedulePeriod, 'numberPhases' | 'phaseToUse'> &
	Pick<ChargingSchedule, 'minChargingRate'>;

/**
 * The parts of a profile that its periods and details make.
 * @param duration of the schedule, in seconds
 */
export const scheduleParts = (
	periods: ChargingSchedulePeriod[],
	duration: number,
	{ minChargingRate, ...phases }: ChargingDetails = {},
) => ({
	// Copying thousands of periods takes its time.
	periods:
		Object.keys(phases).length === 0 ? periods : periods.map((one) => ({ ...one, ...phases })),
	ofSchedule: { duration, ...(minChargingRate !== undefined && { minChargingRate }) },
});

/** "Cars charge on phase 2 only."; undefined if the phases are not stated. */
export function phasesInWords({ numberPhases, phaseToUse }: ChargingDetails): string | undefined {
	if (phaseToUse !== undefined) return `Cars charge on phase ${phaseToUse} only.`;
	if (numberPhases === undefined) return undefined;
	return `Cars charge on ${numberPhases === 1 ? 'one phase' : `up to ${numberPhases} phases`}.`;
}
