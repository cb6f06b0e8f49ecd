import { connectorsOf, type Station } from '../../../../nodes/shared/chargeye/stations.ts';
import {
	readTransaction,
	simplifyTransaction,
} from '../../../../nodes/shared/chargeye/transactions.ts';

const ALL_NULL = {
	txId: null,
	connectorId: null,
	status: null,
	startTime: null,
	chargedEnergyKwh: null,
	soc: null,
};

describe('a transaction', () => {
	it('keeps everything that the API gives, including null and 0', () => {
		const json = { txId: 't', evseId: '1', soc: 0, powerKw: null, somethingNew: [1] };
		expect(readTransaction(json)).toEqual({ ...json, connectorId: '1' });
	});

	it.each([
		['txId', { txId: 't' }],
		['transactionId', { transactionId: 't' }],
		['transactionId, next to a txId that is null', { txId: null, transactionId: 't' }],
	])('has its ID in %s', (_, json) => {
		expect(readTransaction(json)).toMatchObject({ txId: 't' });
	});

	it.each([[ALL_NULL], [{}], [{ txId: '' }], [null], [undefined], ['t'], [[]]])(
		'is not read without an ID: %j',
		(json) => {
			expect(readTransaction(json, '1')).toBeUndefined();
		},
	);

	it.each([
		[{ evseId: 2 }, '2'],
		[{ evseId: 0 }, '0'],
		[{ evseId: '12', connectorId: 'other' }, '12'],
		[{ evseId: null, connectorId: 'charger1_connector2' }, 'charger1_connector2'],
		[{ connectorId: 7 }, '7'],
		[{}, 'shown there'],
	])('of %j is at connector %s', (json, connectorId) => {
		expect(readTransaction({ txId: 't', ...json }, 'shown there')).toMatchObject({ connectorId });
	});

	it.each([
		['2024-06-14T08:07:48.596', '2024-06-14T08:07:48.596Z'],
		['2024-06-14 08:07:48', '2024-06-14T08:07:48Z'],
		['2024-06-14T08:07:48.596Z', '2024-06-14T08:07:48.596Z'],
		['2024-06-14T10:07:48+02:00', '2024-06-14T10:07:48+02:00'],
		[null, null],
	])('has the time %j as %j', (given, time) => {
		const names = ['startTime', 'chargingStartTime', 'chargingEndTime', 'endTime', 'updateTime'];
		const times = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
		expect(readTransaction({ txId: 't', ...times(given) })).toMatchObject(times(time));
	});

	it.each(['status', 'powerLimitation', 'startReason'])('has a %s only if it is a text', (name) => {
		for (const value of [5, true, {}, ['Ended']]) {
			expect(readTransaction({ txId: 't', [name]: value })).toMatchObject({ [name]: null });
		}
		expect(readTransaction({ txId: 't', [name]: 'New' })).toMatchObject({ [name]: 'New' });
	});

	it('does not change when it is read again', () => {
		const once = readTransaction({ transactionId: 't', startTime: '2024-06-14T08:07:48' }, '12');
		expect(readTransaction(once)).toEqual(once);
	});

	it('has the same simplified form, whether whole or a summary', () => {
		const both = { status: 'Charging', startTime: '2024-06-14T08:07:48Z', soc: 0 } as const;
		const summary = { ...both, transactionId: 't', connectorId: '12', connectorName: 'CCS left' };
		expect(simplifyTransaction(summary)).toEqual(
			simplifyTransaction({ ...both, txId: 't', evseId: 12, evseName: 'CCS left' }),
		);
		expect(simplifyTransaction(summary)).toMatchObject({ connectorName: 'CCS left' });
	});
});

describe('the connectors of a station', () => {
	const station = (connector: object): Station => ({
		stationId: 'S',
		connectors: [{ connectorId: '12', ...connector }],
	});

	it.each([
		['latestTransaction', { latestTransaction: { txId: 't' } }],
		['lastTransaction', { lastTransaction: { txId: 't' } }],
		[
			'lastTransaction, if the other is null',
			{ latestTransaction: null, lastTransaction: { txId: 't' } },
		],
		[
			'lastTransaction, if all fields of the other are null',
			{ latestTransaction: ALL_NULL, lastTransaction: { txId: 't' } },
		],
	])('have their latest transaction in %s', (_, connector) => {
		expect(connectorsOf(station(connector))).toMatchObject([
			{ connectorId: '12', latest: { txId: 't', connectorId: '12' } },
		]);
	});

	it.each([[{}], [{ latestTransaction: null }], [{ latestTransaction: ALL_NULL }]])(
		'have none in %j',
		(connector) => {
			expect(connectorsOf(station(connector))[0].latest).toBeUndefined();
		},
	);

	it.each([[5], ['A'], [{ 0: {} }], [true]])('cannot be read from %j', (connectors) => {
		expect(() => connectorsOf({ stationId: 'S', connectors } as Station)).toThrow(
			'The answer has no list "connectors"',
		);
	});

	it.each([[undefined], [null], [[]]])('can be missing: %j', (connectors) => {
		expect(connectorsOf({ stationId: 'S', connectors })).toEqual([]);
	});
});
