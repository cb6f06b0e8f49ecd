import { DAY, WEEK, type ClockChange } from '../base/clocks';
import { modulo } from '../base/numbers';
import type { Span } from '../base/timeline';
import { clockTime, DAY_NAMES, dateInWords } from '../base/words';
import { limitInWords } from '../profile/limitUnit';
import { isWithin, seasonsMeet } from './seasons';
import type { Tariff } from './tariff';
import { hoursInWords } from './tariffSummary';
import { secondOfWeek, spansOf, type TariffWindow } from './windows';

/** The first part of the week (in seconds) that is in both windows; undefined if they do not overlap. */
function overlapOf(a: TariffWindow, b: TariffWindow): Span | undefined {
	if (a.season && b.season && !seasonsMeet(a.season, b.season)) return undefined;
	const shared = spansOf(a).flatMap((one) =>
		spansOf(b).flatMap((other) =>
			[-WEEK, 0, WEEK].map((shift) => ({
				from: Math.max(one.from, other.from + shift),
				to: Math.min(one.to, other.to + shift),
			})),
		),
	);
	return shared.filter(({ from, to }) => from < to).sort((x, y) => x.from - y.from)[0];
}

/** Warnings on windows that overlap and have different limits. */
function overlaps({ windows, unit }: Tariff): string[] {
	return windows.flatMap((window, index) =>
		windows.slice(0, index).flatMap((before, other) => {
			const span = overlapOf(before, window);
			if (span === undefined || before.limit === window.limit) return [];
			const day = DAY_NAMES[Math.floor(span.from / DAY) % 7];
			const hours = `${clockTime(span.from % DAY)}–${clockTime(((span.to - 1) % DAY) + 1)}`;
			const lower = limitInWords(Math.min(before.limit, window.limit), unit);
			return [
				`Windows ${other + 1} and ${index + 1} overlap, first on ${day} ${hours}: there the lower limit applies, ${lower}.`,
			];
		}),
	);
}

/**
 * Whether a clock change skips or repeats the time at which a window begins or ends, or the whole window. A window that
 * includes all the skipped or repeated time just gets shorter or longer.
 */
function isCut(window: TariffWindow, { at, before, after }: ClockChange): boolean {
	const dates = [0, DAY].map((earlier) =>
		new Date((at + before - earlier) * 1000).toISOString().slice(5, 10),
	);
	const { season } = window;
	if (season && !dates.some((date) => isWithin(season, date))) return false;
	const start = secondOfWeek(at, Math.min(before, after));
	const length = Math.abs(after - before);
	return spansOf(window).some(({ from, to }) => {
		const [begins, ends] = [from - start, to - start].map((into) => modulo(into, WEEK));
		return (
			(0 < begins && begins < length) ||
			(0 < ends && ends < length) ||
			(begins === 0 && ends === length)
		);
	});
}

/** Warnings on windows whose times a clock change skips or repeats, with what happens then. */
function cutTimes({ windows, zone }: Tariff, changes: readonly ClockChange[]): string[] {
	return windows.flatMap((window, index) =>
		changes
			.filter((change) => isCut(window, change))
			.map(({ at, before, after }) => {
				const [start, end] = [before, after]
					.sort((a, b) => a - b)
					.map((offset) => clockTime(secondOfWeek(at, offset) % DAY));
				const what = after > before ? 'skip' : 'repeat';
				return `Window ${index + 1}, ${hoursInWords(window)}: on ${dateInWords(at, zone)} the clocks of ${zone} ${what} ${start}–${end}; the limit applies whenever the clocks show a time within the window.`;
			}),
	);
}

/** A warning if the profiles are also for a time whose holidays nobody has entered. */
function unknownHolidays({ holidays }: Tariff, until: string | undefined): string[] {
	const last = [...(holidays?.dates ?? [])].sort().at(-1);
	if (last === undefined || (until !== undefined && until.slice(0, 10) <= last)) return [];
	const [date, end] = [last, until].map(
		(time) => time && dateInWords(Date.parse(time) / 1000, 'utc'),
	);
	return [
		`The last of the Holidays is ${date}, and the profiles apply ${end === undefined ? 'without an end' : `until ${end}`}: add later holidays, and build and send them again before.`,
	];
}

/**
 * Warnings on what may not be as the user expects in a tariff, in sentences.
 * @param until when the profiles end (UTC); undefined if never
 */
export const tariffWarnings = (
	tariff: Tariff,
	changes: readonly ClockChange[],
	until: string | undefined,
): string[] => [
	...overlaps(tariff),
	...cutTimes(tariff, changes),
	...unknownHolidays(tariff, until),
];
