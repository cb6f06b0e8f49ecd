import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ChargeEyeClient } from '../chargeye/client';
import type { EndpointKey, VerdictOf } from '../chargeye/contract';
import type { CommandKey } from '../chargeye/endpoints';
import type { ApiRequest } from '../chargeye/request';
import type { ProfileToPlace } from './chargingProfile';
import { propertiesOf, type FormPart } from './fields/kinds/field';
import { optionField } from './fields/kinds/option';
import type { Values } from './fields/kinds/values';
import { REACH_NAMES, REACH_PARAMETER, stations, type Reach } from './fields/stations';
import type { Pages } from './pages';

/** An operation is data: its texts, its fields, how to build its request and how to read the answer. */
interface OperationTexts {
	name: string;
	value: string;
	/** The operation's name in the node panel and for AI agents: "Restart a charging station" without the article. */
	action: string;
	description: string;
	fields: readonly FormPart[];
}

/** A command that is sent to an endpoint of the API and answered by a charger. */
export interface Command<K extends CommandKey> extends OperationTexts {
	type: 'command';
	/**
	 * Builds the request from the item's parameters, before anything is sent. If `stations` is among the fields, it is
	 * called for each station that is chosen, with that one in the field of the station.
	 * @param item the item's JSON
	 * @returns the command, or what has to be looked up first
	 * @throws InputError
	 */
	prepare(
		parameters: Values,
		item: IDataObject,
	): PreparedCommand<K> | LookUpFirst<PreparedCommand<K>>;
	sentences: Sentences<K>;
}

/** A sentence for the output that says what the verdict means, for each verdict except a refusal. */
export type Sentences<K extends CommandKey> = Record<Exclude<VerdictOf<K>, 'Rejected'>, string>;

export interface PreparedCommand<K extends CommandKey = CommandKey> {
	request: ApiRequest<K>;
	/** The object of the command, which is in the output: station, connector, limit. */
	target: IDataObject;
	/** The command in words, as in "… refused to …": "restart". */
	action: string;
	/** What may not be as the user expects; n8n shows it next to the node. */
	hint?: string;
	/** The charging profile that is set: profiles that come together at a station are judged before any is sent. */
	profile?: ProfileToPlace;
	/** What is done about a command that must not be carried out twice. */
	once?: Once;
}

/** A command that must not be carried out twice. */
export interface Once {
	/** Identifies the command among those of a run. */
	key: string;
	/**
	 * Looks whether the command was carried out, after an answer that does not say so.
	 * @returns fields for the output; undefined if nothing shows it
	 */
	find(send: ChargeEyeClient['send']): Promise<IDataObject | undefined>;
}

/** What became of the commands of a run that must not be carried out twice, by their keys. */
export type SentOnce = Map<string, 'accepted' | 'unknown'>;

/** What has to be looked up before the request of an operation can be built, or turns out not to be needed. */
export interface LookUpFirst<Prepared> {
	/** The first request of the look-up. */
	request: ApiRequest;
	/** The object of the operation, as far as it is known. */
	target: IDataObject & { stationId: string };
	/** How to do without the look-up if it fails, in a sentence. */
	otherwise?: string;
	/**
	 * Looks up.
	 * @returns what to send, or the outcome if nothing is to be sent
	 * @throws NotFoundError, UnreadableAnswerError, and what `send` throws
	 */
	lookUp(send: ChargeEyeClient['send'], sentOnce: SentOnce): Promise<Prepared | Outcome>;
}

/** A look-up, which outputs any number of items. */
export interface LookUp<K extends EndpointKey = EndpointKey> extends OperationTexts {
	type: 'lookUp';
	/** @returns the look-up, or what has to be looked up before it @throws InputError */
	prepare(parameters: Values): Pages<K, IDataObject> | LookUpFirst<Pages<K, IDataObject>>;
}

/** An operation that uses its input: it sends nothing and needs no account, unless it has to look something up first. */
export interface Calculation extends OperationTexts {
	type: 'calculation';
	/** Whether items are worked on one by one, or all together with the first item's parameters. */
	input: 'each' | 'all';
	/**
	 * @param items the JSON of the one item, or of all
	 * @returns the outcome, or what is to be looked up for it
	 * @throws InputError, before anything is sent
	 */
	calculate(
		parameters: Values,
		items: IDataObject[],
	): Outcome | RemoteWork | Promise<Outcome | RemoteWork>;
	/**
	 * Completes the output of items that are worked on one by one with what only all of them together show.
	 * @param outputs the output of every item that did not fail
	 * @param parameters for each output, the parameters of its item
	 * @returns as many, in the same order
	 */
	completeTogether?(outputs: IDataObject[], parameters: Values[]): IDataObject[];
}

/** Work that needs the API. */
export interface RemoteWork {
	request: ApiRequest;
	/**
	 * Sends the request, and perhaps others, and reads the answers.
	 * @throws RefusedError, UnreadableAnswerError, NotFoundError, and what `send` throws
	 */
	carryOut(send: ChargeEyeClient['send']): Promise<Outcome>;
}

/** What an operation outputs. */
export interface Outcome {
	/** The output items. */
	items: IDataObject[];
	/** The first output item's binary data, by name. */
	files?: Record<string, OutputFile>;
	/** What may not be as the user expects; n8n shows it next to the node. */
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

/** A look-up of one object did not find it. */
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
		// The order matters: n8n shows a field as soon as it reaches a condition on a parameter that is an expression.
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

/** The properties of a node: Resource, Operation, and the fields of each operation, shown only for it. */
export const describeResources = (resources: readonly Resource[]): INodeProperties[] => [
	...propertiesOf([resourceField(resources), ...resources.map(operationField)]),
	...resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			propertiesOf(operation.fields).map((field) => shownFor(field, value, operation.value)),
		),
	),
];

/**
 * An expression for the text under a node’s name on the canvas: the operation, and what it is for if that is not clear
 * from the operation alone: "Set Power Limit: Connector", "Set Power Limit: Location". n8n shows about 30 characters.
 */
export function subtitleOf(resources: readonly Resource[]): string {
	const texts = resources.flatMap(({ value: resource, name, operations }) =>
		operations.map((operation) => {
			const isShared = resources.some(
				({ value, operations: others }) =>
					value !== resource && others.some((other) => other.value === operation.value),
			);
			const plain = isShared ? `${operation.name}: ${name}` : operation.name;
			const byReach = Object.entries(REACH_NAMES).map(
				([type, word]) => [type, `${operation.name}: ${word}`] as const,
			);
			const text = operation.fields.includes(stations) ? Object.fromEntries(byReach) : plain;
			return [`${resource}:${operation.value}`, text] as const;
		}),
	);
	const table = JSON.stringify(Object.fromEntries(texts));
	const one: Reach['type'] = 'one';
	return `={{ ((text) => text?.[$parameter.${REACH_PARAMETER} ?? "${one}"] ?? text)((${table})[$parameter.resource + ":" + $parameter.operation]) }}`;
}

/** The operation that is chosen in an item's parameters. @throws InputError */
export function chosenOperation(resources: readonly Resource[], parameters: Values): Operation {
	const chosen = resourceField(resources).read(parameters);
	const resource = resources.find(({ value }) => value === chosen)!;
	const operation = operationField(resource).read(parameters);
	return resource.operations.find(({ value }) => value === operation)!;
}
