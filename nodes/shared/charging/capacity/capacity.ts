/** What a charger takes, as its device model tells: `Infinity` where there is no bound. */
export interface ChargerCapacity {
	/** The most periods in a schedule (PeriodsPerSchedule). */
	periods: number;
	/** How many stack levels there are: 0 to `levels` − 1 are accepted (one more than ProfileStackLevel). */
	levels: number;
	/** The most profiles at the same time. */
	profiles: number;
	/**
	 * Whether a profile replaces the one with the same purpose and stack level, whenever they are valid (OCPP 1.6,
	 * section 5.16.3). In OCPP 2.0.1 two of them are refused only if they are valid at the same time (K01.FR.06).
	 */
	sameLevelReplaces: boolean;
}

/** Capacities by name. */
export const CAPACITIES = {
	/** What most chargers whose capacity is public take. */
	unknown: { periods: 24, levels: 4, profiles: 10, sameLevelReplaces: false },
	ocpp16: { periods: 24, levels: 1, profiles: 10, sameLevelReplaces: true },
	unlimited: {
		periods: Infinity,
		levels: Infinity,
		profiles: Infinity,
		sameLevelReplaces: false,
	},
} as const satisfies Record<string, ChargerCapacity>;

/** "24 periods in a profile, 10 profiles and the stack levels 0 to 3". */
export function capacityInWords({ periods, levels, profiles }: ChargerCapacity): string {
	const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
	const ofLevels = levels === 1 ? 'the stack level 0' : `the stack levels 0 to ${levels - 1}`;
	return `${counted(periods, 'period')} in a profile, ${counted(profiles, 'profile')} and ${ofLevels}`;
}
