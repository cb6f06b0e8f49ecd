import { isObject } from '../base/isObject';
import type { ChargerCapacity } from '../capacity/capacity';
import type { Finding } from './finding';
import type { PlacedProfile, SetFinding } from './profileSet';

/** A profile that is on a station, or that it gets if it has a capacity to check against. */
export interface CountedProfile extends PlacedProfile {
	capacity?: ChargerCapacity;
}

const error = (path: string, requirement: string, message: string): Finding => ({
	severity: 'error',
	path,
	requirement,
	message,
	reasonCode: 'TooManyElements',
});

/** Profiles with the same place replace each other on a charger of OCPP 1.6 (section 5.16.3). */
const placeOf = ({ evseId }: PlacedProfile, profile: Readonly<Record<string, unknown>>): string =>
	JSON.stringify([evseId, profile.chargingProfilePurpose, profile.stackLevel]);

/** What one profile exceeds by itself. */
function excessOf(
	{ stackLevel, chargingSchedule }: Readonly<Record<string, unknown>>,
	{ levels, periods }: ChargerCapacity,
): Finding[] {
	const schedules: unknown[] = Array.isArray(chargingSchedule) ? chargingSchedule : [];
	return [
		...(Number(stackLevel) >= levels
			? [
					error(
						'stackLevel',
						'SmartChargingCtrlr.ProfileStackLevel',
						`Is ${String(stackLevel)}, and by Charger Capacity the highest is ${levels - 1}.`,
					),
				]
			: []),
		...schedules.flatMap((schedule, nth) => {
			const given = isObject(schedule) ? schedule.chargingSchedulePeriod : undefined;
			if (!Array.isArray(given) || given.length <= periods) return [];
			return [
				error(
					`chargingSchedule[${nth}].chargingSchedulePeriod`,
					'SmartChargingCtrlr.PeriodsPerSchedule',
					`Has ${given.length} periods, and by Charger Capacity at most ${periods} are allowed.`,
				),
			];
		}),
	];
}

/**
 * Checks profiles by what their charging stations take, in the order in which they are set: periods, stack levels and
 * the number of profiles, where one with the ID of an earlier one replaces it (K01.FR.05). On a charger of OCPP 1.6
 * a profile also replaces the one with its purpose and stack level: an error if that is sent in the same run.
 */
export function checkStationCapacity(profiles: readonly CountedProfile[]): SetFinding[] {
	const findings: SetFinding[] = [];
	const held = new Map<string | undefined, number[]>();
	profiles.forEach((placed, index) => {
		const { profile, stationId, capacity } = placed;
		if (!isObject(profile)) return;
		const report = (finding: Finding, other = index) => findings.push({ index, other, finding });
		const others = (held.get(stationId) ?? []).filter((other) => {
			const { profile: earlier } = profiles[other];
			if (!isObject(earlier) || earlier.id === profile.id) return false;
			if (!capacity?.sameLevelReplaces) return true;
			if (placeOf(profiles[other], earlier) !== placeOf(placed, profile)) return true;
			if (profiles[other].capacity !== undefined) {
				const message = `Replaces ${profiles[other].name} on a charger of OCPP 1.6, which keeps one profile per purpose and stack level. Build the profiles for OCPP 1.6, or choose another stack level.`;
				report(error('stackLevel', 'OCPP 1.6 section 5.16.3', message), other);
			}
			return false;
		});
		held.set(stationId, [...others, index]);
		if (capacity === undefined) return;
		for (const finding of excessOf(profile, capacity)) report(finding);
		if (others.length >= capacity.profiles) {
			const message = `Is profile ${others.length + 1} on the charging station, and by Charger Capacity it takes ${capacity.profiles}. Clear profiles that are not needed first.`;
			report(error('', 'SmartChargingCtrlr.Entries', message));
		}
	});
	return findings;
}
