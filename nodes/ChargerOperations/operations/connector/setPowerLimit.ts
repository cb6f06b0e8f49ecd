import { connectorField, readEvseId } from '../../../shared/node/fields/connector';
import { powerLimitFields, readPowerLimit } from '../../../shared/node/fields/powerLimit';
import { readStationId, stationField } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `setConnectorPowerLimit`. */
export const setPowerLimit: Command = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on connector',
	description: 'Limit one connector, for the session there and those to come',
	fields: [stationField, connectorField, ...powerLimitFields],
	prepare(parameters) {
		const path = { stationId: readStationId(parameters), evseId: readEvseId(parameters) };
		const { limit, query, words, hint } = readPowerLimit(parameters);
		return {
			request: { endpoint: 'setConnectorPowerLimit', path, query, body: { limit } },
			target: { ...path, limit, ...query },
			doing: `set the power limit of ${words} on connector ${path.evseId} of ${path.stationId}`,
			hint,
		};
	},
	sentences: SET_LIMIT_SENTENCES,
};
