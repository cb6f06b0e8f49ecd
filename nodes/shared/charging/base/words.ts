import { DateTime } from 'luxon';

/** In the order of ISO 8601, which numbers them from 1 (Monday). */
export const DAY_NAMES = [
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
	'Sunday',
] as const;

/** A time of day in seconds: 61,200 → "17:00". */
export const clockTime = (seconds: number): string =>
	[seconds / 3600, (seconds % 3600) / 60]
		.map((part) => String(Math.floor(part)).padStart(2, '0'))
		.join(':');

/** The local date of a moment (epoch seconds): "28 March 2027". */
export const dateInWords = (at: number, zone: string): string =>
	DateTime.fromSeconds(at, { zone, locale: 'en' }).toFormat('d MMMM yyyy');

/** 11,700 s → "3 h 15 min". */
export function durationInWords(seconds: number): string {
	const minutes = Math.round(seconds / 60);
	const parts = [
		[Math.floor(minutes / 60), 'h'],
		[minutes % 60, 'min'],
	] as const;
	const text = parts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
	return text.length > 0 ? text.join(' ') : '0 min';
}

/** "one, two and three". */
export const listInWords = (texts: readonly string[]): string =>
	texts.length > 1 ? `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}` : texts.join('');
