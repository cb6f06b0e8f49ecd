import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { EndpointKey, VerdictOf } from '../chargeye/contract';
import type { CommandKey } from '../chargeye/endpoints';
import type { ApiRequest } from '../chargeye/request';
import { propertiesOf, type FormPart } from './fields/kinds/field';
import { optionField } from './fields/kinds/option';
import type { Values } from './fields/kinds/values';
import type { Pages } from './pages';

/** An operation is data: its texts, its fields, how to build its request and how to read the answer. */
interface OperationTexts {
	name: string;
	value: string;
	/** What the node panel and AI agents call it: "Restart a charging station" without the article. */
	action: string;
	description: string;
	fields: readonly FormPart[];
}

/** A command that a charger answers, at an endpoint of the API. */
export interface Command<K extends CommandKey> extends OperationTexts {
	type: 'command';
	/** Builds the request from the item's parameters, before anything is sent. @throws InputError */
	prepare(parameters: Values): PreparedCommand<K>;
	sentences: Sentences<K>;
}

/** What each answer but a refusal means, in a sentence for the output. */
export type Sentences<K extends CommandKey> = Record<Exclude<VerdictOf<K>, 'Rejected'>, string>;

export interface PreparedCommand<K extends CommandKey = CommandKey> {
	request: ApiRequest<K>;
	/** What the command is about; stands in the output: station, connector, limit. */
	target: IDataObject;
	/** The command in words, as in "… refused to …": "restart". */
	action: string;
	/** Where the command will surprise: shown beside the node. */
	hint?: string;
}

/** A look-up, which gives any number of items. */
export interface LookUp<K extends EndpointKey = EndpointKey> extends OperationTexts {
	type: 'lookUp';
	/** @throws InputError */
	prepare(parameters: Values): Pages<K, IDataObject>;
}

/** Works on its input alone: nothing is sent, and no account is needed. */
export interface Calculation extends OperationTexts {
	type: 'calculation';
	/** Whether each item is worked on by itself, or all together; the parameters are then the first item's. */
	input: 'each' | 'all';
	/**
	 * @param items the JSON of the one item, or of all
	 * @throws InputError
	 */
	calculate(parameters: Values, items: IDataObject[]): Calculated | Promise<Calculated>;
}

export interface Calculated {
	/** The output items. */
	items: IDataObject[];
	/** What goes with the first output item as binary data, by its name there. */
	files?: Record<string, OutputFile>;
	/** What may not be as the user expects: shown beside the node. */
	hints?: string[];
}

export interface OutputFile {
	bytes: Uint8Array;
	mimeType: string;
	fileName: string;
}

/** A command at any endpoint. */
export type AnyCommand = { [K in CommandKey]: Command<K> }[CommandKey];

export type Operation = AnyCommand | LookUp | Calculation;

/** A look-up that found nothing where one thing was asked for. */
export class NotFoundError extends Error {
	name = 'NotFoundError';

	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

export interface Resource {
	name: string;
	value: string;
	/** A shorter name, for the node on the canvas. */
	shortName?: string;
	operations: Operation[];
}

const shownFor = (
	field: INodeProperties,
	resource: string,
	operation: string,
): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		// In this order: n8n shows a field at the first condition on a parameter that is an expression.
		show: { resource: [resource], operation: [operation], ...field.displayOptions?.show },
	},
});

const resourceField = (resources: readonly Resource[]) =>
	optionField({
		label: 'Resource',
		name: 'resource',
		options: resources.map(({ name, value }) => ({ name, value })),
		default: resources[0].value,
		isFixed: true,
	});

const operationField = ({ value: resource, operations }: Resource) =>
	optionField({
		label: 'Operation',
		name: 'operation',
		show: { resource: [resource] },
		options: operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: operations[0].value,
		isFixed: true,
	});

/** The properties of a node: Resource, Operation, and each operation's fields where they apply. */
export const describeResources = (resources: readonly Resource[]): INodeProperties[] => [
	...propertiesOf([resourceField(resources), ...resources.map(operationField)]),
	...resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			propertiesOf(operation.fields).map((field) => shownFor(field, value, operation.value)),
		),
	),
];

/** What stands under a node's name on the canvas: "Set Power Limit: Station", or the operation alone. */
export function subtitleOf(resources: readonly Resource[]): string {
	const lookUp = (parameter: string, names: Array<[string, string]>) =>
		`({${names.map(([value, name]) => `${JSON.stringify(value)}:${JSON.stringify(name)}`).join()}})[$parameter.${parameter}]`;
	const operation = lookUp(
		'operation',
		resources.flatMap(({ operations }) =>
			operations.map(({ value, name }): [string, string] => [value, name]),
		),
	);
	if (resources.length === 1) return `={{ ${operation} }}`;
	const resource = lookUp(
		'resource',
		resources.map(({ value, name, shortName = name }) => [value, shortName]),
	);
	return `={{ ${operation} + ": " + ${resource} }}`;
}

/** The operation that an item asks for. @throws InputError */
export function chosenOperation(resources: readonly Resource[], parameters: Values): Operation {
	const chosen = resourceField(resources).read(parameters);
	const resource = resources.find(({ value }) => value === chosen)!;
	const operation = operationField(resource).read(parameters);
	return resource.operations.find(({ value }) => value === operation)!;
}
