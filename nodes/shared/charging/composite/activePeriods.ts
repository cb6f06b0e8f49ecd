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
 * No profile applies before its `startSchedule`, as strict chargers read it; `appliesBeforeStart` tells where others
 * differ. A profile without the start that its kind needs has no active period. Of several schedules (ISO 15118) the
 * first is used.
 *
 * @param relativeStart where a Relative profile starts: epoch seconds
 */
export function activePeriods(
	profile: ChargingProfile,
	window: Span,
	relativeStart: number,
): ActivePeriod[] {
	const bounds = validWithin(profile, window);
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

/**
 * Whether a Recurring profile would have periods within a window, in epoch seconds, on a charger that takes its
 * `startSchedule` only as the time at which it recurs: such a charger applies it before that day too.
 */
export function appliesBeforeStart(profile: ChargingProfile, window: Span): boolean {
	const { chargingProfileKind, recurrencyKind, chargingSchedule } = profile;
	const start = epochSeconds(chargingSchedule[0].startSchedule);
	if (chargingProfileKind !== 'Recurring' || recurrencyKind === undefined) return false;
	if (start === undefined) return false;
	const { from, to } = validWithin(profile, window);
	const every = RECURRENCE_SECONDS[recurrencyKind];
	const { duration = every } = chargingSchedule[0];
	const end = Math.min(to, start);
	// Of the runs before the start, the last one that begins before the end.
	const lastRun = start - Math.ceil((start - end + 1) / every) * every;
	return from < end && Math.min(lastRun + duration, end) > from;
}

/** The part of a window in which a profile is valid. */
function validWithin({ validFrom, validTo }: ChargingProfile, window: Span): Span {
	return {
		from: Math.max(window.from, epochSeconds(validFrom) ?? window.from),
		to: Math.min(window.to, epochSeconds(validTo) ?? window.to),
	};
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
	const passed = Math.max(0, Math.floor((bounds.from - anchor) / every));
	let from = anchor + passed * every;
	for (; from < bounds.to; from += every) runs.push({ from, to: from + every });
	return runs;
}

/** An RFC 3339 time in whole epoch seconds, read as UTC if it has no offset; undefined if it is absent or not a time. */
function epochSeconds(time: string | undefined): number | undefined {
	if (time === undefined) return undefined;
	const milliseconds = Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(time) ? time : `${time}Z`);
	return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
