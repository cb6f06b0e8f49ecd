import type { IDataObject } from 'n8n-workflow';

import { connectorsOf, simplifyStation, stationIdOf } from '../shared/chargeye/stations';
import { rounded } from '../shared/charging/base/numbers';
import { stationPlace } from '../shared/polling/place';
import type { Why } from './lastTransaction';
import type { StationEvent } from './polling/stationEvent';
import { sentenceOf } from './sentence';
import type { Settings } from './settings';

/**
 * An event as an output item: first what a person wants to know, then IDs and the station, then the times (UTC) and the
 * key that programs need.
 */
export function toItem(event: StationEvent, output: Settings['output'], why: Why): IDataObject {
	const { station, connectorId, status, onlineStatus, lastedMs } = event;
	const connectors = connectorsOf(station);
	const connector = connectors.find((one) => one.connectorId === connectorId);
	const connectorName = connector?.name ?? null;
	const place = { ...stationPlace(station), connectorName };
	return {
		event: event.event,
		summary: sentenceOf(event, place),
		...place,
		status: status.status,
		previousStatus: status.previous,
		onlineStatus: onlineStatus.status,
		previousOnlineStatus: onlineStatus.previous,
		since: event.since,
		lastedMinutes: lastedMs === null ? null : rounded(lastedMs / 60_000, 1),
		unreported: event.unreported,
		...why,
		connectors: connectors.map((one) => ({
			connectorId: one.connectorId,
			name: one.name,
			status: one.status ?? null,
		})),
		stationId: stationIdOf(station),
		connectorId: connectorId ?? null,
		station: output === 'raw' ? { ...station } : simplifyStation(station),
		occurredAt: event.occurredAt,
		detectedAt: event.detectedAt,
		eventId: event.eventId,
	} as IDataObject;
}
