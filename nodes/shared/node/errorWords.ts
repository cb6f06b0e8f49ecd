import { ExpressionError, type IDataObject } from 'n8n-workflow';

import { UnreadableAnswerError, type Answer } from '../chargeye/answers';
import { CredentialError, RenewalError } from '../chargeye/account';
import { ApiFailure, type FailureCause } from '../chargeye/failure';
import type { SentRequest } from '../chargeye/request';
import { cleanText } from '../chargeye/cleanText';
import type { EndpointKey } from '../chargeye/contract';
import { ENDPOINTS, isIdempotent } from '../chargeye/endpoints';
import { reasonSentence } from '../chargeye/reasons';
import { PageKeyError } from '../chargeye/transactions';
import { NotFoundError } from './operation';
import { PagingError } from './pages';
import { failedInWords, reasonsInWords, type StationProgress } from './progress';
import { InputError } from '../charging/base/inputError';

/** The charger answered "Rejected". */
export class RefusedError extends Error {
	name = 'RefusedError';

	constructor(
		readonly action: string,
		readonly answer: Answer,
	) {
		super(`The charger refused to ${action}`);
	}
}

/** A command failed at some of an item's stations. */
export class StationsError extends Error {
	name = 'StationsError';

	constructor(readonly progress: StationProgress) {
		super(failedInWords(progress));
	}
}

/** What is known about an item when it fails. */
export interface Attempt {
	/** Undefined in a list search and in a poll. */
	itemIndex?: number;
	/** The endpoint, once the request is built. */
	endpoint?: EndpointKey;
	/** The request as it was sent, once it is built. */
	sent?: SentRequest;
	/** The object of the command, such as station and limit. */
	target?: IDataObject;
	/** Only while what a command depends on is looked up; and how to do without that, in a sentence. */
	beforeCommand?: { otherwise?: string };
	/** How far the item's stations are, if it has several. */
	stations?: StationProgress;
	/** The progress of the run in a sentence: "Nothing was sent." */
	progress?: string;
	/** The progress as data for workflows that handle the error: `progress` in the error's context. */
	progressData?: IDataObject;
}

/** The maximum length of this package's own messages, which contain values of any length. */
const MAX_MESSAGE = 600;

/** The texts of an error. */
export interface ErrorWords {
	message: string;
	description: string;
	httpCode?: string;
}

/** Why a charger refused: its reason code, its meaning and the charger's own words. */
export function explainAnswer(
	{ reasonCode, additionalInfo }: Answer,
	endpoint: EndpointKey | undefined,
): string {
	const sentence =
		reasonCode === undefined ? undefined : reasonSentence(reasonCode, endpoint, additionalInfo);
	return [
		reasonCode === undefined ? 'The charger gives no reason.' : `Reason: ${reasonCode}.`,
		sentence,
		additionalInfo && `The charger adds: "${cleanText(additionalInfo)}".`,
	]
		.filter((part) => part !== undefined)
		.join(' ');
}

const STATUS_FIXES: Record<number, string> = {
	400: 'Check the values of this item.',
	401: 'Either the token is wrong or expired, or its user has no permission for this. Check the credential, and the user’s rights in ChargEye.',
	403: 'The token’s user has no permission for this. Check the user’s rights in ChargEye.',
	404: 'Check the IDs of this item. If they are right, your account’s API may have another path for this operation: see Endpoint Overrides in the credential.',
	405: 'Your account’s API may have another path for this operation: see Endpoint Overrides in the credential.',
	409: 'The request conflicts with the present state: the transaction may have ended, for example, or another change may be in progress. Look the charging station or the transaction up, then try again.',
	422: 'ChargEye understood the request and refuses a value in it. Check the values of this item.',
	429: 'ChargEye allows no more requests for the moment. Try again later, or with fewer items at a time.',
	504: 'The charger is offline, or did not answer in time.',
};

/** Says that an item may be run again. A list search or a poll has no item, and is repeated anyway. */
const safe = ({ itemIndex }: Attempt): string | undefined =>
	itemIndex === undefined ? undefined : 'It is safe to run this item again.';

/** How to find out whether a command was carried out, if it must not be repeated otherwise. */
const HOW_TO_FIND_OUT: Partial<Record<EndpointKey, string>> = {
	restartStation: 'Look the station up: one that restarts is offline for a while.',
	startTransaction:
		'Look with Get Many, by station or Authorization Reference: a transaction that started is among them.',
	stopTransaction: 'Look the transaction up: one that was stopped has the status Ended.',
};

/** Says whether an item may be run again after a failure that does not show whether it was carried out. */
function outcomeOf(attempt: Attempt): string | undefined {
	const { endpoint } = attempt;
	return endpoint === undefined || isIdempotent(endpoint)
		? safe(attempt)
		: `It is not known whether the charger carried out the command. ${HOW_TO_FIND_OUT[endpoint] ?? ''} Only then send it again.`;
}

/** Joins sentences into a text; those that are empty, false or undefined are left out. */
export const joined = (...sentences: Array<string | false | undefined>): string =>
	sentences.filter(Boolean).join(' ');

/** What to do after the time limit; look-ups, lists and the trigger have no option for it. */
function timeLimitFix({ itemIndex, endpoint }: Attempt): string {
	if (itemIndex === undefined) return 'Try again later.';
	return endpoint !== undefined && ENDPOINTS[endpoint].answer === 'read'
		? 'Try again later, or with fewer items at a time.'
		: 'Raise Time Limit (S) in the options, or run fewer items at a time.';
}

function wordsOfStatus(
	{ status, words, retryAfter }: Extract<FailureCause, { type: 'status' }>,
	outcome: string | undefined,
): ErrorWords {
	const redirected = status >= 300 && status < 400;
	const fix = redirected
		? 'The API redirects to another address. Check Base URL in the credential.'
		: (STATUS_FIXES[status] ??
			(status >= 500 ? 'ChargEye itself has a problem. Try again later.' : undefined));
	return {
		httpCode: String(status),
		message: words
			? `ChargEye answered ${status}: ${words}`
			: `ChargEye answered ${status} without saying why`,
		description: joined(
			fix,
			retryAfter && `ChargEye asks to wait: Retry-After ${retryAfter}.`,
			(status === 429 || status >= 500) && outcome,
		),
	};
}

function failureWords({ failure, isNotCarriedOut }: ApiFailure, attempt: Attempt): ErrorWords {
	const host = attempt.sent ? new URL(attempt.sent.url).host : 'ChargEye';
	const outcome = isNotCarriedOut ? safe(attempt) : outcomeOf(attempt);
	switch (failure.type) {
		case 'status':
			return wordsOfStatus(failure, outcome);
		case 'unreachable':
			return {
				message: `${host} could not be reached (${failure.code})`,
				description: joined('Check Base URL in the credential and the network.', outcome),
			};
		case 'insecure':
			return {
				message: `There is no secure connection to ${host} (${failure.code})`,
				description: joined(
					'n8n does not accept its certificate, or the server does not use TLS at this address. Check Base URL in the credential. If you use your own certificate authority, name it to n8n (NODE_EXTRA_CA_CERTS).',
					outcome,
				),
			};
		case 'broken':
			return {
				message: `The answer from ${host} is incomplete, or is not HTTP (${failure.code})`,
				description: joined('ChargEye, a proxy or the network cut the connection.', outcome),
			};
		case 'timeout':
			return {
				message: `${host} did not answer within ${Math.ceil(failure.seconds)} s`,
				description: joined('The charger or ChargEye may be overloaded or offline.', outcome),
			};
		case 'renewal':
			return { message: failure.reason, description: joined(RenewalError.DESCRIPTION, outcome) };
		case 'timeLimit':
			return {
				message:
					failure.waitMs === undefined
						? `Not sent: the time limit of ${failure.seconds} s was over`
						: `Not sent: ChargEye asks to wait beyond the time limit of ${failure.seconds} s`,
				description: joined(timeLimitFix(attempt), outcome),
			};
		case 'cancelled':
			return { message: 'The execution was cancelled', description: joined(outcome) };
		case 'stopped':
			return { message: 'Not sent, because another item failed', description: joined(outcome) };
	}
}

/** Says for any error what happened and what to do. */
export function errorWords(error: unknown, attempt: Attempt): ErrorWords {
	if (error instanceof ApiFailure) return failureWords(error, attempt);
	if (error instanceof RefusedError) {
		return { message: error.message, description: explainAnswer(error.answer, attempt.endpoint) };
	}
	if (error instanceof StationsError) {
		return {
			message: error.message,
			description: joined(reasonsInWords(error.progress), safe(attempt)),
		};
	}
	if (error instanceof UnreadableAnswerError) {
		const isLookUp = attempt.endpoint && ENDPOINTS[attempt.endpoint].answer === 'read';
		return {
			message: isLookUp
				? 'ChargEye’s answer cannot be read'
				: 'ChargEye’s answer does not say what the charger did',
			description: joined(
				`${error.message}.`,
				error.isWebPage &&
					'Base URL may lead to a sign-in page or a proxy. Check it in the credential.',
				outcomeOf(attempt),
			),
		};
	}
	if (error instanceof CredentialError) {
		return { message: error.message, description: error.description };
	}
	if (error instanceof PageKeyError) {
		return {
			message: error.message,
			description:
				'Nothing was changed, and no item is output, since the list would be incomplete. Please report this message. In Get Many, a narrower time range may fit on one page.',
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
		description: 'This should not happen. Please report it with the steps that led to it.',
	};
}

/** Why an item failed, in words that do not name the item, for a list of failures. */
export const reasonOf = (error: unknown, attempt: Attempt): string =>
	errorWords(error, attempt).message;

/** Why a command failed at one of several stations, in sentences that do not name the station. */
export function stationReasonOf(error: unknown, attempt: Attempt): string {
	if (error instanceof RefusedError) {
		return `The charger refused. ${explainAnswer(error.answer, attempt.endpoint)}`;
	}
	const reason = reasonOf(error, attempt);
	return /[.!?…]$/.test(reason) ? reason : `${reason}.`;
}
