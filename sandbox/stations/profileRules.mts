import type {
	ChargingProfile,
	ChargingSchedule,
} from '../../nodes/shared/charging/profile/profile.ts';
import type { StatusInfo } from '../ocpp/messages.mts';

/** The request to the station; EVSE 0 is the whole station. */
export interface ProfileRequest {
	evseId: number;
	request: 'set' | 'start';
}

type Rule = [isBroken: boolean, rule: string, reasonCode?: string];

const CYCLE_SECONDS = { Daily: 24 * 60 * 60, Weekly: 7 * 24 * 60 * 60 };

/**
 * The rules of OCPP 2.0.1 part 2 that a profile breaks, although the payload schemas let it through. The sandbox has
 * its own rules, so that the package's rules are checked by others.
 */
export function brokenRules(profile: ChargingProfile, request: ProfileRequest): StatusInfo[] {
	return [
		...profileRules(profile, request),
		...profile.chargingSchedule.flatMap((schedule) => scheduleRules(schedule, profile)),
	]
		.filter(([isBroken]) => isBroken)
		.map(([, additionalInfo, reasonCode = 'InvalidSchedule']) => ({ reasonCode, additionalInfo }));
}

function profileRules(profile: ChargingProfile, { evseId, request }: ProfileRequest): Rule[] {
	const { id, stackLevel, chargingProfilePurpose: purpose, chargingProfileKind: kind } = profile;
	const { transactionId, recurrencyKind, validFrom = '0000', validTo = '9999' } = profile;
	const isForTx = purpose === 'TxProfile';
	const isForStation = purpose === 'ChargingStationMaxProfile';
	const [isSet, isStart] = [request === 'set', request === 'start'];
	const named = transactionId !== undefined;
	const rules: Rule[] = [
		[isLong(id), 'An integer has 31 bits and a sign'],
		[isStart && !isForTx, 'A start request has a TxProfile (F01.FR.09)'],
		[isStart && named, 'The transaction to start has no ID yet (F01.FR.11)'],
		[isSet && isForTx && !transactionId, 'A TxProfile has a transactionId (K01.FR.03)'],
		[isSet && !isForTx && named, 'Only a TxProfile has a transactionId (K01.FR.33)'],
		[isForTx && evseId === 0, 'A TxProfile is for one EVSE (K01.FR.16)'],
		[isForStation && evseId !== 0, `A ${purpose} is for the whole station (K01.FR.38)`],
		[isForStation && kind === 'Relative', `A ${purpose} is not Relative (K01.FR.38)`],
		[kind === 'Recurring' && !recurrencyKind, 'A Recurring profile has a recurrencyKind (§2.9)'],
		[kind !== 'Recurring' && !!recurrencyKind, 'No other profile has a recurrencyKind (§2.9)'],
		[!isTime(profile.validFrom) || !isTime(profile.validTo), NO_TIME],
		[Date.parse(validFrom) >= Date.parse(validTo), 'validTo is after validFrom (K01.FR.37)'],
	];
	return [
		[
			stackLevel < 0 || isLong(stackLevel),
			'A stack level is 0 or more (§2.9)',
			'InvalidStackLevel',
		],
		...rules.map(([isBroken, rule]): Rule => [isBroken, rule, 'InvalidProfile']),
		[
			profile.chargingSchedule.length > 1 && !isForTx,
			'Only a TxProfile has several schedules (K01.FR.34)',
		],
	];
}

function scheduleRules(
	schedule: ChargingSchedule,
	{ chargingProfileKind: kind, recurrencyKind }: ChargingProfile,
): Rule[] {
	const { startSchedule, duration, minChargingRate = 0, chargingSchedulePeriod } = schedule;
	const starts = chargingSchedulePeriod.map(({ startPeriod }) => startPeriod);
	const rates = [minChargingRate, ...chargingSchedulePeriod.map(({ limit }) => limit)];
	const phases = chargingSchedulePeriod.map(({ numberPhases = 3 }) => numberPhases);
	const chosen = chargingSchedulePeriod.filter(({ phaseToUse }) => phaseToUse !== undefined);
	const phasesToUse = chosen.map(({ phaseToUse = 1 }) => phaseToUse);
	const seconds = duration ?? Math.max(...starts) + 1;
	const cycle = recurrencyKind === undefined ? Infinity : CYCLE_SECONDS[recurrencyKind];
	const numbers = numbersIn(schedule);
	const isAnchored = startSchedule !== undefined;
	return [
		[kind !== 'Relative' && !isAnchored, `A ${kind} profile has a start (K01.FR.40)`],
		[kind === 'Relative' && isAnchored, 'A Relative profile has no start (K01.FR.41)'],
		[!isTime(startSchedule), NO_TIME],
		[seconds < 0, 'A duration is 0 or more (§2.10)'],
		[seconds > cycle, `A ${recurrencyKind} schedule ends before it starts again (§3.68)`],
		[starts[0] !== 0, 'The first period starts at 0 (K01.FR.31)'],
		[
			starts.some((start, index) => start <= starts[index - 1]),
			'Periods start one after the other (K01.FR.35)',
		],
		[!rates.every(isRate), 'A limit is 0 or more, with one decimal at most (§2.11)'],
		[phases.some((count) => count < 1 || count > 3), 'There are 1 to 3 phases (K01.FR.49)'],
		[phasesToUse.some((phase) => phase < 1 || phase > 3), 'phaseToUse is 1, 2 or 3 (§2.11)'],
		[
			chosen.some(({ numberPhases }) => numberPhases !== 1),
			'A phase is chosen for one-phase charging only (K01.FR.19)',
		],
		[
			numbers.some(([name, number]) => !DECIMALS.includes(name) && isLong(number)),
			'An integer has 31 bits and a sign',
		],
		[
			numbers.some(([name, number]) => name === 'amountMultiplier' && Math.abs(number) > 3),
			'The multiplier of a cost is from -3 to 3',
		],
	];
}

const NO_TIME = 'A time has an offset, and milliseconds at most (§3.1)';

/** Whether a time is RFC 3339 with an offset, and milliseconds at most. An absent time is not wrong. */
const isTime = (time = '2026-01-15T00:00:00Z'): boolean =>
	/T\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(time) && !Number.isNaN(Date.parse(time));

const isRate = (rate: number): boolean => rate >= 0 && Math.round(rate * 10) / 10 === rate;

const isLong = (integer: number): boolean => integer < -(2 ** 31) || integer >= 2 ** 31;

/** The numbers of a schedule that may have decimals. */
const DECIMALS = ['limit', 'minChargingRate', 'startValue'];

/** The numbers within a value, each with its name. */
function numbersIn(value: unknown, name = ''): Array<[name: string, number: number]> {
	if (typeof value === 'number') return [[name, value]];
	if (typeof value !== 'object' || value === null || name === 'customData') return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		numbersIn(inner, Array.isArray(value) ? name : key),
	);
}
