import type { RequestHandler, Response } from 'express';
import { BoundedLog, type LogBounds } from '../boundedLog.mts';
import type { SimulatedClock } from '../clock.mts';
import { currentRequest } from '../currentRequest.mts';
import type { Fault } from '../faults/fault.mts';
import { millisecondsSince } from '../milliseconds.mts';
import { hideTokens } from './tokens.mts';

/** A request that the REST API received, without its headers, which contain tokens. */
export interface LoggedRequest {
	/** Counts up from 1, also over a reset. */
	id: number;
	/** Simulated time, RFC 3339. */
	time: string;
	/** Real time, RFC 3339. */
	realTime: string;
	method: string;
	path: string;
	operationId?: string;
	query: unknown;
	body?: unknown;
	/** Absent while it is pending, and if the connection broke before an answer was sent. */
	status?: number;
	/** From its arrival until it was answered or the connection broke, in real time. */
	durationMs?: number;
	/** The body of the answer: JSON, or a text of at most 20,000 characters. */
	answer?: unknown;
	/** The faults that hit it, in the order in which they were added. */
	faults?: LoggedFault[];
}

type LoggedFault = Omit<Fault, 'times' | 'headers' | 'body'>;

const BOUNDS: LogBounds = { entries: 1000, bytes: 16_000_000 };

/** The longest body of an answer that is kept as a whole, in characters. */
const LONGEST_ANSWER = 20_000;

/** The last requests that the REST API received, oldest first. */
export class RequestLog {
	readonly #requests: BoundedLog<LoggedRequest>;
	#nextId = 1;

	constructor(
		private readonly clock: SimulatedClock,
		bounds: LogBounds = BOUNDS,
	) {
		this.#requests = new BoundedLog(bounds);
	}

	all(): LoggedRequest[] {
		return this.#requests.all();
	}

	clear(): void {
		this.#requests.clear();
	}

	/** Calls the listener with each request when it arrives, and again when it is answered. */
	onChange(listener: (request: LoggedRequest) => void): void {
		this.#requests.onKept(listener);
	}

	/** Logs each request when it arrives, and adds body and answer when it is answered. */
	readonly middleware: RequestHandler = (request, response, next) => {
		const { method, baseUrl, path, query } = request;
		const began = performance.now();
		const logged: LoggedRequest = {
			id: this.#nextId++,
			time: this.clock.timestamp(),
			realTime: new Date().toISOString(),
			method,
			path: baseUrl + path,
			operationId: response.locals.operationId as string | undefined,
			query,
		};
		this.#requests.keep(logged);
		const answerOf = listenTo(response);
		response.once('close', () => {
			if (!this.#requests.has(logged)) return;
			logged.body = request.body as unknown;
			logged.durationMs = millisecondsSince(began);
			logged.faults = faultsOf(response);
			if (response.writableFinished) {
				logged.status = response.statusCode;
				logged.answer = answerOf();
			}
			this.#requests.keep(logged);
		});
		currentRequest.run(logged.id, next);
	};
}

/** The faults that hit a request, without their bodies, which are logged with the answer; undefined if there are none. */
function faultsOf({ locals: { faults = [] } }: Response): LoggedFault[] | undefined {
	const hit = (faults as Fault[]).map(({ operationId, probability, ...fault }) => {
		const { delayMs, spreadMs, when, answer, status, rateLimit } = fault;
		return { operationId, probability, delayMs, spreadMs, when, answer, status, rateLimit };
	});
	return hit.length === 0 ? undefined : hit;
}

/** @returns a function that tells the body with which a request has been answered */
function listenTo(response: Response): () => unknown {
	let body: unknown;
	const send = response.send.bind(response);
	// Express sends JSON by `send`, too, as a text.
	response.send = (given) => {
		body = given;
		return send(given);
	};
	return () => {
		if (typeof body !== 'string') return undefined;
		const text = hideTokens(body);
		if (text.length > LONGEST_ANSWER) {
			return `${text.slice(0, LONGEST_ANSWER)} … (${text.length} characters)`;
		}
		return response.get('Content-Type')?.includes('json') ? parsed(text) : text;
	};
}

/** A fault can send any text as JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
