/** Where fields read what a user entered: the parameters of an item, what was added to a collection, or one of its rows. */
export interface Values {
	/**
	 * What stands in a field, as it is; of a resource locator its value.
	 * @returns undefined if it is not there, null if it was added and is empty
	 */
	get(name: string): unknown;
	/** True if a value was neither chosen from a list nor comes from an expression. */
	isTyped(name: string): boolean;
	/** The IANA time zone in which times without an offset are read. */
	readonly timezone: string;
	/** A label as errors call it: "Limit (kW)", or in a row "Limit (kW) of Window 2". */
	nameOf(label: string): string;
}

/** The same values, with times without an offset in another IANA time zone. */
export const inZone = (values: Values, timezone: string): Values => ({
	get: (name) => values.get(name),
	isTyped: (name) => values.isTyped(name),
	nameOf: (label) => values.nameOf(label),
	timezone,
});

/** True if a field has been left empty; 0 and false are values. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
