import type { ChargingProfile } from '../shared/charging/profile';
import { inspectProfile } from '../shared/node/chargingProfile';
import { InputError } from '../shared/node/parameters';
import { fieldNameOf } from './fields/names';

/**
 * Checks charging profiles that a node has built, as Set checks them.
 * @param timezone the IANA time zone in which their user thinks
 * @param source what they were built from, as in "The windows"
 * @param advice what to do if they do not fit
 * @returns what the rules warn of, and what else may surprise, in sentences
 * @throws InputError at the first breach of a rule
 */
export function checkBuilt(
	profiles: readonly ChargingProfile[],
	timezone: string,
	source: string,
	advice: string,
): { warnings: string[]; advice: string[] } {
	const inspections = profiles.map((profile) =>
		inspectProfile(profile, { request: 'set' }, timezone),
	);
	const [breach] = inspections.flatMap(({ errors }) => errors);
	if (breach !== undefined) {
		const { path, message } = breach;
		const ofSchedule = path.startsWith('chargingSchedule');
		throw new InputError(
			`${ofSchedule ? `${source} do not fit into a charging profile` : fieldNameOf(path, false)}: ${message}`,
			ofSchedule ? advice : 'Chargers refuse such a profile.',
		);
	}
	const once = (sentences: string[]) => [...new Set(sentences)];
	return {
		warnings: once(inspections.flatMap(({ warnings }) => warnings.map(({ message }) => message))),
		advice: once(inspections.flatMap((inspection) => inspection.advice)),
	};
}
