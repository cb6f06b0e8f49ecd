import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	type Failure,
	type IDataObject,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { UnreadableAnswerError, type Answer } from '../chargeye/answers';
import { CredentialError } from '../chargeye/account';
import { ApiFailure, type FailureCause } from '../chargeye/failure';
import type { SentRequest } from '../chargeye/request';
import { cleanText } from '../chargeye/cleanText';
import { ENDPOINTS, isIdempotent, type EndpointKey } from '../chargeye/endpoints';
import { readRetryAfter } from '../chargeye/pace';
import { reasonSentence } from '../chargeye/reasons';
import { NotFoundError } from './operation';
import { PagingError } from './pages';
import { InputError } from './parameters';

/** The charger answered "Rejected". */
export class RefusedError extends Error {
	name = 'RefusedError';

	constructor(
		readonly doing: string,
		readonly answer: Answer,
	) {
		super(`The charger refused to ${doing}`);
	}
}

/** What is known about an item when it fails. */
export interface Attempt {
	/** None in a list search. */
	itemIndex?: number;
	/** The endpoint, once the request is built. */
	endpoint?: EndpointKey;
	/** The request as it went out, once there is one. */
	sent?: SentRequest;
	/** How far the run had come: "1 of 3 items were done before; 1 was not tried." */
	progress?: string;
}

/** How long a message of our own may become by the values in it. */
const MAX_MESSAGE = 600;

interface Words {
	message: string;
	description: string;
	httpCode?: string;
}

/** Why a charger refused: its reason code, its meaning and the charger's own words. */
export function explainAnswer({ reasonCode, additionalInfo }: Answer): string {
	const sentence = reasonCode === undefined ? undefined : reasonSentence(reasonCode);
	return [
		reasonCode === undefined ? 'The charger gives no reason.' : `Reason: ${reasonCode}.`,
		sentence,
		additionalInfo && `The charger adds: "${cleanText(additionalInfo)}".`,
	]
		.filter((part) => part !== undefined)
		.join(' ');
}

const STATUS_ADVICE: Record<number, string> = {
	400: 'Check the values of this item.',
	401: 'Either the token is wrong or expired, or its user has no permission for this. Check the credential, and the user’s rights in ChargEye.',
	403: 'The token’s user has no permission for this. Check the user’s rights in ChargEye.',
	404: 'Check the IDs of this item. If they are right, your account’s API may have another path for this operation: see Endpoint Overrides in the credential.',
	405: 'Your account’s API may have another path for this operation: see Endpoint Overrides in the credential.',
	429: 'ChargEye allows no more requests for the moment. Try again later, or with fewer items at a time.',
	504: 'The charger did not answer in time. It may be offline.',
};

/** That it may be run again; a list or a poll, which has no item, is looked up again anyway. */
const safe = ({ itemIndex }: Attempt): string | undefined =>
	itemIndex === undefined ? undefined : 'It is safe to run this item again.';

/** How to find out what became of a command that must not be repeated blindly. */
const HOW_TO_FIND_OUT: Partial<Record<EndpointKey, string>> = {
	restartStation: 'Look the station up: one that restarts is offline for a while.',
	startTransaction:
		'Look with Get Many, by station or Authorization Reference: a transaction that started is among them.',
	stopTransaction: 'Look the transaction up: one that was stopped has the status Ended.',
};

/** Whether the item may be run again after a failure that leaves its outcome open. */
function outcomeOf(attempt: Attempt): string | undefined {
	const { endpoint } = attempt;
	return endpoint === undefined || isIdempotent(endpoint)
		? safe(attempt)
		: `Whether the charger carried it out is not known. ${HOW_TO_FIND_OUT[endpoint] ?? ''} Only then send it again.`;
}

/** The request did not leave: there was nobody to connect to. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Sentences of a text, without those that do not apply. */
const joined = (...sentences: Array<string | false | undefined>): string =>
	sentences.filter(Boolean).join(' ');

function wordsOfFailure(failure: FailureCause, attempt: Attempt): Words {
	const host = attempt.sent ? new URL(attempt.sent.url).host : 'ChargEye';
	const outcome = outcomeOf(attempt);
	switch (failure.type) {
		case 'status': {
			const { status, words, retryAfter } = failure;
			const redirected = status >= 300 && status < 400;
			const advice = redirected
				? 'The API redirects to another address. Check Base URL in the credential.'
				: (STATUS_ADVICE[status] ??
					(status >= 500 ? 'ChargEye has a problem of its own. Try again later.' : undefined));
			return {
				httpCode: String(status),
				message: words
					? `ChargEye answered ${status}: ${words}`
					: `ChargEye answered ${status} without saying why`,
				description: joined(
					advice,
					retryAfter && `ChargEye asks to wait: Retry-After ${cleanText(retryAfter)}.`,
					status === 429 ? safe(attempt) : status >= 500 && outcome,
				),
			};
		}
		case 'unreachable':
			return {
				message: `${host} could not be reached (${failure.code})`,
				description: joined(
					'Check Base URL in the credential and the network.',
					NOT_SENT.includes(failure.code) ? safe(attempt) : outcome,
				),
			};
		case 'timeout':
			return {
				message: `${host} did not answer within ${failure.seconds} s`,
				description: joined('The charger or ChargEye may be overloaded or offline.', outcome),
			};
		case 'timeLimit':
			return {
				message: `Not sent: ChargEye asks to wait beyond the time limit of ${failure.seconds} s`,
				description: joined(
					'Raise Time Limit (S) in the options, or run fewer items at a time.',
					safe(attempt),
				),
			};
		case 'cancelled':
			return { message: 'The execution was cancelled', description: joined(outcome) };
	}
}

function wordsOf(error: unknown, attempt: Attempt): Words {
	if (error instanceof ApiFailure) return wordsOfFailure(error.failure, attempt);
	if (error instanceof RefusedError) {
		return { message: error.message, description: explainAnswer(error.answer) };
	}
	if (error instanceof UnreadableAnswerError) {
		const isLookUp = attempt.endpoint && ENDPOINTS[attempt.endpoint].answer === 'read';
		return {
			message: isLookUp
				? 'ChargEye’s answer cannot be read'
				: 'ChargEye’s answer does not say what the charger did',
			description: joined(`${error.message}.`, outcomeOf(attempt)),
		};
	}
	if (error instanceof CredentialError) {
		return {
			message: error.message,
			description: 'Open the ChargeEye API credential and mend it.',
		};
	}
	if (
		error instanceof InputError ||
		error instanceof NotFoundError ||
		error instanceof PagingError
	) {
		return { message: cleanText(error.message, MAX_MESSAGE), description: error.description };
	}
	if (error instanceof ExpressionError) {
		return {
			message: cleanText(error.message.replace(/ (in )?\[item \d+\]$/, '')),
			description: cleanText(error.description ?? 'Check the expressions of this item.'),
		};
	}
	return {
		message: error instanceof Error ? cleanText(error.message) : 'Something unexpected happened',
		description: 'This is not expected. Please report it with the steps that led to it.',
	};
}

/**
 * Turns whatever went wrong with an item into an n8n error: the only place that does.
 * The message says what happened and to which item, the description how to mend it and how far the run had come.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	attempt: Attempt,
): NodeApiError | NodeOperationError {
	const { itemIndex, progress } = attempt;
	const { message, description, httpCode } = wordsOf(error, attempt);
	const fullMessage = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	const fullDescription = joined(description, progress);
	const options = { message: fullMessage, description: fullDescription, itemIndex };
	const fromApi = error instanceof ApiFailure || error instanceof RefusedError;
	const nodeError = fromApi
		? new NodeApiError(node, { message: fullMessage } as JsonObject, { ...options, httpCode })
		: new NodeOperationError(node, fullMessage, options);
	// n8n replaces messages that contain certain words (such as "ENOENT") by sentences of its own.
	nodeError.message = fullMessage;
	nodeError.description = fullDescription;
	nodeError.failure = causeOf(error);
	return nodeError;
}

/** n8n's word for why it failed, by which the scheduler of polls waits longer before the next one. */
function causeOf(error: unknown): Failure | undefined {
	if (error instanceof ApiFailure) return causeOfFailure(error.failure);
	if (error instanceof CredentialError) return { cause: 'credential-invalid' };
	if (error instanceof InputError || error instanceof NotFoundError) {
		return { cause: 'configuration-invalid' };
	}
	if (error instanceof UnreadableAnswerError || error instanceof PagingError) {
		return { cause: 'temporarily-unavailable' };
	}
	return error instanceof RefusedError ? undefined : { cause: 'node-defect' };
}

function causeOfFailure(failure: FailureCause): Failure | undefined {
	switch (failure.type) {
		case 'cancelled':
			return undefined;
		case 'timeLimit':
			return { cause: 'rate-limited' };
		case 'timeout':
		case 'unreachable':
			return { cause: 'temporarily-unavailable' };
		case 'status': {
			const { status } = failure;
			const asked = readRetryAfter(failure.retryAfter, Date.now());
			const wait = asked === undefined ? {} : { retryAfterMs: asked };
			if (status === 429) return { cause: 'rate-limited', ...wait };
			if (status >= 500) return { cause: 'temporarily-unavailable', ...wait };
			return { cause: status === 401 ? 'credential-invalid' : 'configuration-invalid' };
		}
	}
}

/** What came back, for the error item of a node that continues on fail. */
export function answeredOf(error: unknown): IDataObject | undefined {
	if (error instanceof RefusedError) return { ...error.answer };
	if (error instanceof ApiFailure && error.failure.type === 'status') {
		return { status: error.failure.status, message: error.failure.words };
	}
	return undefined;
}
