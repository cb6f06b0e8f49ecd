import type { ControlClient } from '../controlClient.mts';
import { until } from '../support/until.mts';

/** The car of a driver who is about to pay. */
export const WAITING_CAR = { batteryKwh: 77, soc: 30, maxPowerKw: 50, phases: 3 } as const;

/**
 * Plugs in the cars of the demonstration: two charge for hours with as much as their stations give, so that every limit
 * shows; one waits for a driver who pays. At the fourth connector a transaction has ended, so that there is a receipt to make.
 */
export async function plugInCars(fleet: ControlClient): Promise<void> {
	const truck = { batteryKwh: 600, soc: 15, maxPowerKw: 110, phases: 3 } as const;
	const car = { batteryKwh: 100, soc: 10, maxPowerKw: 22, phases: 3 } as const;
	await finishTransaction(fleet, 'DEPOT-DC-1', 2);
	await fleet.plugIn('DEPOT-DC-1', 1, truck);
	await fleet.plugIn('OFFICE-AC-3', 1, car);
	await fleet.plugIn('OFFICE-AC-1', 1, { ...WAITING_CAR, authorize: false });
}

/** A transaction of the past hour: 50 kW for a quarter of an hour pass in about a second. */
async function finishTransaction(
	fleet: ControlClient,
	stationId: string,
	evseId: number,
): Promise<void> {
	await fleet.setClock(new Date(Date.now() - 3600_000).toISOString(), 1000);
	await fleet.plugIn(stationId, evseId, WAITING_CAR);
	await until('some energy', 30, async () => {
		const { evses } = await fleet.station(stationId);
		return evses[evseId - 1].energyKwh > 10 ? true : undefined;
	});
	await fleet.unplug(stationId, evseId);
	await fleet.setClock(new Date().toISOString(), 1);
}
