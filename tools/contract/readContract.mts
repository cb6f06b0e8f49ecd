import { BaseResolver, bundle, createConfig, isAbsoluteUrl } from '@redocly/openapi-core';
import { resolve } from 'node:path';
import { z } from 'zod';

import { messageOf, OperatorError } from '../../host/support/errors.mts';
import { fieldsOf, type Fields } from './fields.mts';

/** What an OpenAPI file says, as far as two such files are compared. */
export interface Contract {
	/** `3.0.3` */
	version: string;
	/** Base URLs without a trailing slash; relative ones as they are, variables with their defaults. */
	servers: string[];
	operations: Operation[];
}

export interface Operation {
	operationId?: string;
	/** In our contract: what the vendor calls it, as far as that is known. */
	vendorsId?: string;
	/** Whether that only follows the others by analogy. */
	vendorsIdIsInferred?: boolean;
	summary?: string;
	/** In capitals. */
	method: string;
	/** Below the base URL, with `{placeholders}`. */
	path: string;
	parameters: Parameter[];
	/** Empty when there is none. */
	body: Fields;
	/** The answer to a success; with its HTTP status. */
	answer: Fields;
}

export interface Parameter {
	name: string;
	in: string;
	fields: Fields;
}

/** A map whose keys are names of the API; those that begin with `x-` are extensions. */
const mapOf = <Value extends z.ZodTypeAny>(value: Value) =>
	z.preprocess(
		(json) =>
			typeof json === 'object' && json !== null
				? Object.fromEntries(Object.entries(json).filter(([key]) => !key.startsWith('x-')))
				: json,
		z.record(value),
	);
const Content = mapOf(z.object({ schema: z.unknown() })).default({});
const ParameterObject = z.object({
	name: z.string(),
	in: z.string(),
	required: z.boolean().default(false),
	schema: z.unknown(),
	content: Content,
	style: z.string().optional(),
	explode: z.boolean().optional(),
});
const Parameters = z.array(ParameterObject).default([]);
const OperationObject = z
	.object({
		operationId: z.string().optional(),
		'x-vendor-operation-id': z.string().optional(),
		'x-vendor-operation-id-source': z.string().optional(),
		summary: z.string().optional(),
		parameters: Parameters,
		requestBody: z.object({ required: z.boolean().default(false), content: Content }).optional(),
		responses: mapOf(z.object({ content: Content })).default({}),
	})
	.optional();
const PathItem = z.object({
	parameters: Parameters,
	get: OperationObject,
	put: OperationObject,
	post: OperationObject,
	delete: OperationObject,
	patch: OperationObject,
});
const Server = z.object({
	url: z.string(),
	variables: z.record(z.object({ default: z.coerce.string() })).default({}),
});
const Document = z.object({
	servers: z.array(Server).default([]),
	paths: mapOf(PathItem),
});
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Follows references to files only: reading a file must not call somebody's server. */
class FileResolver extends BaseResolver {
	override async loadExternalRef(ref: string) {
		if (!isAbsoluteUrl(ref)) return await super.loadExternalRef(ref);
		throw new Error('references to the web are not followed; use a file that holds everything');
	}
}

/**
 * Reads an OpenAPI 3.0 or 3.1 file, JSON or YAML, with its references resolved.
 *
 * @throws OperatorError if it is missing, cannot be read, or is no such file
 */
export async function readContract(file: string): Promise<Contract> {
	const document = await parse(file);
	if (typeof document !== 'object' || document === null || !('openapi' in document)) {
		throw new OperatorError(`${file} is not an OpenAPI file: it has no "openapi" version.`);
	}
	const version = String(document.openapi);
	if (!/^3\.[01](\.|$)/.test(version)) {
		throw new OperatorError(`${file} is OpenAPI ${version}; only 3.0 and 3.1 can be read.`);
	}
	try {
		const { servers, paths } = Document.parse(document);
		const operations = Object.entries(paths).flatMap(([path, item]) => operationsAt(path, item));
		if (operations.length === 0) throw new Error('it has no operations');
		return { version, servers: servers.map(urlOf), operations };
	} catch (error) {
		const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
		const reason = issue ? `${issue.path.join(' ')}: ${issue.message}` : messageOf(error);
		throw new OperatorError(`${file} is not valid OpenAPI: ${reason}.`);
	}
}

async function parse(file: string): Promise<unknown> {
	try {
		const { bundle: document, problems } = await bundle({
			ref: resolve(file),
			config: await createConfig({}),
			externalRefResolver: new FileResolver(),
			dereference: true,
		});
		const [problem] = problems;
		if (problem === undefined) return document.parsed;
		throw new Error(`${problem.message} (${problem.location[0]?.pointer ?? file})`);
	} catch (error) {
		const [reason] = messageOf(error).split('\n');
		throw new OperatorError(
			reason.startsWith('ENOENT')
				? `There is no file ${file}.`
				: `${file} cannot be read as OpenAPI: ${reason}`,
		);
	}
}

function operationsAt(path: string, item: z.infer<typeof PathItem>): Operation[] {
	return METHODS.flatMap((method) => {
		const operation = item[method];
		if (operation === undefined) return [];
		const { operationId, summary, requestBody, responses } = operation;
		// An operation's own parameter stands in for its path's of the same name and place.
		const parameters = new Map(
			[...item.parameters, ...operation.parameters].map((one) => [`${one.in} ${one.name}`, one]),
		);
		const statuses = Object.keys(responses);
		const status = statuses.find((code) => code.startsWith('2')) ?? 'default';
		return {
			operationId,
			vendorsId: operation['x-vendor-operation-id'],
			vendorsIdIsInferred: operation['x-vendor-operation-id-source'] === 'inferred',
			summary,
			method: method.toUpperCase(),
			path,
			parameters: [...parameters.values()].filter(isSent).map(toParameter),
			body: contentFields(requestBody?.content ?? {}, requestBody?.required ?? false),
			answer: new Map([
				['(HTTP status)', status],
				...contentFields(responses[status]?.content ?? {}, false),
			]),
		};
	});
}

/** OpenAPI ignores parameters for the headers that it describes elsewhere. */
const isSent = (parameter: z.infer<typeof ParameterObject>) =>
	parameter.in !== 'header' || !/^(accept|content-type|authorization)$/i.test(parameter.name);

function toParameter(parameter: z.infer<typeof ParameterObject>): Parameter {
	const { name, in: place, required, schema, content, explode } = parameter;
	const fields =
		schema === undefined ? contentFields(content, required) : fieldsOf(schema, required);
	if (fields.has('[]')) {
		const style = parameter.style ?? (place === 'query' ? 'form' : 'simple');
		fields.set('(style)', `${style}; explode ${explode ?? style === 'form'}`);
	}
	return { name, in: place, fields };
}

function contentFields(content: z.infer<typeof Content>, required: boolean): Fields {
	const types = Object.keys(content);
	const type = types.find((one) => one.includes('json')) ?? types.at(0);
	if (type === undefined) return new Map();
	return new Map([
		['(content type)', type.split(';')[0].trim()],
		...fieldsOf(content[type].schema ?? {}, required),
	]);
}

const urlOf = ({ url, variables }: z.infer<typeof Server>) =>
	url.replace(/\{([^{}]*)\}/g, (all, name: string) => variables[name]?.default ?? all);
