/** Nominal voltage of a phase (V), to convert between amperes and watts. */
export const NOMINAL_VOLTAGE = 230;

/** A place with stations: the API's Location. */
export interface Location {
	id: string;
	name: string;
	address: string;
	city: string;
	country: string;
	timeZone: string;
}

export interface EvseAsset {
	/** OCPP's number of the EVSE: 1, 2, … */
	evseId: number;
	/** The API's ID of the connector, unique only within its station. */
	connectorId: string;
	name: string;
	/** null: not known. */
	connectorType: 'CCS' | 'Type2' | null;
	maxPowerW: number;
}

/** A charging station as its owner registered it: what the cloud knows before the station connects. */
export interface StationAsset {
	stationId: string;
	name: string;
	model: string;
	location: Location;
	currentType: 'AC' | 'DC';
	/** Phases of the grid connection. */
	phases: 1 | 3;
	/** Output power, shared by the EVSEs. */
	maxPowerW: number;
	/** Current per phase on the grid side. */
	maxCurrentA: number;
	/** DC output per AC input; an AC station passes the power through. */
	acDcPowerRatio: number;
	evses: EvseAsset[];
	/** The API uses both spellings: `lastTransaction`, here with a numeric evseId, and `latestTransaction` with a text. */
	formerSpelling: boolean;
}

const HARBOUR_DEPOT: Location = {
	id: 'loc-harbour-depot',
	name: 'Harbour Depot',
	address: 'Satamakatu 1',
	city: 'Helsinki',
	country: 'FI',
	timeZone: 'Europe/Helsinki',
};

const HEAD_OFFICE: Location = {
	id: 'loc-head-office',
	name: 'Head Office',
	address: 'Ala-Okeroistentie 29',
	city: 'Lahti',
	country: 'FI',
	timeZone: 'Europe/Helsinki',
};

/** The stations that are always there. */
export const STATIONS: readonly StationAsset[] = [
	{
		stationId: 'DEPOT-DC-1',
		name: 'Depot fast charger 1',
		model: 'DC-120',
		location: HARBOUR_DEPOT,
		currentType: 'DC',
		phases: 3,
		maxPowerW: 120_000,
		maxCurrentA: 190,
		acDcPowerRatio: 0.92,
		evses: [
			{ evseId: 1, connectorId: '1', name: 'CCS left', connectorType: 'CCS', maxPowerW: 120_000 },
			{
				evseId: 2,
				connectorId: 'DEPOT-DC-1_connector2',
				name: 'CCS right',
				connectorType: 'CCS',
				maxPowerW: 120_000,
			},
		],
		formerSpelling: false,
	},
	{
		stationId: 'OFFICE-AC-3',
		name: 'Office wallbox, three phases',
		model: 'AC-22',
		location: HEAD_OFFICE,
		currentType: 'AC',
		phases: 3,
		maxPowerW: 22_080,
		maxCurrentA: 32,
		acDcPowerRatio: 1,
		evses: [
			{ evseId: 1, connectorId: '12', name: 'Type 2', connectorType: 'Type2', maxPowerW: 22_080 },
		],
		formerSpelling: false,
	},
	{
		stationId: 'OFFICE-AC-1',
		name: 'Office wallbox, one phase',
		model: 'AC-7',
		location: HEAD_OFFICE,
		currentType: 'AC',
		phases: 1,
		maxPowerW: 7_360,
		maxCurrentA: 32,
		acDcPowerRatio: 1,
		evses: [
			{ evseId: 1, connectorId: '1', name: 'Type 2', connectorType: 'Type2', maxPowerW: 7_360 },
		],
		formerSpelling: true,
	},
];
