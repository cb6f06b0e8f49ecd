import { InputError } from '../../charging/base/inputError';
import { propertiesOf, type FormPart } from './kinds/field';
import { locatorField } from './kinds/locator';
import type { Values } from './kinds/values';
import { station } from './station';

const connectorId = locatorField({
	label: 'Connector',
	name: 'connectorId',
	required: true,
	description: 'The connector of the charging station, by its ID in ChargEye: a number or a text',
	builderHint:
		'A connectorId, as in the items of Charging Transaction Trigger and the connectors of Charging Station: Get; not the number of an EVSE.',
	search: 'searchConnectors',
	placeholder: 'Select a connector...',
	example: '1',
	dependsOn: station.name,
}).converted((id, label) => {
	if (!/^0+$/.test(id)) return id;
	throw new InputError(
		`${label} is ${id}, which is not a connector: 0 stands for the whole station`,
		'Choose a connector, or use the operation of the charging station.',
	);
});

/** A connector, identified as in outputs: by the API's `connectorId`. */
export interface ConnectorTarget {
	stationId: string;
	connectorId: string;
}

/** The charging station and the connector to which an operation applies. */
export const connector: FormPart & { read(values: Values): ConnectorTarget } = {
	properties: propertiesOf([station, connectorId]),
	/** @throws InputError */
	read: (values) => ({ stationId: station.read(values), connectorId: connectorId.read(values) }),
};

/** The values for the API's paths, which name the connector `evseId`. */
export const pathOf = ({ stationId, connectorId }: ConnectorTarget) => ({
	stationId,
	evseId: connectorId,
});
