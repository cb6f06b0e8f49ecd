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

/** The API answered 200 with something that is no charger's answer: nobody knows what the charger did. */
export class UnreadableAnswerError extends Error {
	name = 'UnreadableAnswerError';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

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
	if (kind === 'read') throw new UnreadableAnswerError('A look-up has no charger’s answer');
	const { path, verdicts } = SHAPES[kind];
	const parent = path.length === 2 && isObject(body) ? body[path[0]] : body;
	const verdict = isObject(parent) ? parent[path[path.length - 1]] : undefined;
	const response = verdicts.find((known) => known === verdict);
	if (response === undefined) {
		throw new UnreadableAnswerError(
			verdict === undefined
				? `The answer has no "${path.join('.')}"`
				: `The answer’s "${path.join('.')}" is ${JSON.stringify(verdict)}, not one of ${verdicts.join(', ')}`,
		);
	}
	const own = isObject(parent) ? parent.statusInfo : undefined;
	const outer = isObject(body) ? body.statusInfo : undefined;
	const statusInfo = [own, outer].find(isObject);
	return {
		response,
		...(text(statusInfo?.reasonCode) && { reasonCode: text(statusInfo?.reasonCode) }),
		...(text(statusInfo?.additionalInfo) && { additionalInfo: text(statusInfo?.additionalInfo) }),
	};
}

/** The objects in a list of an answer. @throws UnreadableAnswerError if there is no such list */
export function listIn<T>(body: unknown, name: string): T[] {
	const list = isObject(body) ? body[name] : undefined;
	if (!Array.isArray(list)) throw new UnreadableAnswerError(`The answer has no list "${name}"`);
	return list.filter(isObject) as T[];
}

/** An object in an answer. @throws UnreadableAnswerError if it is not there */
export function objectIn<T>(body: unknown, name: string): T {
	const object = isObject(body) ? body[name] : undefined;
	if (!isObject(object)) throw new UnreadableAnswerError(`The answer has no "${name}"`);
	return object as T;
}

/** An ID as text; the API gives some as numbers. Undefined if there is none. */
export const idText = (value: unknown): string | undefined =>
	typeof value === 'number' ? String(value) : text(value);
