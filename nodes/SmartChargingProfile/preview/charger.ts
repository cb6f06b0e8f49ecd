import { connectorsOf, type Connector, type Station } from '../../shared/chargeye/stations';
import { InputError } from '../../shared/charging/base/inputError';
import type { InstalledProfile } from '../../shared/charging/profile/profile';
import { evseIdOf } from '../../shared/charging/profile/evseIdOf';
import { currentOf, phasesOf } from '../shared/supply';

/** The charger whose limits are previewed. */
export interface Charger {
	/** The previewed connector alone, or all connectors of the station, by their EVSE IDs. */
	evseIds: readonly number[];
	/** The phases of the AC supply; absent on DC. */
	phases?: number;
	/** What one connector can give in W, where no profile sets a limit; infinite if nothing is known of it. */
	connectorW: number;
	/** What all of them can give together, in W. */
	stationW: number;
}

/** kW from the API as W. */
const wattsOf = (kilowatts: unknown): number =>
	typeof kilowatts === 'number' ? kilowatts * 1000 : Infinity;

/** @throws InputError if the API says neither that the connectors are AC nor that they are DC */
function supplyOf(
	station: Station,
	connectors: readonly Connector[],
	fix: string,
): Pick<Charger, 'phases'> {
	const currents = connectors.map(currentOf);
	if (currents.includes('DC')) return {};
	if (currents.includes('AC')) return { phases: phasesOf(station) ?? 3 };
	if (typeof station.acDcPowerRatio === 'number') return {};
	throw new InputError('ChargEye does not say whether the charging station is AC or DC', fix);
}

/**
 * What the API says of a station. A connector’s ID is its EVSE ID if it is a number; in any case the EVSE IDs may also
 * count from 1.
 * @param evseId the EVSE of the previewed connector; 0 is the whole station
 * @param profiles the profiles on it
 * @param fix what to do if the station cannot be previewed
 * @throws InputError if the station has no such connector
 */
export function chargerOf(
	station: Station,
	evseId: number,
	profiles: readonly InstalledProfile[],
	fix: string,
): Charger {
	const connectors = connectorsOf(station);
	const byPosition = connectors.map((_, index) => index + 1);
	const byNumber = connectors.map(({ connectorId }, index) => evseIdOf(connectorId) ?? index + 1);
	const wanted = evseId === 0 ? profiles.map((installed) => installed.evseId) : [evseId];
	const evses = wanted.filter((evse) => evse !== 0);
	const evseIds = [byNumber, byPosition].find((ids) => evses.every((evse) => ids.includes(evse)));
	if (connectors.length === 0) {
		throw new InputError('ChargEye knows no connectors of the charging station', fix);
	}
	if (evseIds === undefined) {
		const missing = evses.find((evse) => !byNumber.includes(evse));
		const known = connectors.map(({ connectorId }) => connectorId).join(', ');
		throw new InputError(
			`The charging station has no connector ${missing}: its connectors are ${known}`,
			fix,
		);
	}
	const previewed = evseId === 0 ? connectors : [connectors[evseIds.indexOf(evseId)]];
	const stationW = wattsOf(station.maxPowerKw);
	const powers = previewed.map(({ maxPowerKw }) => wattsOf(maxPowerKw));
	const sumW = powers.reduce((total, power) => total + power, 0);
	return {
		evseIds: evseId === 0 ? evseIds : [evseId],
		...supplyOf(station, previewed, fix),
		connectorW: Math.min(Math.max(...powers), stationW),
		stationW: Math.min(sumW, stationW),
	};
}
