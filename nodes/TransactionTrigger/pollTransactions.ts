import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { NotFoundError } from '../shared/node/operation';
import { runPoll } from '../shared/polling/runPoll';
import { toItem } from './transactionItem';
import { checkStations, pollApiOf } from './pollApi';
import { poll, type PollSettings } from './polling/poll';
import { sampleOf } from './polling/sample';
import { readState, type PollState } from './polling/triggerState';
import type { TransactionEvent } from './polling/transactionEvent';
import { readSettings } from './settings';
import { inWords } from './wanted';

/**
 * One poll of the trigger.
 * @returns an item for each event, oldest first; null if there is none
 * @throws NodeApiError, NodeOperationError with n8n's `failure` cause; the stored state is then unchanged
 */
export const pollTransactions = (context: IPollFunctions): Promise<INodeExecutionData[][] | null> =>
	runPoll<PollState>(context, async (values, connect) => {
		const { wanted, scope, includeSimulated, emitOngoing, output } = readSettings(values);
		const { client, deadlineMs } = await connect();
		const api = pollApiOf(client, scope, deadlineMs);
		const watch = {
			baseUrl: client.baseUrl,
			credentialId: context.getNode().credentials?.[CREDENTIAL]?.id ?? '',
			scope: { ...scope },
			includeSimulated,
		};
		const settings: PollSettings = {
			wanted,
			// A user who enters a transaction’s ID wants that transaction, simulated or not.
			isWatched: ({ simulated }) =>
				includeSimulated || scope.type === 'transaction' || simulated !== true,
			watch,
			emitOngoing,
		};
		const toItems = (events: TransactionEvent[]) => events.map((event) => toItem(event, output));
		return {
			async sample() {
				const stations = await api.stations();
				checkStations(scope, stations);
				const events = await sampleOf(stations, api, settings);
				if (events.length > 0) return toItems(events);
				throw new NotFoundError(
					'Nothing to show yet: no connector’s latest transaction has had such an event',
					`Once the workflow is active, an item will come with each of these: ${inWords(wanted)}. Simulated transactions only count with the option Include Simulated.`,
				);
			},
			readState: (stored) => readState(stored, watch),
			async poll(before) {
				const stations = await api.stations();
				// Only the first poll checks: a station that disappears later may come back.
				if (!before) checkStations(scope, stations);
				const { events, state } = await poll(stations, api, before, settings);
				return { items: toItems(events), state };
			},
		};
	});
