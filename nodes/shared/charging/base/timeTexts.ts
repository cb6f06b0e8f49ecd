import { DAY, offsetsOf } from './clocks';
import { memoize } from './memoize';

/** Writes many moments as text, in UTC and in local time. */
export interface TimeTexts {
	/** Epoch seconds in UTC: `2026-01-15T15:00:00Z`. */
	utc(seconds: number): string;
	/** Epoch seconds in local time with its offset: `2026-01-15T17:00:00+02:00`. */
	local(seconds: number): string;
}

const isoText = (seconds: number) => new Date(seconds * 1000).toISOString();

/** @param zone the IANA time zone of local time */
export function timeTexts(zone: string): TimeTexts {
	const offsets = offsetsOf(zone);
	const dateOf = memoize((day: number) => isoText(day * DAY).slice(0, 11));
	const clockOf = memoize((seconds: number) => isoText(seconds).slice(11, 19));
	const suffixOf = memoize(
		(offset: number) => `${offset < 0 ? '-' : '+'}${isoText(Math.abs(offset)).slice(11, 16)}`,
	);
	const written = (seconds: number, suffix: string) => {
		const day = Math.floor(seconds / DAY);
		return `${dateOf(day)}${clockOf(seconds - day * DAY)}${suffix}`;
	};
	return {
		utc: (seconds) => written(seconds, 'Z'),
		local(seconds) {
			const offset = offsets.at(seconds);
			return written(seconds + offset, suffixOf(offset));
		},
	};
}

/** A moment in epoch seconds as OCPP writes it (part 2, section 3.1), with a fraction only where there is one. */
export const utcText = (seconds: number): string => isoText(seconds).replace(/\.000Z$/, 'Z');
