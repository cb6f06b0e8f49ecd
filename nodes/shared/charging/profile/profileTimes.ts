import { isObject } from '../base/isObject';
import { resolveTime } from '../base/resolveTime';

/** A time in a profile that cannot be read. */
export interface TimeProblem {
	/** Such as `validFrom` or `chargingSchedule[0].startSchedule`. */
	path: string;
	problem: string;
	fix: string;
}

/**
 * Converts the times of a charging profile (`validFrom`, `validTo` and each `startSchedule`) to UTC, and reports times
 * that cannot be read. The profile may be any JSON; it is copied, not changed.
 * @param zone the IANA time zone of times without an offset
 */
export function resolveProfileTimes(
	profile: Record<string, unknown>,
	zone: string,
): { profile: Record<string, unknown>; problems: TimeProblem[] } {
	const problems: TimeProblem[] = [];
	const resolved = <T extends Record<string, unknown>>(object: T, names: string[], at = ''): T => {
		const times = names
			.filter((name) => object[name] !== undefined)
			.map((name): [string, unknown] => {
				const time = resolveTime(object[name], zone);
				if ('utc' in time) return [name, time.utc];
				problems.push({ path: `${at}${name}`, ...time });
				return [name, object[name]];
			});
		return { ...object, ...Object.fromEntries(times) };
	};
	const ofProfile = resolved(profile, ['validFrom', 'validTo']);
	const { chargingSchedule } = profile;
	if (!Array.isArray(chargingSchedule)) return { profile: ofProfile, problems };
	const schedules = chargingSchedule.map((schedule: unknown, index) =>
		isObject(schedule)
			? resolved(schedule, ['startSchedule'], `chargingSchedule[${index}].`)
			: schedule,
	);
	return { profile: { ...ofProfile, chargingSchedule: schedules }, problems };
}
