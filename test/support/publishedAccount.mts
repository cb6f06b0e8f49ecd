/** An account as in the API's public sources, with every form that they show. */

export type Json = Record<string, unknown>;

export interface Account {
	locations: Json[];
	stations: Json[];
	/** Complete transactions, as in lists and look-ups. */
	transactions: Json[];
}

/** A connector's summary of its latest transaction. */
const SUMMARY = [
	'txId',
	'connectorId',
	'connectorName',
	'connectorType',
	'status',
	'triggerReason',
	'startReason',
	'startTime',
	'chargingStartTime',
	'chargingEndTime',
	'chargingEndReason',
	'endTime',
	'endReason',
	'chargedEnergyKwh',
	'powerKw',
	'powerKwAvg',
	'powerKwMax',
	'soc',
	'socInitial',
	'energyLimitKwh',
	'socLimit',
	'timeLimitMs',
	'powerLimitation',
	'schedulePlan',
	'updateTime',
	'authorizationToken',
];

/** A summary; what is not known is null. */
export const summary = (known: Json = {}): Json =>
	Object.fromEntries(SUMMARY.map((name) => [name, known[name] ?? null]));

/** One source has this name for a summary's ID. */
export function withTransactionId({ txId, ...others }: Json): Json {
	return { transactionId: txId, ...others };
}

export const HARBOUR = '7f0c2d5e-harbour';
export const YARD = '91ab-yard';

const harbour = { name: 'Harbour', address: 'Quay 1', lat: 60.16, lng: 24.95 };

const ended = (day: number): Json => ({
	txId: `tx-ended-${day}`,
	stationId: 'charger1',
	evseId: 'charger1_connector2',
	evseName: '2',
	actualEVSEId: 2,
	locationUid: HARBOUR,
	sequenceNumber: 9,
	status: 'Ended',
	startTime: `2026-03-0${day}T08:00:00.000Z`,
	endTime: `2026-03-0${day}T09:00:00.000Z`,
	endReason: 'EVDisconnected',
	authenticated: true,
	chargedEnergyKwh: day === 1 ? 0 : 10 * day,
	authorizationReference: `pay_${day}`,
	simulated: false,
});

export const RUNNING: Json = {
	txId: 'tx-running',
	stationId: 'charger1',
	evseId: 'charger1_connector1',
	evseName: '1',
	actualEVSEId: 1,
	locationUid: HARBOUR,
	sequenceNumber: 3,
	status: 'Charging',
	startReason: 'CablePluggedIn',
	startTime: '2026-03-03T10:00:00.000Z',
	activeStartTime: '2026-03-03T10:00:30.000Z',
	chargingStartTime: '2026-03-03T10:01:00.000Z',
	endTime: null,
	authenticated: true,
	chargedEnergyKwh: 0,
	powerKw: 50,
	power: 50_000,
	soc: 20,
	powerLimitation: 'Vehicle',
	authorizationReference: null,
	updateTime: '2026-03-03T10:05:00.000Z',
	simulated: false,
};

/** A station with times without an offset, an EVSE as a number, and few other fields. */
const LOCAL: Json = {
	txId: 'tx-local',
	stationId: 'Yard 3/north',
	evseId: 12,
	status: 'PluggedInIdle',
	startTime: '2024-06-14T08:07:48.596',
	endTime: null,
	chargedEnergyKwh: null,
	authenticated: null,
	idToken: null,
	vehicle: null,
};

/** Two locations, three charging stations, and their transactions. */
export const newAccount = (): Account => ({
	locations: [
		{ id: HARBOUR, locationId: 'OWN-REF-1', ...harbour, city: 'Helsinki', country: 'FI' },
		{
			id: YARD,
			locationId: null,
			name: null,
			address: null,
			city: null,
			country: null,
			lat: null,
			lng: null,
		},
	],
	stations: [
		{
			stationId: 'charger1',
			name: 'Charger 1',
			status: 'Operative',
			onlineStatus: 'Online',
			maxPowerKw: 240,
			maxPowerA: 400,
			currentPowerKw: 0,
			currentPowerA: 0,
			acDcPowerRatio: 0.87,
			labels: [{ value: 'bus' }],
			location: harbour,
			locationUid: HARBOUR,
			powerGroupParentPath: [],
			stationCapabilities: 'A,B',
			connectors: [
				{
					connectorId: 'charger1_connector1',
					name: '1',
					status: 'Charging',
					type: 'CCS',
					maxPowerKw: 240,
					maxPowerKwActual: 200,
					latestTransaction: summary({
						...RUNNING,
						connectorId: 'charger1_connector1',
						connectorName: '1',
					}),
				},
				{
					connectorId: 'charger1_connector2',
					name: '2',
					status: 'Available',
					type: 'CHAdeMO',
					maxPowerKw: 100,
					maxPowerKwActual: null,
					latestTransaction: null,
				},
			],
		},
		{
			stationId: 'Yard 3/north',
			name: null,
			status: 'Faulted',
			onlineStatus: 'Offline',
			maxPowerKw: null,
			location: null,
			locationUid: YARD,
			labels: null,
			connectors: [
				{
					connectorId: '12',
					name: null,
					status: 'Unknown',
					type: null,
					lastTransaction: withTransactionId(summary({ ...LOCAL, connectorId: '12' })),
				},
				{
					connectorId: '11',
					name: 'Nozzle 1',
					status: 'Available',
					type: 'oppcharge',
					lastTransaction: withTransactionId(summary()),
				},
			],
		},
		{
			stationId: 'bare',
			name: null,
			status: null,
			onlineStatus: null,
			location: null,
			locationUid: HARBOUR,
			connectors: null,
		},
	],
	transactions: [LOCAL, ended(1), ended(2), ended(3), ended(4), RUNNING].map((one) => ({ ...one })),
});
