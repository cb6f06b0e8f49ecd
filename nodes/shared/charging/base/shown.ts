/** A value for a message: shortened; a list or an object becomes “a list” or “an object”. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'missing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const short = shortened(String(value));
	return typeof value === 'string' ? `"${short}"` : short;
}

/** A text, cut to a length that suits a message. */
export const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** A value for a message, in full, as JSON. */
export function shown(value: unknown): string {
	if (typeof value === 'number') return String(value);
	try {
		return JSON.stringify(value) ?? quoted(value);
	} catch {
		// JSON cannot represent a bigint or an object that contains itself.
		return quoted(value);
	}
}
