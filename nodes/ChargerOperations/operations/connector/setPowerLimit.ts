import { connector, pathOf } from '../../../shared/node/fields/connector';
import { powerLimit } from '../../../shared/node/fields/powerLimit';
import type { Command } from '../../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `setConnectorPowerLimit`. */
export const setPowerLimit: Command<'setConnectorPowerLimit'> = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on connector',
	description: 'Limit one connector, for its current transaction and later ones',
	fields: [connector, powerLimit],
	prepare(parameters) {
		const target = connector.read(parameters);
		const { limit, query, words, hint } = powerLimit.read(parameters);
		return {
			request: {
				endpoint: 'setConnectorPowerLimit',
				path: pathOf(target),
				query,
				body: { limit },
			},
			target: { ...target, limit, ...query },
			action: `set the power limit of ${words} on connector ${target.connectorId} of ${target.stationId}`,
			hint,
		};
	},
	sentences: SET_LIMIT_SENTENCES,
};
