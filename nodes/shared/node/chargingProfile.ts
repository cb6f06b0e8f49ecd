import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../charging/base/isObject';
import type { ChargingProfile } from '../charging/profile/profile';
import { resolveProfileTimes, type TimeProblem } from '../charging/profile/profileTimes';
import { profileWarnings } from '../charging/profile/profileWarnings';
import {
	checkChargingProfile,
	type Finding,
	type ProfileTarget,
} from '../charging/rules/checkChargingProfile';
import { InputError } from '../charging/base/inputError';
import { checkObject } from './fields/kinds/json';

const FIX = 'Fix it, or let the charger decide with the option Send Anyway.';

/** How many further findings an error lists. */
const MORE = 4;

/** A charging profile, and all that there is to say about it. */
export interface Inspection {
	/** With its times in UTC. */
	profile: unknown;
	/** Times that cannot be read; they are among the findings too. */
	problems: TimeProblem[];
	findings: Finding[];
	/** What may not be as the user expects in a profile without errors, in sentences. */
	warnings: string[];
}

export interface ProfileCheck {
	target: ProfileTarget;
	/** The IANA time zone in which times without an offset are read. */
	timezone: string;
	/** The field, as the user sees it, behind a path of the profile. */
	nameOf: (path: string) => string;
	/** Sends despite errors: they become warnings. */
	sendAnyway: boolean;
	/** What to do about a breach. */
	fix?: string;
	/** The input item, where all of them are worked on together. */
	itemIndex?: number;
}

export const isError = ({ severity }: Finding): boolean => severity === 'error';

/** A charging profile out of JSON: the body of the API's operation, which wraps it, is taken too. */
export const unwrapped = (json: unknown): unknown =>
	isObject(json) && Object.keys(json).length === 1 ? (json.chargingProfile ?? json) : json;

/** A charging profile out of a JSON field, unwrapped. @throws InputError if it is no object */
export const readProfileJson = (field: string, value: unknown): IDataObject =>
	checkObject(field, unwrapped(checkObject(field, value)));

/**
 * The one check of a charging profile, by the rules of OCPP 2.0.1: of every operation that sends, builds or reads one.
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
		// In the words of local time.
		return { ...finding, message: `The time ${problem.problem}. ${problem.fix}` };
	});
	return {
		profile,
		problems,
		findings,
		// Without errors it has the shape that the rules check.
		warnings: findings.some(isError) ? [] : profileWarnings(profile as ChargingProfile, timezone),
	};
}

/**
 * Makes a charging profile ready to be sent: times in UTC, and checked. A time that cannot be read is refused even if
 * the user wants the profile sent: the charger would not get what was entered, but another moment or none.
 * @param json any JSON, perhaps in the body of the API's operation
 * @returns the profile as it goes out, of another shape only if the user wants it sent anyway; and warnings
 * @throws InputError naming field, path and requirement of the first breach, and listing the others
 */
export function prepareProfile(
	json: unknown,
	{ target, timezone, nameOf, sendAnyway, fix = FIX, itemIndex }: ProfileCheck,
): { chargingProfile: ChargingProfile; warnings: string[] } {
	const at = (path: string) => [nameOf(path), path].filter(Boolean).join(', ');
	const sentence = ({ path, message, requirement }: Finding) =>
		`${at(path)}: ${message.replace(/\.$/, '')} (${requirement})`;
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
			...errors.map((error) => `Sent although: ${error}.`),
			...findings.filter((finding) => !isError(finding)).map((finding) => `${sentence(finding)}.`),
			...warnings,
		],
	};
}
