import { UnreadableAnswerError } from './answers';
import type { components } from './types';

export type Station = components['schemas']['Station'];
export type Location = components['schemas']['Location'];

/** The objects in a list of an answer. @throws UnreadableAnswerError if there is no such list */
export function listIn<T>(body: unknown, name: string): T[] {
	const list: unknown =
		typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
	if (!Array.isArray(list)) throw new UnreadableAnswerError(`The answer has no list "${name}"`);
	return list.filter((entry) => typeof entry === 'object' && entry !== null) as T[];
}

/** The stations in an answer of `listStations`. @throws UnreadableAnswerError */
export const stationsOf = (body: unknown): Station[] => listIn(body, 'stations');

/** The locations in an answer of `listLocations`. @throws UnreadableAnswerError */
export const locationsOf = (body: unknown): Location[] => listIn(body, 'locations');

/** The fields of a station that tell most: its IDs, state, power, and each connector's state. */
export const simplifyStation = (station: Station) => ({
	stationId: station.stationId,
	name: station.name,
	status: station.status,
	onlineStatus: station.onlineStatus,
	locationUid: station.locationUid,
	locationName: station.location?.name,
	maxPowerKw: station.maxPowerKw,
	currentPowerKw: station.currentPowerKw,
	connectors: (station.connectors ?? []).map(({ connectorId, type, status }) => ({
		connectorId,
		type,
		status,
	})),
});
