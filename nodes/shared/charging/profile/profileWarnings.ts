import { clocksDiffer } from '../base/clocks';
import { rounded } from '../base/numbers';
import {
	RECURRENCE_SECONDS,
	type ChargingProfile,
	type ChargingSchedule,
	type RateUnit,
} from './profile';

/** The lowest current that a car may be offered is 6 A (IEC 61851-1), which is 1,380 W on one phase of 230 V. */
const PAUSES_BELOW: Readonly<Record<RateUnit, number>> = { A: 6, W: 1380 };

/** The highest current of any charger: the Megawatt Charging System’s. */
const MOST_AMPERES = 3000;

/** A limit that is too high for any charger: mostly watts in a schedule in amperes. */
const tooHigh = ({ chargingRateUnit, chargingSchedulePeriod }: ChargingSchedule): string[] => {
	const limits = chargingSchedulePeriod.map(({ limit }) => limit);
	const limit = limits.find((one) => chargingRateUnit === 'A' && one > MOST_AMPERES);
	return limit === undefined
		? []
		: [`${limit} A is more than any charger supplies: for ${limit} W, use the rate unit W.`];
};

/** A limit in W that is enough for one phase, but is spread over several. */
const spreadThin = (
	{ chargingRateUnit, chargingSchedulePeriod }: ChargingSchedule,
	phasesIfNotGiven: number,
): string[] => {
	if (chargingRateUnit !== 'W') return [];
	const thin = chargingSchedulePeriod
		.map(({ limit, numberPhases = phasesIfNotGiven }) => ({ limit, numberPhases }))
		.find(
			({ limit, numberPhases }) => limit >= PAUSES_BELOW.W && limit < PAUSES_BELOW.W * numberPhases,
		);
	if (thin === undefined) return [];
	const { limit, numberPhases } = thin;
	return [
		`${limit} W on ${numberPhases} phases is ${rounded(limit / numberPhases / 230, 1)} A per phase: below 6 A (${PAUSES_BELOW.W * numberPhases} W on ${numberPhases} phases) most AC cars pause.`,
	];
};

/** A limit above 0 that is lower than the rate at which the car charges efficiently. */
const belowMinimum = (schedule: ChargingSchedule): string[] => {
	const { minChargingRate = 0, chargingRateUnit: unit, chargingSchedulePeriod } = schedule;
	const lower = chargingSchedulePeriod.find(({ limit }) => limit > 0 && limit < minChargingRate);
	return lower === undefined
		? []
		: [
				`minChargingRate is ${minChargingRate} ${unit}, which is above the limit of ${lower.limit} ${unit}: the car may pause then.`,
			];
};

/**
 * Warnings on limits that make no sense, in sentences.
 * @param currentType what the charger supplies to cars, if that is known
 */
export function limitWarnings(
	{ chargingSchedule }: ChargingProfile,
	currentType?: 'AC' | 'DC',
): string[] {
	// On AC a limit is for three phases (K01.FR.49); where nobody says that it is AC, one phase is taken.
	const phases = currentType === 'AC' ? 3 : 1;
	return chargingSchedule.flatMap((schedule) => [
		...tooHigh(schedule),
		...(currentType === 'DC' ? [] : spreadThin(schedule, phases)),
		...belowMinimum(schedule),
	]);
}

/**
 * Warnings on a charging profile that breaks no rule, but may not work as the user expects, in sentences.
 * @param profile one that breaks no rule
 * @param zone the user’s time zone, such as `Europe/Helsinki`
 * @param currentType what the charger supplies to cars, if that is known
 */
export function profileWarnings(
	profile: ChargingProfile,
	zone: string,
	currentType?: 'AC' | 'DC',
): string[] {
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
		...limitWarnings(profile, currentType),
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
