import { EVENT_NAMES, type EventName } from '../../../nodes/TransactionTrigger/events.ts';
import { placesIn } from '../../../nodes/TransactionTrigger/place.ts';
import type { TransactionEvent } from '../../../nodes/TransactionTrigger/polling/transactionEvent.ts';
import { toItem } from '../../../nodes/TransactionTrigger/transactionItem.ts';
import type { Station } from '../../../nodes/shared/chargeye/stations.ts';
import type { Transaction } from '../../../nodes/shared/chargeye/transactions.ts';

const STATIONS: Station[] = [
	{
		stationId: 'OFFICE-AC-3',
		name: 'Office wallbox',
		location: { name: 'Head Office' },
		connectors: [
			{ connectorId: '12', name: 'Type 2' },
			{ connectorId: 13, name: '2' },
		],
	},
	{ stationId: 'bare', name: null, location: null, connectors: null },
];

const session: Transaction = {
	txId: 'TX',
	stationId: 'OFFICE-AC-3',
	connectorId: '12',
	status: 'Ended',
	startTime: '2026-03-01T10:00:00Z',
	chargingStartTime: '2026-03-01T10:01:00Z',
	endTime: '2026-03-01T11:05:00Z',
	endReason: 'EVDisconnected',
	chargedEnergyKwh: 11.24,
	powerLimitation: 'Grid',
	soc: 81,
};

const itemOf = (
	event: EventName = 'transactionEnded',
	changes: Partial<Transaction> = {},
	others: Partial<TransactionEvent> = {},
) => {
	const transaction = { ...session, ...changes };
	return toItem(
		{
			eventId: `TX:${event}`,
			event,
			occurredAt: '2026-03-01T11:05:00.000Z',
			detectedAt: '2026-03-01T11:06:00.000Z',
			previousStatus: 'Charging',
			status: 'Ended',
			transaction,
			...others,
		},
		'simplified',
		placesIn(STATIONS)(transaction),
	);
};

it('begins with what a person wants to know, and ends with the times and the key of programs', () => {
	expect(
		Object.entries(itemOf()).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
	).toEqual([
		'event "transactionEnded"',
		'summary "Charging ended at Office wallbox (Type 2, Head Office) after 1 h 5 min, 11.2 kWh"',
		'stationName "Office wallbox"',
		'locationName "Head Office"',
		'connectorName "Type 2"',
		'chargedEnergyKwh 11.24',
		'durationMinutes 65',
		'status "Ended"',
		'previousStatus "Charging"',
		'reason "EVDisconnected"',
		'txId "TX"',
		'stationId "OFFICE-AC-3"',
		'connectorId "12"',
		expect.stringMatching(/^transaction \{"status":"Ended",/),
		'occurredAt "2026-03-01T11:05:00.000Z"',
		'detectedAt "2026-03-01T11:06:00.000Z"',
		'eventId "TX:transactionEnded"',
	]);
});

const AT = 'at Office wallbox (Type 2, Head Office)';
const SO_FAR = `${AT} after 1 h 5 min, 11.2 kWh`;
const SENTENCES: Record<EventName, string> = {
	transactionStarted: `Transaction started ${AT}`,
	authorized: `Driver authorized ${AT}`,
	chargingStarted: `Charging started ${AT}`,
	powerLimited: `Power limited by the grid ${SO_FAR}`,
	energyReached: `Energy reached ${SO_FAR}`,
	stateOfChargeReached: `State of charge of 81 % reached ${SO_FAR}`,
	chargingStopped: `Charging stopped ${SO_FAR}`,
	alarm: `Alarm ${SO_FAR}`,
	transactionEnded: `Charging ended ${SO_FAR}`,
	statusChanged: `Status changed from Charging to Ended ${SO_FAR}`,
};

it.each(EVENT_NAMES)('%s is a sentence', (event) => {
	expect(itemOf(event).summary).toBe(SENTENCES[event]);
});

it.each<[string, Parameters<typeof itemOf>, string]>([
	[
		'a transaction that never charged',
		['transactionEnded', { chargingStartTime: null, chargedEnergyKwh: 0 }],
		`Transaction ended without charging ${AT} after 1 h 5 min, 0 kWh`,
	],
	[
		'no energy and no start',
		['transactionEnded', { chargedEnergyKwh: null, startTime: null, chargingStartTime: null }],
		`Transaction ended without charging ${AT}`,
	],
	[
		'less than a minute',
		['transactionEnded', { startTime: '2026-03-01T11:04:18Z' }],
		`Charging ended ${AT} after 42 s, 11.2 kWh`,
	],
	[
		'a clock that was set back',
		['transactionEnded', { startTime: '2026-03-01T12:00:00Z' }],
		`Charging ended ${AT}, 11.2 kWh`,
	],
	[
		'a new limitation',
		['powerLimited', { powerLimitation: 'Weather' as never }],
		`Power limited by Weather ${SO_FAR}`,
	],
	[
		'the first status',
		['statusChanged', {}, { previousStatus: null }],
		`Status is Ended ${SO_FAR}`,
	],
	[
		'a connector whose name is a number',
		['alarm', { connectorId: '13' }],
		'Alarm at Office wallbox (connector 2, Head Office) after 1 h 5 min, 11.2 kWh',
	],
	[
		'a station without names',
		['authorized', { stationId: 'bare', connectorId: '7' }],
		'Driver authorized at bare (connector 7)',
	],
	[
		'a transaction without IDs',
		['authorized', { stationId: null, connectorId: undefined }],
		'Driver authorized at an unknown station',
	],
])('the sentence with %s', (_name, [event, ...others], sentence) => {
	expect(itemOf(event, ...others).summary).toBe(sentence);
});

it('takes the connector’s name from the transaction if only that has been read', () => {
	const watched = { ...session, stationId: 'elsewhere' };
	expect([
		placesIn(STATIONS)({ ...watched, evseName: '2' }),
		placesIn(STATIONS)({ ...watched, connectorName: 'CCS left' }),
		placesIn(STATIONS)(watched),
	]).toEqual(
		['2', 'CCS left', null].map((connectorName) => ({
			stationName: null,
			locationName: null,
			connectorName,
		})),
	);
});

it('gives the duration in minutes until the event, and null where it is not known', () => {
	expect([
		itemOf('chargingStarted', {}, { occurredAt: '2026-03-01T10:01:00.000Z' }).durationMinutes,
		itemOf('transactionStarted', {}, { occurredAt: '2026-03-01T10:00:00.000Z' }).durationMinutes,
		itemOf('alarm', {}, { occurredAt: '2026-03-01T10:00:20.000Z' }).durationMinutes,
		itemOf('alarm', { startTime: null, chargingStartTime: null }).durationMinutes,
	]).toEqual([1, 0, 0.3, null]);
});
