import {
	RECURRENCE_SECONDS,
	type ChargingProfileKind,
	type ChargingProfilePurpose,
	type RecurrencyKind,
} from '../profile/profile';
import { PURPOSE_NAMES } from '../profile/purposeNames';
import type { Rule } from './rule';

/*
 * The rules of OCPP 2.0.1 (part 2: K01, F01 and chapters 2 and 3) on charging profiles, one row per rule. What the
 * schemas require of a single value (type, range, length, known fields) is checked in `fieldChecks.ts`.
 */

/** Where a profile is to be sent, as far as it is known: rules on unknown facts are not applied. */
export interface ProfileTarget {
	/** 0 is the whole station. For a connector whose ID is not a number, that ID as a text. */
	evseId?: number | string;
	/** SetChargingProfile, or RequestStartTransaction with a profile. */
	request: 'set' | 'start';
	currentType?: 'AC' | 'DC';
	/** When it is to be sent, in epoch milliseconds. */
	nowMs?: number;
}

/** What the rules of a profile need to know; undefined where a field is absent or unusable. */
export interface ProfileFacts extends ProfileTarget {
	purpose?: ChargingProfilePurpose;
	kind?: ChargingProfileKind;
	hasRecurrencyKind: boolean;
	hasTransactionId: boolean;
	/** Epoch milliseconds. */
	validFromMs?: number;
	validToMs?: number;
	/** How many schedules the profile has. */
	schedules: number;
}

/** More than three schedules break the schema, which is reported separately. */
const isSeveral = (schedules: number): boolean => schedules > 1 && schedules <= 3;

/** A purpose in the words of the form, and as OCPP names it: for those who write JSON. */
const named = (purpose: ChargingProfilePurpose) => `${PURPOSE_NAMES[purpose]} (${purpose})`;

export const PROFILE_RULES: ReadonlyArray<Rule<ProfileFacts>> = [
	{
		requirement: 'F01.FR.09',
		field: 'chargingProfilePurpose',
		breach: ({ request, purpose }) =>
			request === 'start' &&
			purpose !== undefined &&
			purpose !== 'TxProfile' &&
			`A transaction starts with a profile of the purpose ${named('TxProfile')}, not ${named(purpose)}.`,
	},
	{
		requirement: 'K01.FR.22',
		field: 'chargingProfilePurpose',
		severity: 'warning',
		breach: ({ request, purpose }) =>
			request === 'set' &&
			purpose === 'ChargingStationExternalConstraints' &&
			`By OCPP only an external system sets ${named(purpose)}, so a station may refuse it; for a limit of your own use ${named('ChargingStationMaxProfile')}.`,
	},
	{
		requirement: 'K01.FR.16',
		field: 'evseId',
		breach: ({ purpose, evseId }) =>
			purpose === 'TxProfile' &&
			evseId === 0 &&
			`A profile of the purpose ${named(purpose)} is for one connector; choose the connector, not the whole station.`,
	},
	{
		requirement: 'K01.FR.38',
		field: 'evseId',
		breach: ({ request, purpose, evseId }) =>
			request === 'set' &&
			purpose === 'ChargingStationMaxProfile' &&
			evseId !== undefined &&
			evseId !== 0 &&
			`A profile of the purpose ${named(purpose)} is for the whole station, not for connector ${evseId}.`,
	},
	{
		requirement: 'K01.FR.38',
		field: 'chargingProfileKind',
		breach: ({ purpose, kind }) =>
			purpose === 'ChargingStationMaxProfile' &&
			kind === 'Relative' &&
			`A profile of the purpose ${named(purpose)} cannot be Relative; choose Absolute or Recurring.`,
	},
	{
		requirement: '§2.9',
		field: 'recurrencyKind',
		breach: ({ kind, hasRecurrencyKind }) =>
			kind === 'Recurring' && !hasRecurrencyKind && 'A Recurring profile needs Daily or Weekly.',
	},
	{
		requirement: '§2.9',
		field: 'recurrencyKind',
		breach: ({ kind, hasRecurrencyKind }) =>
			kind !== undefined &&
			kind !== 'Recurring' &&
			hasRecurrencyKind &&
			`Only a Recurring profile recurs; leave it out where the kind is ${kind}.`,
	},
	{
		requirement: 'K01.FR.37',
		field: 'validTo',
		breach: ({ validFromMs, validToMs }) =>
			validFromMs !== undefined &&
			validToMs !== undefined &&
			validFromMs >= validToMs &&
			'Must be later than Valid From (validFrom): the profile is never valid.',
	},
	{
		requirement: 'K01.FR.37',
		field: 'validTo',
		severity: 'warning',
		breach: ({ validToMs, nowMs }) =>
			validToMs !== undefined &&
			nowMs !== undefined &&
			validToMs <= nowMs &&
			'Lies in the past: the profile never runs.',
	},
	{
		requirement: 'F01.FR.11',
		field: 'transactionId',
		breach: ({ request, purpose, hasTransactionId }) =>
			request === 'start' &&
			purpose !== undefined &&
			hasTransactionId &&
			'Leave it out when starting a transaction: the station gives it an ID.',
	},
	{
		requirement: 'K01.FR.03',
		field: 'transactionId',
		breach: ({ request, purpose, hasTransactionId }) =>
			request === 'set' &&
			purpose === 'TxProfile' &&
			!hasTransactionId &&
			`A profile of the purpose ${named(purpose)} needs the ID of the running transaction.`,
	},
	{
		requirement: 'K01.FR.33',
		field: 'transactionId',
		breach: ({ request, purpose, hasTransactionId }) =>
			request === 'set' &&
			purpose !== undefined &&
			purpose !== 'TxProfile' &&
			hasTransactionId &&
			`Only a profile of the purpose ${named('TxProfile')} has a transaction ID; leave it out where the purpose is ${named(purpose)}.`,
	},
	{
		requirement: 'K01.FR.34',
		field: 'chargingSchedule',
		severity: 'warning',
		breach: ({ purpose, schedules }) =>
			purpose === 'TxProfile' &&
			isSeveral(schedules) &&
			'More than one schedule only works with a car that speaks ISO 15118.',
	},
	{
		requirement: 'K01.FR.34',
		field: 'chargingSchedule',
		breach: ({ purpose, schedules }) =>
			purpose !== undefined &&
			purpose !== 'TxProfile' &&
			isSeveral(schedules) &&
			`A profile of the purpose ${named(purpose)} has one schedule, not ${schedules}.`,
	},
];

/** What the rules of a schedule need to know; undefined where a field is absent or unusable. */
export interface ScheduleFacts {
	kind?: ChargingProfileKind;
	recurrencyKind?: RecurrencyKind;
	currentType?: 'AC' | 'DC';
	hasStart: boolean;
	/** Epoch milliseconds. */
	startMs?: number;
	/** Of the profile, in epoch milliseconds. */
	validFromMs?: number;
	validToMs?: number;
	/** Seconds. */
	duration?: number;
}

/** After how many seconds a schedule starts again; Infinity if it does not. */
const recurrence = ({ recurrencyKind }: ScheduleFacts): number =>
	recurrencyKind === undefined ? Infinity : RECURRENCE_SECONDS[recurrencyKind];

/** Whether runs of the schedule are over before the profile is valid, and the next one begins after it was. */
function runsOutsideValidity(facts: ScheduleFacts): boolean {
	const { kind, startMs, validFromMs = -Infinity, validToMs = Infinity, duration } = facts;
	const every = recurrence(facts) * 1000;
	if (startMs === undefined || duration === undefined || kind === 'Relative') return false;
	const lastsMs = duration * 1000;
	const isOver = startMs + lastsMs <= validFromMs;
	if (!isOver || every === Infinity) return isOver;
	// The first run that ends while the profile is valid, or later.
	const runs = Math.floor((validFromMs - startMs - lastsMs) / every) + 1;
	return startMs + runs * every >= validToMs;
}

export const SCHEDULE_RULES: ReadonlyArray<Rule<ScheduleFacts>> = [
	{
		requirement: 'K01.FR.40',
		field: 'startSchedule',
		breach: ({ kind, hasStart }) =>
			(kind === 'Absolute' || kind === 'Recurring') &&
			!hasStart &&
			`A profile of kind ${kind} needs the time its schedule starts.`,
	},
	{
		requirement: 'K01.FR.41',
		field: 'startSchedule',
		breach: ({ kind, hasStart }) =>
			kind === 'Relative' &&
			hasStart &&
			'A Relative profile starts with the transaction; leave the start time out.',
	},
	{
		requirement: 'K01.FR.37',
		field: 'startSchedule',
		severity: 'warning',
		breach: ({ kind, startMs, validToMs }) =>
			startMs !== undefined &&
			validToMs !== undefined &&
			kind !== 'Relative' &&
			startMs >= validToMs &&
			'The schedule starts when the profile is no longer valid (validTo): it never runs.',
	},
	{
		requirement: 'K01.FR.36',
		field: 'duration',
		severity: 'warning',
		breach: (facts) =>
			runsOutsideValidity(facts) &&
			'No run of the schedule falls into the time in which the profile is valid (validFrom): it never runs.',
	},
	{
		requirement: '§3.68',
		field: 'duration',
		breach: (facts) =>
			facts.duration !== undefined &&
			facts.duration > recurrence(facts) &&
			`A ${facts.recurrencyKind} schedule starts again after ${recurrence(facts)} s, so it cannot last ${facts.duration} s.`,
	},
];

/** What the rules of a period need to know; undefined where a field is absent or unusable. */
export interface PeriodFacts extends ScheduleFacts {
	index: number;
	/** Seconds. */
	startPeriod?: number;
	/** The start of the nearest earlier period with a usable start, in seconds. */
	previous?: number;
	numberPhases: unknown;
	phaseToUse: unknown;
}

const NO_PHASES = 'A DC charger has no phases; leave it out.';

export const PERIOD_RULES: ReadonlyArray<Rule<PeriodFacts>> = [
	{
		requirement: 'K01.FR.31',
		field: 'startPeriod',
		breach: ({ index, startPeriod }) =>
			index === 0 &&
			startPeriod !== undefined &&
			startPeriod !== 0 &&
			`The first period must start at 0 s, not at ${startPeriod} s.`,
	},
	{
		requirement: 'K01.FR.35',
		field: 'startPeriod',
		breach: ({ startPeriod, previous }) =>
			startPeriod !== undefined &&
			previous !== undefined &&
			startPeriod <= previous &&
			`Must be later than the period before, which starts at ${previous} s, but is ${startPeriod} s.`,
	},
	{
		requirement: 'K01.FR.11',
		field: 'startPeriod',
		severity: 'warning',
		breach: ({ startPeriod, duration }) =>
			startPeriod !== undefined &&
			duration !== undefined &&
			startPeriod >= duration &&
			`This period never runs: the schedule ends after ${duration} s.`,
	},
	{
		requirement: '§3.68',
		field: 'startPeriod',
		breach: (facts) =>
			facts.startPeriod !== undefined &&
			facts.duration === undefined &&
			facts.startPeriod >= recurrence(facts) &&
			`A ${facts.recurrencyKind} schedule starts again after ${recurrence(facts)} s.`,
	},
	{
		requirement: 'K01.FR.44',
		field: 'numberPhases',
		severity: 'warning',
		breach: ({ currentType, numberPhases }) =>
			currentType === 'DC' && numberPhases !== undefined && NO_PHASES,
	},
	{
		requirement: 'K01.FR.19',
		field: 'phaseToUse',
		breach: ({ numberPhases, phaseToUse }) =>
			phaseToUse !== undefined &&
			numberPhases !== 1 &&
			'A phase can only be chosen for one-phase charging: set Phases (numberPhases) to 1.',
	},
	{
		requirement: 'K01.FR.44',
		field: 'phaseToUse',
		severity: 'warning',
		breach: ({ currentType, phaseToUse }) =>
			currentType === 'DC' && phaseToUse !== undefined && NO_PHASES,
	},
];
