import { present } from './present';

/**
 * Finds the objects that have all the given values, for what the API cannot filter by.
 * @param wanted values that are undefined do not matter
 */
export function matcherOf<T extends object>(wanted: Partial<T>): (object: T) => boolean {
	const values = Object.entries(present(wanted));
	return (object) => values.every(([name, value]) => Reflect.get(object, name) === value);
}
