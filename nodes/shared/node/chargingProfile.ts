import type { IDataObject } from 'n8n-workflow';

import { adviceOn } from '../charging/advice';
import type { ChargingProfile } from '../charging/profile';
import { checkChargingProfile, type Finding, type ProfileTarget } from '../charging/rules';
import { isObject } from '../charging/rules/fields';
import { resolveProfileTimes } from '../charging/time';
import { checkObject, InputError } from './parameters';

const MEND = 'Mend it, or let the charger decide with the option Send Anyway.';

/** How many further findings an error lists. */
const MORE = 4;

export interface ProfileCheck {
	target: ProfileTarget;
	/** The IANA time zone in which times without an offset are read. */
	timezone: string;
	/** The field, as the user sees it, behind a path of the profile. */
	nameOf: (path: string) => string;
	/** Sends despite breaches of the rules: they become warnings. */
	sendAnyway: boolean;
	/** What to do about a breach. */
	advice?: string;
	/** The input item, where all of them are worked on together. */
	itemIndex?: number;
}

/** A charging profile out of JSON: the body of the API's operation, which wraps it, is taken too. */
export const unwrapped = (json: unknown): unknown =>
	isObject(json) && Object.keys(json).length === 1 ? (json.chargingProfile ?? json) : json;

/**
 * Makes a charging profile ready to be sent: times in UTC, and checked by the rules of OCPP 2.0.1.
 * @param profile any JSON
 * @returns the profile as it goes out, and sentences on what may surprise
 * @throws InputError naming field, path and requirement of the first breach, and listing the others
 */
export function prepareProfile(
	profile: unknown,
	{ target, timezone, nameOf, sendAnyway, advice = MEND, itemIndex }: ProfileCheck,
): { chargingProfile: IDataObject; warnings: string[] } {
	const at = (path: string) => [nameOf(path), path].filter(Boolean).join(', ');
	const resolved = resolveProfileTimes(checkObject(nameOf(''), profile), timezone);
	if (resolved.problems.length > 0) {
		const [{ path, problem, advice: mend }] = resolved.problems;
		throw new InputError(`${at(path)} ${problem}`, mend, itemIndex);
	}
	const sentence = ({ path, message, requirement }: Finding) =>
		`${at(path)}: ${message.replace(/\.$/, '')} (${requirement})`;
	const findings = checkChargingProfile(resolved.profile, target);
	const errors = findings.filter(({ severity }) => severity === 'error').map(sentence);
	const warnings = findings.filter(({ severity }) => severity === 'warning').map(sentence);
	if (errors.length > 0 && !sendAnyway) {
		const [first, ...others] = errors;
		const more = others.slice(0, MORE).map((other) => `Also: ${other}.`);
		const rest = others.length > MORE ? [`And ${others.length - MORE} more.`] : [];
		throw new InputError(first, [...more, ...rest, advice].join(' '), itemIndex);
	}
	return {
		chargingProfile: resolved.profile as IDataObject,
		warnings: [
			...errors.map((error) => `Sent although: ${error}.`),
			...warnings.map((warning) => `${warning}.`),
			// Without errors it has the shape that the rules check.
			...(errors.length === 0
				? adviceOn(resolved.profile as unknown as ChargingProfile, timezone)
				: []),
		],
	};
}
