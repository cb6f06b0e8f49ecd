import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readAnswer } from '../chargeye/answers';
import { ApiFailure, ChargeEyeClient, type ApiRequest } from '../chargeye/client';
import { ENDPOINTS } from '../chargeye/endpoints';
import { answeredOf, explainAnswer, RefusedError, toNodeError, type Attempt } from './errors';
import { chosenOperation, type Command, type Resource } from './operation';
import { Parameters } from './parameters';

/** What one item asks for: a request, and how to read its answer into output items. */
interface Job {
	request: ApiRequest;
	/** What a command is about; stands in the output, also when it fails. */
	target?: IDataObject;
	hint?: string;
	/** @throws RefusedError, UnreadableAnswerError, NotFoundError */
	read(body: unknown): IDataObject[];
}

function commandJob(operation: Command, parameters: Parameters): Job {
	const { request, target, doing, hint } = operation.prepare(parameters);
	const passRejected = parameters.collection('options').passRejected === true;
	return {
		request,
		target,
		hint,
		read(body) {
			const answer = readAnswer(ENDPOINTS[request.endpoint].answer, body);
			const refused = answer.response === 'Rejected';
			if (refused && !passRejected) throw new RefusedError(doing, answer);
			const message = refused
				? `The charger refused to ${doing}. ${explainAnswer(answer)}`
				: operation.sentences[answer.response];
			// In the order in which a table reads best: what, how it went, and the rest.
			return [{ ...request.path, ...answer, message, ...target }];
		},
	};
}

/** Builds what an item asks for. @throws InputError */
function prepare(resources: Resource[], parameters: Parameters): Job {
	const operation = chosenOperation(resources, parameters);
	if (operation.type === 'command') return commandJob(operation, parameters);
	const { request, items } = operation.prepare(parameters);
	return { request, read: items };
}

/** "1 of 3 items was done before this one; 1 was not tried." */
function progressOf(done: number, failedAt: number, total: number): string | undefined {
	if (total === 1) return undefined;
	const was = (count: number) => (count === 1 ? 'was' : 'were');
	const left = total - failedAt - 1;
	return `${done} of ${total} items ${was(done)} done before this one; ${left} ${was(left)} not tried.`;
}

/**
 * The error item of a node that continues on fail: `{error, message, details}`, the three keys by which n8n
 * knows an error item and leaves it as it is. The details hold what was sent and what was answered.
 */
function errorItem(
	context: IExecuteFunctions,
	error: unknown,
	attempt: Attempt & { itemIndex: number },
	target?: IDataObject,
): INodeExecutionData {
	const { message, description } = toNodeError(context.getNode(), error, attempt);
	const { sent, itemIndex } = attempt;
	const answered = answeredOf(error);
	const details = { ...target, ...(sent && { sent: { ...sent } }), ...(answered && { answered }) };
	return {
		json: { error: message, message: description, details },
		pairedItem: { item: itemIndex },
	};
}

/**
 * Runs a node: the only item loop. First every item's request is built, so that bad input stops the node before
 * anything is sent; then the requests go out in the order of the items.
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const continues = context.continueOnFail();
	let client: ChargeEyeClient;
	try {
		client = await ChargeEyeClient.of(context);
	} catch (error) {
		throw toNodeError(node, error, {});
	}

	const items = context.getInputData();
	const jobs = items.map((_, itemIndex): { job: Job } | { failed: INodeExecutionData } => {
		try {
			return { job: prepare(resources, new Parameters(context, itemIndex)) };
		} catch (error) {
			if (continues) {
				const attempt = { itemIndex, progress: 'Nothing was sent.' };
				return { failed: errorItem(context, error, attempt) };
			}
			const progress = items.length > 1 ? 'Nothing was sent for any item.' : 'Nothing was sent.';
			throw toNodeError(node, error, { itemIndex, progress });
		}
	});

	const output: INodeExecutionData[] = [];
	const hints = new Set<string>();
	let done = 0;
	for (const [itemIndex, entry] of jobs.entries()) {
		if ('failed' in entry) {
			output.push(entry.failed);
			continue;
		}
		const { request, target, hint, read } = entry.job;
		const sent = client.describe(request);
		try {
			if (context.getExecutionCancelSignal()?.aborted) {
				throw new ApiFailure(sent, { type: 'cancelled' });
			}
			const jsons = read(await client.send(request));
			output.push(...jsons.map((json) => ({ json, pairedItem: { item: itemIndex } })));
			if (hint) hints.add(hint);
			done++;
		} catch (error) {
			const attempt = { itemIndex, endpoint: request.endpoint, sent };
			if (!continues) {
				const progress = progressOf(done, itemIndex, items.length);
				throw toNodeError(node, error, { ...attempt, progress });
			}
			output.push(errorItem(context, error, attempt, target));
		}
	}

	for (const message of hints) context.addExecutionHints({ message, location: 'outputPane' });
	return [output];
}
