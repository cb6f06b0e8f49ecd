import { combine, overlay, type Span, type Timeline } from '../base/timeline';
import { activePeriods } from './activePeriods';
import { lowest, roundDown, sum, type Limit, type Supply } from './combineLimits';
import type { ChargingProfilePurpose, InstalledProfile, RateUnit } from '../profile/profile';

/** What a charging station needs to know to work out its composite schedule. */
export interface CompositeScheduleQuery extends Supply {
	/** In any order; each must be free of errors by `checkChargingProfile`. */
	profiles: readonly InstalledProfile[];
	/** 0 is the whole station. */
	evseId: number;
	/** All EVSEs of the station, at least one. */
	evseIds: readonly number[];
	/** Epoch milliseconds of the window [startMs, endMs); fractions of a second are dropped. */
	startMs: number;
	endMs: number;
	/** The unit of the answer. */
	unit: RateUnit;
	/** Running transactions by evseId; `startedAtMs` is epoch milliseconds. */
	transactions: ReadonlyMap<number, { startedAtMs: number; transactionId?: string }>;
	/** The local limit of one EVSE, where no profile sets one. */
	defaultLimit: { A: number; W: number };
}

/** A period of a composite schedule, as in the answer to GetCompositeSchedule. */
export interface CompositePeriod {
	/** Seconds from the start of the window. */
	startPeriod: number;
	/** In the unit asked for, rounded down to one decimal. */
	limit: number;
	/** Absent on DC and where the local limit holds. */
	numberPhases?: number;
}

/** A period of a composite schedule, and which profiles set it. */
export interface ExplainedPeriod extends CompositePeriod {
	/** The profile whose limit is the lowest; several where EVSEs add up, none at the local limit. */
	setBy: readonly InstalledProfile[];
}

/** The lowest limit of these layers holds for the whole station. */
const STATION_LAYERS: ChargingProfilePurpose[][] = [
	['ChargingStationExternalConstraints'],
	['ChargingStationMaxProfile'],
];

/** And for an EVSE: within a layer a TxProfile overrules TxDefaultProfiles where it has a period. */
const EVSE_LAYERS: ChargingProfilePurpose[][] = [
	...STATION_LAYERS,
	['TxProfile', 'TxDefaultProfile'],
];

/**
 * The composite schedule of an EVSE or of the whole station (OCPP 2.0.1 K08, and K01 on how profiles
 * combine): the first period starts at 0 and neighbouring periods differ. An empty window has none.
 *
 * Without a running transaction, a car is assumed to start at the beginning of the window:
 * Relative profiles start there, TxDefaultProfiles hold, TxProfiles do not.
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

/** The composite schedule with the profiles that set each limit; a new period wherever they change. */
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

/** What the EVSEs may draw together, and at most what the station may. */
function stationLimits(query: CompositeScheduleQuery, window: Span): Timeline<Limit> {
	const evses = query.evseIds.map((evseId) => evseLimits(query, evseId, window));
	const total = combine(evses, (limits) => sum(limits, query.unit));
	const caps = STATION_LAYERS.map((purposes) => layer(query, purposes, 0, window));
	return combine([total, ...caps], (limits) => lowest(limits.filter(isSet), query.unit, query));
}

/** The lowest limit of each layer, the local limit where no profile has a period. */
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
 * The limits that profiles of these purposes set on an EVSE (0: the station): of those with a period
 * at a moment the first purpose wins, then the highest stack level. Seconds from the window's start.
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
				// A station must not hold two such profiles (K01.FR.06). If it does, the order is stable.
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

/** Three phases where a period names none (K01.FR.49), never more than the supply has; none on DC. */
function phasesOf({ numberPhases }: { numberPhases?: number }, { phases }: Supply) {
	return phases === undefined ? undefined : Math.min(numberPhases ?? 3, phases);
}

/** Since when energy may flow to an EVSE (0: to any), in epoch seconds: Relative profiles start then. */
function chargingSince({ transactions, startMs }: CompositeScheduleQuery, evseId: number): number {
	const running = [...transactions].filter(([evse]) => evseId === 0 || evse === evseId);
	const starts = running.map(([, { startedAtMs }]) => startedAtMs);
	return Math.floor((starts.length > 0 ? Math.min(...starts) : startMs) / 1000);
}

/** A profile of the station counts on each EVSE, a TxProfile only during its own transaction. */
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

/** Leaves out each period that says the same as the one before. */
function withoutRepeats<T>(periods: readonly T[], same: (a: T, b: T) => boolean): T[] {
	return periods.filter((period, index) => index === 0 || !same(periods[index - 1], period));
}
