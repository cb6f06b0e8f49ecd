import type { INodeProperties } from 'n8n-workflow';

import { InputError, type Parameters } from '../parameters';
import { readStationId } from './station';

const DISPLAY_NAME = 'Connector';

/** The connector of a station that an operation is about, by the API's `connectorId`. */
export const connectorField: INodeProperties = {
	displayName: DISPLAY_NAME,
	name: 'connectorId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The connector of the charging station, by its ID in ChargEye: a number or a text',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a connector...',
			typeOptions: { searchListMethod: 'searchConnectors', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1',
		},
	],
};

/** A connector as the outputs name it. */
export interface ConnectorTarget {
	stationId: string;
	connectorId: string;
}

/** The connector that an item is about. @throws InputError */
export function readConnector(parameters: Parameters): ConnectorTarget {
	const stationId = readStationId(parameters);
	const connectorId = parameters.id('connectorId', DISPLAY_NAME);
	if (/^0+$/.test(connectorId)) {
		throw new InputError(
			`${DISPLAY_NAME} is ${connectorId}, which is not a connector: 0 stands for the whole station`,
			'Choose a connector, or use the operation of the charging station.',
		);
	}
	return { stationId, connectorId };
}

/** A connector in the API's paths, which call it an EVSE. */
export const pathOf = ({ stationId, connectorId }: ConnectorTarget) => ({
	stationId,
	evseId: connectorId,
});
