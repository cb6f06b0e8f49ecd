import { ConnectedStation } from '../../../sandbox/csms/connectedStation.mts';
import { TransactionRecords } from '../../../sandbox/csms/transactionRecords.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import type { ConnectorStatus, TransactionEvent } from '../../../sandbox/ocpp/messages.mts';
import { stationView } from '../../../sandbox/rest/views.mts';

const [, AC3] = STATIONS;

let records: TransactionRecords;
beforeEach(() => {
	records = new TransactionRecords();
});

function report(transactionId: string, event: Partial<TransactionEvent>): void {
	const complete: TransactionEvent = {
		eventType: 'Updated',
		triggerReason: 'ChargingStateChanged',
		timestamp: '2026-03-01T10:00:00Z',
		seqNo: 0,
		evse: { id: 1, connectorId: 1 },
		...event,
		transactionInfo: { transactionId, chargingState: 'Charging', ...event.transactionInfo },
	};
	records.apply(AC3, complete, undefined);
}

describe('the latest transaction of an EVSE', () => {
	it.each(['2026-03-01T10:00:00Z', '9999-12-31T23:59:59Z'])(
		'is the one that was reported last, although the clock said %s before',
		(timestamp) => {
			report('first', { eventType: 'Started', timestamp });
			report('second', { eventType: 'Started', timestamp: '2026-02-01T10:00:00Z' });
			report('first', { eventType: 'Ended', seqNo: 1, timestamp });
			expect(records.latest(AC3.stationId, 1)?.txId).toBe('second');
		},
	);

	it('is known as soon as an event names the EVSE', () => {
		report('a', { eventType: 'Started', evse: undefined });
		expect(records.latest(AC3.stationId, 1)).toBeUndefined();
		report('a', { seqNo: 1 });
		report('a', { seqNo: 2, evse: undefined });
		expect(records.latest(AC3.stationId, 1)).toMatchObject({ txId: 'a', evseId: 1 });
	});
});

describe('the list of transactions', () => {
	it('is ordered by start time, whatever the offset that it is written with', () => {
		report('late', { timestamp: '2026-03-01T10:30:00Z' });
		report('early', { timestamp: '2026-03-01T11:00:00+02:00' });
		const ids = (stationId?: string) =>
			records.between(-Infinity, Infinity, stationId).map(({ txId }) => txId);
		expect(ids()).toEqual(['early', 'late']);
		expect(ids(AC3.stationId)).toEqual(['early', 'late']);
		expect(ids('OTHER')).toEqual([]);
	});
});

describe('the end of a transaction', () => {
	const end = (seqNo: number, stoppedReason: 'Remote' | 'EVDisconnected' = 'Remote') =>
		report('a', {
			eventType: 'Ended',
			seqNo,
			timestamp: '2026-03-01T11:00:00Z',
			transactionInfo: { transactionId: 'a', stoppedReason },
		});
	beforeEach(() => {
		report('a', {
			eventType: 'Started',
			seqNo: 7,
			meterValue: [
				{
					timestamp: '2026-03-01T10:00:00Z',
					sampledValue: [
						{ measurand: 'Power.Active.Import', value: 11_000 },
						{ measurand: 'Current.Import', value: 16 },
					],
				},
			],
		});
	});

	it.each([7, 3])('counts although its seqNo, %i, was used before', (seqNo) => {
		end(seqNo);
		expect(records.get('a')).toMatchObject({ status: 'Ended', sequenceNumber: 8 });
	});

	it('is final: a later event does not revive the transaction', () => {
		end(8);
		const ended = records.get('a');
		report('a', { seqNo: 9 });
		end(10);
		expect(records.get('a')).toEqual(ended);
	});

	it('is the end of power and current, also if the event has no meter values', () => {
		expect(records.get('a')).toMatchObject({ power: 11_000, powerKw: 11, current: 16 });
		end(8);
		expect(records.get('a')).toMatchObject({ power: 0, powerKw: 0, current: 0 });
	});

	it('says whether the cable is still plugged in', () => {
		end(8, 'EVDisconnected');
		expect(records.get('a')?.cableConnected).toBe(false);
	});
});

it('a connector that is free again counts no power, although its transaction never ended', () => {
	const station = new ConnectedStation(AC3, records);
	const meterValue: TransactionEvent['meterValue'] = [
		{
			timestamp: '2026-03-01T10:00:00Z',
			sampledValue: [{ measurand: 'Power.Active.Import', value: 11_000 }],
		},
	];
	const statusIs = (connectorStatus: ConnectorStatus) =>
		station.onStatus({ timestamp: '', connectorStatus, evseId: 1, connectorId: 1 });
	report('a', { eventType: 'Started', meterValue });
	statusIs('Occupied');
	expect(stationView(station, records, 'published').currentPowerKw).toBe(11);
	statusIs('Available');
	expect(stationView(station, records, 'published').currentPowerKw).toBe(0);
});

it('drops an event that arrives twice', () => {
	report('a', { eventType: 'Started', transactionInfo: { transactionId: 'a' } });
	report('a', { seqNo: 1, transactionInfo: { transactionId: 'a', chargingState: 'EVConnected' } });
	report('a', { seqNo: 1 });
	expect(records.get('a')).toMatchObject({ status: 'PluggedInIdle', sequenceNumber: 1 });
});
