import { combine, overlay, type Span, type Timeline } from '../base/timeline';
import { activePeriods } from './activePeriods';
import { lowest, roundDown, sum, type Limit, type Supply } from './combineLimits';
import type { ChargingProfilePurpose, InstalledProfile, RateUnit } from '../profile/profile';

/** What is needed to compute the composite schedule of a charging station. */
export interface CompositeScheduleQuery extends Supply {
	/** In any order; `checkChargingProfile` must find no error in any of them. */
	profiles: readonly InstalledProfile[];
	/** 0 is the whole station. */
	evseId: number;
	/** All EVSEs of the station, at least one. */
	evseIds: readonly number[];
	/** The window [startMs, endMs), in epoch milliseconds; it is widened to whole seconds. */
	startMs: number;
	endMs: number;
	/** The unit of the answer. */
	unit: RateUnit;
	/** Running transactions by EVSE ID; `startedAtMs` is in epoch milliseconds. */
	transactions: ReadonlyMap<number, { startedAtMs: number; transactionId?: string }>;
	/** The local limit of one EVSE, where no profile sets one; infinite if there is none. */
	defaultLimit: { A: number; W: number };
	/** What the whole station can give, whatever the profiles allow; absent if that is not known. */
	stationLimit?: { A: number; W: number };
}

/** A period of a composite schedule, as in the answer to GetCompositeSchedule. */
export interface CompositePeriod {
	/** Seconds from the start of the window. */
	startPeriod: number;
	/** In the query’s unit, rounded down to one decimal; infinite where there is no limit. */
	limit: number;
	/** Absent on DC and where the local limit applies. */
	numberPhases?: number;
}

/** A period of a composite schedule, and which profiles set it. */
export interface ExplainedPeriod extends CompositePeriod {
	/** The profile with the lowest limit; several where the limits of EVSEs are added, none for the local limit. */
	setBy: readonly InstalledProfile[];
}

/** The layers of profiles for the whole station: the lowest limit of all layers applies. */
const STATION_LAYERS: ChargingProfilePurpose[][] = [
	['ChargingStationExternalConstraints'],
	['ChargingStationMaxProfile'],
];

/** The layers for one EVSE. In the last one a TxProfile overrules TxDefaultProfiles wherever it has a period. */
const EVSE_LAYERS: ChargingProfilePurpose[][] = [
	...STATION_LAYERS,
	['TxProfile', 'TxDefaultProfile'],
];

/**
 * The composite schedule of an EVSE or of the whole station (OCPP 2.0.1 K08; K01 says how profiles combine). The first
 * period starts at 0, and neighbouring periods differ. For an empty window there are no periods.
 *
 * Without a running transaction, a car is assumed to start at the beginning of the window: Relative profiles start
 * then, and TxDefaultProfiles apply, but TxProfiles do not.
 */
export function compositeSchedule(query: CompositeScheduleQuery): CompositePeriod[] {
	return withoutRepeats(explainCompositeSchedule(query), sameLimit).map(
		({ startPeriod, limit, numberPhases }) => ({
			startPeriod,
			limit,
			...(numberPhases !== undefined && { numberPhases }),
		}),
	);
}

/** The composite schedule with the profiles that set each limit; a new period begins wherever these change. */
export function explainCompositeSchedule(query: CompositeScheduleQuery): ExplainedPeriod[] {
	const window = { from: Math.floor(query.startMs / 1000), to: Math.ceil(query.endMs / 1000) };
	if (!(window.from < window.to)) return [];

	const limits =
		query.evseId === 0 ? stationLimits(query, window) : evseLimits(query, query.evseId, window);
	const periods = limits.map(({ from, value: { value, numberPhases, setBy } }) => ({
		startPeriod: from,
		limit: roundDown(value),
		...(numberPhases !== undefined && { numberPhases }),
		setBy,
	}));
	return withoutRepeats(periods, (a, b) => sameLimit(a, b) && sameProfiles(a.setBy, b.setBy));
}

/** The sum of what the EVSEs may draw, capped by what the station may draw. */
function stationLimits(query: CompositeScheduleQuery, window: Span): Timeline<Limit> {
	const evses = query.evseIds.map((evseId) => evseLimits(query, evseId, window));
	const total = combine(evses, (limits) => sum(limits, query.unit));
	const caps = STATION_LAYERS.map((purposes) => layer(query, purposes, 0, window));
	const { unit, stationLimit } = query;
	const own: Limit[] = stationLimit ? [{ value: stationLimit[unit], unit, setBy: [] }] : [];
	return combine([total, ...caps], (limits) =>
		lowest([...limits.filter(isSet), ...own], unit, query),
	);
}

/** The lowest limit of all layers, or the local limit where no profile has a period. */
function evseLimits(query: CompositeScheduleQuery, evseId: number, window: Span): Timeline<Limit> {
	const { unit } = query;
	const local: Limit = { value: query.defaultLimit[unit], unit, setBy: [] };
	const layers = EVSE_LAYERS.map((purposes) => layer(query, purposes, evseId, window));
	return combine(layers, (limits) => {
		const set = limits.filter(isSet);
		return set.length === 0 ? local : lowest(set, unit, query);
	});
}

/**
 * The limits that profiles of these purposes set on an EVSE (0: the station), in seconds from the start of the window.
 * Among the profiles with a period at a moment, the one whose purpose comes first wins, then the highest stack level.
 */
function layer(
	query: CompositeScheduleQuery,
	purposes: ChargingProfilePurpose[],
	evseId: number,
	window: Span,
): Timeline<Limit | undefined> {
	const relativeStart = chargingSince(query, evseId);
	const claims = query.profiles
		.filter(
			(installed) =>
				purposes.includes(installed.profile.chargingProfilePurpose) &&
				appliesTo(installed, evseId, query),
		)
		.sort(
			(a, b) =>
				purposes.indexOf(a.profile.chargingProfilePurpose) -
					purposes.indexOf(b.profile.chargingProfilePurpose) ||
				b.profile.stackLevel - a.profile.stackLevel ||
				// Profiles equal up to here must not exist (K01.FR.06). If they do, the order is still stable.
				b.evseId - a.evseId ||
				a.profile.id - b.profile.id,
		)
		.flatMap((installed) => {
			const setBy = [installed];
			const unit = installed.profile.chargingSchedule[0].chargingRateUnit;
			return activePeriods(installed.profile, window, relativeStart).map(
				({ from, to, period }) => ({
					from: from - window.from,
					to: to - window.from,
					value: {
						value: period.limit,
						unit,
						numberPhases: phasesOf(period, query),
						setBy,
					},
				}),
			);
		});
	return overlay<Limit>(window.to - window.from, claims);
}

/** Three phases if the period has no number (K01.FR.49), but no more than the supply has; undefined on DC. */
function phasesOf({ numberPhases }: { numberPhases?: number }, { phases }: Supply) {
	return phases === undefined ? undefined : Math.min(numberPhases ?? 3, phases);
}

/** When charging began on an EVSE (0: on any EVSE), in epoch seconds: Relative profiles start then. */
function chargingSince({ transactions, startMs }: CompositeScheduleQuery, evseId: number): number {
	const running = [...transactions].filter(([evse]) => evseId === 0 || evse === evseId);
	const starts = running.map(([, { startedAtMs }]) => startedAtMs);
	return Math.floor((starts.length > 0 ? Math.min(...starts) : startMs) / 1000);
}

/** A profile of the station applies to every EVSE, and a TxProfile only during its own transaction. */
function appliesTo(
	{ evseId: installedOn, profile }: InstalledProfile,
	evseId: number,
	{ transactions }: CompositeScheduleQuery,
): boolean {
	if (installedOn !== 0 && installedOn !== evseId) return false;
	if (profile.chargingProfilePurpose !== 'TxProfile') return true;
	const running = transactions.get(evseId);
	return (
		running !== undefined &&
		(profile.transactionId === undefined ||
			running.transactionId === undefined ||
			profile.transactionId === running.transactionId)
	);
}

function isSet(limit: Limit | undefined): limit is Limit {
	return limit !== undefined;
}

function sameLimit(a: CompositePeriod, b: CompositePeriod): boolean {
	return a.limit === b.limit && a.numberPhases === b.numberPhases;
}

function sameProfiles(a: readonly InstalledProfile[], b: readonly InstalledProfile[]): boolean {
	return a.length === b.length && a.every((installed, index) => installed === b[index]);
}

/** Leaves out each period that equals the previous one. */
function withoutRepeats<T>(periods: readonly T[], same: (a: T, b: T) => boolean): T[] {
	return periods.filter((period, index) => index === 0 || !same(periods[index - 1], period));
}
