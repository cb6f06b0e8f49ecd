import { connectorField, pathOf, readConnector } from '../../../shared/node/fields/connector';
import { commandOptions } from '../../../shared/node/fields/options';
import { stationField } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';
import { CLEAR_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `clearConnectorPowerLimit`. */
export const clearPowerLimit: Command = {
	type: 'command',
	name: 'Clear Power Limit',
	value: 'clearPowerLimit',
	action: 'Clear power limit of connector',
	description: 'Lift the power limit of one connector',
	fields: [stationField, connectorField, commandOptions()],
	prepare(parameters) {
		const target = readConnector(parameters);
		return {
			request: { endpoint: 'clearConnectorPowerLimit', path: pathOf(target) },
			target: { ...target },
			action: `clear the power limit of connector ${target.connectorId} of ${target.stationId}`,
		};
	},
	sentences: CLEAR_LIMIT_SENTENCES,
};
