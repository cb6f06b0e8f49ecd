import { isObject } from '../base/isObject';
import { quoted } from '../base/shown';
import { RATE_UNITS, type ChargingSchedule, type ChargingSchedulePeriod } from '../profile/profile';
import {
	customData,
	integer,
	namesOf,
	oneOf,
	onlyFields,
	optionalTime,
	rate,
	SCHEMA,
} from './fieldChecks';
import { reporter, type Finding } from './finding';
import { PERIOD_RULES, SCHEDULE_RULES, type PeriodFacts, type ScheduleFacts } from './requirements';
import { ruleChecker } from './rule';
import { checkSalesTariff } from './salesTariff';

const MAX_PERIODS = 1024;

const SCHEDULE_FIELDS = namesOf<ChargingSchedule>({
	id: true,
	startSchedule: true,
	duration: true,
	chargingRateUnit: true,
	minChargingRate: true,
	chargingSchedulePeriod: true,
	salesTariff: true,
	customData: true,
});

const PERIOD_FIELDS = namesOf<ChargingSchedulePeriod>({
	startPeriod: true,
	limit: true,
	numberPhases: true,
	phaseToUse: true,
	customData: true,
});

/** Checks one schedule of a charging profile, which may be any JSON, and adds to the findings. */
export function checkSchedule(
	findings: Finding[],
	path: string,
	schedule: unknown,
	profile: Omit<ScheduleFacts, 'hasStart' | 'startMs' | 'duration'>,
): void {
	const report = reporter(findings, 'InvalidSchedule');
	if (!isObject(schedule)) {
		report(path, SCHEMA, `A schedule must be an object, but is ${quoted(schedule)}.`);
		return;
	}
	const { startSchedule, duration, minChargingRate } = schedule;
	onlyFields(report, path, schedule, SCHEDULE_FIELDS);
	integer(report, `${path}.id`, '§2.10', schedule.id);

	const facts: ScheduleFacts = { ...profile, hasStart: startSchedule !== undefined };
	const checkRules = ruleChecker(SCHEDULE_RULES, facts, path);
	facts.startMs = optionalTime(report, `${path}.startSchedule`, startSchedule);
	checkRules(report, 'startSchedule');
	if (duration !== undefined) {
		facts.duration = integer(report, `${path}.duration`, '§2.10', duration, { min: 0 });
	}
	checkRules(report, 'duration');

	oneOf(report, `${path}.chargingRateUnit`, schedule.chargingRateUnit, RATE_UNITS);
	if (minChargingRate !== undefined) rate(report, `${path}.minChargingRate`, minChargingRate);
	checkPeriods(findings, `${path}.chargingSchedulePeriod`, schedule.chargingSchedulePeriod, facts);
	checkSalesTariff(report, `${path}.salesTariff`, schedule.salesTariff);
	customData(report, `${path}.customData`, schedule.customData);
}

function checkPeriods(
	findings: Finding[],
	path: string,
	periods: unknown,
	schedule: ScheduleFacts,
): void {
	const report = reporter(findings, 'InvalidSchedule');
	if (!Array.isArray(periods)) {
		report(path, SCHEMA, `Must be a list of periods, but is ${quoted(periods)}.`);
		return;
	}
	if (periods.length === 0) report(path, SCHEMA, 'A schedule needs a period.');
	if (periods.length > MAX_PERIODS) {
		const tooMany = reporter(findings, 'TooManyElements');
		tooMany(path, SCHEMA, `Has ${periods.length} periods; at most ${MAX_PERIODS} are allowed.`);
	}
	let previous: number | undefined;
	periods.slice(0, MAX_PERIODS).forEach((period: unknown, index) => {
		const at = `${path}[${index}]`;
		if (!isObject(period)) {
			report(at, SCHEMA, `A period must be an object, but is ${quoted(period)}.`);
			return;
		}
		const { numberPhases, phaseToUse } = period;
		onlyFields(report, at, period, PERIOD_FIELDS);
		const startPeriod = integer(report, `${at}.startPeriod`, '§2.11', period.startPeriod, {
			min: 0,
		});
		const facts: PeriodFacts = {
			...schedule,
			index,
			startPeriod,
			previous,
			numberPhases,
			phaseToUse,
		};
		const checkRules = ruleChecker(PERIOD_RULES, facts, at);
		checkRules(report, 'startPeriod');
		previous = startPeriod ?? previous;
		rate(report, `${at}.limit`, period.limit);
		const phases = { min: 1, max: 3 };
		if (numberPhases !== undefined) {
			integer(report, `${at}.numberPhases`, 'K01.FR.49', numberPhases, phases);
		}
		checkRules(report, 'numberPhases');
		if (phaseToUse !== undefined) {
			integer(report, `${at}.phaseToUse`, '§2.11', phaseToUse, phases);
		}
		checkRules(report, 'phaseToUse');
		customData(report, `${at}.customData`, period.customData);
	});
}
