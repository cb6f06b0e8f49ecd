import type { StationHandlers } from '../link.mts';
import { availability } from './availability.mts';
import { deviceModel } from './deviceModel.mts';
import { remoteControl } from './remoteControl.mts';
import type { RequestedStation } from './requestedStation.mts';
import { smartCharging } from './smartCharging.mts';
import { triggerMessage } from './triggerMessage.mts';

/**
 * How a station carries out requests of the CSMS, by OCPP action. What they change takes effect afterwards, and the messages
 * that follow are sent after the answer.
 */
export function requestHandlers(station: RequestedStation): StationHandlers {
	return {
		...deviceModel(station),
		...availability(station),
		...remoteControl(station),
		...smartCharging(station),
		TriggerMessage: (request) => triggerMessage(station, request),
		// C11.FR.04: the station has no authorization cache.
		ClearCache: () => ({ status: 'Rejected' }),
		// D02.FR.03: and no local authorization list.
		GetLocalListVersion: () => ({ versionNumber: 0 }),
	};
}
