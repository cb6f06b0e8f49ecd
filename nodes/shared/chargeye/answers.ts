import { isObject } from '../charging/base/isObject';
import { cleanText, webPageIn } from './cleanText';
import type { AnswerOf, EndpointKey, EntryOf, VerdictOf } from './contract';
import type { AnswerKind } from './endpoints';
import { ApiFailure } from './failure';

/** What a charger can answer to a command. */
export type Verdict = VerdictOf<EndpointKey>;

/** A charger's answer, in one form for all shapes of the API's answers. */
export interface Answer {
	response: Verdict;
	/** Why, as in OCPP's StatusInfoType. */
	reasonCode?: string;
	additionalInfo?: string;
}

/** The API answered 200, but not in one of its known shapes, so it is unknown what the charger did. */
export class UnreadableAnswerError extends Error {
	name = 'UnreadableAnswerError';

	/** True if the answer is a web page, such as one of a sign-in or a proxy. */
	readonly isWebPage: boolean;

	/** @param problem a sentence without a full stop @param body the answer; if it is a web page, the message says so */
	constructor(problem: string, body?: unknown) {
		const page = webPageIn(body);
		super(page === undefined ? problem : `The answer is ${cleanText(page)}`);
		this.isWebPage = page !== undefined;
	}
}

/** True if a command may have been carried out although it failed: its answer got lost, or says nothing. */
export const isOutcomeUnknown = (error: unknown): boolean =>
	error instanceof UnreadableAnswerError || (error instanceof ApiFailure && !error.isNotCarriedOut);

/** OCPP 2.0.1 StatusInfoType: a reason code has at most 20 characters, additional information 512. */
const LONGEST_REASON = 50;
const LONGEST_INFORMATION = 512;

const textIn = (value: unknown, maxLength: number): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? cleanText(value, maxLength) : undefined;

type CommandKind = Exclude<AnswerKind, 'read'>;

/** A body that may have the fields of all shapes. */
type AnyShape = NonNullable<
	AnswerOf<'setStationPowerLimit'> &
		AnswerOf<'restartStation'> &
		AnswerOf<'startTransaction'> &
		AnswerOf<'stopTransaction'>
>;

/** The verdicts of each shape. The contract has no refusal of a clear; if a charger refuses, the refusal is reported. */
export const VERDICTS = {
	set: ['Accepted', 'Rejected'],
	clear: ['Accepted', 'Rejected', 'Unknown'],
	fromStation: ['Accepted', 'Rejected', 'Scheduled'],
	start: ['Accepted', 'Rejected'],
	stop: ['Accepted', 'Rejected'],
} as const satisfies Record<CommandKind, readonly Verdict[]>;

/** Where each shape has its verdict, and the name of that place in messages. */
const PLACES: Record<CommandKind, { place: string; read: (body: AnyShape) => unknown }> = {
	set: { place: 'response', read: ({ response }) => response },
	clear: { place: 'response', read: ({ response }) => response },
	fromStation: {
		place: 'responseFromStation',
		read: ({ responseFromStation }) => responseFromStation,
	},
	start: {
		place: 'transactionStartResponse.status',
		read: ({ transactionStartResponse }) => transactionStartResponse?.status,
	},
	stop: {
		place: 'transactionStopResponse.status',
		read: ({ transactionStopResponse }) => transactionStopResponse?.status,
	},
};

/** The charger's reason: next to the verdict, or at the top of the body. */
function statusInfoIn(body: AnyShape) {
	const { transactionStartResponse, transactionStopResponse } = body;
	return [transactionStartResponse, transactionStopResponse, body]
		.map((part) => part?.statusInfo)
		.find(isObject);
}

/**
 * Reads the charger's answer in the body of a 200: the only place that decides what an answer means.
 * @param body the parsed JSON, such as `{response: 'Rejected', statusInfo: {reasonCode: 'InvalidProfile'}}`
 * @throws UnreadableAnswerError if the verdict is missing or unknown
 */
export function readAnswer(kind: AnswerKind, body: unknown): Answer {
	if (kind === 'read') throw new UnreadableAnswerError('A look-up has no charger’s answer', body);
	const { place, read } = PLACES[kind];
	const shape: AnyShape = isObject(body) ? body : {};
	const verdict = read(shape);
	const verdicts: readonly Verdict[] = VERDICTS[kind];
	const response = verdicts.find((known) => known === verdict);
	if (response === undefined) {
		throw new UnreadableAnswerError(
			verdict === undefined
				? `The answer has no "${place}"`
				: `The answer’s "${place}" is ${cleanText(JSON.stringify(verdict), LONGEST_REASON)}, not one of ${verdicts.join(', ')}`,
			body,
		);
	}
	const statusInfo = statusInfoIn(shape);
	const reasonCode = textIn(statusInfo?.reasonCode, LONGEST_REASON);
	const additionalInfo = textIn(statusInfo?.additionalInfo, LONGEST_INFORMATION);
	return {
		response,
		...(reasonCode !== undefined && { reasonCode }),
		...(additionalInfo !== undefined && { additionalInfo }),
	};
}

/** The objects in a list of an answer. @throws UnreadableAnswerError if there is no such list */
export function listIn<Body extends object, Name extends keyof Body & string>(
	body: Body | null | undefined,
	name: Name,
): Array<EntryOf<Body[Name]>> {
	const list: unknown = isObject(body) ? body[name] : undefined;
	if (!Array.isArray(list))
		throw new UnreadableAnswerError(`The answer has no list "${name}"`, body);
	return list.filter(isObject) as Array<EntryOf<Body[Name]>>;
}

/** An object in an answer. @throws UnreadableAnswerError if it is not there */
export function objectIn<Body extends object, Name extends keyof Body & string>(
	body: Body | null | undefined,
	name: Name,
): NonNullable<Body[Name]> {
	const object: unknown = isObject(body) ? body[name] : undefined;
	if (!isObject(object)) throw new UnreadableAnswerError(`The answer has no "${name}"`, body);
	return object as NonNullable<Body[Name]>;
}

/** An ID as text; the API gives some as numbers. Undefined if there is none. */
export function idText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
