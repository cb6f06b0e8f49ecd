import { CredentialError, RenewalError } from './account';
import type { SentRequest } from './request';

/** Why a request got no usable answer. */
export type FailureCause =
	| { type: 'status'; status: number; words: string; retryAfter?: string }
	/** There was no connection, so the request was not sent. */
	| { type: 'unreachable'; code: string }
	/** The TLS handshake failed, so the request was not sent. */
	| { type: 'insecure'; code: string }
	/** The connection broke, or its answer was cut off or garbled, after the request may have arrived. */
	| { type: 'broken'; code: string }
	| { type: 'timeout'; seconds: number }
	/** The access token could not be renewed for now, so the request was not sent. */
	| { type: 'renewal'; reason: string }
	/** The time limit was over before the request could be sent. `waitMs`: the wait that the API asked for, if any. */
	| { type: 'timeLimit'; seconds: number; waitMs?: number }
	/** The user cancelled the execution. */
	| { type: 'cancelled' }
	/** The run was stopped before the request was sent, because another item had failed. */
	| { type: 'stopped' };

/** A request that failed: what was sent, and why there is no usable answer. */
export class ApiFailure extends Error {
	name = 'ApiFailure';

	constructor(
		readonly sent: SentRequest,
		readonly failure: FailureCause,
	) {
		super(failure.type === 'status' ? `HTTP ${failure.status}` : failure.type);
	}

	/** True if the cause may be temporary: a fault of the server or of the network. */
	get isPassing(): boolean {
		const { failure } = this;
		switch (failure.type) {
			case 'status':
				return failure.status >= 500;
			case 'unreachable':
			case 'insecure':
			case 'broken':
			case 'timeout':
				return true;
			default:
				return false;
		}
	}

	/** True if the API certainly did not carry the request out: it refused it, or never got it. */
	get isNotCarriedOut(): boolean {
		const { failure } = this;
		switch (failure.type) {
			case 'status':
				return failure.status < 500 || (failure.status === 503 && failure.retryAfter !== undefined);
			case 'broken':
			case 'timeout':
			case 'cancelled':
				return false;
			default:
				return true;
		}
	}
}

/** The result of sending a request once: the body of a 2xx answer, or why there is none. */
export type Outcome = { body: unknown } | { failed: ApiFailure | CredentialError };

/** Axios's codes for a time-out. */
const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT'];

/** Node's codes for a host that could not be found or connected to. */
const UNREACHABLE_CODES = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
];

/** OpenSSL's and Node's codes for a handshake that failed. */
const INSECURE =
	/^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)|_CERT(_|$)/;

/** Part of Node's message for a connection that ended during the handshake; the code is the same as after it. */
const BEFORE_TLS = 'before secure TLS connection was established';

/** An error, its cause, that one's cause and so on, at most five. */
function causesOf(error: unknown): object[] {
	const causes: object[] = [];
	for (
		let at = error;
		typeof at === 'object' && at !== null && causes.length < 5;
		at = Reflect.get(at, 'cause')
	) {
		causes.push(at);
	}
	return causes;
}

function textIn(causes: object[], name: string): string | undefined {
	const values = causes.map((cause): unknown => Reflect.get(cause, name));
	return values.find((value) => typeof value === 'string' && value !== '') as string | undefined;
}

/**
 * Finds an error of the credential that n8n has wrapped. Versions of n8n before 2.36 drop the cause, but copy its
 * message and description.
 */
function credentialErrorIn(causes: object[]): CredentialError | RenewalError | undefined {
	for (const cause of causes) {
		const message: unknown = Reflect.get(cause, 'message');
		const description: unknown = Reflect.get(cause, 'description');
		if (cause instanceof CredentialError || cause instanceof RenewalError) return cause;
		if (typeof message !== 'string') continue;
		if (description === CredentialError.DESCRIPTION) return new CredentialError(message);
		if (description === RenewalError.DESCRIPTION) return new RenewalError(message);
	}
	return undefined;
}

/**
 * The HTTP status in an error of n8n, whose `httpCode` may also be the code of a network error. A status of success does
 * not count: its answer was cut off.
 */
function statusIn(causes: object[]): number | undefined {
	const code = textIn(causes, 'httpCode') ?? '';
	return /^[3-5]\d\d$/.test(code) ? Number(code) : undefined;
}

/** Reads what n8n's request helper threw. @param wordsIn finds the words in the body of an error, without secrets */
export function readFailure(
	error: unknown,
	sent: SentRequest,
	timeoutMs: number,
	wordsIn: (body: unknown) => string,
): ApiFailure | CredentialError {
	const causes = causesOf(error);
	const ofCredential = credentialErrorIn(causes);
	if (ofCredential instanceof RenewalError) {
		return new ApiFailure(sent, { type: 'renewal', reason: wordsIn(ofCredential.message) });
	}
	if (ofCredential) return ofCredential;
	const status = statusIn(causes);
	if (status !== undefined) {
		const context = Reflect.get(causes[0], 'context') as { data?: unknown } | undefined;
		return new ApiFailure(sent, { type: 'status', status, words: wordsIn(context?.data) });
	}
	const code = textIn(causes, 'code') ?? textIn(causes, 'httpCode') ?? '';
	const messages = causes.map((cause) => String(Reflect.get(cause, 'message')));
	if (code === 'ERR_CANCELED') return new ApiFailure(sent, { type: 'cancelled' });
	if (TIMEOUT_CODES.includes(code)) {
		const connecting = causes.some((cause) => Reflect.get(cause, 'syscall') === 'connect');
		return new ApiFailure(
			sent,
			connecting ? { type: 'unreachable', code } : { type: 'timeout', seconds: timeoutMs / 1000 },
		);
	}
	if (UNREACHABLE_CODES.includes(code)) return new ApiFailure(sent, { type: 'unreachable', code });
	if (INSECURE.test(code) || messages.some((message) => message.includes(BEFORE_TLS))) {
		return new ApiFailure(sent, { type: 'insecure', code });
	}
	return new ApiFailure(sent, { type: 'broken', code: code || wordsIn(messages[0]) });
}
