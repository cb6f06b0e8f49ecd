import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { ChargeEyeClient, CREDENTIAL } from '../shared/chargeye/client';
import { ApiFailure } from '../shared/chargeye/failure';
import { toNodeError } from '../shared/node/errors';
import { NotFoundError } from '../shared/node/operation';
import { inTurn } from '../shared/polling/turns';
import { toItem } from './output';
import { checkStations, pollApiOf } from './pollApi';
import type { TransactionEvent } from './polling/events';
import { poll, type PollApi, type PollSettings } from './polling/poll';
import { sampleOf } from './polling/sample';
import { fingerprintOf, readState } from './polling/state';
import { describeWanted, readSettings, type Settings } from './settings';

/** The longest that a poll plans for, also where the host allows more or does not say (ms). */
const BUDGET_MS = 45_000;

/** What a poll may take at least, whatever the host says: a few requests (ms). */
const LEAST_MS = 5_000;

/**
 * How long a poll may take, by what the host allows (ms).
 * @returns until when it may begin to ask for more, and until when it must have its answers
 */
function timesFor(context: IPollFunctions): { asks: number; answers: number } {
	// Older versions of n8n do not have it.
	const allowed = 'getPollBudgetMs' in context ? context.getPollBudgetMs() : BUDGET_MS;
	const budget = Math.min(allowed, BUDGET_MS);
	return { asks: budget / 2, answers: Math.max(budget * 0.9, LEAST_MS) };
}

/** True events for "Fetch Test Event"; touches no state. @throws NotFoundError if there are none yet */
async function sample(
	api: PollApi,
	scope: Settings['scope'],
	settings: PollSettings,
): Promise<TransactionEvent[]> {
	const stations = await api.stations();
	checkStations(scope, stations);
	const events = await sampleOf(stations, api, settings);
	if (events.length > 0) return events;
	throw new NotFoundError(
		'Nothing to show yet: no connector’s latest transaction has had such an event',
		`Once the workflow is active, an item will come with each of these: ${describeWanted(settings.wanted)}. Simulated transactions only count with the option Include Simulated.`,
	);
}

/** Polls, and moves what is remembered on. @throws what the API throws, before anything has moved */
async function pollOn(
	context: IPollFunctions,
	api: PollApi,
	scope: Settings['scope'],
	settings: PollSettings,
): Promise<TransactionEvent[]> {
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData.state;
	const before = readState(stored, settings.fingerprint);
	const first = async () => {
		const stations = await api.stations();
		checkStations(scope, stations);
		return stations;
	};
	const result = await inTurn(`${context.getWorkflow().id}:${context.getNode().id}`, stored, () =>
		poll(before ? api : { ...api, stations: first }, before, settings),
	);
	if (!result) return [];
	const { events, state } = result;
	if (state !== before) staticData.state = state;
	// n8n's durable scheduler does not store what the poll of an activation leaves.
	if (!before && events.length === 0) await context.__commitCursor?.();
	return events;
}

/**
 * One poll of the trigger.
 * @returns an item for each event, oldest first; null if there is none
 * @throws NodeApiError, NodeOperationError with n8n's `failure` cause, and nothing has moved
 */
export async function pollTransactions(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const isTest = context.getMode() === 'manual';
	try {
		const { wanted, scope, includeSimulated, emitOngoing, output } = readSettings(context);
		const times = timesFor(context);
		const client = await ChargeEyeClient.of(context, times.answers / 1000);
		const api = pollApiOf(client, scope, Date.now() + times.asks);
		const fingerprint = fingerprintOf({
			baseUrl: client.baseUrl,
			credentialId: node.credentials?.[CREDENTIAL]?.id ?? '',
			scope: { ...scope },
			includeSimulated,
		});
		const settings: PollSettings = {
			wanted,
			// Whoever names a transaction wants that one, simulated or not.
			isWatched: ({ simulated }) =>
				includeSimulated || scope.type === 'transaction' || simulated !== true,
			fingerprint,
			emitOngoing,
		};
		const events = isTest
			? await sample(api, scope, settings)
			: await pollOn(context, api, scope, settings);
		if (events.length === 0) return null;
		return [events.map((event) => ({ json: toItem(event, output) }))];
	} catch (error) {
		throw toNodeError(node, error, {
			endpoint: 'listStations',
			sent: error instanceof ApiFailure ? error.sent : undefined,
			progress: isTest
				? undefined
				: 'No event is lost: the next poll finds what this one could not.',
		});
	}
}
