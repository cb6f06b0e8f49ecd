import type { Station } from '../../shared/chargeye/stations';
import type { Watch } from '../../shared/polling/state';
import type { Wanted } from '../events';
import { lookAtStation } from './lookAtStation';
import { oldestFirst, type StationEvent } from './stationEvent';
import { newState, type PollState } from './triggerState';
import { viewOf } from './view';
import type { Watching } from './watching';

export interface PollSettings {
	wanted: Wanted;
	watch: Watch;
	/** Whether the states that are there at the first poll are left out. */
	leaveOutOngoing: boolean;
}

export interface PollResult {
	/** Oldest first. */
	events: StationEvent[];
	/** The same object as before if nothing has changed. */
	state: PollState;
}

/**
 * One poll: (the last poll's state, the API's answer, the clock) → (events, the state for the next poll). A station or
 * connector that is missing from the answer, and a status that the API does not know, change nothing.
 *
 * @param stations the stations in scope
 * @param nowMs by n8n's clock (ms)
 * @param before undefined for the first poll
 */
export function poll(
	stations: readonly Station[],
	nowMs: number,
	before: PollState | undefined,
	{ wanted, watch, leaveOutOngoing }: PollSettings,
): PollResult {
	const state = before ?? newState(watch, nowMs);
	const isFirst = before === undefined;
	const watching: Watching = { wanted, nowMs, beganMs: state.since, isFirst, leaveOutOngoing };
	const changed: PollState['stations'] = {};
	const events: StationEvent[] = [];
	const seen = new Set(['']);
	for (const station of stations) {
		const view = viewOf(station);
		const { stationId } = view;
		if (seen.has(stationId)) continue;
		seen.add(stationId);
		const known = Object.hasOwn(state.stations, stationId) ? state.stations[stationId] : undefined;
		const look = lookAtStation(known, station, view, watching);
		events.push(...look.events);
		if (JSON.stringify(look.state) !== JSON.stringify(known)) changed[stationId] = look.state;
	}
	if (!isFirst && Object.keys(changed).length === 0) return { events, state };
	return {
		events: oldestFirst(events),
		state: { ...state, stations: { ...state.stations, ...changed } },
	};
}
