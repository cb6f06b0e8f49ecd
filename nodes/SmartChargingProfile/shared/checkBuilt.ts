import type { ChargingProfile } from '../../shared/charging/profile/profile';
import { inspectProfile, isError } from '../../shared/node/chargingProfile';
import { InputError } from '../../shared/charging/base/inputError';
import { fieldNameOf } from './fieldNames';

/**
 * Checks charging profiles that a node has built, by the same rules as Set.
 * @param timezone the user’s IANA time zone
 * @param source what the profiles were built from, such as "The windows"
 * @param fix what to do if a schedule breaks a rule
 * @returns the warnings of the rules, in sentences
 * @throws InputError for the first rule that a profile breaks
 */
export function checkBuilt(
	profiles: readonly ChargingProfile[],
	timezone: string,
	source: string,
	fix: string,
): string[] {
	const findings = profiles.flatMap(
		(profile) => inspectProfile(profile, { request: 'set' }, timezone).findings,
	);
	const breach = findings.find(isError);
	if (breach !== undefined) {
		const { path, message } = breach;
		const ofSchedule = path.startsWith('chargingSchedule');
		throw new InputError(
			`${ofSchedule ? `${source} do not fit into a charging profile` : fieldNameOf(path)}: ${message}`,
			ofSchedule ? fix : 'Chargers refuse such a profile.',
		);
	}
	return [...new Set(findings.map(({ message }) => message))];
}
