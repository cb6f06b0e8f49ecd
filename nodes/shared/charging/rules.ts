import { customData, integer, oneOf, onlyFields, SCHEMA, text, time } from './rules/fieldChecks';
import { type UnknownObject, isObject } from './base/isObject';
import { quoted } from './base/shown';
import { reporter, type Finding, type Report } from './rules/finding';
import type { ChargingProfileKind, ChargingProfilePurpose, RecurrencyKind } from './profile';
import { checkSchedule } from './rules/schedule';
import { checkVendorFields } from './rules/vendorFields';

export type { Finding } from './rules/finding';

/** Where a profile is going; rules about anything unknown are not applied. */
export interface ProfileTarget {
	/** 0 is the whole station; a connector whose ID is no number goes by that text. */
	evseId?: number | string;
	/** SetChargingProfile, or RequestStartTransaction with a profile. */
	request: 'set' | 'start';
	currentType?: 'AC' | 'DC';
}

const PURPOSES: readonly ChargingProfilePurpose[] = [
	'ChargingStationExternalConstraints',
	'ChargingStationMaxProfile',
	'TxDefaultProfile',
	'TxProfile',
];
const KINDS: readonly ChargingProfileKind[] = ['Absolute', 'Recurring', 'Relative'];
/** Those beyond are not checked one by one. */
const MAX_SCHEDULES = 3;
const RECURRENCIES: readonly RecurrencyKind[] = ['Daily', 'Weekly'];

/** ChargingProfileType, and the two fields of ChargeEye's own, which it keeps from the station. */
const FIELDS = [
	'id',
	'stackLevel',
	'chargingProfilePurpose',
	'chargingProfileKind',
	'recurrencyKind',
	'validFrom',
	'validTo',
	'transactionId',
	'chargingSchedule',
	'customData',
	'condition',
	'meta',
];

/**
 * Everything that is wrong with one charging profile by OCPP 2.0.1 (K01, F01 and the payload
 * schemas), in the order of its fields; nothing found means that a station has no reason in the
 * profile itself to refuse it. The profile may be any JSON.
 */
export function checkChargingProfile(profile: unknown, target: ProfileTarget): Finding[] {
	const findings: Finding[] = [];
	const report = reporter(findings, 'InvalidProfile');
	if (!isObject(profile)) {
		report('', SCHEMA, `A charging profile must be a JSON object, but is ${quoted(profile)}.`);
		return findings;
	}
	onlyFields(report, '', profile, FIELDS);
	integer(report, 'id', '§2.9', profile.id);
	integer(reporter(findings, 'InvalidStackLevel'), 'stackLevel', '§2.9', profile.stackLevel, {
		min: 0,
	});
	const purpose = oneOf(report, 'chargingProfilePurpose', profile.chargingProfilePurpose, PURPOSES);
	const kind = oneOf(report, 'chargingProfileKind', profile.chargingProfileKind, KINDS);
	if (purpose !== undefined) {
		if (target.request === 'start') checkStart(report, profile, purpose);
		else checkPurpose(report, profile, purpose);
		checkTarget(report, purpose, target);
	}
	if (purpose === 'ChargingStationMaxProfile' && kind === 'Relative') {
		report(
			'chargingProfileKind',
			'K01.FR.38',
			'A ChargingStationMaxProfile cannot be Relative; choose Absolute or Recurring.',
		);
	}
	const recurrencyKind = checkRecurrency(report, profile, kind);
	checkValidity(report, profile);
	if (profile.transactionId !== undefined) {
		text(report, 'transactionId', profile.transactionId, 36);
	}
	checkScheduleCount(findings, profile.chargingSchedule, purpose);
	if (Array.isArray(profile.chargingSchedule)) {
		profile.chargingSchedule.slice(0, MAX_SCHEDULES).forEach((schedule: unknown, index) =>
			checkSchedule(findings, `chargingSchedule[${index}]`, schedule, {
				kind,
				recurrencyKind,
				currentType: target.currentType,
			}),
		);
	}
	customData(report, 'customData', profile.customData);
	checkVendorFields(report, profile);
	return findings;
}

/** A profile that comes with a start request is for the transaction that the request starts. */
function checkStart(report: Report, profile: UnknownObject, purpose: ChargingProfilePurpose): void {
	if (purpose !== 'TxProfile') {
		report(
			'chargingProfilePurpose',
			'F01.FR.09',
			`A session can only be started with a TxProfile, not with a ${purpose}.`,
		);
	}
	if (profile.transactionId !== undefined) {
		report(
			'transactionId',
			'F01.FR.11',
			'Leave it out when starting a session: the station gives the transaction its ID.',
		);
	}
}

function checkPurpose(
	report: Report,
	profile: UnknownObject,
	purpose: ChargingProfilePurpose,
): void {
	if (purpose === 'TxProfile' && profile.transactionId === undefined) {
		report('transactionId', 'K01.FR.03', 'A TxProfile needs the ID of the running transaction.');
	}
	if (purpose !== 'TxProfile' && profile.transactionId !== undefined) {
		report(
			'transactionId',
			'K01.FR.33',
			`Only a TxProfile has a transaction ID; leave it out of a ${purpose}.`,
		);
	}
	if (purpose === 'ChargingStationExternalConstraints') {
		report(
			'chargingProfilePurpose',
			'K01.FR.22',
			'By OCPP only an external system sets ChargingStationExternalConstraints, so a station ' +
				'may refuse it; for a limit of your own use ChargingStationMaxProfile.',
			'warning',
		);
	}
}

function checkTarget(
	report: Report,
	purpose: ChargingProfilePurpose,
	{ evseId, request }: ProfileTarget,
): void {
	if (evseId === undefined) return;
	if (purpose === 'TxProfile' && evseId === 0) {
		report(
			'evseId',
			'K01.FR.16',
			'A TxProfile is for the transaction on one EVSE; choose the EVSE, not the whole station.',
		);
	}
	if (purpose === 'ChargingStationMaxProfile' && evseId !== 0 && request === 'set') {
		report(
			'evseId',
			'K01.FR.38',
			`A ChargingStationMaxProfile is for the whole station (EVSE 0), not for EVSE ${evseId}.`,
		);
	}
}

function checkRecurrency(
	report: Report,
	profile: UnknownObject,
	kind: ChargingProfileKind | undefined,
): RecurrencyKind | undefined {
	const path = 'recurrencyKind';
	if (profile.recurrencyKind === undefined) {
		if (kind === 'Recurring') report(path, '§2.9', 'A Recurring profile needs Daily or Weekly.');
		return undefined;
	}
	if (kind !== undefined && kind !== 'Recurring') {
		report(
			path,
			'§2.9',
			`Only a Recurring profile recurs; leave it out where the kind is ${kind}.`,
		);
		return undefined;
	}
	return oneOf(report, path, profile.recurrencyKind, RECURRENCIES);
}

function checkValidity(report: Report, { validFrom, validTo }: UnknownObject): void {
	const from = validFrom === undefined ? undefined : time(report, 'validFrom', validFrom);
	const to = validTo === undefined ? undefined : time(report, 'validTo', validTo);
	if (from !== undefined && to !== undefined && from >= to) {
		report('validTo', 'K01.FR.37', 'Must be later than validFrom: the profile is never valid.');
	}
}

function checkScheduleCount(
	findings: Finding[],
	schedules: unknown,
	purpose: ChargingProfilePurpose | undefined,
): void {
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
	} else if (schedules.length > 1 && purpose === 'TxProfile') {
		const message = 'More than one schedule only works with a car that speaks ISO 15118.';
		report(path, 'K01.FR.34', message, 'warning');
	} else if (schedules.length > 1 && purpose !== undefined) {
		report(path, 'K01.FR.34', `A ${purpose} has one schedule, not ${schedules.length}.`);
	}
}
