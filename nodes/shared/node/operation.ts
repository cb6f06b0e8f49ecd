import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Verdict } from '../chargeye/answers';
import type { ApiRequest } from '../chargeye/request';
import { propertiesOf, type FormPart } from './fields/kinds/field';
import { optionField } from './fields/kinds/option';
import type { Values } from './fields/kinds/values';

/** An operation is data: its texts, its fields, how to build its request and how to read the answer. */
interface OperationTexts {
	name: string;
	value: string;
	/** What the node panel and AI agents call it: "Restart a charging station" without the article. */
	action: string;
	description: string;
	fields: readonly FormPart[];
}

/** A command that a charger answers. */
export interface Command extends OperationTexts {
	type: 'command';
	/** Builds the request from the item's parameters, before anything is sent. @throws InputError */
	prepare(parameters: Values): PreparedCommand;
	/** What an answer means, in a sentence for the output. */
	sentences: Partial<Record<Verdict, string>>;
}

export interface PreparedCommand {
	request: ApiRequest;
	/** What the command is about; stands in the output: station, connector, limit. */
	target: IDataObject;
	/** The command in words, as in "… refused to …": "restart". */
	action: string;
	/** What of the command may not be as the user expects: shown beside the node. */
	hint?: string;
}

/** A look-up, which gives any number of items. */
export interface LookUp extends OperationTexts {
	type: 'lookUp';
	/** @throws InputError */
	prepare(parameters: Values): PreparedLookUp;
}

export interface PreparedLookUp {
	request: ApiRequest;
	/**
	 * The output items of the API's answer.
	 * @throws NotFoundError if what was asked for is not among them
	 */
	items(body: unknown): IDataObject[];
	/** The request of the page after this answer's, for what comes in pages; undefined after the last. */
	next?(body: unknown): ApiRequest | undefined;
	/** The most items that are wanted. */
	limit?: number;
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

export type Operation = Command | LookUp | Calculation;

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

/** The operation that an item asks for. @throws InputError */
export function chosenOperation(resources: readonly Resource[], parameters: Values): Operation {
	const chosen = resourceField(resources).read(parameters);
	const resource = resources.find(({ value }) => value === chosen)!;
	const operation = operationField(resource).read(parameters);
	return resource.operations.find(({ value }) => value === operation)!;
}
