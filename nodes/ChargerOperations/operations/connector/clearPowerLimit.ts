import { connector, pathOf } from '../../../shared/node/fields/connector';
import { commonOptions } from '../../../shared/node/fields/options';
import type { Command } from '../../../shared/node/operation';
import { CLEAR_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `clearConnectorPowerLimit`. */
export const clearPowerLimit: Command<'clearConnectorPowerLimit'> = {
	type: 'command',
	name: 'Clear Power Limit',
	value: 'clearPowerLimit',
	action: 'Clear power limit of connector',
	description: 'Remove the power limit of one connector',
	fields: [connector, commonOptions],
	prepare(parameters) {
		const target = connector.read(parameters);
		return {
			request: { endpoint: 'clearConnectorPowerLimit', path: pathOf(target) },
			target: { ...target },
			action: `clear the power limit of connector ${target.connectorId} of ${target.stationId}`,
		};
	},
	sentences: CLEAR_LIMIT_SENTENCES,
};
