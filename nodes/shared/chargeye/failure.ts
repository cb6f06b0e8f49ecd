import { CredentialError } from './account';
import { wordsOf } from './cleanText';
import type { SentRequest } from './request';

/** Why a request brought no answer of use. */
export type FailureCause =
	| { type: 'status'; status: number; words: string; retryAfter?: string }
	| { type: 'unreachable'; code: string }
	| { type: 'timeout'; seconds: number }
	/** The API asks to wait beyond the user's time limit; the request was not sent. */
	| { type: 'timeLimit'; seconds: number }
	/** The user cancelled the execution. */
	| { type: 'cancelled' };

/** A request that failed: what was sent, and what came back. */
export class ApiFailure extends Error {
	name = 'ApiFailure';

	constructor(
		readonly sent: SentRequest,
		readonly failure: FailureCause,
	) {
		super(failure.type === 'status' ? `HTTP ${failure.status}` : failure.type);
	}

	/** It may pass by itself: a fault of the server, or of the way to it. */
	get isPassing(): boolean {
		const { failure } = this;
		if (failure.type === 'status') return failure.status >= 500;
		return failure.type === 'unreachable' || failure.type === 'timeout';
	}
}

/** What came of sending a request once: the body of a 2xx answer, or why there is none. */
export type Outcome = { body: unknown } | { failed: ApiFailure | CredentialError };

const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT'];

/** Finds a property on an error or on what caused it. */
function findInCauses(error: unknown, name: 'code' | 'name' | 'message', wanted?: string): unknown {
	for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		const value: unknown = Reflect.get(at, name);
		if (value !== undefined && (wanted === undefined || value === wanted)) {
			return wanted === undefined ? value : at;
		}
	}
	return undefined;
}

/** Reads what n8n's request helper threw. @param redact takes secrets out of a text */
export function readFailure(
	error: unknown,
	sent: SentRequest,
	timeoutMs: number,
	redact: (text: string) => string,
): ApiFailure | CredentialError {
	const refused = findInCauses(error, 'name', 'CredentialError');
	if (refused instanceof Error) return new CredentialError(refused.message);
	if (error instanceof Error && Reflect.get(error, 'httpCode') === '401') {
		const context = Reflect.get(error, 'context') as { data?: unknown } | undefined;
		const words = redact(wordsOf(context?.data));
		return new ApiFailure(sent, { type: 'status', status: 401, words });
	}
	const code = findInCauses(error, 'code');
	if (code === 'ERR_CANCELED') return new ApiFailure(sent, { type: 'cancelled' });
	if (typeof code === 'string' && TIMEOUT_CODES.includes(code)) {
		return new ApiFailure(sent, { type: 'timeout', seconds: timeoutMs / 1000 });
	}
	return new ApiFailure(sent, {
		type: 'unreachable',
		code: typeof code === 'string' ? code : redact(String(findInCauses(error, 'message'))),
	});
}
