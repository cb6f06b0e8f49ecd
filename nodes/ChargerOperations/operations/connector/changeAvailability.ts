import type { BodyOf } from '../../../shared/chargeye/contract';
import { connector, pathOf } from '../../../shared/node/fields/connector';
import { optionField } from '../../../shared/node/fields/kinds/option';
import { textField } from '../../../shared/node/fields/kinds/text';
import { commonOptions } from '../../../shared/node/fields/options';
import type { Command } from '../../../shared/node/operation';
import { present } from '../../../shared/node/present';

const availability = optionField({
	label: 'Availability',
	name: 'availability',
	options: [
		{
			name: 'Inoperative',
			value: 'Inoperative',
			description: 'Out of service: drivers cannot use it',
		},
		{ name: 'Operative', value: 'Operative', description: 'In service, or back in service' },
	],
	default: 'Operative',
	description: 'Whether drivers can use the connector',
});

const disableTextReason = textField({
	label: 'Text for Drivers',
	name: 'disableTextReason',
	show: { availability: ['Inoperative'] },
	placeholder: 'e.g. Out of service until Monday',
	description: 'Shown to drivers while the connector is out of service',
});

/** API operation `changeConnectorAvailability`; OCPP 2.0.1 ChangeAvailability (G03). */
export const changeAvailability: Command<'changeConnectorAvailability'> = {
	type: 'command',
	name: 'Change Availability',
	value: 'changeAvailability',
	action: 'Change availability of connector',
	description: 'Put a connector into service or take it out of service',
	fields: [connector, availability, disableTextReason, commonOptions],
	prepare(parameters) {
		const target = connector.read(parameters);
		const type = availability.read(parameters);
		const reason = disableTextReason.readIfGiven(parameters);
		const body = present<BodyOf<'changeConnectorAvailability'>>({
			type,
			disableTextReason: type === 'Inoperative' ? reason : undefined,
		});
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
