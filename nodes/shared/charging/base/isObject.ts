/** An object as it comes out of JSON, before anything is known about it. */
export type UnknownObject = Record<string, unknown>;

/** True for an object of JSON: no list and not null. */
export function isObject(value: unknown): value is UnknownObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
