/** An object from JSON, before its fields are checked. */
export type UnknownObject = Record<string, unknown>;

/** True for a JSON object: not a list, and not null. */
export function isObject(value: unknown): value is UnknownObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
