import { idText } from '../chargeye/answers';
import type { Station } from '../chargeye/stations';
import { durationInWords } from '../charging/base/words';
import { isKnown } from './apiValues';

/** Where an event takes place, in the words of its owner; null for what the API does not say. */
export interface Place {
	stationName: string | null;
	locationName: string | null;
	/** Also null for an event of a whole station. */
	connectorName: string | null;
}

/** The names of a station and its location. */
export const stationPlace = (station: Station | undefined): Omit<Place, 'connectorName'> => ({
	stationName: idText(station?.name) ?? null,
	locationName: idText(station?.location?.name) ?? null,
});

/** "Depot fast charger 1 (CCS left, Harbour Depot)"; IDs stand for names that are not known. */
export function placeInWords(
	{ stationId, connectorId }: { stationId?: string | null; connectorId?: string | null },
	{ stationName, locationName, connectorName }: Place,
): string {
	const connector = connectorName ?? connectorId;
	const isNumber = connectorName === null || /^\d+$/.test(connectorName);
	const details = [connector && `${isNumber ? 'connector ' : ''}${connector}`, locationName].filter(
		isKnown,
	);
	const station = stationName ?? stationId ?? 'an unknown station';
	return details.length === 0 ? station : `${station} (${details.join(', ')})`;
}

/** 42 s → "42 s", 11,700 s → "3 h 15 min". */
export const secondsInWords = (seconds: number): string =>
	seconds < 60 ? `${Math.floor(seconds)} s` : durationInWords(seconds);
