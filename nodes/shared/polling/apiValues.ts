/** An API time in ms, or undefined if it is missing or not a time. */
export function readTime(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : time;
}

export const readNumber = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const isKnown = (value: unknown): boolean => value !== undefined && value !== null;

/** True if `a` is known, and `b` is less than it or unknown. */
export const isAfter = (a: number | undefined, b: number | undefined): a is number =>
	a !== undefined && a > (b ?? -Infinity);

/** The greatest of the known values; undefined if none is known. */
export function greatest(...values: Array<number | undefined>): number | undefined {
	const known = values.filter((value) => value !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

/** A time (ms) as UTC text with milliseconds, so that two events within one second stay distinct. */
export const toUtc = (ms: number): string => new Date(ms).toISOString();
