import type { ChargingProfile } from '../../shared/charging/profile/profile';
import { inspectProfile, isError } from '../../shared/node/chargingProfile';
import { InputError } from '../../shared/charging/base/inputError';
import { fieldNameOf } from './fieldNames';

/**
 * Checks charging profiles that a node has built, as Set checks them.
 * @param timezone the IANA time zone in which their user thinks
 * @param source what they were built from, as in "The windows"
 * @param fix what to do if they do not fit
 * @returns what the rules warn of, in sentences
 * @throws InputError at the first breach of a rule
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
