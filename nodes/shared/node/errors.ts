import {
	NodeApiError,
	NodeOperationError,
	type Failure,
	type IDataObject,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { UnreadableAnswerError } from '../chargeye/answers';
import { CredentialError } from '../chargeye/account';
import { ApiFailure, type FailureCause } from '../chargeye/failure';
import { readRetryAfterMs } from '../chargeye/pace';
import { PageKeyError } from '../chargeye/transactions';
import { errorWords, joined, RefusedError, StationsError, type Attempt } from './errorWords';
import { NotFoundError } from './operation';
import { PagingError } from './pages';
import { stationsInWords } from './progress';
import { InputError } from '../charging/base/inputError';

/**
 * Turns any error of an item into an n8n error: the only place that does.
 * The message says what happened and to which item; the description says how to fix it, and the progress of the run.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	attempt: Attempt,
): NodeApiError | NodeOperationError {
	const { itemIndex, beforeCommand, stations, progress, progressData } = attempt;
	const { message, description, httpCode } = errorWords(error, attempt);
	const fullMessage = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	const fullDescription = joined(
		description,
		beforeCommand && 'No command was sent.',
		!(error instanceof NotFoundError) && beforeCommand?.otherwise,
		stations && stationsInWords(stations),
		progress,
	);
	const options = { message: fullMessage, description: fullDescription, itemIndex };
	const fromApi =
		error instanceof ApiFailure || error instanceof RefusedError || error instanceof StationsError;
	const nodeError = fromApi
		? new NodeApiError(node, { message: fullMessage } as JsonObject, { ...options, httpCode })
		: new NodeOperationError(node, fullMessage, options);
	// n8n replaces messages that contain certain words (such as "ENOENT") with its own sentences.
	nodeError.message = fullMessage;
	nodeError.description = fullDescription;
	nodeError.failure = causeOf(error);
	if (progressData) nodeError.context.progress = progressData;
	return nodeError;
}

/** n8n's category of the error, by which its scheduler decides how long to wait before the next poll. */
function causeOf(error: unknown): Failure | undefined {
	if (error instanceof ApiFailure) return causeOfFailure(error.failure);
	if (error instanceof CredentialError) return { cause: 'credential-invalid' };
	if (error instanceof InputError || error instanceof NotFoundError) {
		return { cause: 'configuration-invalid' };
	}
	if (
		error instanceof UnreadableAnswerError ||
		error instanceof PagingError ||
		error instanceof PageKeyError
	) {
		return { cause: 'temporarily-unavailable' };
	}
	const isAnswered = error instanceof RefusedError || error instanceof StationsError;
	return isAnswered ? undefined : { cause: 'node-defect' };
}

function causeOfFailure(failure: FailureCause): Failure | undefined {
	switch (failure.type) {
		case 'cancelled':
		case 'stopped':
			return undefined;
		case 'timeLimit':
			return failure.waitMs === undefined
				? { cause: 'temporarily-unavailable' }
				: { cause: 'rate-limited', retryAfterMs: Math.round(failure.waitMs) };
		case 'timeout':
		case 'unreachable':
		case 'insecure':
		case 'broken':
		case 'renewal':
			return { cause: 'temporarily-unavailable' };
		case 'status': {
			const { status } = failure;
			const asked = readRetryAfterMs(failure.retryAfter, Date.now());
			const wait = asked === undefined ? {} : { retryAfterMs: asked };
			if (status === 429) return { cause: 'rate-limited', ...wait };
			if (status >= 500) return { cause: 'temporarily-unavailable', ...wait };
			return { cause: status === 401 ? 'credential-invalid' : 'configuration-invalid' };
		}
	}
}

/** The charger's or the API's answer, for the error item of a node that continues on fail; undefined if there is none. */
export function answeredOf(error: unknown): IDataObject | undefined {
	if (error instanceof RefusedError) return { ...error.answer };
	if (error instanceof ApiFailure && error.failure.type === 'status') {
		return { status: error.failure.status, message: error.failure.words };
	}
	return undefined;
}
