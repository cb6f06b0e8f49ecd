import type { RequestHandler } from 'express';

/** A request that the REST API received, without its headers, which contain tokens. */
export interface LoggedRequest {
	time: string;
	method: string;
	path: string;
	operationId?: string;
	query: unknown;
	body?: unknown;
	/** Absent if the connection broke before an answer was sent. */
	status?: number;
}

const KEPT = 1000;

/** The last requests that the REST API received, oldest first. */
export class RequestLog {
	#requests: LoggedRequest[] = [];

	all(): readonly LoggedRequest[] {
		return this.#requests;
	}

	clear(): void {
		this.#requests = [];
	}

	/** Logs each request when it arrives, and adds body and status when it is answered. */
	readonly middleware: RequestHandler = (request, response, next) => {
		const { method, baseUrl, path, query } = request;
		const logged: LoggedRequest = {
			time: new Date().toISOString(),
			method,
			path: baseUrl + path,
			operationId: response.locals.operationId as string | undefined,
			query,
		};
		this.#requests.push(logged);
		if (this.#requests.length > KEPT) this.#requests.shift();
		response.once('close', () => {
			logged.body = request.body as unknown;
			if (response.writableFinished) logged.status = response.statusCode;
		});
		next();
	};
}
