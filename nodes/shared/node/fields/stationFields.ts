import { fieldOptions } from './fieldOptions';

/** The fields of a charging station, besides its ID: those of the API, and the location's name. */
export const STATION_FIELDS = fieldOptions({
	acDcPowerRatio: ['AC/DC Power Ratio', 'AC power per DC power'],
	stationCapabilities: ['Capabilities', 'What the station can do, separated by commas'],
	connectors: [
		'Connectors',
		'A list with each connector’s ID, state, power and latest transaction',
	],
	currentPowerA: ['Current Power (A)', 'What is drawn now, in A'],
	currentPowerKw: ['Current Power (kW)', 'What is drawn now, in kW'],
	labels: ['Labels', 'The labels given in ChargEye'],
	location: ['Location', 'The name, address and coordinates'],
	locationUid: ['Location ID', 'The ID of the location'],
	locationName: ['Location Name', 'The name of the location alone'],
	maxPowerA: ['Maximum Power (A)', 'The most it can draw, in A'],
	maxPowerKw: ['Maximum Power (kW)', 'The most it can draw, in kW'],
	name: ['Name', 'The station’s name in ChargEye'],
	onlineStatus: ['Online Status', 'Whether it is connected to ChargEye: Online or Offline'],
	powerGroupParentPath: ['Power Group Path', 'The power groups above the station, from the top'],
	status: ['Status', 'Whether it works: Operative, Unavailable or Faulted'],
});
