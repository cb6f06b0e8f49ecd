import { connector, pathOf } from '../../../shared/node/fields/connector';
import type { Command } from '../../../shared/node/operation';
import { profileFields } from '../../fields/profile';
import { CONNECTOR_PURPOSES } from '../../fields/purposes';
import { prepareSet, SET_SENTENCES } from '../../setProfile';

/** API operation `setConnectorChargingProfile`; OCPP 2.0.1 SetChargingProfile (K01) for one EVSE. */
export const setProfile: Command = {
	type: 'command',
	name: 'Set',
	value: 'setProfile',
	action: 'Set charging profile on connector',
	description: 'Send a charging profile for one connector or its running transaction',
	fields: [connector, { properties: profileFields(CONNECTOR_PURPOSES, 'TxDefaultProfile') }],
	prepare(parameters) {
		const target = connector.read(parameters);
		const { content, command } = prepareSet(parameters, target);
		return {
			request: { endpoint: 'setConnectorChargingProfile', path: pathOf(target), ...content },
			...command,
		};
	},
	sentences: SET_SENTENCES,
};
