import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../charging/base/isObject';
import type { ChargerCapacity } from '../charging/capacity/capacity';
import type { ChargingProfile } from '../charging/profile/profile';
import { resolveProfileTimes, type TimeProblem } from '../charging/profile/profileTimes';
import { profileWarnings } from '../charging/profile/profileWarnings';
import {
	checkChargingProfile,
	type Finding,
	type ProfileTarget,
} from '../charging/rules/checkChargingProfile';
import type { PlacedProfile } from '../charging/rules/profileSet';
import { InputError } from '../charging/base/inputError';
import { checkObject } from './fields/kinds/json';

/** What to do about a rule that a profile to send breaks. */
export const SEND_ANYWAY_FIX = 'Fix it, or let the charger decide with the option Send Anyway.';

/** How many further findings an error lists. */
const MORE = 4;

/** A charging profile, with its findings and warnings. */
export interface Inspection {
	/** The profile with its times in UTC. */
	profile: unknown;
	/** Times that cannot be read; the findings contain them too. */
	problems: TimeProblem[];
	findings: Finding[];
	/** Sentences on what may not be as the user expects; empty for a profile with errors. */
	warnings: string[];
}

export interface ProfileCheck {
	target: ProfileTarget;
	/** The IANA time zone in which times without an offset are read. */
	timezone: string;
	/** The label of the field from which the value at a path of the profile comes. */
	nameOf: (path: string) => string;
	/** Whether to send a profile with errors, which then become warnings. */
	sendAnyway: boolean;
	/** What to do about an error. */
	fix?: string;
	/** Index of the input item that an error names, if all items are worked on together. */
	itemIndex?: number;
}

/** A charging profile that a command sets. */
export interface ProfileToPlace {
	/** A connector’s ID as a number where it is one; 0 is the whole station. */
	evseId: number | string;
	profile: PlacedProfile['profile'];
	/** The profiles that are on the station already, as far as the item says so. */
	installed: ReadonlyArray<Omit<PlacedProfile, 'name'>>;
	/** What the charger takes, if it is to be checked. */
	capacity: ChargerCapacity | undefined;
	/** Whether it is sent even if the charger will refuse it. */
	sendAnyway: boolean;
	/** The label of the field from which the value at a path of the profile comes. */
	nameOf(path: string): string;
}

export const isError = ({ severity }: Finding): boolean => severity === 'error';

/** A charging profile from JSON, which may also be the API's body with the profile in it. */
export const unwrapped = (json: unknown): unknown =>
	isObject(json) && Object.keys(json).length === 1 ? (json.chargingProfile ?? json) : json;

/** A charging profile from a JSON field, unwrapped. @throws InputError if it is not an object */
export const readProfileJson = (field: string, value: unknown): IDataObject =>
	checkObject(field, unwrapped(checkObject(field, value)));

/**
 * Checks a charging profile by the rules of OCPP 2.0.1, for every operation that sends, builds or reads one.
 * @param json any JSON
 * @param timezone the IANA time zone in which times without an offset are read
 */
export function inspectProfile(json: unknown, target: ProfileTarget, timezone: string): Inspection {
	const { profile, problems } = isObject(json)
		? resolveProfileTimes(json, timezone)
		: { profile: json, problems: [] };
	const findings = checkChargingProfile(profile, target).map((finding): Finding => {
		const problem = problems.find(({ path }) => path === finding.path);
		if (problem === undefined || finding.requirement !== '§3.1') return finding;
		// The problem with the time as it was entered says more than the rule's message.
		return { ...finding, message: `The time ${problem.problem}. ${problem.fix}` };
	});
	return {
		profile,
		problems,
		findings,
		// A profile without errors has the type's shape.
		warnings: findings.some(isError)
			? []
			: profileWarnings(profile as ChargingProfile, timezone, target.currentType),
	};
}

const placeInWords = (path: string, nameOf: ProfileCheck['nameOf']): string =>
	[nameOf(path), path].filter(Boolean).join(', ');

/** A finding as a sentence without a full stop: field, path, what is wrong, and the requirement. */
export const ruleInWords = (
	{ path, message, requirement }: Finding,
	nameOf: ProfileCheck['nameOf'],
): string => `${placeInWords(path, nameOf)}: ${message.replace(/\.$/, '')} (${requirement})`;

/**
 * Prepares a charging profile for sending: converts its times to UTC, and checks it. A time that cannot be read is
 * refused even with Send Anyway: the charger would get another time than the one entered, or none.
 * @param json any JSON; the profile may be in the API's body
 * @returns the profile to send, which may have errors only with Send Anyway; and warnings
 * @throws InputError naming field, path and requirement of the first error, and listing the others
 */
export function prepareProfile(
	json: unknown,
	{ target, timezone, nameOf, sendAnyway, fix = SEND_ANYWAY_FIX, itemIndex }: ProfileCheck,
): { chargingProfile: ChargingProfile; warnings: string[] } {
	const at = (path: string) => placeInWords(path, nameOf);
	const sentence = (finding: Finding) => ruleInWords(finding, nameOf);
	const { profile, problems, findings, warnings } = inspectProfile(
		readProfileJson(nameOf(''), json),
		target,
		timezone,
	);
	if (problems.length > 0) {
		const [time] = problems;
		throw new InputError(`${at(time.path)} ${time.problem}`, time.fix, itemIndex);
	}
	const errors = findings.filter(isError).map(sentence);
	if (errors.length > 0 && !sendAnyway) {
		const [first, ...others] = errors;
		const more = others.slice(0, MORE).map((other) => `Also: ${other}.`);
		const rest = others.length > MORE ? [`And ${others.length - MORE} more.`] : [];
		throw new InputError(first, [...more, ...rest, fix].join(' '), itemIndex);
	}
	return {
		chargingProfile: profile as ChargingProfile,
		warnings: [
			...errors.map((error) => `Sent anyway: ${error}.`),
			...findings.filter((finding) => !isError(finding)).map((finding) => `${sentence(finding)}.`),
			...warnings,
		],
	};
}
