import type { IDataObject } from 'n8n-workflow';

import type { Command, PreparedCommand } from '../shared/node/operation';
import type { Parameters } from '../shared/node/parameters';
import { readClear } from './fields/clear';

/**
 * Prepares a Clear of either resource; the API clears at the station, whose criteria can name a connector.
 * @throws InputError if nothing is chosen, or the connector has no number
 */
export function prepareClear(
	parameters: Parameters,
	target: { stationId: string; connectorId?: string },
): PreparedCommand {
	const { stationId, connectorId } = target;
	const { body, words, hint } = readClear(parameters, connectorId);
	const where = connectorId === undefined ? stationId : `connector ${connectorId} of ${stationId}`;
	return {
		request: { endpoint: 'clearStationChargingProfile', path: { stationId }, body },
		target: { ...target, ...(body satisfies IDataObject) },
		action: `clear ${words} on ${where}`,
		...(hint !== undefined && { hint }),
	};
}

/** `Unknown` is OCPP's answer when nothing matched (K10.FR.01): what was to be cleared is gone. */
export const CLEAR_SENTENCES: Command['sentences'] = {
	Accepted: 'The charger cleared what matched.',
	Unknown: 'The charger holds no such charging profile: there was nothing to clear.',
};
