/** A fault of the REST API, as the control API’s operation addFault takes it. */
export interface Fault {
	/** Only this operation; absent: every operation. */
	operationId?: string;
	/** The share of the requests that it hits, from 0 to 1; absent: every request. */
	probability?: number;
	/** How many requests it hits; absent: no end until the faults are cleared. */
	times?: number;
	/** How long the answer takes longer (ms). */
	delayMs?: number;
	/** How much is added to `delayMs` at random, at most (ms). */
	spreadMs?: number;
	/** Whether delay and failure come before the request has its effect, or after it; absent: before. */
	when?: 'before' | 'after';
	/** What the client gets instead of the answer. */
	answer?: 'reset' | 'none' | 'cutOff' | 'htmlPage' | 'noPermission';
	/** The status to answer with: any, or the one of `htmlPage` (502 if absent) and `noPermission` (403). */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as it is. */
	body?: string | Record<string, unknown>;
	/** Requests beyond a rate are answered with 429. */
	rateLimit?: RateLimit;
}

export interface RateLimit {
	/** How many requests a second it lets through in the long run. */
	perSecond: number;
	/** How many requests it lets through at once. */
	burst: number;
	/** How Retry-After says when to come again; absent: in seconds. */
	retryAfter?: 'seconds' | 'date';
}

/**
 * What is wrong with a fault beyond its schema, in a sentence; undefined if nothing is.
 * @param operations the operationIds of the REST API
 */
export function problemOf(fault: Fault, operations: readonly string[]): string | undefined {
	const { operationId, answer, status, headers, body, rateLimit, when } = fault;
	if (operationId !== undefined && !operations.includes(operationId)) {
		return `operationId must be one of ${operations.join(', ')}`;
	}
	if (status === undefined && (headers ?? body) !== undefined) {
		return 'headers and body need a status';
	}
	if (answer !== undefined && (headers ?? body) !== undefined) {
		return `headers and body do not go with answer: ${answer}`;
	}
	if (answer !== undefined && !['htmlPage', 'noPermission'].includes(answer) && status) {
		return `status does not go with answer: ${answer}`;
	}
	if (answer === 'cutOff' && when === 'before') {
		return 'when must be after with answer: cutOff, since half of the real answer is sent';
	}
	if (rateLimit && (answer ?? status ?? when) !== undefined) {
		return 'rateLimit does not go with answer, status or when';
	}
	if ((fault.delayMs ?? fault.spreadMs ?? answer ?? status ?? rateLimit) === undefined) {
		return 'One of delayMs, spreadMs, answer, status and rateLimit is required';
	}
	return undefined;
}
