/** A JSON schema, as far as n8n’s editor reads it: names, types, and what is inside. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

const isKnown = (value: unknown) => value !== null && value !== undefined;

function typeOf(value: unknown): string {
	if (!isKnown(value)) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * The schema of JSON values that stand for the same thing. A property is in it if any of the values has it. The editor
 * shows one type only, so a value that may be null, or have several types, has the type of the first that is not null.
 * Whole numbers have no type of their own: a value of 22 may be 22.5 in the next run.
 */
export function schemaOf(values: readonly unknown[]): OutputSchema {
	const type = typeOf(values.find(isKnown));
	const alike = values.filter((value) => typeOf(value) === type);
	if (type === 'array') {
		const entries = (alike as unknown[][]).flat();
		return entries.length === 0 ? { type } : { type, items: schemaOf(entries) };
	}
	if (type !== 'object') return { type };
	const objects = alike as Array<Record<string, unknown>>;
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const valuesOf = (name: string) => objects.map((object) => object[name]);
	const properties = names.map((name) => [name, schemaOf(valuesOf(name))] as const);
	return { type, properties: Object.fromEntries(properties) };
}
