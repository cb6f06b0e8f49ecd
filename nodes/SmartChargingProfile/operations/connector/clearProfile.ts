import { connector } from '../../../shared/node/fields/connector';
import type { Command } from '../../../shared/node/operation';
import { CLEAR_SENTENCES, prepareClear } from '../../clearProfile';
import { connectorClearFields } from '../../fields/clear';

/**
 * API operation `clearStationChargingProfile` with the connector among the criteria: the API has no such operation
 * of the connector's own. OCPP 2.0.1 ClearChargingProfile (K10).
 */
export const clearProfile: Command = {
	type: 'command',
	name: 'Clear',
	value: 'clearProfile',
	action: 'Clear charging profiles of connector',
	description: 'Remove some or all charging profiles that were set on the connector',
	fields: [connector, { properties: connectorClearFields }],
	prepare: (parameters) => prepareClear(parameters, connector.read(parameters)),
	sentences: CLEAR_SENTENCES,
};
