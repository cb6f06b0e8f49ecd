import { BaseResolver, bundle, createConfig, isAbsoluteUrl } from '@redocly/openapi-core';
import { resolve } from 'node:path';
import { z } from 'zod';

import { messageOf, OperatorError } from '../../host/support/errors.mts';
import { placeholdersOf } from '../../nodes/shared/chargeye/endpoints.ts';

/** What an OpenAPI file says, as far as two such files are compared. */
export interface Contract {
	/** `3.0.3` */
	version: string;
	/** Base URLs; relative ones unchanged, variables replaced by their defaults. */
	servers: string[];
	operations: Operation[];
}

export interface Operation {
	operationId?: string;
	/** In our contract: the vendor's operationId, if it is known. */
	vendorsId?: string;
	/** In capitals. */
	method: string;
	/** Below the base URL, with `{placeholders}`. */
	path: string;
	/** Everything that is sent and answered, as one JSON schema: `parameters`, `body`, `answer`. */
	messages: unknown;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const Content = z.record(z.object({ schema: z.unknown() })).default({});
const Message = z.object({ required: z.boolean().default(false), content: Content });
const Parameter = Message.extend({
	name: z.string(),
	in: z.string(),
	schema: z.unknown(),
	style: z.string().optional(),
	explode: z.boolean().optional(),
});
const Item = z.object({ parameters: z.array(Parameter).default([]) }).passthrough();
const OperationObject = Item.extend({
	operationId: z.string().optional(),
	'x-vendor-operation-id': z.string().optional(),
	requestBody: Message.optional(),
	responses: z.record(z.unknown()).default({}),
});
const Variables = z.record(z.object({ default: z.coerce.string() })).default({});
const Document = z.object({
	servers: z.array(z.object({ url: z.string(), variables: Variables })).default([]),
	paths: z.record(z.unknown()),
});

/** Follows references to files only: reading a file must not send requests to a server. */
class FileResolver extends BaseResolver {
	override async loadExternalRef(ref: string) {
		if (!isAbsoluteUrl(ref)) return await super.loadExternalRef(ref);
		throw new Error('references to the web are not followed; use a file that contains everything');
	}
}

/**
 * Reads an OpenAPI 3.0 or 3.1 file, JSON or YAML, with its references resolved.
 *
 * @throws OperatorError if the file is missing, cannot be read, or is not OpenAPI
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
		const urls = servers.map(({ url, variables }) =>
			url.replace(/\{([^{}]*)\}/g, (all, name: string) => variables[name]?.default ?? all),
		);
		// Keys that do not begin with a slash are extensions.
		const names = Object.keys(paths).filter((path) => path.startsWith('/'));
		const operations = names.flatMap((path) => operationsAt(path, paths[path]));
		if (operations.length === 0) throw new Error('it has no operations');
		return { version, servers: urls, operations };
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
		if (reason.startsWith('ENOENT')) throw new OperatorError(`There is no file ${file}.`);
		throw new OperatorError(`${file} cannot be read as OpenAPI: ${reason}`);
	}
}

function operationsAt(path: string, json: unknown): Operation[] {
	const item = Item.parse(json, { path: ['paths', path] });
	return METHODS.filter((method) => item[method] !== undefined).map((method) => {
		const operation = OperationObject.parse(item[method], { path: ['paths', path, method] });
		const { operationId, requestBody, responses } = operation;
		const status = Object.keys(responses).find((code) => code.startsWith('2')) ?? 'default';
		const { content } = Message.parse(responses[status] ?? {});
		return {
			operationId,
			vendorsId: operation['x-vendor-operation-id'],
			method: method.toUpperCase(),
			path,
			messages: {
				properties: {
					parameters: parametersSchema([...item.parameters, ...operation.parameters], path),
					body: requestBody && contentSchema(requestBody.content),
					answer: contentSchema(content, { '(HTTP status)': { const: status } }),
				},
				required: requestBody?.required ? ['body'] : [],
			},
		};
	});
}

/** Path parameters are identified by position, since their names do not change any message. */
function parametersSchema(parameters: Array<z.infer<typeof Parameter>>, path: string) {
	const properties: Record<string, unknown> = {};
	const required = new Set<string>();
	for (const { name, in: place, content, schema = contentSchema(content), ...more } of parameters) {
		// OpenAPI ignores parameters for headers that it describes elsewhere.
		if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue;
		const position = placeholdersOf(path).indexOf(name) + 1;
		const label = place === 'path' ? `path parameter ${position}` : `${name} (${place})`;
		const { style = place === 'query' ? 'form' : 'simple', explode = style === 'form' } = more;
		const isList = z.object({ type: z.literal('array') }).safeParse(schema).success;
		properties[label] = isList ? { allOf: [schema], style, explode: String(explode) } : schema;
		if (more.required) required.add(label);
	}
	return { type: 'object', properties, required: [...required] };
}

/** The JSON schema of a body, else the schema of its first content type, with that type. */
function contentSchema(content: z.infer<typeof Content>, properties = {}): unknown {
	const types = Object.keys(content);
	const type = types.find((one) => one.includes('json')) ?? types.at(0);
	if (type === undefined) return { properties };
	const contentType = { '(content type)': { const: type.split(';')[0].trim() } };
	return { allOf: [content[type].schema ?? {}], properties: { ...properties, ...contentType } };
}
