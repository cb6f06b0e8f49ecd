import { redactedHeaders } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { InputError } from '../charging/base/inputError';
import { answeredOf, toNodeError } from './errors';
import { turnTaker } from './eventLoop';
import { readRunOptions } from './fields/options';
import { firstFailureIn, partsOf, progressOf, type Failed, type Item, type Output } from './item';
import { ItemParameters, type ParameterSource } from './itemParameters';
import { prepareWork } from './job';
import {
	chosenOperation,
	type Calculation,
	type Operation,
	type Outcome,
	type Resource,
} from './operation';
import { parametersOf } from './parameterSource';
import { progressAsData, progressInWords } from './progress';
import { send } from './sending';

/** The values that apply to the whole run, read from n8n once. */
interface Run {
	context: IExecuteFunctions;
	node: INode;
	parameters: ParameterSource;
	/** Whether the other items are worked on after one has failed. */
	continues: boolean;
}

const NOTHING_SENT = 'Nothing was sent.';

/** Whether n8n knows an error item with details: from 2.36 on, which also brought this function. */
const KNOWS_DETAILS = redactedHeaders !== undefined;

/**
 * The error item of a node that continues on fail: `{error, message, details}`, and the station's ID if the item can have
 * several. The details contain the request and the answer. An error output gets no details, or the station's ID only, if
 * n8n knows details; else, and with any other field, n8n would output the item in the success branch. n8n adds the input
 * item there.
 */
function errorJson({ node }: Run, { error, attempt }: Failed, stationId?: string): IDataObject {
	const nodeError = toNodeError(node, error, attempt);
	const station = stationId === undefined ? undefined : { stationId };
	const json = { error: nodeError.message, message: nodeError.description };
	if (node.onError === 'continueErrorOutput') {
		return { ...json, ...(KNOWS_DETAILS && station && { details: station }) };
	}
	const { sent, target } = attempt;
	const answered = answeredOf(error);
	return {
		...station,
		...json,
		details: {
			...station,
			...target,
			...(sent && { sent: { ...sent } }),
			...(answered && { answered }),
		},
	};
}

function withWarnings({ json, ...others }: Output, added: readonly string[]): Output {
	const own = Array.isArray(json.warnings) ? json.warnings : [];
	return { ...others, json: { ...json, warnings: [...own, ...added] } };
}

/** The output items of an item. */
function outputsOf(run: Run, { failed, parts, warnings }: Item): Output[] {
	if (failed) return [{ json: errorJson(run, failed) }];
	return parts.flatMap(({ stationId, failed: why, output = [] }) => {
		if (why) return { json: errorJson(run, why, stationId) };
		return warnings === undefined ? output : output.map((one) => withWarnings(one, warnings));
	});
}

/** An outcome as output items; its files are attached to the first of them. */
async function outputOf({ context }: Run, { items, files }: Outcome): Promise<Output[]> {
	const output: Output[] = items.map((json) => ({ json }));
	for (const [name, { bytes, fileName, mimeType }] of Object.entries(files ?? {})) {
		const data = await context.helpers.prepareBinaryData(Buffer.from(bytes), fileName, mimeType);
		output[0].binary = { ...output[0].binary, [name]: data };
	}
	return output;
}

/** Carries out a calculation, or prepares the look-up that it needs first. @throws InputError */
async function calculate(
	run: Run,
	input: readonly INodeExecutionData[],
	operation: Calculation,
	item: Item,
) {
	const result = await operation.calculate(
		new ItemParameters(run.parameters, item.itemIndex),
		item.inputs.map((index) => input[index].json),
	);
	if ('request' in result) {
		item.work = { reach: { type: 'one' }, job: result, jobAt: () => result };
		item.parts = [{}];
		return;
	}
	item.parts = [{ output: await outputOf(run, result) }];
	item.hints = result.hints;
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
				const work = prepareWork(operation, parameters, input[itemIndex].json);
				item.work = work;
				item.parts = partsOf(work.reach);
				item.hints = work.job.hint === undefined ? [] : [work.job.hint];
			}
		} catch (error) {
			const all = items.length > 1 && !run.continues;
			const progress = all ? 'Nothing was sent for any item.' : NOTHING_SENT;
			const named = error instanceof InputError ? error.itemIndex : undefined;
			item.failed = { error, attempt: { itemIndex: named ?? itemIndex, progress } };
			if (!run.continues) return;
		}
	}
	if (operation.type === 'calculation') completeTogether(run, operation, items);
}

function completeTogether(run: Run, operation: Calculation, items: readonly Item[]): void {
	if (operation.completeTogether === undefined) return;
	const outputs = items.flatMap(({ itemIndex, parts }) => {
		const parameters = new ItemParameters(run.parameters, itemIndex);
		return parts.flatMap(({ output = [] }) => output.map((one) => ({ one, parameters })));
	});
	const completed = operation.completeTogether(
		outputs.map(({ one }) => one.json),
		outputs.map(({ parameters }) => parameters),
	);
	outputs.forEach(({ one }, index) => {
		one.json = completed[index];
	});
}

/** Sends what is prepared, with the options of the run. */
async function sendAll(run: Run, items: readonly Item[]): Promise<void> {
	const { stationsAtOnce, timeLimitSeconds } = readRunOptions(
		new ItemParameters(run.parameters, 0),
	);
	const client = await ChargeEyeClient.of(run.context, timeLimitSeconds);
	const { continues } = run;
	const toOutput = (outcome: Outcome) => outputOf(run, outcome);
	await send({ client, continues, stationsAtOnce, sentOnce: new Map(), toOutput }, items);
}

/** One unit of work per input item, or a single one if the operation works on all items together. */
function itemsFor(operation: Operation | undefined, indexes: readonly number[]): Item[] {
	if (operation?.type === 'calculation' && operation.input === 'all') {
		return [{ itemIndex: 0, inputs: [...indexes], parts: [] }];
	}
	return indexes.map((itemIndex) => ({ itemIndex, inputs: [itemIndex], parts: [] }));
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
		if (maySend && items.some(({ work }) => work)) await sendAll(run, items);
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
function errorOf({ node }: Run, items: readonly Item[], { error, attempt }: Failed) {
	if (attempt.progress !== undefined) return toNodeError(node, error, attempt);
	const isAlone = items.length === 1;
	// The error of a single item says enough, unless it has several stations.
	if (isAlone && attempt.stations === undefined) return toNodeError(node, error, attempt);
	const progress = progressOf(items);
	return toNodeError(node, error, {
		...attempt,
		...(!isAlone && { progress: progressInWords(progress) }),
		progressData: progressAsData(progress),
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
	const failed = run.continues ? undefined : firstFailureIn(items);
	if (failed) throw errorOf(run, items, failed);
	for (const message of new Set(items.flatMap(({ hints }) => hints ?? []))) {
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	const takeTurns = turnTaker();
	const outputs: INodeExecutionData[] = [];
	for (const item of items) {
		await takeTurns();
		const inputs = item.inputs.map((index) => ({ item: index }));
		const pairedItem = inputs.length === 1 ? inputs[0] : inputs;
		for (const output of outputsOf(run, item)) outputs.push({ ...output, pairedItem });
	}
	return [outputs];
}
