/** The values that fields read: the parameters of an item, the fields added to a collection, or the fields of a row. */
export interface Values {
	/**
	 * A field's unchecked value; for a resource locator, its value.
	 * @returns undefined if the field is missing, null if it was added and is empty
	 */
	get(name: string): unknown;
	/** True if a user typed the value: it does not come from a list or an expression. */
	isTyped(name: string): boolean;
	/** The IANA time zone in which times without an offset are read. */
	readonly timezone: string;
	/** The name in errors of a field with this label: "Limit (kW)", or in a row "Limit (kW) of Window 2". */
	nameOf(label: string): string;
}

/** The same values, where times without an offset are in another IANA time zone. */
export const inZone = (values: Values, timezone: string): Values => ({
	get: (name) => values.get(name),
	isTyped: (name) => values.isTyped(name),
	nameOf: (label) => values.nameOf(label),
	timezone,
});

/** True if a field has been left empty; 0 and false are values. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
