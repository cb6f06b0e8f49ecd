import { problemOf, type Fault } from '../faults/fault.mts';
import type { ScenarioStep } from '../scenarios/scenario.mts';
import type { SimulatedFleet } from '../stations/simulatedFleet.mts';

/** What the control API would refuse about a valid request of a scenario; undefined if nothing. */
export const refusalOf =
	(fleet: SimulatedFleet, operations: readonly string[]) =>
	({ operation, stationId, evseId, body }: ScenarioStep): string | undefined => {
		const station = fleet.get(stationId ?? '');
		if (stationId !== undefined && !station) return `There is no simulated station ${stationId}.`;
		if (evseId !== undefined && !station?.evse(evseId))
			return `${stationId} has no EVSE ${evseId}.`;
		return operation === 'addFault' ? problemOf(body as Fault, operations) : undefined;
	};
