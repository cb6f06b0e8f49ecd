import { isObject } from '../charging/base/isObject';
import { cleanText, webPageIn } from './cleanText';
import type { AnswerKind } from './endpoints';

/** What a charger can answer to a command. */
export type Verdict = 'Accepted' | 'Rejected' | 'Scheduled' | 'Unknown';

/** A charger's answer, the same for all of the API's shapes. */
export interface Answer {
	response: Verdict;
	/** OCPP StatusInfoType: why. */
	reasonCode?: string;
	additionalInfo?: string;
}

/** The API answered 200 with something that is none of its answers: nobody knows what the charger did. */
export class UnreadableAnswerError extends Error {
	name = 'UnreadableAnswerError';

	/** A web page came, such as that of a sign-in or a proxy. */
	readonly isWebPage: boolean;

	/** @param problem a sentence without a full stop @param body the answer, which may be something else altogether */
	constructor(problem: string, body?: unknown) {
		const page = webPageIn(body);
		super(page === undefined ? problem : `The answer is ${cleanText(page)}`);
		this.isWebPage = page !== undefined;
	}
}

/** OCPP 2.0.1 StatusInfoType: a reason code has at most 20 characters, additional information 512. */
const LONGEST_REASON = 50;
const LONGEST_INFORMATION = 512;

const textIn = (value: unknown, maxLength: number): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? cleanText(value, maxLength) : undefined;

type CommandKind = Exclude<AnswerKind, 'read'>;

/** Where each shape keeps its verdict, and the verdicts it knows. */
const SHAPES: Record<CommandKind, { path: [string] | [string, string]; verdicts: Verdict[] }> = {
	set: { path: ['response'], verdicts: ['Accepted', 'Rejected'] },
	clear: { path: ['response'], verdicts: ['Accepted', 'Rejected', 'Unknown'] },
	fromStation: { path: ['responseFromStation'], verdicts: ['Accepted', 'Rejected', 'Scheduled'] },
	start: { path: ['transactionStartResponse', 'status'], verdicts: ['Accepted', 'Rejected'] },
	stop: { path: ['transactionStopResponse', 'status'], verdicts: ['Accepted', 'Rejected'] },
};

/**
 * Reads the charger's answer out of the body of a 200: the one place that decides what an answer means.
 * @param body the parsed JSON, such as `{response: 'Rejected', statusInfo: {reasonCode: 'InvalidProfile'}}`
 * @throws UnreadableAnswerError if the verdict is missing or unknown
 */
export function readAnswer(kind: AnswerKind, body: unknown): Answer {
	if (kind === 'read') throw new UnreadableAnswerError('A look-up has no charger’s answer', body);
	const { path, verdicts } = SHAPES[kind];
	const parent = path.length === 2 && isObject(body) ? body[path[0]] : body;
	const verdict = isObject(parent) ? parent[path[path.length - 1]] : undefined;
	const response = verdicts.find((known) => known === verdict);
	if (response === undefined) {
		throw new UnreadableAnswerError(
			verdict === undefined
				? `The answer has no "${path.join('.')}"`
				: `The answer’s "${path.join('.')}" is ${cleanText(JSON.stringify(verdict), LONGEST_REASON)}, not one of ${verdicts.join(', ')}`,
			body,
		);
	}
	const own = isObject(parent) ? parent.statusInfo : undefined;
	const outer = isObject(body) ? body.statusInfo : undefined;
	const statusInfo = [own, outer].find(isObject);
	const reasonCode = textIn(statusInfo?.reasonCode, LONGEST_REASON);
	const additionalInfo = textIn(statusInfo?.additionalInfo, LONGEST_INFORMATION);
	return {
		response,
		...(reasonCode !== undefined && { reasonCode }),
		...(additionalInfo !== undefined && { additionalInfo }),
	};
}

/** The objects in a list of an answer. @throws UnreadableAnswerError if there is no such list */
export function listIn<T>(body: unknown, name: string): T[] {
	const list = isObject(body) ? body[name] : undefined;
	if (!Array.isArray(list))
		throw new UnreadableAnswerError(`The answer has no list "${name}"`, body);
	return list.filter(isObject) as T[];
}

/** An object in an answer. @throws UnreadableAnswerError if it is not there */
export function objectIn<T>(body: unknown, name: string): T {
	const object = isObject(body) ? body[name] : undefined;
	if (!isObject(object)) throw new UnreadableAnswerError(`The answer has no "${name}"`, body);
	return object as T;
}

/** An ID as text; the API gives some as numbers. Undefined if there is none. */
export function idText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
