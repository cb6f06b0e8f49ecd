import type {
	ChargingProfile,
	ChargingProfilePurpose,
	ChargingSchedulePeriod,
	InstalledProfile,
	RateUnit,
} from '../../nodes/shared/charging/profile/profile.ts';

/** What a station works out the limit from. */
export interface LimitQuery {
	/** No two with the same purpose, stack level and EVSE at a time (K01.FR.06). */
	profiles: readonly InstalledProfile[];
	/** 0 is the whole station. */
	evseId: number;
	evseIds: readonly number[];
	/** The window [start, end), in epoch milliseconds. */
	startMs: number;
	endMs: number;
	/** Unit of the answer. */
	unit: RateUnit;
	/** V, phase to neutral. */
	voltage: number;
	/** Absent on DC. */
	phases?: number;
	/** Running transactions by EVSE. Relative profiles start with them, or at the window's start if there is none. */
	transactions: ReadonlyMap<number, { startedAtMs: number; transactionId?: string }>;
	/** Limit of one EVSE where no profile sets one. */
	defaultLimit: Record<RateUnit, number>;
	/** What the whole station can give, whatever the profiles say. */
	stationLimit?: Record<RateUnit, number>;
}

/** Limits in the requested unit, rounded down to one decimal. */
export interface ProfileLimit {
	limit: number;
	numberPhases?: number;
}

interface Candidate extends ProfileLimit {
	unit: RateUnit;
	/** The profile that it comes from, if it comes from one. */
	source?: InstalledProfile;
}

type Limited = Omit<Candidate, 'unit'>;

const CYCLE_SECONDS = { Daily: 24 * 60 * 60, Weekly: 7 * 24 * 60 * 60 };
const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);
const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/**
 * The composite schedule as GetCompositeSchedule answers it (OCPP 2.0.1 K08): the limit is worked out at each second
 * at which any profile may begin, change or end. The sandbox does this with its own code, to check the package's.
 */
export function scheduleOf(query: LimitQuery): Array<ProfileLimit & { startPeriod: number }> {
	const [from, to] = [toSeconds(query.startMs), Math.ceil(query.endMs / 1000)];
	const begins = [query.startMs, ...[...query.transactions.values()].map((one) => one.startedAtMs)];
	const changes = query.profiles.flatMap(({ profile }) =>
		begins.flatMap((began) => changesOf(profile, toSeconds(began), from, to)),
	);
	const seconds = [...new Set([from, ...changes])].filter((at) => at >= from && at < to);
	const periods = seconds
		.sort((a, b) => a - b)
		.map((at) => ({ startPeriod: at - from, ...limitAt(query, at) }));
	return periods.filter(
		({ limit, numberPhases }, index) =>
			limit !== periods[index - 1]?.limit || numberPhases !== periods[index - 1]?.numberPhases,
	);
}

/** The first second after one at which a limit may change; Infinity if none does. @param begins the starts of transactions, in seconds */
export function nextChange(
	profiles: readonly InstalledProfile[],
	begins: readonly number[],
	second: number,
): number {
	const changes = profiles.flatMap(({ profile }) =>
		begins.flatMap((began) => {
			const { recurrencyKind, chargingSchedule } = profile;
			const { startSchedule } = chargingSchedule[0];
			const start = startSchedule === undefined ? began : secondsOf(startSchedule);
			const cycle = recurrencyKind === undefined ? Infinity : CYCLE_SECONDS[recurrencyKind];
			return changesOf(profile, began, second, Math.max(second, start) + cycle + 1);
		}),
	);
	return Math.min(...changes.filter((at) => at > second));
}

/** The limit at one second since the epoch, as the specification describes it step by step. */
export function limitAt(query: LimitQuery, second: number): ProfileLimit {
	const { limit, numberPhases } = lowestAt(query, second);
	const roundedDown = Math.floor(limit * 10 + 1e-6) / 10;
	return { limit: roundedDown, ...(numberPhases !== undefined && { numberPhases }) };
}

/** The profile that sets the limit at a second; undefined if the hardware does, or the EVSEs of a station together. */
export const limitingProfile = (query: LimitQuery, second: number): InstalledProfile | undefined =>
	lowestAt(query, second).source;

const lowestAt = (query: LimitQuery, second: number): Limited =>
	query.evseId === 0 ? stationLimit(query, second) : evseLimit(query, query.evseId, second);

/** The station's limit: the sum of its EVSEs' limits, and at most what the station may draw. */
function stationLimit(query: LimitQuery, second: number): Limited {
	const evses = query.evseIds.map((evseId) => evseLimit(query, evseId, second));
	const phases = evses.flatMap(({ numberPhases }) => numberPhases ?? []);
	const total = {
		limit: evses.reduce((sum, { limit }) => sum + limit, 0),
		unit: query.unit,
		numberPhases: phases.length > 0 ? Math.max(...phases) : undefined,
		source: evses.length === 1 ? evses[0].source : undefined,
	};
	const starts = [...query.transactions.values()].map(({ startedAtMs }) => startedAtMs);
	const began = toSeconds(starts.length > 0 ? Math.min(...starts) : query.startMs);
	const station = query.profiles.filter(({ evseId }) => evseId === 0);
	const own = query.stationLimit?.[query.unit];
	return lowest(query, [
		total,
		...(own === undefined ? [] : [{ limit: own, unit: query.unit }]),
		...strongest(query, station, 'ChargingStationExternalConstraints', second, began),
		...strongest(query, station, 'ChargingStationMaxProfile', second, began),
	]);
}

/** A TxProfile overrules TxDefaultProfiles only where it has a period; the lowest limit of all purposes applies. */
function evseLimit(query: LimitQuery, evse: number, second: number): Limited {
	const running = query.transactions.get(evse);
	const began = toSeconds(running?.startedAtMs ?? query.startMs);
	const here = query.profiles.filter(({ evseId }) => evseId === 0 || evseId === evse);
	const own = here.filter(
		({ profile: { transactionId } }) =>
			running !== undefined && [undefined, transactionId].includes(running.transactionId),
	);
	const session = strongest(query, own, 'TxProfile', second, began);
	const candidates = [
		...(session.length > 0 ? session : strongest(query, here, 'TxDefaultProfile', second, began)),
		...strongest(query, here, 'ChargingStationMaxProfile', second, began),
		...strongest(query, here, 'ChargingStationExternalConstraints', second, began),
	];
	return candidates.length > 0
		? lowest(query, candidates)
		: { limit: query.defaultLimit[query.unit] };
}

/** The profile on the highest stack level that has a period at the second, in a list of none or one. */
function strongest(
	query: LimitQuery,
	profiles: readonly InstalledProfile[],
	purpose: ChargingProfilePurpose,
	second: number,
	began: number,
): Candidate[] {
	const [best] = profiles
		.filter(({ profile }) => profile.chargingProfilePurpose === purpose)
		.map((source) => ({ ...source, source, period: periodAt(source.profile, second, began) }))
		.filter(({ period }) => period !== undefined)
		// An EVSE's own profile wins over the station's.
		.sort((a, b) => b.profile.stackLevel - a.profile.stackLevel || b.evseId - a.evseId);
	if (best?.period === undefined) return [];
	const { limit, numberPhases = 3 } = best.period;
	const phases = query.phases === undefined ? undefined : Math.min(numberPhases, query.phases);
	const unit = best.profile.chargingSchedule[0].chargingRateUnit;
	return [{ limit, unit, numberPhases: phases, source: best.source }];
}

function periodAt(
	profile: ChargingProfile,
	second: number,
	began: number,
): ChargingSchedulePeriod | undefined {
	const { validFrom, validTo, recurrencyKind } = profile;
	if (validFrom !== undefined && second < secondsOf(validFrom)) return undefined;
	if (validTo !== undefined && second >= secondsOf(validTo)) return undefined;

	const {
		startSchedule,
		duration = Infinity,
		chargingSchedulePeriod,
	} = profile.chargingSchedule[0];
	const start = startSchedule === undefined ? began : secondsOf(startSchedule);
	if (second < start) return undefined;
	const cycle = recurrencyKind === undefined ? Infinity : CYCLE_SECONDS[recurrencyKind];
	const since = cycle === Infinity ? second - start : (second - start) % cycle;
	if (since >= duration) return undefined;
	return chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= since);
}

/** The seconds at which a profile may begin, change or end, also in each recurrence within [from, to). */
function changesOf(profile: ChargingProfile, began: number, from: number, to: number): number[] {
	const { validFrom, validTo, recurrencyKind } = profile;
	const { startSchedule, duration, chargingSchedulePeriod } = profile.chargingSchedule[0];
	const start = startSchedule === undefined ? began : secondsOf(startSchedule);
	const cycle = recurrencyKind === undefined ? Infinity : CYCLE_SECONDS[recurrencyKind];
	const passed = cycle === Infinity ? 0 : Math.max(0, Math.floor((from - start) / cycle));
	const first = passed === 0 ? start : start + passed * cycle;
	const changes = [validFrom, validTo].flatMap((time) =>
		time === undefined ? [] : secondsOf(time),
	);
	for (let run = first; run < to; run += cycle) {
		changes.push(...chargingSchedulePeriod.map(({ startPeriod }) => run + startPeriod));
		if (duration !== undefined) changes.push(run + duration);
	}
	return changes;
}

/** The lowest limit, in the requested unit, on the fewest phases. */
function lowest(query: LimitQuery, candidates: Candidate[]): Limited {
	const phases = candidates.flatMap(({ numberPhases }) => numberPhases ?? []);
	const numberPhases = phases.length > 0 ? Math.min(...phases) : undefined;
	const wattsPerAmpere = query.voltage * (numberPhases ?? query.phases ?? 1);
	const limits = candidates.map(({ limit, unit, source }) => {
		if (unit === query.unit) return { limit, source };
		return { limit: unit === 'A' ? limit * wattsPerAmpere : limit / wattsPerAmpere, source };
	});
	return { ...limits.reduce((a, b) => (b.limit < a.limit ? b : a)), numberPhases };
}
