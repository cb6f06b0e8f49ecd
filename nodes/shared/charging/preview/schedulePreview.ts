import { timeTexts } from '../base/timeTexts';
import type { ChartContent } from '../chart/chart';
import { sourcesOf } from '../chart/sources';
import type { LimitSource } from '../chart/style';
import { explainCompositeSchedule, type ExplainedPeriod } from '../composite/compositeSchedule';
import { inLimitUnit, limitInWords, limitUnitOf, type LimitUnit } from '../profile/limitUnit';
import type { ChargingProfilePurpose, InstalledProfile, RateUnit } from '../profile/profile';

/** What to preview. All times are epoch milliseconds. */
export interface PreviewQuery {
	/** In any order; `checkChargingProfile` must find no error in any of them. */
	profiles: readonly InstalledProfile[];
	/** The EVSE of the connector; 0 is the whole station. */
	evseId: number;
	/** The EVSEs of all connectors that are previewed, at least one. */
	evseIds: readonly number[];
	/** The window [startMs, endMs). */
	startMs: number;
	endMs: number;
	/** The IANA time zone of the output. */
	zone: string;
	/** The unit of the output; W is shown as kW. */
	unit: RateUnit;
	/** Nominal voltage, phase to neutral (V). */
	voltage: number;
	/** The phases of the AC supply; absent on DC. */
	phases?: number;
	/** What one connector may draw where no profile sets a limit, in `unit`; infinite if there is no such limit. */
	localLimit: number;
	/** What the whole station can give, in `unit`; infinite if that is not known. */
	stationLimit: number;
	/** The transaction that runs on each previewed connector, if there is one. */
	transaction?: { startedAtMs: number; transactionId?: string };
}

/** A limit, when it applies, and which profiles set it: none where the local limit applies. */
export interface PreviewPeriod {
	/** Local time with its offset from UTC: `2026-03-29T04:00:00+03:00`. */
	start: string;
	end: string;
	/** Null where there is no limit. */
	limit: number | null;
	unit: LimitUnit;
	/** "8.1 kW" or "no limit". */
	limitInWords: string;
	/** Absent on DC and where the local limit applies. */
	numberPhases?: number;
	setBy: Array<{
		purpose: ChargingProfilePurpose;
		stackLevel: number;
		/** The connector that the profile is for; absent for the whole station. */
		connectorId?: string;
		id: number;
	}>;
	startUtc: string;
	endUtc: string;
}

/** The limits that apply in a window, in local time (OCPP 2.0.1 K08: the composite schedule). */
export function previewPeriods(query: PreviewQuery): PreviewPeriod[] {
	const { startMs, endMs, unit, zone } = query;
	const periods = explain(query);
	const texts = timeTexts(zone);
	const at = (index: number) => {
		const next = periods[index];
		return next === undefined ? endMs / 1000 : Math.floor(startMs / 1000) + next.startPeriod;
	};
	return periods.map(({ limit, numberPhases, setBy }, index) => {
		const [from, to] = [at(index), at(index + 1)];
		return {
			start: texts.local(from),
			end: texts.local(to),
			limit: isFinite(limit) ? inLimitUnit(limit, unit) : null,
			unit: limitUnitOf(unit),
			limitInWords: isFinite(limit) ? limitInWords(limit, unit) : 'no limit',
			...(numberPhases !== undefined && { numberPhases }),
			setBy: setBy.map(({ evseId, profile }) => ({
				purpose: profile.chargingProfilePurpose,
				stackLevel: profile.stackLevel,
				...(evseId !== 0 && { connectorId: String(evseId) }),
				id: profile.id,
			})),
			startUtc: texts.utc(from),
			endUtc: texts.utc(to),
		};
	});
}

function explain(query: PreviewQuery): ExplainedPeriod[] {
	const { evseIds, evseId, unit, voltage, phases = 1, transaction } = query;
	const charging = evseId === 0 ? evseIds : [evseId];
	const inBothUnits = (limit: number) => {
		const watts = unit === 'W' ? limit : limit * voltage * phases;
		return { A: watts / (voltage * phases), W: watts };
	};
	return explainCompositeSchedule({
		...query,
		transactions: new Map(transaction ? charging.map((evse) => [evse, transaction]) : []),
		defaultLimit: inBothUnits(query.localLimit),
		stationLimit: inBothUnits(query.stationLimit),
	});
}

/**
 * The content of a chart of the periods.
 * @param of what is previewed, in words: "connector 1"
 * @param nowMs epoch milliseconds
 */
export function previewChart(
	{ startMs, endMs, zone, unit, localLimit }: PreviewQuery,
	periods: readonly PreviewPeriod[],
	of: string,
	nowMs: number,
): ChartContent {
	return {
		title: `Charging limit of ${of}`,
		zone,
		unit: limitUnitOf(unit),
		start: startMs,
		end: endMs,
		now: nowMs,
		periods: periods.map((period) => ({
			start: Date.parse(period.startUtc),
			end: Date.parse(period.endUtc),
			limit: period.limit ?? undefined,
			source: sourceOf(period),
		})),
		sources: [
			...sourcesOf(periods.flatMap(({ setBy }) => setBy)),
			// Where there is no local limit, the line of no limit says enough.
			...(isFinite(localLimit)
				? [
						{
							source: 'none' as const,
							name: 'No profile',
							detail: `local limit of ${limitInWords(localLimit, unit)}`,
						},
					]
				: []),
		],
		noLimit: 'No profile, no limit',
	};
}

/** The purpose of the profiles that set a limit. */
function sourceOf({ setBy }: PreviewPeriod): LimitSource {
	const purposes = new Set(setBy.map(({ purpose }) => purpose));
	if (purposes.size > 1) return 'several';
	return setBy.length === 0 ? 'none' : setBy[0].purpose;
}
