import { connectorField, pathOf, readConnector } from '../../../shared/node/fields/connector';
import { readOptionalText } from '../../../shared/node/fields/optionalText';
import { commandOptions } from '../../../shared/node/fields/options';
import { stationField } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';

/** API operation `changeConnectorAvailability`; OCPP 2.0.1 ChangeAvailability (G03). */
export const changeAvailability: Command = {
	type: 'command',
	name: 'Change Availability',
	value: 'changeAvailability',
	action: 'Change availability of connector',
	description: 'Put a connector into service or take it out of service',
	fields: [
		stationField,
		connectorField,
		{
			displayName: 'Availability',
			name: 'availability',
			type: 'options',
			options: [
				{ name: 'Inoperative', value: 'Inoperative', description: 'Out of service' },
				{ name: 'Operative', value: 'Operative', description: 'In service' },
			],
			default: 'Operative',
			description: 'Whether drivers can use the connector',
		},
		{
			displayName: 'Text for Drivers',
			name: 'disableTextReason',
			type: 'string',
			displayOptions: { show: { availability: ['Inoperative'] } },
			default: '',
			placeholder: 'e.g. Out of service until Monday',
			description: 'Shown to drivers while the connector is out of service',
		},
		commandOptions(),
	],
	prepare(parameters) {
		const target = readConnector(parameters);
		const type = parameters.option('availability', 'Availability', ['Operative', 'Inoperative']);
		const reason = readOptionalText(parameters, 'disableTextReason', 'Text for Drivers');
		const body = {
			type,
			...(type === 'Inoperative' && reason !== undefined && { disableTextReason: reason }),
		};
		return {
			request: { endpoint: 'changeConnectorAvailability', path: pathOf(target), body },
			target: { ...target, ...body },
			action: `make connector ${target.connectorId} of ${target.stationId} ${type.toLowerCase()}`,
		};
	},
	sentences: {
		Accepted: 'The charger has changed the availability.',
		Scheduled:
			'The charger has scheduled the change: it takes effect when the running transaction ends.',
	},
};
