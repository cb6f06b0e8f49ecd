/** What our contract and the vendor's say about one place, in words: `object; minProperties 1; requires limit`. */
export interface Difference {
	/** `body.limit.acMaxPowerA`; `answer.stations[].…` for everything that only one of them has there. */
	where: string;
	ours: string;
	vendors: string;
}

type Schema = Record<string, unknown>;

const LIMITS =
	/^(style|explode|format|pattern|multipleOf|uniqueItems|(exclusive)?(min|max)(imum|Length|Items|Properties))$/i;
/** These formats say how a program stores a number, not which numbers are allowed. */
const NUMBER_FORMATS = /^(int32|int64|float|double)$/;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const listOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : value === undefined ? [] : [value];
const joined = (list: unknown[], separator: string) =>
	[...new Set(list.map(String))].sort().join(separator);

/**
 * Every difference between two values that JSON schemas of OpenAPI 3.0 or 3.1 describe. Texts, examples and defaults are
 * ignored, because they do not change messages.
 *
 * @param ours all schemas that apply to our value
 * @param above the schemas around the values: a schema inside itself is not compared again
 */
export function compareSchemas(
	ours: unknown[],
	vendors: unknown[],
	where = '',
	above: unknown[] = [],
): Difference[] {
	const [a, b] = [ours, vendors].map((schemas) => schemas.flatMap((one) => partsOf(one, above)));
	if (a.length === 0 || b.length === 0) return [];
	const [inA, inB] = [childrenOf(a), childrenOf(b)];
	const onlyIn = (one: typeof inA, other: typeof inA) =>
		[...one.keys()].filter((name) => !other.has(name)).join(', ') || 'none';
	const inside = (name: string) =>
		where === '' || name === '[]' ? `${where}${name}` : `${where}.${name}`;
	const found = [
		{ where, ours: inWords(a), vendors: inWords(b) },
		{ where: inside('…'), ours: onlyIn(inA, inB), vendors: onlyIn(inB, inA) },
	];
	const within = [...above, ...[...a, ...b].map(({ schema }) => schema)];
	return [
		...found.filter((one) => one.ours !== one.vendors),
		...[...inA].flatMap(([name, schemas]) =>
			compareSchemas(schemas, inB.get(name) ?? [], inside(name), within),
		),
	];
}

interface Part {
	schema: Schema;
	/** Names of the properties that are always required. */
	required: unknown[];
}

/** All schemas that make up a schema. What only one of several alternatives requires is not always required. */
function partsOf(schema: unknown, above: unknown[]): Part[] {
	if (above.includes(schema)) return [];
	if (!isObject(schema)) return [{ schema: {}, required: [] }];
	const within = [...above, schema];
	const parts = (list: unknown) => listOf(list).flatMap((one) => partsOf(one, within));
	const choices = [...parts(schema.oneOf), ...parts(schema.anyOf)];
	const several = choices.filter((one) => one.schema.type !== 'null').length > 1;
	return [
		{ schema, required: listOf(schema.required) },
		...parts(schema.allOf),
		...choices.map((one) => (several ? { ...one, required: [] } : one)),
	];
}

/** The schemas inside a value: properties by name, `[]` for entries of a list, `*` for any property. */
function childrenOf(parts: Part[]): Map<string, unknown[]> {
	const children = new Map<string, unknown[]>();
	for (const { schema } of parts) {
		const { properties, items, additionalProperties: others } = schema;
		const named = isObject(properties) ? Object.entries(properties) : [];
		const unnamed: Array<[string, unknown]> = [
			['[]', items],
			['*', isObject(others) ? others : undefined],
		];
		for (const [name, child] of [...named, ...unnamed]) {
			if (child !== undefined) children.set(name, [...(children.get(name) ?? []), child]);
		}
	}
	return children;
}

function inWords(parts: Part[]): string {
	const schemas = parts.map(({ schema }) => schema);
	const types = schemas.flatMap(({ type, nullable }) => [
		...listOf(type),
		...(nullable === true ? ['null'] : []),
	]);
	const values = schemas.flatMap((one) => ('const' in one ? [one.const] : listOf(one.enum)));
	const limits = schemas
		.flatMap((one) => Object.entries(one))
		.filter(([name, value]) => LIMITS.test(name) && value !== false)
		.filter(([, value]) => !NUMBER_FORMATS.test(String(value)));
	const required = parts.flatMap((part) => part.required);
	return [
		joined(types, ' | ') || 'any',
		joined(
			values.filter((one) => one !== null),
			', ',
		),
		joined(
			limits.map(([name, value]) => `${name} ${String(value)}`),
			'; ',
		),
		required.length === 0 ? '' : `requires ${joined(required, ', ')}`,
	]
		.filter(Boolean)
		.join('; ');
}
