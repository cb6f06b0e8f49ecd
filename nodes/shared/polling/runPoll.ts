import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { toNodeError } from '../node/errors';
import type { Values } from '../node/fields/kinds/values';
import { ItemParameters } from '../node/itemParameters';
import { inTurn } from './turns';

/** The most time that a poll plans for, even if n8n allows more or does not say. */
const BUDGET_MS = 45_000;

/** The least time that a poll may take, whatever n8n allows: enough for a few requests. */
const LEAST_MS = 5_000;

/**
 * How long a poll may take, given what n8n allows.
 * @returns how long it may begin further requests, and after how long it must have all answers
 */
function timesFor(context: IPollFunctions): { askMs: number; answerMs: number } {
	// Older versions of n8n do not have this function.
	const allowedMs = 'getPollBudgetMs' in context ? context.getPollBudgetMs() : BUDGET_MS;
	const budgetMs = Math.min(allowedMs, BUDGET_MS);
	return { askMs: budgetMs / 2, answerMs: Math.max(budgetMs * 0.9, LEAST_MS) };
}

/** What was entered in the form of a trigger. */
const valuesOf = (context: IPollFunctions): Values =>
	new ItemParameters(
		{
			getNodeParameter: (name, _itemIndex, fallback, options) =>
				context.getNodeParameter(name, fallback, options),
			getTimezone: () => context.getTimezone(),
		},
		0,
	);

/** What a trigger does in a poll. */
export interface Poller<State extends object> {
	/** Finds real events for "Fetch Test Event"; changes no state. @throws NotFoundError if there are none yet */
	sample(): Promise<IDataObject[]>;
	/** Reads the stored state; undefined if the trigger has to begin again. */
	readState(stored: unknown): State | undefined;
	/**
	 * @param before the last poll's state; undefined for the first poll
	 * @returns an item for each event, oldest first, and the state for the next poll: the same object if nothing changed
	 */
	poll(before: State | undefined): Promise<{ items: IDataObject[]; state: State }>;
}

/** Polls from the stored state, and stores the new one. @throws what the poll throws, with the stored state unchanged */
async function pollAndStore<State extends object>(
	context: IPollFunctions,
	poller: Poller<State>,
): Promise<IDataObject[]> {
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData.state;
	const before = poller.readState(stored);
	const result = await inTurn(`${context.getWorkflow().id}:${context.getNode().id}`, stored, () =>
		poller.poll(before),
	);
	if (!result) return [];
	const { items, state } = result;
	if (state !== stored) staticData.state = state;
	// After the first poll of an activation without items, n8n's durable scheduler does not store the state by itself.
	if (!before && items.length === 0) await context.__commitCursor?.();
	return items;
}

/**
 * One poll of a trigger: its time limit, its order among the node's polls, its state and its errors.
 * @param begin reads the form; `connect` gives the account's client, and the time (ms since 1970) until which further
 * requests may be sent
 * @returns an item for each event; null if there is none
 * @throws NodeApiError, NodeOperationError with n8n's `failure` cause; the stored state is then unchanged
 */
export async function runPoll<State extends object>(
	context: IPollFunctions,
	begin: (
		values: Values,
		connect: () => Promise<{ client: ChargeEyeClient; deadlineMs: number }>,
	) => Promise<Poller<State>>,
): Promise<INodeExecutionData[][] | null> {
	const isTest = context.getMode() === 'manual';
	const connect = async () => {
		const { askMs, answerMs } = timesFor(context);
		const client = await ChargeEyeClient.of(context, answerMs / 1000);
		return { client, deadlineMs: Date.now() + askMs };
	};
	try {
		const poller = await begin(valuesOf(context), connect);
		const items = isTest ? await poller.sample() : await pollAndStore(context, poller);
		return items.length === 0 ? null : [items.map((json) => ({ json }))];
	} catch (error) {
		throw toNodeError(context.getNode(), error, {
			endpoint: 'listStations',
			sent: error instanceof ApiFailure ? error.sent : undefined,
			progress: isTest ? undefined : 'No event is lost: the next poll will find it.',
		});
	}
}
