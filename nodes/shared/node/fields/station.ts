import { locatorField } from './kinds/locator';

/** The charging station to which an operation applies. */
export const station = locatorField({
	label: 'Charging Station',
	name: 'stationId',
	required: true,
	description: 'The charging station to work with',
	builderHint:
		'Mode "list" with an empty value lets the user choose. Behind another node use mode "id" with {{ $json.stationId }}.',
	search: 'searchStations',
	placeholder: 'Select a charging station...',
	example: 'DEPOT-DC-1',
});
