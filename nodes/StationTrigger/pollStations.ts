import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { NotFoundError } from '../shared/node/operation';
import { eventsInWords } from '../shared/polling/form/triggerOn';
import { counted, noStationIn, nothingToShow } from '../shared/polling/nothingToShow';
import { runPoll } from '../shared/polling/runPoll';
import { watchOf } from '../shared/polling/state';
import { checkStations, stationsIn, type StationScope } from '../shared/polling/stationScope';
import { EVENTS, type Wanted } from './events';
import { whyOf } from './lastTransaction';
import { poll } from './polling/poll';
import { sampleOf } from './polling/sample';
import type { StationEvent } from './polling/stationEvent';
import { readState, type PollState } from './polling/triggerState';
import { readSettings } from './settings';
import { toItem } from './stationItem';

/** Says to a user who tests the trigger what was looked at, and what to do. */
const nothing = (
	stations: number,
	connectors: number,
	scope: StationScope,
	{ events }: Wanted,
): NotFoundError =>
	nothingToShow(
		`Looked for ${eventsInWords(EVENTS, events)} at ${counted(stations, 'charging station')} with ${counted(connectors, 'connector')}`,
		stations === 0
			? noStationIn(scope)
			: {
					reason: 'no charging station or connector is in such a state now',
					advice:
						'For a test, add Status Changed, which shows any status, or choose more events, and fetch again.',
				},
	);

/**
 * One poll of the trigger.
 * @returns an item for each event, oldest first; null if there is none
 * @throws NodeApiError, NodeOperationError with n8n's `failure` cause; the stored state is then unchanged
 */
export const pollStations = (context: IPollFunctions): Promise<INodeExecutionData[][] | null> =>
	runPoll<PollState>(context, async (values, connect) => {
		const { wanted, scope, leaveOutOngoing, output } = readSettings(values);
		const { client, deadlineMs } = await connect();
		const send: typeof client.send = (request) => client.send(request);
		const watch = watchOf(context, client, scope);
		const toItems = async (events: StationEvent[]) => {
			const why = await whyOf(events, send, () => Date.now() < deadlineMs);
			return events.map((event) => toItem(event, output, why(event)));
		};
		return {
			async sample() {
				const stations = await stationsIn(scope, send);
				checkStations(scope, stations);
				const { events, connectors } = sampleOf(stations, wanted.events, Date.now());
				if (events.length > 0) return await toItems(events);
				throw nothing(stations.length, connectors, scope, wanted);
			},
			readState: (stored) => readState(stored, watch),
			async poll(before) {
				const stations = await stationsIn(scope, send);
				// Only the first poll checks: a station that disappears later may come back.
				if (!before) checkStations(scope, stations);
				const settings = { wanted, watch, leaveOutOngoing };
				const { events, state } = poll(stations, Date.now(), before, settings);
				return { items: await toItems(events), state };
			},
		};
	});
