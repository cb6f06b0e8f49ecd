import { Linter } from 'eslint';
import plugin from 'eslint-plugin-n8n-nodes-base';
import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import { parser } from 'typescript-eslint';

/*
 * n8n's rules for the texts and shapes of a node's parameters. Lint sees only what stands as a literal in one place, and
 * the nodes' parameters are built from field objects; so the rules are applied to what is built.
 */

/** Rules of the plugin that do not hold here. */
const NOT_HELD = [
	// n8n's own lint does without it.
	'node-param-type-options-max-value-present',
	// Rows are in the order in which people read them.
	'node-param-fixed-collection-type-unsorted-items',
];

const PLUGIN = 'n8n-nodes-base';

/** Parameters that a rule of n8n's takes for what they are not. */
const EXEMPT: Record<string, string> = {
	// Days of the week.
	days: 'node-param-multi-options-type-unsorted-items',
	// Who gave out a token, and no token.
	idTokenIssuer: 'node-param-type-options-password-missing',
};

/** Options that are in an order of their own. */
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

/** The name of the parameter that a line is part of: it stands above what it holds, and just below its label. */
function nameAt(lines: readonly string[], line: number): string {
	const depthOf = (text: string) => text.search(/\S/);
	const depth = depthOf(lines[line - 1]);
	const named = lines
		.slice(0, line + 1)
		.reverse()
		.find((text) => /^\s*name: "/.test(text) && depthOf(text) <= depth);
	return /"(\w+)"/.exec(named ?? '')?.[1] ?? '';
}

/** What n8n's own lint says of parameters. */
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

/** One parameter, and those that it stands among. */
interface Place {
	property: INodeProperties;
	siblings: readonly INodeProperties[];
	/** The parameters of the node. */
	top: readonly INodeProperties[];
}

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** The lists of parameters within one: a collection's, or those of each kind of row. */
const listsIn = ({ options = [] }: INodeProperties): INodeProperties[][] => [
	options.filter(isProperty),
	...options.flatMap((option) => ('values' in option ? [option.values] : [])),
];

const placesIn = (siblings: readonly INodeProperties[], top = siblings): Place[] =>
	siblings.flatMap((property) => [
		{ property, siblings, top },
		...listsIn(property).flatMap((list) => placesIn(list, top)),
	]);

/** What a user chooses from. */
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

/** Two parameters of one form are never shown together. */
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

/** A rule gives what is wrong with a parameter. */
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

/** As n8n has it, neither the choice of an operation nor a list of options need be described. */
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

/** Whether a default is one that a field of a type can have; that of any other type is a text. */
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
	json: (value) => isText(value) && value !== '',
};

const defaults: Rule = ({ property }) => {
	const { type, default: value } = property;
	const choices = choicesOf(property).map((choice) => choice.value);
	const isFit = (FITS[type] ?? isText)(value, choices);
	return isFit ? [] : [`the default ${JSON.stringify(value)} is none for ${type}`];
};

/** Rows of a form that is new hold fields that there are. */
const rows: Rule = ({ property }) =>
	(property.options ?? []).flatMap((option) => {
		if (!('values' in option)) return [];
		const names = option.values.map(({ name }) => name);
		const byDefault = (property.default as Record<string, object[] | undefined>)[option.name] ?? [];
		return byDefault
			.flatMap((row) => Object.keys(row))
			.filter((name) => !names.includes(name))
			.map((name) => `a default row has ${name}, which is no field of it`);
	});

const duplicates: Rule = ({ property, siblings }) =>
	siblings.some(
		(other) => other !== property && other.name === property.name && !areApart(property, other),
	)
		? ['is there twice under the same conditions']
		: [];

const UNIT = /\((A|kWh?|W|V|S|%|A or W)\)$/;

/** What has a unit is never less than nothing; seconds are whole, and there are at most 100 %. */
const ranges: Rule = ({ property: { type, displayName, typeOptions = {} } }) => {
	if (type !== 'number') return [];
	const { minValue, maxValue, numberPrecision } = typeOptions;
	const unit = UNIT.exec(displayName)?.[1];
	return [
		...(unit !== undefined && (minValue ?? -1) < 0 ? [`in ${unit} has no least value`] : []),
		...(unit === 'S' && numberPrecision !== 0 ? ['has decimals, and is in seconds'] : []),
		...(unit === '%' && maxValue !== 100 ? ['in % may be more than 100'] : []),
		...((minValue ?? -Infinity) > (maxValue ?? Infinity) ? ['allows no number'] : []),
	];
};

/** Conditions name parameters that are there when the parameter is, and values that they can have. */
const conditions: Rule = ({ property, siblings, top }) => {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	return [...Object.entries(show), ...Object.entries(hide)].flatMap(([path, values = []]) => {
		const isOfNode = path.startsWith('/') || siblings === top;
		const name = path.replace(/^\//, '');
		const deciding = (isOfNode ? top : siblings).filter(
			(other) => other.name === name && (siblings !== top || !areApart(other, property)),
		);
		if (deciding.length === 0) return [`is shown by ${path}, which is not there`];
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
	duplicates,
	ranges,
	conditions,
];

/** What breaks n8n's rules in the parameters of a node: `name: what is wrong`. */
export const breachesOf = (properties: readonly INodeProperties[]): string[] => [
	...lint(properties),
	...placesIn(properties).flatMap((place) =>
		RULES.flatMap((rule) => rule(place)).map((breach) => `${place.property.name}: ${breach}`),
	),
];
