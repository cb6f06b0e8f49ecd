import { customData, integer, oneOf, onlyFields, rate, SCHEMA, time } from './fieldChecks';
import { type UnknownObject, isObject } from '../base/isObject';
import { quoted } from '../base/shown';
import { reporter, type Finding, type Report } from './finding';
import { checkSalesTariff } from './salesTariff';
import { RECURRENCE_SECONDS } from '../profile';
import type { ChargingProfileKind, RateUnit, RecurrencyKind } from '../profile';

const UNITS: readonly RateUnit[] = ['A', 'W'];
const MAX_PERIODS = 1024;

/** ChargingScheduleType. */
const SCHEDULE_FIELDS = [
	'id',
	'startSchedule',
	'duration',
	'chargingRateUnit',
	'minChargingRate',
	'chargingSchedulePeriod',
	'salesTariff',
	'customData',
];

/** ChargingSchedulePeriodType. */
const PERIOD_FIELDS = ['startPeriod', 'limit', 'numberPhases', 'phaseToUse', 'customData'];

/** What the rules of a schedule need to know about its profile; undefined where that is unusable. */
export interface ScheduleContext {
	kind?: ChargingProfileKind;
	recurrencyKind?: RecurrencyKind;
	currentType?: 'AC' | 'DC';
}

/** What the rules of a period need to know about its schedule. */
interface PeriodContext extends ScheduleContext {
	/** Seconds. */
	duration?: number;
}

/** Everything that is wrong with one schedule of a charging profile, which may be any JSON. */
export function checkSchedule(
	findings: Finding[],
	path: string,
	schedule: unknown,
	context: ScheduleContext,
): void {
	const report = reporter(findings, 'InvalidSchedule');
	if (!isObject(schedule)) {
		report(path, SCHEMA, `A schedule must be an object, but is ${quoted(schedule)}.`);
		return;
	}
	onlyFields(report, path, schedule, SCHEDULE_FIELDS);
	integer(report, `${path}.id`, '§2.10', schedule.id);
	checkStart(report, `${path}.startSchedule`, schedule.startSchedule, context);
	const duration = checkDuration(report, `${path}.duration`, schedule.duration, context);
	oneOf(report, `${path}.chargingRateUnit`, schedule.chargingRateUnit, UNITS);
	if (schedule.minChargingRate !== undefined) {
		rate(report, `${path}.minChargingRate`, schedule.minChargingRate);
	}
	checkPeriods(findings, `${path}.chargingSchedulePeriod`, schedule.chargingSchedulePeriod, {
		...context,
		duration,
	});
	checkSalesTariff(report, `${path}.salesTariff`, schedule.salesTariff);
	customData(report, `${path}.customData`, schedule.customData);
}

function checkStart(report: Report, path: string, start: unknown, { kind }: ScheduleContext): void {
	if (start !== undefined) time(report, path, start);
	if (start === undefined && (kind === 'Absolute' || kind === 'Recurring')) {
		report(path, 'K01.FR.40', `A profile of kind ${kind} needs the time its schedule starts.`);
	}
	if (start !== undefined && kind === 'Relative') {
		report(
			path,
			'K01.FR.41',
			'A Relative profile starts with the transaction; leave the start time out.',
		);
	}
}

function checkDuration(
	report: Report,
	path: string,
	value: unknown,
	{ recurrencyKind }: ScheduleContext,
): number | undefined {
	if (value === undefined) return undefined;
	const duration = integer(report, path, '§2.10', value, { min: 0 });
	const longest = recurrencyKind && RECURRENCE_SECONDS[recurrencyKind];
	if (duration !== undefined && longest !== undefined && duration > longest) {
		report(
			path,
			'§3.68',
			`A ${recurrencyKind} schedule starts again after ${longest} s, so it cannot last ${duration} s.`,
		);
	}
	return duration;
}

function checkPeriods(
	findings: Finding[],
	path: string,
	periods: unknown,
	context: PeriodContext,
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
		onlyFields(report, at, period, PERIOD_FIELDS);
		const start = integer(report, `${at}.startPeriod`, '§2.11', period.startPeriod, { min: 0 });
		if (start !== undefined) {
			checkOrder(report, `${at}.startPeriod`, start, index, previous);
			checkRuns(report, `${at}.startPeriod`, start, context);
			previous = start;
		}
		rate(report, `${at}.limit`, period.limit);
		checkPhases(report, at, period, context);
		customData(report, `${at}.customData`, period.customData);
	});
}

function checkOrder(
	report: Report,
	path: string,
	start: number,
	index: number,
	previous: number | undefined,
): void {
	if (index === 0 && start !== 0) {
		report(path, 'K01.FR.31', `The first period must start at 0 s, not at ${start} s.`);
	}
	if (previous !== undefined && start <= previous) {
		report(
			path,
			'K01.FR.35',
			`Must be later than the period before, which starts at ${previous} s, but is ${start} s.`,
		);
	}
}

function checkRuns(
	report: Report,
	path: string,
	start: number,
	{ duration, recurrencyKind }: PeriodContext,
): void {
	if (duration !== undefined) {
		if (start >= duration) {
			report(
				path,
				'K01.FR.11',
				`This period never runs: the schedule ends after ${duration} s.`,
				'warning',
			);
		}
	} else if (recurrencyKind !== undefined && start >= RECURRENCE_SECONDS[recurrencyKind]) {
		const longest = RECURRENCE_SECONDS[recurrencyKind];
		report(path, '§3.68', `A ${recurrencyKind} schedule starts again after ${longest} s.`);
	}
}

function checkPhases(
	report: Report,
	path: string,
	{ numberPhases, phaseToUse }: UnknownObject,
	{ currentType }: ScheduleContext,
): void {
	const fields = { numberPhases, phaseToUse };
	if (numberPhases !== undefined) {
		integer(report, `${path}.numberPhases`, 'K01.FR.49', numberPhases, { min: 1, max: 3 });
	}
	if (phaseToUse !== undefined) {
		integer(report, `${path}.phaseToUse`, '§2.11', phaseToUse, { min: 1, max: 3 });
		if (numberPhases !== 1) {
			const message = 'A phase can only be chosen for one-phase charging: set numberPhases to 1.';
			report(`${path}.phaseToUse`, 'K01.FR.19', message);
		}
	}
	for (const [name, value] of Object.entries(fields)) {
		if (currentType === 'DC' && value !== undefined) {
			report(
				`${path}.${name}`,
				'K01.FR.44',
				'A DC charger has no phases; leave it out.',
				'warning',
			);
		}
	}
}
