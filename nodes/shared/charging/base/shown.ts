/** A value in a message: shortened, and a list or an object only named as such. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'missing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const short = shortened(String(value));
	return typeof value === 'string' ? `"${short}"` : short;
}

/** A text short enough for a message. */
export const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** A value in a message, in full, as JSON. */
export function shown(value: unknown): string {
	if (typeof value === 'number') return String(value);
	try {
		return JSON.stringify(value) ?? quoted(value);
	} catch {
		// JSON cannot write a bigint or an object that contains itself.
		return quoted(value);
	}
}
