import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { answeredOf, toNodeError, type Attempt } from './errors';
import { readRunOptions } from './fields/options';
import { inOrder } from './inOrder';
import { orderKey, prepareJob, type Job } from './job';
import { chosenOperation, type Calculation, type Operation, type Resource } from './operation';
import { collectItems } from './pages';
import { InputError, Parameters } from './parameters';

/** A piece of work, and how far it has come: an item, or all items where they are worked on together. */
interface Item {
	/** Its first input item; errors name it. */
	itemIndex: number;
	inputs: number[];
	job?: Job;
	output?: Output[];
	hints?: string[];
	failed?: { error: unknown; attempt: Attempt };
}

const NOTHING_SENT = 'Nothing was sent.';

type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

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
		const jsons = job.dryRun
			? [job.dryRun(sent)]
			: await collectItems(job, (page) => client.send(page));
		item.output = jsons.map((json) => ({ json }));
	} catch (error) {
		const { itemIndex } = item;
		item.failed = { error, attempt: { itemIndex, endpoint: request.endpoint, sent } };
	}
}

/** Does a calculation; its files go with the first output item. @throws InputError */
async function calculate(context: IExecuteFunctions, operation: Calculation, item: Item) {
	const input = context.getInputData();
	const { items, files, hints } = operation.calculate(
		new Parameters(context, item.itemIndex),
		item.inputs.map((index) => input[index].json),
	);
	const output: Output[] = items.map((json) => ({ json }));
	for (const [name, { bytes, fileName, mimeType }] of Object.entries(files ?? {})) {
		const data = await context.helpers.prepareBinaryData(Buffer.from(bytes), fileName, mimeType);
		output[0].binary = { ...output[0].binary, [name]: data };
	}
	item.output = output;
	item.hints = hints;
}

/** The items by themselves, or all in one. */
function itemsOf(context: IExecuteFunctions, operation: Operation): Item[] {
	const indexes = context.getInputData().map((_, index) => index);
	if (operation.type === 'calculation' && operation.input === 'all') {
		return [{ itemIndex: 0, inputs: indexes }];
	}
	return indexes.map((itemIndex) => ({ itemIndex, inputs: [itemIndex] }));
}

/**
 * Builds every item's request, before anything is sent; calculations are done at once. What goes wrong is kept with
 * the item, and ends it unless the node continues on fail.
 */
async function prepare(context: IExecuteFunctions, operation: Operation): Promise<Item[]> {
	const items = itemsOf(context, operation);
	const continues = context.continueOnFail();
	for (const item of items) {
		const { itemIndex } = item;
		try {
			if (operation.type === 'calculation') {
				await calculate(context, operation, item);
			} else {
				item.job = prepareJob(operation, new Parameters(context, itemIndex));
				item.hints = item.job.hint === undefined ? [] : [item.job.hint];
			}
		} catch (error) {
			const all = items.length > 1 && !continues;
			const progress = all ? 'Nothing was sent for any item.' : NOTHING_SENT;
			const named = error instanceof InputError ? error.itemIndex : undefined;
			item.failed = { error, attempt: { itemIndex: named ?? itemIndex, progress } };
			if (!continues) break;
		}
	}
	return items;
}

/** Sends what is ready: for one station in the order of the items, and stations side by side. */
async function send(context: IExecuteFunctions, items: Item[]): Promise<void> {
	const continues = context.continueOnFail();
	const ready = items.filter((item): item is Item & { job: Job } => item.job !== undefined);
	const { stationsAtOnce, timeLimit } = readRunOptions(new Parameters(context, 0));
	const client = await ChargeEyeClient.of(context, timeLimit);
	await inOrder(
		ready,
		({ job }) => orderKey(job),
		stationsAtOnce,
		async (item) => {
			await work(context, client, item, item.job);
			return continues || item.failed === undefined;
		},
	);
}

/**
 * Runs a node: the only item loop. First every item's request is built, so that bad input stops the node before
 * anything is sent; then the requests go out.
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const continues = context.continueOnFail();
	let items: Item[];
	try {
		const operation = chosenOperation(resources, new Parameters(context, 0));
		items = await prepare(context, operation);
		const goesOn = continues || !items.some(({ failed }) => failed);
		if (operation.type !== 'calculation' && goesOn) await send(context, items);
	} catch (error) {
		// What holds for the whole run is read from the first item.
		const attempt = error instanceof InputError ? { itemIndex: 0, progress: NOTHING_SENT } : {};
		throw toNodeError(context.getNode(), error, attempt);
	}
	const failure = continues ? undefined : items.find(({ failed }) => failed)?.failed;
	if (failure) {
		const { error, attempt } = failure;
		const progress = attempt.progress ?? progressOf(items);
		throw toNodeError(context.getNode(), error, { ...attempt, progress });
	}
	for (const message of new Set(items.flatMap(({ hints }) => hints ?? []))) {
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	return [
		items.flatMap(({ inputs, job, failed, output = [] }) => {
			const outputs = failed ? [{ json: errorJson(context, failed, job?.target) }] : output;
			const items = inputs.map((item) => ({ item }));
			const pairedItem = items.length === 1 ? items[0] : items;
			return outputs.map((one) => ({ ...one, pairedItem }));
		}),
	];
}
