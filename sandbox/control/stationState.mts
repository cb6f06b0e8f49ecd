import type { Evse } from '../stations/evse.mts';
import type { Station } from '../stations/station.mts';

/** What a simulated station really does and stores, whatever the cloud believes. */
export function stationState(station: Station) {
	station.catchUp();
	const powerW = station.evses.reduce((sum, { flow }) => sum + flow.powerW, 0);
	return {
		stationId: station.asset.stationId,
		connected: station.link.online,
		powerW: round(powerW, 1),
		powerKw: round(powerW / 1000, 3),
		/** What all EVSEs together may draw now, W. */
		limitW: limitW(station, 0),
		profiles: station.profiles.all(),
		capacity: station.profiles.settings.capacity,
		settings: station.settings,
		/** What it answers to commands other than as usual. */
		answers: station.link.script.all(),
		evses: station.evses.map((evse) => evseState(station, evse)),
	};
}

function evseState(station: Station, evse: Evse) {
	const { transaction, car, flow } = evse;
	return {
		evseId: evse.id,
		cable: car !== undefined,
		status: evse.status,
		availability: evse.availability,
		/** The token that the EVSE is kept for. */
		reservedFor: evse.reservedFor ?? null,
		transaction: transaction
			? {
					transactionId: transaction.id,
					chargingState: transaction.chargingState,
					authorized: transaction.authorization !== undefined,
					startedAt: new Date(transaction.startedAt).toISOString(),
				}
			: null,
		powerW: round(flow.powerW, 1),
		powerKw: round(flow.powerW / 1000, 3),
		/** A in each phase that is used; empty on DC. */
		currentA: flow.currents.map((current) => round(current, 2)),
		/** What the EVSE may draw now, W. */
		limitW: limitW(station, evse.id),
		soc: car === undefined ? null : round(car.soc, 2),
		energyKwh: round(evse.energyWh / 1000, 3),
	};
}

function limitW(station: Station, evseId: number): number {
	return round(station.power.inWatts(station.power.limitAt(evseId, station.now())), 1);
}

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));
