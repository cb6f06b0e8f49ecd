import { isObject } from '../base/isObject';
import { quoted } from '../base/shown';
import { KINDS, PURPOSES, RECURRENCY_KINDS, type ChargingProfile } from '../profile/profile';
import {
	customData,
	integer,
	namesOf,
	oneOf,
	onlyFields,
	optionalTime,
	SCHEMA,
	text,
} from './fieldChecks';
import { reporter, type Finding } from './finding';
import { PROFILE_RULES, type ProfileFacts, type ProfileTarget } from './requirements';
import { ruleChecker } from './rule';
import { checkSchedule } from './schedule';
import { checkVendorFields } from './vendorFields';

export type { Finding } from './finding';
export type { ProfileTarget } from './requirements';

/** From the schema. Schedules beyond this number are not checked one by one. */
const MAX_SCHEDULES = 3;

const FIELDS = namesOf<ChargingProfile>({
	id: true,
	stackLevel: true,
	chargingProfilePurpose: true,
	chargingProfileKind: true,
	recurrencyKind: true,
	validFrom: true,
	validTo: true,
	transactionId: true,
	chargingSchedule: true,
	customData: true,
	condition: true,
	meta: true,
});

/**
 * Checks one charging profile against OCPP 2.0.1: the payload schemas, and the rules in `rules/requirements.ts`. The
 * findings are in the order of the profile’s fields, with those on its purpose first. If there are none, nothing in the
 * profile itself is a reason for a station to refuse it. The profile may be any JSON.
 */
export function checkChargingProfile(profile: unknown, target: ProfileTarget): Finding[] {
	const findings: Finding[] = [];
	const report = reporter(findings, 'InvalidProfile');
	if (!isObject(profile)) {
		report('', SCHEMA, `A charging profile must be a JSON object, but is ${quoted(profile)}.`);
		return findings;
	}
	const { recurrencyKind, transactionId, chargingSchedule, ...others } = profile;
	onlyFields(report, '', profile, FIELDS);
	integer(report, 'id', '§2.9', others.id);
	integer(reporter(findings, 'InvalidStackLevel'), 'stackLevel', '§2.9', others.stackLevel, {
		min: 0,
	});
	const purpose = oneOf(report, 'chargingProfilePurpose', others.chargingProfilePurpose, PURPOSES);
	const kind = oneOf(report, 'chargingProfileKind', others.chargingProfileKind, KINDS);
	const facts: ProfileFacts = {
		...target,
		purpose,
		kind,
		hasRecurrencyKind: recurrencyKind !== undefined,
		hasTransactionId: transactionId !== undefined,
		schedules: Array.isArray(chargingSchedule) ? chargingSchedule.length : 0,
	};
	const checkRules = ruleChecker(PROFILE_RULES, facts);
	checkRules(report, 'chargingProfilePurpose');
	checkRules(report, 'transactionId');
	checkRules(report, 'evseId');
	checkRules(report, 'chargingProfileKind');

	const recurs = facts.hasRecurrencyKind && (kind === undefined || kind === 'Recurring');
	const recurrency = recurs
		? oneOf(report, 'recurrencyKind', recurrencyKind, RECURRENCY_KINDS)
		: undefined;
	checkRules(report, 'recurrencyKind');

	facts.validFromMs = optionalTime(report, 'validFrom', others.validFrom);
	facts.validToMs = optionalTime(report, 'validTo', others.validTo);
	checkRules(report, 'validTo');

	if (facts.hasTransactionId) text(report, 'transactionId', transactionId, 36, 1);

	checkScheduleCount(findings, chargingSchedule);
	checkRules(reporter(findings, 'InvalidSchedule'), 'chargingSchedule');
	if (Array.isArray(chargingSchedule)) {
		chargingSchedule.slice(0, MAX_SCHEDULES).forEach((schedule: unknown, index) =>
			checkSchedule(findings, `chargingSchedule[${index}]`, schedule, {
				kind,
				recurrencyKind: recurrency,
				currentType: target.currentType,
				validFromMs: facts.validFromMs,
				validToMs: facts.validToMs,
			}),
		);
	}
	customData(report, 'customData', others.customData);
	checkVendorFields(report, profile);
	return findings;
}

function checkScheduleCount(findings: Finding[], schedules: unknown): void {
	const path = 'chargingSchedule';
	const report = reporter(findings, 'InvalidSchedule');
	if (!Array.isArray(schedules)) {
		report(path, SCHEMA, `Must be a list of schedules, but is ${quoted(schedules)}.`);
	} else if (schedules.length === 0) {
		report(path, SCHEMA, 'A profile needs a schedule.');
	} else if (schedules.length > MAX_SCHEDULES) {
		const tooMany = reporter(findings, 'TooManyElements');
		tooMany(
			path,
			SCHEMA,
			`Has ${schedules.length} schedules; at most ${MAX_SCHEDULES} are allowed.`,
		);
	}
}
