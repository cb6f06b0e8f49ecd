import type { Station } from '../../shared/chargeye/stations';
import { toUtc } from '../../shared/polling/apiValues';
import type { Aspect } from '../events';
import { readMemories, writeMemories, type Memory } from './memory';
import { observe, type Report } from './observe';
import { placeIdOf, type Change, type StationEvent } from './stationEvent';
import type { StationState } from './triggerState';
import type { Reading, StationView } from './view';
import type { Watching } from './watching';

/** What one status was and is, and its events. */
interface Seen {
	memory: Memory | undefined;
	reports: Report[];
	/** For the events of other statuses. */
	change: Change;
}

function see(known: Memory | undefined, reading: Reading, watching: Watching): Seen {
	const status = reading.status ?? null;
	const change = { status, previous: known?.status ?? status };
	return { ...observe(known, reading, watching), change };
}

/**
 * Compares what a station shows with what is remembered of it.
 * @param state undefined if the station was never seen
 * @returns the events, and what is to be remembered
 */
export function lookAtStation(
	state: StationState | undefined,
	station: Station,
	{ stationId, readings, connectors }: StationView,
	watching: Watching,
): { state: StationState; events: StationEvent[] } {
	const { nowMs, beganMs } = watching;
	const eventOf = (
		{ event, number, sinceMs, atMs, unreported }: Report,
		aspect: Aspect,
		others: Pick<StationEvent, 'status' | 'onlineStatus' | 'connectorId'>,
	): StationEvent => ({
		eventId: [
			placeIdOf(stationId, others.connectorId),
			event,
			// Both statuses of a station can change.
			...(event === 'statusChanged' ? [aspect] : []),
			`${beganMs.toString(36)}-${number}`,
		].join(':'),
		event,
		aspect,
		station,
		...others,
		since: toUtc(sinceMs),
		lastedMs: Math.max(0, nowMs - sinceMs),
		unreported,
		occurredAt: toUtc(atMs),
		detectedAt: toUtc(nowMs),
	});

	const known = readMemories(state?.[''] ?? '');
	const [online, operative] = readings.map((reading, index) =>
		see(known[index], reading, watching),
	);
	const events = [
		...online.reports.map((report) =>
			eventOf(report, 'onlineStatus', {
				status: operative.change,
				onlineStatus: { ...online.change, previous: report.previous },
			}),
		),
		...operative.reports.map((report) =>
			eventOf(report, 'stationStatus', {
				status: { ...operative.change, previous: report.previous },
				onlineStatus: online.change,
			}),
		),
	];
	const after: StationState = { ...state, '': writeMemories([online.memory, operative.memory]) };
	for (const { connectorId, reading } of connectors) {
		const [before] = readMemories(state?.[connectorId] ?? '');
		const { memory, reports, change } = see(before, reading, watching);
		if (memory) after[connectorId] = writeMemories([memory]);
		events.push(
			...reports.map((report) =>
				eventOf(report, 'connectorStatus', {
					connectorId,
					status: { ...change, previous: report.previous },
					onlineStatus: online.change,
				}),
			),
		);
	}
	return { state: after, events };
}
