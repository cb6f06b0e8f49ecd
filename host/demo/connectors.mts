import { STATIONS } from '../../sandbox/fleet.mts';
import type { ControlClient } from '../controlClient.mts';

/** A connector of the sandbox, for the shop. */
export interface ConnectorView {
	stationId: string;
	stationName: string;
	/** ChargEye's ID, unique only within the station. */
	connectorId: string;
	name: string;
	/** Whether a car is plugged in. */
	cable: boolean;
	/** Whether a transaction is running that a driver has authorized. */
	authorized: boolean;
	powerKw: number;
	/** What the connector may draw now, kW. */
	limitKw: number;
	maxPowerKw: number;
}

/** What the connectors of the simulated stations really do, with their names. */
export async function viewConnectors(fleet: ControlClient): Promise<ConnectorView[]> {
	const states = await fleet.stations();
	return STATIONS.flatMap(({ stationId, name: stationName, evses }) => {
		const state = states.find((station) => station.stationId === stationId);
		return evses.flatMap(({ evseId, connectorId, name, maxPowerW }) => {
			const evse = state?.evses.find((candidate) => candidate.evseId === evseId);
			if (evse === undefined) return [];
			return {
				stationId,
				stationName,
				connectorId,
				name,
				cable: evse.cable,
				authorized: evse.transaction?.authorized ?? false,
				powerKw: evse.powerKw,
				limitKw: evse.limitW / 1000,
				maxPowerKw: maxPowerW / 1000,
			};
		});
	});
}

/** OCPP's number of a connector's EVSE; undefined if there is no such connector. */
export const evseIdOf = (stationId: string, connectorId: string): number | undefined =>
	STATIONS.find((station) => station.stationId === stationId)?.evses.find(
		(evse) => evse.connectorId === connectorId,
	)?.evseId;
