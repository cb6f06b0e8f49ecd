import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { answeredOf, toNodeError, type Attempt } from './errors';
import { readRunOptions } from './fields/options';
import { inOrder } from './inOrder';
import { orderKey, prepareJob, type Job } from './job';
import type { Resource } from './operation';
import { collectItems } from './pages';
import { Parameters } from './parameters';

/** An item and how far it has come. */
interface Item {
	itemIndex: number;
	job?: Job;
	output?: IDataObject[];
	failed?: { error: unknown; attempt: Attempt };
}

/** "1 of 4 items was done, 2 failed (items 1, 3) and 1 was not tried." */
function progressOf(items: readonly Item[]): string | undefined {
	if (items.length === 1) return undefined;
	const was = (count: number) => `${count} ${count === 1 ? 'was' : 'were'}`;
	const done = items.filter(({ output }) => output).length;
	const failed = items.filter((item) => item.failed).map(({ itemIndex }) => itemIndex);
	const left = items.length - done - failed.length;
	const which = `${failed.length === 1 ? 'item' : 'items'} ${failed.join(', ')}`;
	return `Of ${items.length} items ${was(done)} done, ${failed.length} failed (${which}) and ${was(left)} not tried.`;
}

/**
 * The error item of a node that continues on fail: `{error, message, details}`, the three keys by which n8n
 * knows an error item and leaves it as it is. The details hold what was sent and what was answered.
 */
function errorJson(
	context: IExecuteFunctions,
	{ error, attempt }: { error: unknown; attempt: Attempt },
	target?: IDataObject,
): IDataObject {
	const { message, description } = toNodeError(context.getNode(), error, attempt);
	const { sent } = attempt;
	const answered = answeredOf(error);
	const details = { ...target, ...(sent && { sent: { ...sent } }), ...(answered && { answered }) };
	return { error: message, message: description, details };
}

/** Does what an item asks for; what goes wrong is kept with the item. */
async function work(context: IExecuteFunctions, client: ChargeEyeClient, item: Item, job: Job) {
	const { request } = job;
	const sent = client.describe(request);
	try {
		if (context.getExecutionCancelSignal()?.aborted) {
			throw new ApiFailure(sent, { type: 'cancelled' });
		}
		item.output = job.dryRun
			? [job.dryRun(sent)]
			: await collectItems(job, (page) => client.send(page));
	} catch (error) {
		const { itemIndex } = item;
		item.failed = { error, attempt: { itemIndex, endpoint: request.endpoint, sent } };
	}
}

/** Builds every item's request, before anything is sent. @throws NodeOperationError unless the node continues on fail */
function prepare(context: IExecuteFunctions, resources: Resource[]): Item[] {
	const items: Item[] = [];
	const count = context.getInputData().length;
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		const item: Item = { itemIndex };
		items.push(item);
		try {
			item.job = prepareJob(resources, new Parameters(context, itemIndex));
		} catch (error) {
			const continues = context.continueOnFail();
			const scope = count > 1 && !continues ? ' for any item' : '';
			const attempt = { itemIndex, progress: `Nothing was sent${scope}.` };
			if (!continues) throw toNodeError(context.getNode(), error, attempt);
			item.failed = { error, attempt };
		}
	}
	return items;
}

/**
 * Runs a node: the only item loop. First every item's request is built, so that bad input stops the node before
 * anything is sent; then commands for one station go out in the order of the items, and stations side by side.
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const continues = context.continueOnFail();
	const items = prepare(context, resources);
	const ready = items.filter((item): item is Item & { job: Job } => item.job !== undefined);
	let client: ChargeEyeClient;
	let stationsAtOnce: number;
	try {
		const options = readRunOptions(new Parameters(context, 0));
		({ stationsAtOnce } = options);
		client = await ChargeEyeClient.of(context, options.timeLimit);
	} catch (error) {
		throw toNodeError(node, error, {});
	}

	await inOrder(
		ready,
		({ job }) => orderKey(job),
		stationsAtOnce,
		async (item) => {
			await work(context, client, item, item.job);
			return continues || item.failed === undefined;
		},
	);

	const firstFailed = items.find(({ failed }) => failed);
	if (firstFailed?.failed && !continues) {
		const { error, attempt } = firstFailed.failed;
		throw toNodeError(node, error, { ...attempt, progress: progressOf(items) });
	}
	const hints = new Set(ready.flatMap(({ job: { hint } }) => hint ?? []));
	for (const message of hints) context.addExecutionHints({ message, location: 'outputPane' });
	return [
		items.flatMap((item) => {
			const { itemIndex, job, failed } = item;
			const jsons = failed ? [errorJson(context, failed, job?.target)] : (item.output ?? []);
			return jsons.map((json) => ({ json, pairedItem: { item: itemIndex } }));
		}),
	];
}
