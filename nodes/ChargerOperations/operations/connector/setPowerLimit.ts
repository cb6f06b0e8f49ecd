import { connectorField, pathOf, readConnector } from '../../../shared/node/fields/connector';
import { powerLimitFields, readPowerLimit } from '../../../shared/node/fields/powerLimit';
import { stationField } from '../../../shared/node/fields/station';
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
		const target = readConnector(parameters);
		const { limit, query, words, hint } = readPowerLimit(parameters);
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
