import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Station } from '../shared/chargeye/stations';
import { runPoll } from '../shared/polling/runPoll';
import { watchOf } from '../shared/polling/state';
import { checkStations } from '../shared/polling/stationScope';
import { toItem } from './transactionItem';
import { nothingToShow } from './nothingToShow';
import { placesIn } from './place';
import { pollApiOf } from './pollApi';
import { poll, type PollSettings } from './polling/poll';
import { sampleOf } from './polling/sample';
import { readState, type PollState } from './polling/triggerState';
import type { TransactionEvent } from './polling/transactionEvent';
import { readSettings } from './settings';

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
		const watch = { ...watchOf(context, client, scope), includeSimulated };
		const settings: PollSettings = {
			wanted,
			// A user who enters a transaction’s ID wants that transaction, simulated or not.
			isWatched: ({ simulated }) =>
				includeSimulated || scope.type === 'transaction' || simulated !== true,
			watch,
			emitOngoing,
		};
		const check = (stations: readonly Station[]) => {
			if (scope.type !== 'transaction') checkStations(scope, stations);
		};
		const toItems = (events: TransactionEvent[], stations: readonly Station[]) => {
			const placeOf = placesIn(stations);
			return events.map((event) => toItem(event, output, placeOf(event.transaction)));
		};
		return {
			async sample() {
				const stations = await api.stations();
				check(stations);
				const sample = await sampleOf(stations, api, settings);
				if (sample.events.length > 0) return toItems(sample.events, stations);
				throw nothingToShow(sample, stations.length, scope, wanted);
			},
			readState: (stored) => readState(stored, watch),
			async poll(before) {
				const stations = await api.stations();
				// Only the first poll checks: a station that disappears later may come back.
				if (!before) check(stations);
				const { events, state } = await poll(stations, api, before, settings);
				return { items: toItems(events, stations), state };
			},
		};
	});
