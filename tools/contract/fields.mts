import { z } from 'zod';

/**
 * The values in a body, an answer or a parameter, by where they are (`limit.acMaxPowerA`,
 * `stations[].name`), each in words: `string: Accepted, Rejected; required; maxLength 20`.
 * Schemas that ask the same of a value give the same words, in OpenAPI 3.0 and in 3.1.
 * An entry in parentheses, such as `(whole)`, says something of all of it.
 */
export type Fields = Map<string, string>;

export const isInside = (at: string) => !at.startsWith('(');

const LIMITS =
	'format pattern minimum exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength minItems maxItems uniqueItems minProperties maxProperties'.split(
		' ',
	);
/** They say how a program keeps a number, not which numbers there are. */
const NUMBER_FORMATS = /^format (int32|int64|float|double)$/;

const List = z.array(z.unknown()).default([]);
const SchemaObject = z
	.object({
		type: z.union([z.string().transform((type) => [type]), z.array(z.string())]).default([]),
		nullable: z.boolean().default(false),
		enum: List,
		properties: z.record(z.unknown()).default({}),
		required: z.array(z.string()).default([]),
		allOf: List,
		oneOf: List,
		anyOf: List,
	})
	.passthrough();
type SchemaObject = z.infer<typeof SchemaObject>;

interface Value {
	types: Set<string>;
	values: Set<string>;
	limits: Set<string>;
	required: boolean;
}

/** @throws ZodError if it is not a JSON Schema */
export function fieldsOf(schema: unknown, required: boolean): Fields {
	const found = new Map<string, Value>();
	collect(schema, '', required, []);
	return new Map([...found].map(([at, value]) => [at || '(whole)', inWords(value)]));

	/**
	 * @param above the schemas that it stands in: one that contains itself is not entered again
	 * @param alternative whether it is one of several, so that what it requires is not always required
	 */
	function collect(
		json: unknown,
		at: string,
		required: boolean,
		above: unknown[],
		alternative = false,
	): void {
		if (above.includes(json)) return;
		const value = found.get(at) ?? {
			types: new Set(),
			values: new Set(),
			limits: new Set(),
			required,
		};
		found.set(at, value);
		const within = [...above, json];
		const parts = withAllOf(json);
		const requiredInside = alternative ? [] : parts.flatMap((part) => part.required);
		for (const part of parts) {
			typesOf(part).forEach((type) => value.types.add(type));
			listedIn(part).forEach((one) => value.values.add(one));
			limitsOf(part).forEach((limit) => value.limits.add(limit));
			const choices = [...part.oneOf, ...part.anyOf];
			const several = choices.filter((choice) => !isNull(choice)).length > 1;
			for (const choice of choices) collect(choice, at, required, within, alternative || several);
			for (const [name, property] of Object.entries(part.properties)) {
				const inside = at === '' ? name : `${at}.${name}`;
				collect(property, inside, requiredInside.includes(name), within);
			}
			if (part.items !== undefined) collect(part.items, `${at}[]`, false, within);
			const others = part.additionalProperties;
			if (typeof others === 'object') collect(others, at === '' ? '*' : `${at}.*`, false, within);
		}
	}
}

/** A schema, which may be just `true`, and all that it is put together from. */
function withAllOf(json: unknown): SchemaObject[] {
	const schema = SchemaObject.parse(typeof json === 'object' ? json : {});
	return [schema, ...schema.allOf.flatMap(withAllOf)];
}

const isNull = (json: unknown) => withAllOf(json)[0].type.join() === 'null';

function typesOf({ type, properties, items, nullable }: SchemaObject): string[] {
	const implied =
		Object.keys(properties).length > 0 ? ['object'] : items === undefined ? [] : ['array'];
	return [...(type.length > 0 ? type : implied), ...(nullable ? ['null'] : [])];
}

const listedIn = (schema: SchemaObject): string[] =>
	('const' in schema ? [schema.const] : schema.enum)
		.filter((one) => one !== null)
		.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));

const limitsOf = (schema: SchemaObject): string[] =>
	LIMITS.filter((name) => (schema[name] ?? false) !== false)
		.map((name) => `${name} ${String(schema[name])}`)
		.filter((limit) => !NUMBER_FORMATS.test(limit));

function inWords({ types, values, limits, required }: Value): string {
	const nullable = types.delete('null') ? ['null'] : [];
	const type = [...[...types].sort(), ...nullable].join(' | ') || 'any';
	const listed = values.size === 0 ? type : `${type}: ${[...values].sort().join(', ')}`;
	return [listed, ...(required ? ['required'] : []), ...[...limits].sort()].join('; ');
}
