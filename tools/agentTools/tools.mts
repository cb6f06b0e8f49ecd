import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** A field that the model fills in. */
export interface ToolField {
	/** Its name in the tool's schema, such as `limit_kw`. */
	key: string;
	/** The node's parameter. */
	parameter: INodeProperties;
	type: 'string' | 'number' | 'boolean';
	/** What the model is told, with the unit, and with the choices if there are any. */
	description: string;
}

/** An operation as the tool of an AI agent. */
export interface Tool {
	/** The node's type name without the package. */
	node: string;
	typeVersion: number;
	/** What the workflow decides: resource, operation, and the fields that choose the form. */
	fixed: INodeParameters;
	/** What the operation is called, such as `Set power limit on connector, in kW`. */
	title: string;
	/** What the model is told about the tool. */
	description: string;
	/** Whether it sends a command to a charger, so that a person should approve it first. */
	isCommand: boolean;
	/** What the model decides. */
	fields: ToolField[];
}

/** Fields that a workflow's author decides: they choose the form, or say under which ID and rank a charger keeps a profile. */
const DECIDED_BY_THE_WORKFLOW: Readonly<Record<string, string | undefined>> = {
	stations: 'one',
	output: 'simplified',
	returnAll: undefined,
	specifyProfile: 'json',
	specifyWindows: 'json',
	specifyBands: 'json',
	specifyPrices: 'json',
	pricesFrom: 'json',
	specifyProfiles: 'json',
	specifyCharger: 'fields',
	previewOf: undefined,
	chargingProfileId: undefined,
	stackLevel: undefined,
	chargerCapacity: undefined,
	chargingProfilePurpose: undefined,
	limitUnit: undefined,
	priceSource: undefined,
	rule: undefined,
	energyAs: undefined,
	outside: undefined,
	mode: undefined,
	startField: undefined,
	priceField: undefined,
};

/** These need an item for each charging station, and a model gives none. */
const NEEDS_ITEMS = ['shareSiteLimit'];

/**
 * Fields that make several tools of an operation, one for each value: a number with one unit cannot be misread, and a
 * transaction is given by its ID or by where it runs.
 */
const SEVERAL: Readonly<Record<string, ReadonlyArray<{ value: string; called?: string }>>> = {
	limitType: [
		{ value: 'acMaxPowerKw', called: 'in kW' },
		{ value: 'acMaxPowerA', called: 'in A' },
	],
	transactionBy: [{ value: 'id' }, { value: 'connector', called: 'running on a connector' }],
};

const UNFIT = ['collection', 'fixedCollection', 'multiOptions', 'notice', 'hidden', 'button'];

const plain = (html = '') => html.replace(/<[^>]+>/g, '');

/** `Limit (kW)` → `limit_kw`, `Charging Station` → `charging_station`. */
const keyOf = ({ displayName }: INodeProperties) =>
	displayName
		.toLowerCase()
		.replaceAll('%', 'percent')
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '');

const choicesOf = ({ type, options = [] }: INodeProperties): INodePropertyOptions[] =>
	type === 'options' ? (options as INodePropertyOptions[]) : [];

/** What the model is told about a field: the node's description, the choices, and that an ID is wanted. */
function describe(parameter: INodeProperties): string {
	// The limit unit is decided by the workflow: kW by default.
	const text = plain(parameter.description).replace(/\.$/, '').replace('the limit unit', 'kW');
	const isLocator = parameter.type === 'resourceLocator';
	const about = isLocator && !/\b(ID|zone)\b/.test(text) ? `${text}, by its ID in ChargEye` : text;
	const choices = choicesOf(parameter)
		.filter(({ value }) => value !== '')
		.map(({ value, name, description }) => `${value} (${plain(description) || name})`);
	return choices.length === 0 ? about : `${about}. One of: ${choices.join('; ')}`;
}

const typeOf = ({ type }: INodeProperties): ToolField['type'] =>
	type === 'number' || type === 'boolean' ? type : 'string';

/** Each operation of a node that needs no items as a tool, by the node's description. */
export function toolsOf(description: INodeTypeDescription): Tool[] {
	const { name: node, version, properties } = description;
	const typeVersion = [version].flat().at(-1)!;
	const operations = properties.filter(({ name }) => name === 'operation');
	return operations.flatMap((property) =>
		choicesOf(property).flatMap((operation) => {
			if (NEEDS_ITEMS.includes(operation.value as string)) return [];
			const [resource] = property.displayOptions!.show!.resource as string[];
			const chosen = { resource, operation: operation.value as string };
			const visible = visibleWith({ ...chosen, ...DEFINED }, description, typeVersion);
			return variantsOf(visible).map(({ values, called }): Tool => {
				const fixed = { ...chosen, ...DEFINED, ...values };
				const shown = visibleWith(fixed, description, typeVersion);
				const isFixed = ({ name }: INodeProperties) =>
					name in fixed || name in DECIDED_BY_THE_WORKFLOW;
				const fields = shown.filter((field) => !isFixed(field) && !UNFIT.includes(field.type));
				const names = shown.map(({ name }) => name);
				return {
					node,
					typeVersion,
					fixed: Object.fromEntries(
						Object.entries(fixed).filter(([name]) => name in chosen || names.includes(name)),
					),
					title: [operation.action, ...called].join(', '),
					description: plain(operation.description).replace(/\.?$/, '.'),
					isCommand: resource !== 'schedule' && !chosen.operation.startsWith('get'),
					fields: fields.map((parameter) => ({
						key: keyOf(parameter),
						parameter,
						type: typeOf(parameter),
						description: describe(parameter),
					})),
				};
			});
		}),
	);
}

interface Variant {
	values: INodeParameters;
	called: string[];
}

/** The tools that an operation with these fields becomes. */
const variantsOf = (visible: readonly INodeProperties[]): Variant[] =>
	visible.reduce<Variant[]>(
		(variants, { name }) =>
			name in SEVERAL
				? variants.flatMap(({ values, called }) =>
						SEVERAL[name].map((one) => ({
							values: { ...values, [name]: one.value },
							called: one.called === undefined ? called : [...called, one.called],
						})),
					)
				: variants,
		[{ values: {}, called: [] }],
	);

const DEFINED = Object.fromEntries(
	Object.entries(DECIDED_BY_THE_WORKFLOW).filter(([, value]) => value !== undefined),
) as INodeParameters;

/** The fields that n8n shows for these values, with the defaults of the others. */
function visibleWith(
	values: INodeParameters,
	description: INodeTypeDescription,
	typeVersion: number,
): INodeProperties[] {
	const { name: type, properties } = description;
	const node = { type, typeVersion } as INode;
	const all = NodeHelpers.getNodeParameters(properties, values, true, false, node, description)!;
	return properties.filter(
		(property) =>
			!['resource', 'operation'].includes(property.name) &&
			NodeHelpers.displayParameter(all, property, node, description),
	);
}

/** The expression with which the model fills in a field. */
export const expressionOf = ({ key, description, type }: ToolField): string =>
	`{{ $fromAI('${key}', \`${description}\`, '${type}') }}`;

/** A node's parameters in which the model fills in the fields of a tool. */
export function parametersOf({ fixed, fields }: Tool): INodeParameters {
	const filled = fields.map((field) => {
		const value = `=${expressionOf(field)}`;
		const isLocator = field.parameter.type === 'resourceLocator';
		return [field.parameter.name, isLocator ? { __rl: true, mode: 'id', value } : value];
	});
	return { ...fixed, ...(Object.fromEntries(filled) as INodeParameters) };
}
