import type { Span } from '../base/timeline';
import { RECURRENCE_SECONDS } from '../profile/profile';
import type { ChargingProfile, ChargingSchedulePeriod } from '../profile/profile';

/** A period of a profile, and when it applies. */
export interface ActivePeriod extends Span {
	period: ChargingSchedulePeriod;
}

/**
 * When each period of a profile applies within a window, in epoch seconds: in order, without overlaps, each clipped to
 * the window, to `duration`, to the next recurrence and to `validFrom` (inclusive) and `validTo` (exclusive)
 * (K01.FR.36, .37).
 *
 * The `startSchedule` of a Recurring profile sets the time at which it recurs, not the day on which it begins: the
 * profile also applies on earlier days, unless `validFrom` prevents that. A profile without the start that its kind
 * needs has no active period. Of several schedules (ISO 15118) the first is used.
 *
 * @param relativeStart where a Relative profile starts: epoch seconds
 */
export function activePeriods(
	profile: ChargingProfile,
	window: Span,
	relativeStart: number,
): ActivePeriod[] {
	const bounds = {
		from: Math.max(window.from, epochSeconds(profile.validFrom) ?? window.from),
		to: Math.min(window.to, epochSeconds(profile.validTo) ?? window.to),
	};
	const { duration = Infinity, chargingSchedulePeriod: periods } = profile.chargingSchedule[0];
	const active: ActivePeriod[] = [];
	for (const run of scheduleRuns(profile, bounds, relativeStart)) {
		const runEnd = Math.min(run.to, run.from + duration, bounds.to);
		periods.forEach((period, index) => {
			const next = index + 1 < periods.length ? periods[index + 1].startPeriod : Infinity;
			const from = Math.max(run.from + period.startPeriod, bounds.from);
			const to = Math.min(run.from + next, runEnd);
			if (from < to) active.push({ from, to, period });
		});
	}
	return active;
}

/** The runs of the schedule that can overlap the bounds, each up to the start of the next run. */
function scheduleRuns(profile: ChargingProfile, bounds: Span, relativeStart: number): Span[] {
	if (profile.chargingProfileKind === 'Relative') return [{ from: relativeStart, to: Infinity }];

	const anchor = epochSeconds(profile.chargingSchedule[0].startSchedule);
	if (anchor === undefined) return [];
	if (profile.chargingProfileKind === 'Absolute') return [{ from: anchor, to: Infinity }];

	if (profile.recurrencyKind === undefined) return [];
	const every = RECURRENCE_SECONDS[profile.recurrencyKind];
	const runs: Span[] = [];
	let from = anchor + Math.floor((bounds.from - anchor) / every) * every;
	for (; from < bounds.to; from += every) runs.push({ from, to: from + every });
	return runs;
}

/** An RFC 3339 time in whole epoch seconds, read as UTC if it has no offset; undefined if it is absent or not a time. */
function epochSeconds(time: string | undefined): number | undefined {
	if (time === undefined) return undefined;
	const milliseconds = Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(time) ? time : `${time}Z`);
	return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
