import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { InputError } from '../charging/base/inputError';
import { answeredOf, toNodeError } from './errors';
import { reasonOf, type Attempt } from './errorWords';
import { turnTaker } from './eventLoop';
import { readRunOptions } from './fields/options';
import { inOrder } from './inOrder';
import { orderKey, prepareJob, type Job } from './job';
import { chosenOperation, type Calculation, type Operation, type Resource } from './operation';
import { ItemParameters, type ParameterSource } from './itemParameters';
import { parametersOf } from './parameterSource';
import { progressAsData, progressInWords, type Progress } from './progress';

/** One unit of work and its result so far: an input item, or all of them if the operation works on them together. */
interface Item {
	/** Index of the first input item, which errors name. */
	itemIndex: number;
	inputs: number[];
	job?: Job;
	output?: Output[];
	hints?: string[];
	failed?: Failed;
}

interface Failed {
	error: unknown;
	attempt: Attempt;
}

type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** The values that apply to the whole run, read from n8n once. */
interface Run {
	context: IExecuteFunctions;
	node: INode;
	parameters: ParameterSource;
	/** Whether the other items are worked on after one has failed. */
	continues: boolean;
}

const NOTHING_SENT = 'Nothing was sent.';

/** Which items are done, failed or not tried; undefined for a single item, whose error says enough. */
function progressOf(items: readonly Item[]): Progress | undefined {
	if (items.length === 1) return undefined;
	const indexes = (wanted: readonly Item[]) => wanted.map(({ itemIndex }) => itemIndex);
	return {
		done: indexes(items.filter(({ output }) => output)),
		failed: items.flatMap(({ itemIndex, failed }) =>
			failed ? [{ itemIndex, reason: reasonOf(failed.error, failed.attempt) }] : [],
		),
		untried: indexes(items.filter(({ output, failed }) => !output && !failed)),
	};
}

/**
 * The error item of a node that continues on fail: `{error, message, details}`. The details contain the request and the
 * answer. They are left out for an error output: with them, versions of n8n before 2.36 would not recognize the item as
 * an error, and would output it in the success branch. n8n adds the input item there.
 */
function errorJson({ node }: Run, { job, failed }: Item): IDataObject {
	const { error, attempt } = failed!;
	const nodeError = toNodeError(node, error, attempt);
	const json = { error: nodeError.message, message: nodeError.description };
	if (node.onError === 'continueErrorOutput') return json;
	const { sent } = attempt;
	const answered = answeredOf(error);
	return {
		...json,
		details: { ...job?.target, ...(sent && { sent: { ...sent } }), ...(answered && { answered }) },
	};
}

/** Carries out an item's job. An error is stored in the item, and stops the run unless it continues on fail. */
async function work({ continues }: Run, client: ChargeEyeClient, item: Item, job: Job) {
	const { itemIndex } = item;
	const attempt: Attempt = { itemIndex, endpoint: job.request.endpoint };
	try {
		const sent = client.describe(job.request);
		attempt.sent = sent;
		const jsons = job.dryRun
			? [job.dryRun(sent)]
			: await job.carryOut((request) => client.send(request));
		item.output = jsons.map((json) => ({ json }));
	} catch (error) {
		if (error instanceof ApiFailure && error.failure.type === 'stopped') return;
		item.failed = { error, attempt };
		if (!continues) client.stop();
	}
}

/** Carries out a calculation; its files are attached to the first output item. @throws InputError */
async function calculate(
	{ context, parameters }: Run,
	input: readonly INodeExecutionData[],
	operation: Calculation,
	item: Item,
) {
	const { items, files, hints } = await operation.calculate(
		new ItemParameters(parameters, item.itemIndex),
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

/**
 * Builds every item's request before anything is sent, or carries out calculations. An error is stored in its item, and
 * ends this step unless the node continues on fail.
 */
async function prepare(run: Run, operation: Operation, items: readonly Item[]): Promise<void> {
	const takeTurns = turnTaker();
	const input = run.context.getInputData();
	for (const item of items) {
		const { itemIndex } = item;
		await takeTurns();
		try {
			if (operation.type === 'calculation') {
				await calculate(run, input, operation, item);
			} else {
				const parameters = new ItemParameters(run.parameters, itemIndex);
				item.job = prepareJob(operation, parameters, input[itemIndex].json);
				item.hints = item.job.hint === undefined ? [] : [item.job.hint];
			}
		} catch (error) {
			const all = items.length > 1 && !run.continues;
			const progress = all ? 'Nothing was sent for any item.' : NOTHING_SENT;
			const named = error instanceof InputError ? error.itemIndex : undefined;
			item.failed = { error, attempt: { itemIndex: named ?? itemIndex, progress } };
			if (!run.continues) return;
		}
	}
}

/** Sends the prepared requests: for one station in the order of the items, for several stations at the same time. */
async function send(run: Run, items: readonly Item[]): Promise<void> {
	const ready = items.filter((item): item is Item & { job: Job } => item.job !== undefined);
	const { stationsAtOnce, timeLimitSeconds } = readRunOptions(
		new ItemParameters(run.parameters, 0),
	);
	const client = await ChargeEyeClient.of(run.context, timeLimitSeconds);
	await inOrder(
		ready,
		({ job }) => orderKey(job),
		stationsAtOnce,
		async (item) => {
			await work(run, client, item, item.job);
			return run.continues || item.failed === undefined;
		},
	);
}

/** One unit of work per input item, or a single one if the operation works on all items together. */
function itemsFor(operation: Operation | undefined, indexes: readonly number[]): Item[] {
	if (operation?.type === 'calculation' && operation.input === 'all') {
		return [{ itemIndex: 0, inputs: [...indexes] }];
	}
	return indexes.map((itemIndex) => ({ itemIndex, inputs: [itemIndex] }));
}

/**
 * Works on all items, and stores each result or error in its item. An error in what applies to the whole run (the
 * operation, the options of the run, the credential) fails every item that has no error of its own.
 */
async function workThrough(run: Run, resources: Resource[]): Promise<Item[]> {
	const indexes = run.context.getInputData().map((_, index) => index);
	let items = itemsFor(undefined, indexes);
	try {
		const operation = chosenOperation(resources, new ItemParameters(run.parameters, 0));
		items = itemsFor(operation, indexes);
		await prepare(run, operation, items);
		const maySend = run.continues || !items.some(({ failed }) => failed);
		if (operation.type !== 'calculation' && maySend) await send(run, items);
	} catch (error) {
		// Parameters of the whole run are read from the first item, so an error in them names that item.
		const ofItem = error instanceof InputError;
		for (const item of items) {
			const { itemIndex } = item;
			item.failed ??= {
				error,
				attempt: { ...((ofItem || run.continues) && { itemIndex }), progress: NOTHING_SENT },
			};
		}
	}
	return items;
}

/** The error of a run that stops: the first failed item's error, with the progress of the other items. */
function errorOf({ node }: Run, items: readonly Item[]) {
	const { error, attempt } = items.find(({ failed }) => failed)!.failed!;
	if (attempt.progress !== undefined) return toNodeError(node, error, attempt);
	const progress = progressOf(items);
	return toNodeError(node, error, {
		...attempt,
		...(progress && {
			progress: progressInWords(progress),
			progressData: progressAsData(progress),
		}),
	});
}

/**
 * Runs a node: the only item loop. First every item's request is built, so that bad input stops the node before
 * anything is sent; then the requests are sent. With On Error: Continue, each item gets its own result or error item.
 * @throws NodeApiError, NodeOperationError unless the node continues on fail
 */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const run: Run = {
		context,
		node: context.getNode(),
		parameters: parametersOf(context, resources),
		continues: context.continueOnFail(),
	};
	const items = await workThrough(run, resources);
	if (!run.continues && items.some(({ failed }) => failed)) throw errorOf(run, items);
	for (const message of new Set(items.flatMap(({ hints }) => hints ?? []))) {
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	const takeTurns = turnTaker();
	const outputs: INodeExecutionData[] = [];
	for (const item of items) {
		await takeTurns();
		const inputs = item.inputs.map((index) => ({ item: index }));
		const pairedItem = inputs.length === 1 ? inputs[0] : inputs;
		const itsOutputs = item.failed ? [{ json: errorJson(run, item) }] : (item.output ?? []);
		for (const output of itsOutputs) outputs.push({ ...output, pairedItem });
	}
	return [outputs];
}
