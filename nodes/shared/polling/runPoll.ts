import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { toNodeError } from '../node/errors';
import type { Values } from '../node/fields/kinds/values';
import { ItemParameters } from '../node/itemParameters';
import { inTurn } from './turns';

/** The longest that a poll plans for, also where the host allows more or does not say. */
const BUDGET_MS = 45_000;

/** What a poll may take at least, whatever the host says: a few requests. */
const LEAST_MS = 5_000;

/**
 * How long a poll may take, by what the host allows.
 * @returns until when it may begin to ask for more, and until when it must have its answers
 */
function timesFor(context: IPollFunctions): { askMs: number; answerMs: number } {
	// Older versions of n8n do not have it.
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
	/** True events for "Fetch Test Event"; touches no state. @throws NotFoundError if there are none yet */
	sample(): Promise<IDataObject[]>;
	/** Reads what was stored; undefined if a poll has to begin anew. */
	readState(stored: unknown): State | undefined;
	/**
	 * @param before undefined to begin
	 * @returns an item for each event, oldest first, and what the next poll needs: the same object if nothing is new
	 */
	poll(before: State | undefined): Promise<{ items: IDataObject[]; state: State }>;
}

/** Polls, and moves what is remembered on. @throws what the poll throws, before anything has moved */
async function pollOn<State extends object>(
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
	// n8n's durable scheduler does not store what the poll of an activation leaves.
	if (!before && items.length === 0) await context.__commitCursor?.();
	return items;
}

/**
 * One poll of a trigger: its budget, its turn, its state and its errors.
 * @param begin reads the form; `connect` gives the account's client, and until when more may be asked
 * @returns an item for each event; null if there is none
 * @throws NodeApiError, NodeOperationError with n8n's `failure` cause, and nothing has moved
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
		const items = isTest ? await poller.sample() : await pollOn(context, poller);
		return items.length === 0 ? null : [items.map((json) => ({ json }))];
	} catch (error) {
		throw toNodeError(context.getNode(), error, {
			endpoint: 'listStations',
			sent: error instanceof ApiFailure ? error.sent : undefined,
			progress: isTest
				? undefined
				: 'No event is lost: the next poll finds what this one could not.',
		});
	}
}
