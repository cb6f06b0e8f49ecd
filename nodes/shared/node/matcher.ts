import { present } from './present';

/**
 * A filter for values by which the API cannot filter.
 * @param wanted the values that an object must have; those that are undefined do not matter
 * @returns a function that is true for objects with all these values
 */
export function matcherOf<T extends object>(wanted: Partial<T>): (object: T) => boolean {
	const values = Object.entries(present(wanted));
	return (object) => values.every(([name, value]) => Reflect.get(object, name) === value);
}
