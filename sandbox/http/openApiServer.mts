import express, {
	type ErrorRequestHandler,
	type Request,
	type RequestHandler,
	type Router,
} from 'express';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { HttpError } from './httpError.mts';
import { FORMATS, problemOf, type Problem } from './validation.mts';

/**
 * Handlers by operationId. Each takes `{params, query, body}` of a request that is valid by the document, with numbers in
 * path and query converted. It returns the body of the 200, or throws an HttpError.
 */
export type Handlers = Record<string, (request: never) => unknown>;

export interface OpenApiServerOptions {
	/** An OpenAPI document. Every request and every answer is validated against it. */
	document: Document;
	handlers: Handlers;
	/** Checks by name of the security scheme; each throws an HttpError 401 that says why it refuses. */
	security?: Record<string, (authorization: string | undefined) => true>;
	/** Runs before the handlers. `response.locals.operationId` is already set if an operation matches. */
	before?: RequestHandler[];
}

/** A request without HTTP. */
export interface Call {
	operationId: string;
	/** The parameters of the path. */
	params?: Record<string, string | number>;
	body?: unknown;
}

export interface OpenApiServer {
	router: Router;
	/** Carries out a request as if it had come by HTTP, without what runs before the handlers. @throws HttpError */
	carryOut: (call: Call) => Promise<unknown>;
	/** The names of the parameters in the path of an operation. */
	parametersOf: (operationId: string) => string[];
	/** What the document does not allow in a request. */
	problemsIn: (call: Call) => Problem[];
}

/** Parses JSON bodies. Three schedules of 1,024 periods exceed the default limit of 100 kB. */
export const jsonBody = express.json({ limit: '2mb' });

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/**
 * Serves an OpenAPI document. The router answers 400, 401, 404 and 405 itself, in the
 * JSON of HttpError. A handler's answer that is not valid by the document becomes a 500 that says what is wrong.
 */
export async function openApiServer(options: OpenApiServerOptions): Promise<OpenApiServer> {
	const api = new OpenAPIBackend({
		definition: options.document,
		quick: true,
		strict: true,
		coerceTypes: true,
		ajvOpts: { allErrors: true },
		customizeAjv: (ajv) => {
			for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
			return ajv;
		},
		handlers: {
			...Object.fromEntries(
				Object.entries(options.handlers).map(([operationId, handler]) => [
					operationId,
					({ request, validation }: Context) => {
						// openapi-backend converts numbers of the query in the request, but numbers of the path only here.
						const { params } = validation.coerced as { params: unknown };
						const { query, requestBody } = request as { query: unknown; requestBody: unknown };
						// The request has just been validated against the document, from which the handler's types come.
						return handler({ params, query, body: requestBody } as never);
					},
				]),
			),
			notFound: ({ request }: Context) => {
				throw new HttpError(404, `There is no ${request.method.toUpperCase()} ${request.path}.`);
			},
			methodNotAllowed: ({ request }: Context) => {
				const allowed = METHODS.filter((method) =>
					api.matchOperation({ ...request, method, query: {} }),
				).map((method) => method.toUpperCase());
				throw new HttpError(
					405,
					`${request.path} does not allow ${request.method.toUpperCase()}, only ${allowed.join(', ')}.`,
					{ Allow: allowed.join(', ') },
				);
			},
			unauthorizedHandler: ({ security }: Context) => {
				throw refusalIn(security);
			},
			validationFail: ({ validation }: Context) => {
				throw new HttpError(400, (validation.errors ?? []).map(problemOf).join('; '));
			},
			postResponseHandler: (context: Context) => {
				const { errors } = context.api.validateResponse(context.response, context.operation, 200);
				if (!errors) return context.response as unknown;
				throw new HttpError(
					500,
					`The sandbox's answer to ${context.operation.operationId} does not match the document: ` +
						errors.map(problemOf).join('; '),
				);
			},
		},
		securityHandlers: Object.fromEntries(
			Object.entries(options.security ?? {}).map(([name, check]) => [
				name,
				({ request }: Context<unknown, unknown, unknown, { authorization?: string }>) =>
					check(request.headers.authorization),
			]),
		),
	});
	await api.init();

	const router = express.Router();
	router.use((request, response, next) => {
		const { method, path, headers } = toBackendRequest(request);
		response.locals.operationId = api.matchOperation({ method, path, headers })?.operationId;
		next();
	});
	if (options.before) router.use(options.before);
	router.use(jsonBody);
	router.use(async (request, response) => {
		response.json(await api.handleRequest(toBackendRequest(request)));
	});
	router.use(sendError);

	const operationOf = (operationId: string) => {
		const operation = api.getOperation(operationId);
		if (operation) return operation;
		throw new HttpError(400, `There is no operation ${operationId}.`);
	};
	const toRequest = ({ operationId, params = {}, body }: Call) => {
		const operation = operationOf(operationId);
		const path = operation.path.replace(PARAMETER, (_, name: string) =>
			encodeURIComponent(params[name] ?? ''),
		);
		const request = { method: operation.method, path, headers: JSON_TYPE, query: {}, body };
		return { operation, request };
	};
	return {
		router,
		parametersOf: (operationId) =>
			[...operationOf(operationId).path.matchAll(PARAMETER)].map(([, name]) => name),
		carryOut: (call) => api.handleRequest(toRequest(call).request),
		problemsIn: (call) => {
			const { operation, request } = toRequest(call);
			return api.validateRequest(request, operation).errors ?? [];
		},
	};
}

/** The operationIds of a document. */
export const operationIds = ({ paths = {} }: Document): string[] =>
	Object.values(paths)
		.flatMap((path) => Object.values(path ?? {}) as unknown[])
		.flatMap((operation) =>
			typeof operation === 'object' && operation !== null && 'operationId' in operation
				? [String(operation.operationId)]
				: [],
		);

/** A parameter in a path, such as {stationId}. */
const PARAMETER = /{(\w+)}/g;

const JSON_TYPE = { 'content-type': 'application/json' };

/** The shape that openapi-backend reads. Express parses the query into plain strings. */
function toBackendRequest(request: Request) {
	return {
		method: request.method,
		path: request.path,
		headers: request.headers as Record<string, string | string[]>,
		query: request.query as Record<string, string | string[]>,
		body: request.body as unknown,
	};
}

/** openapi-backend stores what a security handler threw under the name of its scheme. */
function refusalIn(security: Context['security']): HttpError {
	for (const result of Object.values(security) as unknown[]) {
		if (typeof result !== 'object' || result === null || !('error' in result)) continue;
		if (result.error instanceof HttpError) return result.error;
	}
	return new HttpError(401, 'Not authorized.');
}

/** Answers an error as the JSON of HttpError. Express recognises an error handler by its four parameters. */
export const sendError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent || response.destroyed) return next(error);
	const failure = asHttpError(error);
	response.status(failure.status).set(failure.headers).json(failure);
};

function asHttpError(error: unknown): HttpError {
	if (error instanceof HttpError) return error;
	if (error instanceof URIError) {
		return new HttpError(400, 'The path has an invalid percent-encoding.');
	}
	if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
		const malformed = 'type' in error && error.type === 'entity.parse.failed';
		return new HttpError(
			error.status,
			malformed ? `The body is not JSON: ${error.message}` : error.message,
		);
	}
	return new HttpError(500, error instanceof Error ? error.message : String(error));
}
