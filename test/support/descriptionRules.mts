import { Linter } from 'eslint';
import plugin from 'eslint-plugin-n8n-nodes-base';
import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import { parser } from 'typescript-eslint';

/*
 * n8n's rules for the texts and shapes of a node's parameters. Lint sees only literals in the source, but the
 * nodes' parameters are built from field objects, so here the rules are applied to the finished parameters.
 */

/** Rules of the plugin that do not apply here. */
const NOT_HELD = [
	// n8n's own lint does not use it.
	'node-param-type-options-max-value-present',
	// The fields of a row are in reading order.
	'node-param-fixed-collection-type-unsorted-items',
];

const PLUGIN = 'n8n-nodes-base';

/** Parameters that one of n8n's rules misunderstands. */
const EXEMPT: Record<string, string> = {
	// Days of the week, in their usual order.
	days: 'node-param-multi-options-type-unsorted-items',
	// The issuer of a token, which is not secret.
	idTokenIssuer: 'node-param-type-options-password-missing',
};

/** Options that are not in alphabetical order. */
const ORDERED = ['days'];

/** The rules of n8n's own lint on the parameters of nodes. */
export const N8N_RULES = Object.keys(plugin.rules).filter(
	(name) => name.startsWith('node-param-') && !NOT_HELD.includes(name),
);

const LINT: Linter.Config = {
	files: ['**/*.ts'],
	plugins: { [PLUGIN]: plugin },
	rules: Object.fromEntries(N8N_RULES.map((name) => [`${PLUGIN}/${name}`, 'error'])),
	languageOptions: { parser: parser as Linter.Parser },
};

/** Parameters as a literal in a node's source. */
const sourceOf = (properties: readonly INodeProperties[]): string =>
	`export class Node { description = { properties: ${JSON.stringify(properties, null, 1).replace(
		/^( *)"([A-Za-z_$][\w$]*)":/gm,
		'$1$2:',
	)} }; }`;

/** The name of the parameter that a line is part of. The name comes before the parameter's contents, just after its label. */
function nameAt(lines: readonly string[], line: number): string {
	const depthOf = (text: string) => text.search(/\S/);
	const depth = depthOf(lines[line - 1]);
	const named = lines
		.slice(0, line + 1)
		.reverse()
		.find((text) => /^\s*name: "/.test(text) && depthOf(text) <= depth);
	return /"(\w+)"/.exec(named ?? '')?.[1] ?? '';
}

/** The errors of n8n's own lint for parameters. */
function lint(properties: readonly INodeProperties[]): string[] {
	const source = sourceOf(properties);
	const lines = source.split('\n');
	return new Linter()
		.verify(source, [LINT], 'nodes/Node/Node.node.ts')
		.map(({ ruleId, message, line }) => ({
			rule: ruleId?.replace(`${PLUGIN}/`, '') ?? 'syntax',
			name: nameAt(lines, line),
			breach: `${message} (${ruleId}: ${lines[line - 1].trim()})`,
		}))
		.filter(({ rule, name }) => EXEMPT[name] !== rule)
		.map(({ name, breach }) => `${name}: ${breach}`);
}

/** One parameter and its siblings. */
interface Place {
	property: INodeProperties;
	siblings: readonly INodeProperties[];
	/** The parameters of the node. */
	top: readonly INodeProperties[];
	/** The collection or the rows that it is in. */
	owner?: INodeProperties;
}

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** The lists of parameters inside a parameter: a collection's, or one for each kind of row. */
const listsIn = ({ options = [] }: INodeProperties): INodeProperties[][] => [
	options.filter(isProperty),
	...options.flatMap((option) => ('values' in option ? [option.values] : [])),
];

const placesIn = (
	siblings: readonly INodeProperties[],
	top = siblings,
	owner?: INodeProperties,
): Place[] =>
	siblings.flatMap((property) => [
		{ property, siblings, top, owner },
		...listsIn(property).flatMap((list) => placesIn(list, top, property)),
	]);

/** The choices of a parameter. */
const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

const NAMES_WRITTEN_SMALL = /^(kWh?|eMSP)$/;
const SMALL_WORDS = /^(a|an|and|as|at|but|by|for|from|in|nor|of|on|or|per|the|to|via|with)$/;

const isTitleCase = (label: string): boolean =>
	label
		.split(/[^\p{L}\p{N}’]+/u)
		.filter(Boolean)
		.every(
			(word, index) =>
				/^[\p{Lu}\p{N}]/u.test(word) ||
				NAMES_WRITTEN_SMALL.test(word) ||
				(index > 0 && SMALL_WORDS.test(word)),
		);

/** Whether two parameters of one form are never shown together. */
function areApart(one: INodeProperties, other: INodeProperties): boolean {
	const conditionsOf = ({ displayOptions: { show = {}, hide = {} } = {} }: INodeProperties) => ({
		show: show as Record<string, unknown[]>,
		hide: hide as Record<string, unknown[]>,
	});
	const [a, b] = [conditionsOf(one), conditionsOf(other)];
	const excludes = (x: typeof a, y: typeof a) =>
		Object.entries(x.show).some(
			([name, values]) =>
				(name in y.show && values.every((value) => !y.show[name].includes(value))) ||
				(name in y.hide && values.every((value) => y.hide[name].includes(value))),
		);
	return excludes(a, b) || excludes(b, a);
}

/** A rule returns what is wrong with a parameter. */
type Rule = (place: Place) => string[];

const labels: Rule = ({ property }) =>
	[
		property.displayName,
		...choicesOf(property).map(({ name }) => name),
		...(property.options ?? []).flatMap((option) => ('values' in option ? option.displayName : [])),
		...(property.modes ?? []).map(({ displayName }) => displayName),
	]
		.filter((label) => !isTitleCase(label))
		.map((label) => `the label ${JSON.stringify(label)} is not in Title Case`);

const descriptionsOf = (property: INodeProperties): string[] =>
	[
		property.description,
		property.hint,
		...choicesOf(property).map(({ description }) => description),
	].filter((text) => text !== undefined);

const sentences: Rule = ({ property }) =>
	descriptionsOf(property).flatMap((text) => {
		const words = text.match(/\p{L}{4,}/gu) ?? [];
		const isTitle = words.length > 2 && words.every((word) => /^\p{Lu}/u.test(word));
		const isOne = !/[.!?] [\p{Lu}\p{N}“]/u.test(text);
		return [
			...(/^[\p{Lu}\p{N}“]/u.test(text) && !isTitle ? [] : [`${text}: is not in sentence case`]),
			...(text.endsWith('.') === isOne
				? [`${text}: ${isOne ? 'one sentence has no full stop' : 'lacks its last full stop'}`]
				: []),
		];
	});

/** n8n's rules ask for no description of the choice of an operation and of a collection. */
const described: Rule = ({ property: { name, type, description } }) =>
	description !== undefined || type === 'collection' || ['resource', 'operation'].includes(name)
		? []
		: ['has no description'];

const EXAMPLES = /^e\.g\. \S/;

const placeholders: Rule = ({ property: { type, placeholder, modes = [] } }) => {
	const isList = type === 'collection' || type === 'fixedCollection';
	const wrong = [
		...(placeholder === undefined || (isList ? /^Add \S/ : EXAMPLES).test(placeholder)
			? []
			: [placeholder]),
		...modes
			.filter((mode) => mode.type === 'string' && !EXAMPLES.test(mode.placeholder ?? ''))
			.map((mode) => mode.placeholder),
	];
	return wrong.map(
		(text) => `the placeholder ${text} does not begin with "${isList ? 'Add' : 'e.g.'} "`,
	);
};

const order: Rule = ({ property }) => {
	if (ORDERED.includes(property.name)) return [];
	const names =
		property.type === 'collection'
			? listsIn(property)[0].map(({ displayName }) => displayName)
			: choicesOf(property)
					.filter(() => property.name !== 'resource')
					.map(({ name }) => name);
	const sorted = [...names].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
	return names.join() === sorted.join() ? [] : [`is not sorted: ${names.join(', ')}`];
};

const isText = (value: unknown) => typeof value === 'string';
const isShape = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a default fits the field's type; the default of any other type is a text. */
const FITS: Partial<
	Record<NodePropertyTypes, (value: unknown, choices: readonly unknown[]) => boolean>
> = {
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	options: (value, choices) => choices.includes(value),
	multiOptions: (value, choices) =>
		Array.isArray(value) && value.every((one) => choices.includes(one)),
	collection: isShape,
	fixedCollection: isShape,
	resourceLocator: isShape,
	// A value that is dragged onto a field for JSON must not be appended to an example.
	json: (value) => value === '' || (isText(value) && String(value).startsWith('={{')),
};

/**
 * A number that nobody has entered is not sent: as an option it can come empty, and is refused while it is. A field with a
 * placeholder may stay empty.
 */
const comesEmpty = (
	{ type, default: value, placeholder }: INodeProperties,
	owner?: INodeProperties,
): boolean =>
	type === 'number' && value === '' && (owner?.type === 'collection' || placeholder !== undefined);

const defaults: Rule = ({ property, owner }) => {
	const { type, default: value } = property;
	if (comesEmpty(property, owner)) return [];
	const choices = choicesOf(property).map((choice) => choice.value);
	const isFit = (FITS[type] ?? isText)(value, choices);
	return isFit ? [] : [`the default ${JSON.stringify(value)} does not fit ${type}`];
};

/** Whoever adds a switch wants it on. */
const switches: Rule = ({ property, owner }) =>
	property.type === 'boolean' && owner?.type === 'collection' && property.default !== true
		? ['is off when it is added']
		: [];

/** The rows of a new form contain only existing fields. */
const rows: Rule = ({ property }) =>
	(property.options ?? []).flatMap((option) => {
		if (!('values' in option)) return [];
		const names = option.values.map(({ name }) => name);
		const byDefault = (property.default as Record<string, object[] | undefined>)[option.name] ?? [];
		return byDefault
			.flatMap((row) => Object.keys(row))
			.filter((name) => !names.includes(name))
			.map((name) => `a default row has ${name}, which is not one of its fields`);
	});

const duplicates: Rule = ({ property, siblings }) =>
	siblings.some(
		(other) => other !== property && other.name === property.name && !areApart(property, other),
	)
		? ['is there twice under the same conditions']
		: [];

const UNIT = /\((A|kWh?|W|V|S|%|A or W)\)$/;

/** A number with a unit is never negative, seconds are whole, and % are at most 100. */
const ranges: Rule = ({ property: { type, displayName, typeOptions = {} } }) => {
	if (type !== 'number') return [];
	const { minValue, maxValue, numberPrecision } = typeOptions;
	const unit = UNIT.exec(displayName)?.[1];
	return [
		...(unit !== undefined && (minValue ?? -1) < 0
			? [`in ${unit} has no minimum of 0 or more`]
			: []),
		...(unit === 'S' && numberPrecision !== 0 ? ['has decimals, and is in seconds'] : []),
		...(unit === '%' && maxValue !== 100 ? ['in % may be more than 100'] : []),
		...((minValue ?? -Infinity) > (maxValue ?? Infinity) ? ['allows no number'] : []),
	];
};

/** Conditions name parameters that are shown together with the parameter, and values that these can have. */
const conditions: Rule = ({ property, siblings, top }) => {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	return [...Object.entries(show), ...Object.entries(hide)].flatMap(([path, values = []]) => {
		if (path === '@version') return [];
		const isOfNode = path.startsWith('/') || siblings === top;
		const name = path.replace(/^\//, '');
		const deciding = (isOfNode ? top : siblings).filter(
			(other) => other.name === name && (siblings !== top || !areApart(other, property)),
		);
		if (deciding.length === 0) return [`is shown by ${path}, which does not exist`];
		const possible = deciding.flatMap((other) =>
			other.type === 'boolean'
				? [true, false]
				: choicesOf(other).flatMap(({ value }) => [value, String(value)]),
		);
		return (values as unknown[])
			.filter((value) => !possible.some((one) => one === value))
			.map((value) => `is shown by ${path} as ${String(value)}, which it cannot be`);
	});
};

const RULES: readonly Rule[] = [
	labels,
	sentences,
	described,
	placeholders,
	order,
	defaults,
	rows,
	switches,
	duplicates,
	ranges,
	conditions,
];

/** Everything in the parameters of a node that breaks n8n's rules: `name: what is wrong`. */
export const breachesOf = (properties: readonly INodeProperties[]): string[] => [
	...lint(properties),
	...placesIn(properties).flatMap((place) =>
		RULES.flatMap((rule) => rule(place)).map((breach) => `${place.property.name}: ${breach}`),
	),
];
