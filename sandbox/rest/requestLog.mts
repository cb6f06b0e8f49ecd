import type { RequestHandler } from 'express';
import { BoundedLog, type LogBounds } from '../boundedLog.mts';

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

const BOUNDS: LogBounds = { entries: 1000, bytes: 16_000_000 };

/** The last requests that the REST API received, oldest first. */
export class RequestLog {
	readonly #requests: BoundedLog<LoggedRequest>;

	constructor(bounds: LogBounds = BOUNDS) {
		this.#requests = new BoundedLog(bounds);
	}

	all(): LoggedRequest[] {
		return this.#requests.all();
	}

	clear(): void {
		this.#requests.clear();
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
		this.#requests.keep(logged);
		response.once('close', () => {
			if (!this.#requests.has(logged)) return;
			logged.body = request.body as unknown;
			if (response.writableFinished) logged.status = response.statusCode;
			this.#requests.keep(logged);
		});
		next();
	};
}
