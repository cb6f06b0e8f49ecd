import { STATIONS, type Location, type StationAsset } from './fleet.mts';

const STATIONS_A_LOCATION = 20;

const CITIES = [
	{ city: 'Helsinki', country: 'FI', timeZone: 'Europe/Helsinki' },
	{ city: 'Stockholm', country: 'SE', timeZone: 'Europe/Stockholm' },
	{ city: 'Berlin', country: 'DE', timeZone: 'Europe/Berlin' },
	{ city: 'Lisbon', country: 'PT', timeZone: 'Europe/Lisbon' },
];

/** A number of stations: those that are always there, and then more of the same models, twenty at a location. */
export function stationsOfFleet(count: number): StationAsset[] {
	const more = Array.from({ length: Math.max(0, count - STATIONS.length) }, (_, index) =>
		stationAt(index),
	);
	return [...STATIONS.slice(0, count), ...more];
}

/** @param index from 0 */
function stationAt(index: number): StationAsset {
	const like = STATIONS[index % STATIONS.length];
	const location = locationAt(Math.floor(index / STATIONS_A_LOCATION));
	const number = String((index % STATIONS_A_LOCATION) + 1).padStart(2, '0');
	const stationId = `${location.id.toUpperCase()}-${like.currentType}-${number}`;
	return {
		...like,
		stationId,
		name: `${location.name}, charger ${number}`,
		location,
		evses: like.evses.map((evse) => ({
			...evse,
			connectorId: evse.connectorId.replace(like.stationId, stationId),
		})),
	};
}

/** @param index from 0 */
function locationAt(index: number): Location {
	const number = String(index + 1).padStart(3, '0');
	return {
		id: `site-${number}`,
		name: `Site ${number}`,
		address: `Harbour Road ${index + 1}`,
		...CITIES[index % CITIES.length],
	};
}
