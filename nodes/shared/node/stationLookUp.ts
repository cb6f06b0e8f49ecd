import { stationIdOf, stationsOf, type Station } from '../chargeye/stations';
import { NotFoundError } from './operation';
import type { Pages } from './pages';

/**
 * The look-up of one station. The API has no operation for that, so it filters the list of stations by ID.
 * @param read what is wanted of the station
 * @param fix what to do if ChargEye does not know it
 */
export const stationLookUp = <T>(
	stationId: string,
	read: (station: Station) => T,
	fix = 'Choose it from the list, or check the ID. The credential’s user may have no access to it.',
): Pages<'listStations', T> => ({
	request: { endpoint: 'listStations', query: { stationIds: [stationId] } },
	items(body) {
		const station = stationsOf(body).find((found) => stationIdOf(found) === stationId);
		if (station) return [read(station)];
		throw new NotFoundError(`ChargEye knows no charging station ${stationId}`, fix);
	},
});
