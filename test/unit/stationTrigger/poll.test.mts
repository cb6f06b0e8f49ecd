import { readState } from '../../../nodes/StationTrigger/polling/triggerState.ts';
import { at, Poller, station, STATES, WATCH } from './poller.mts';

const offline = station('S', 'Offline');
const online = station('S', 'Online');

describe('For at Least', () => {
	it('0: reports a state at the poll that first sees it, and its end', () => {
		const poller = new Poller(0);
		expect(poller.poll(0, online)).toEqual([]);
		expect(poller.poll(1, offline)).toMatchObject([
			{
				event: 'stationOffline',
				status: { status: 'Operative', previous: 'Operative' },
				onlineStatus: { status: 'Offline', previous: 'Online' },
				since: at(1),
				lastedMs: 0,
				occurredAt: at(1),
				detectedAt: at(1),
				unreported: 0,
			},
		]);
		expect(poller.poll(2)).toEqual([]);
		expect(poller.poll(8, online)).toMatchObject([
			{
				event: 'stationOnline',
				onlineStatus: { status: 'Online', previous: 'Offline' },
				since: at(1),
				lastedMs: 7 * 60_000,
				occurredAt: at(8),
				detectedAt: at(8),
			},
		]);
		expect(poller.poll(9)).toEqual([]);
	});

	it('reports a state once it has lasted, from the poll that first saw it', () => {
		const poller = new Poller(10);
		poller.poll(0, online);
		expect(poller.names(1, offline)).toEqual([]);
		expect(poller.names(10)).toEqual([]);
		expect(poller.poll(11)).toMatchObject([
			{ event: 'stationOffline', since: at(1), lastedMs: 600_000, detectedAt: at(11) },
		]);
		expect(poller.names(30)).toEqual([]);
		expect(poller.names(31, online)).toEqual(['S stationOnline']);
	});

	it('a restart wakes nobody: neither its beginning nor its end is reported, but counted', () => {
		const poller = new Poller(10);
		poller.poll(0, online);
		expect(poller.names(1, offline)).toEqual([]);
		expect(poller.names(9, online)).toEqual([]);
		expect(poller.names(20, offline)).toEqual([]);
		expect(poller.names(21, online)).toEqual([]);
		poller.poll(30, offline);
		expect(poller.poll(40)).toMatchObject([{ event: 'stationOffline', unreported: 2 }]);
		poller.poll(41, online);
		poller.poll(42, offline);
		expect(poller.poll(60)).toMatchObject([{ event: 'stationOffline', unreported: 0 }]);
	});

	it('applies to Status Changed: what came and went is counted, and a change back is none', () => {
		const poller = new Poller(5, ['statusChanged']);
		const connector = (status: string) => station('S', 'Online', 'Operative', status);
		poller.poll(0, connector('Available'));
		expect(poller.names(1, connector('Occupied'))).toEqual([]);
		expect(poller.names(2, connector('Available'))).toEqual([]);
		expect(poller.names(20)).toEqual([]);
		expect(poller.names(21, connector('Charging'))).toEqual([]);
		expect(poller.names(22, connector('Faulted'))).toEqual([]);
		expect(poller.poll(27)).toMatchObject([
			{
				event: 'statusChanged',
				connectorId: '1',
				status: { status: 'Faulted', previous: 'Available' },
				since: at(22),
				unreported: 2,
			},
		]);
		expect(poller.names(60)).toEqual([]);
	});
});

describe('the end of a state', () => {
	it.each([
		['with its beginning', STATES],
		['alone', ['stationOnline' as const]],
	])('comes only if the state lasted long enough: %s', (_name, events) => {
		const poller = new Poller(10, events);
		poller.poll(0, online);
		poller.poll(1, offline);
		expect(poller.names(5, online)).toEqual([]);
		poller.poll(10, offline);
		poller.poll(20);
		expect(poller.names(21, online)).toEqual(['S stationOnline']);
	});

	it('does not come after a state that is not wanted', () => {
		const poller = new Poller(0, ['stationFaulted', 'stationOperativeAgain']);
		poller.poll(0, station('S'));
		expect(poller.names(1, station('S', 'Online', 'Unavailable'))).toEqual([]);
		expect(poller.names(2, station('S'))).toEqual([]);
		expect(poller.names(3, station('S', 'Online', 'Faulted'))).toEqual(['S stationFaulted']);
		expect(poller.names(4, station('S'))).toEqual(['S stationOperativeAgain']);
	});

	it('comes once after several states, and counts from the first', () => {
		const poller = new Poller(0);
		poller.poll(0, station('S'));
		poller.poll(1, station('S', 'Online', 'Faulted'));
		expect(poller.names(2, station('S', 'Online', 'Unavailable'))).toEqual([
			'S stationUnavailable',
		]);
		expect(poller.poll(5, station('S'))).toMatchObject([
			{ event: 'stationOperativeAgain', since: at(1), status: { previous: 'Unavailable' } },
		]);
	});

	it.each(['Available', 'Charging', 'Occupied', 'Reserved'])(
		'of a connector is any status with which it can be used: %s',
		(status) => {
			const poller = new Poller(0, ['connectorFaulted', 'connectorAvailableAgain']);
			poller.poll(0, station('S', 'Online', 'Operative', 'Available'));
			poller.poll(1, station('S', 'Online', 'Operative', 'Faulted'));
			expect(poller.names(2, station('S', 'Online', 'Operative', status))).toEqual([
				'S/1 connectorAvailableAgain',
			]);
		},
	);
});

describe('what the API does not know', () => {
	it.each([null, 'Unknown', '', 7])(
		'the status %p is no event, and nothing has ended',
		(status) => {
			const unknown = station('S', status as string, status as string, [status]);
			const faulted = station('S', 'Offline', 'Faulted', 'Faulted');
			const poller = new Poller(10);
			poller.poll(0, station('S', 'Online', 'Operative', 'Available'));
			poller.poll(1, faulted);
			expect(poller.names(5, unknown)).toEqual([]);
			expect(poller.names(12)).toEqual([]);
			expect(poller.names(13, faulted)).toEqual([
				'S stationOffline',
				'S stationFaulted',
				'S/1 connectorFaulted',
			]);
			expect(poller.names(14, unknown)).toEqual([]);
			expect(poller.names(15, faulted)).toEqual([]);
		},
	);

	it('a station and a connector that are missing keep their memory', () => {
		const poller = new Poller(10);
		poller.poll(0, station('S', 'Online', 'Operative', 'Available'));
		poller.poll(1, station('S', 'Offline', 'Operative', 'Faulted'));
		expect(poller.names(2, station('T'))).toEqual([]);
		expect(poller.names(3, station('S', 'Offline', 'Operative'))).toEqual([]);
		expect(poller.names(11, station('S', 'Offline', 'Operative', 'Faulted'))).toEqual([
			'S stationOffline',
			'S/1 connectorFaulted',
		]);
	});

	it('a new word ends a state without being the end that was waited for', () => {
		const poller = new Poller(0);
		poller.poll(0, station('S'));
		poller.poll(1, station('S', 'Online', 'Faulted'));
		expect(poller.names(2, station('S', 'Online', 'UnderRepair'))).toEqual([]);
		expect(poller.names(3, station('S'))).toEqual(['S stationOperativeAgain']);
	});

	it('a status that was never known before is no change', () => {
		const poller = new Poller(0, ['statusChanged']);
		poller.poll(0, station('S', null, null, [null]));
		expect(poller.names(1, station('S', 'Online', 'Operative', 'Available'))).toEqual([]);
	});

	it('stations and connectors without an ID, or twice in an answer, disturb nothing', () => {
		const poller = new Poller(0);
		const strange = { ...station('S', 'Offline', 'Operative', 'Faulted', 'Faulted') };
		strange.connectors = [{ status: 'Faulted' }, { connectorId: null, status: 'Available' }];
		const nameless = { ...strange, stationId: null };
		expect(poller.names(0, nameless, strange, station('S'))).toEqual(['S stationOffline']);
	});
});

describe('activation', () => {
	const bad = station('S', 'Offline', 'Faulted', 'Unavailable');

	it('reports the states that are there once they have lasted', () => {
		const poller = new Poller(10);
		expect(poller.names(0, bad)).toEqual([]);
		expect(poller.poll(10)).toMatchObject([
			{ event: 'stationOffline', since: at(0), onlineStatus: { previous: null } },
			{ event: 'stationFaulted' },
			{ event: 'connectorUnavailable' },
		]);
	});

	it('leaves them out on request, also their ends, but not what begins later', () => {
		const poller = new Poller(0, STATES, true);
		expect(poller.names(0, bad)).toEqual([]);
		expect(poller.names(1, station('S', 'Online', 'Operative', 'Available'))).toEqual([]);
		expect(poller.names(2, bad)).toHaveLength(3);
		expect(poller.names(3, bad, station('T', 'Offline'))).toEqual(['T stationOffline']);
	});

	it('reports no change', () => {
		expect(new Poller(0, ['statusChanged']).names(0, bad)).toEqual([]);
	});
});

describe('Connector Occupied Without Charging', () => {
	const occupied = (latest: object | null, status = 'Occupied') =>
		station('S', 'Online', 'Operative', [status, latest]);
	const car = (txId: string, changes: object = {}) => ({
		txId,
		status: 'PluggedInIdle',
		startTime: at(-60),
		chargingStartTime: at(-59),
		chargingEndTime: at(-20),
		...changes,
	});
	const poller = (minutes: number) => new Poller(minutes, ['occupiedWithoutCharging']);

	it('counts from the end of charging by the API, also at activation', () => {
		const events = poller(15).poll(0, occupied(car('A')));
		expect(events).toMatchObject([
			{ since: at(-20), lastedMs: 20 * 60_000, occurredAt: at(-20), detectedAt: at(0) },
		]);
	});

	it('counts from the start of a transaction that never charged', () => {
		const never = car('A', { chargingStartTime: null, chargingEndTime: null });
		expect(poller(15).poll(0, occupied(never))).toMatchObject([{ since: at(-60) }]);
	});

	it.each([
		['without a transaction', null],
		['whose end of charging is not known', car('A', { chargingEndTime: null })],
		['whose end of charging is in the future', car('A', { chargingEndTime: at(90) })],
		['that charged again, and whose new end is not known', car('A', { chargingStartTime: at(-5) })],
	])('counts from the poll for a car %s', (_name, latest) => {
		const polling = poller(15);
		expect(polling.names(0, occupied(latest))).toEqual([]);
		expect(polling.names(14)).toEqual([]);
		expect(polling.poll(15)).toMatchObject([{ since: at(0) }]);
	});

	it('does not count an ended transaction for a car that came later', () => {
		const polling = poller(15);
		const over = car('A', { status: 'Ended', endTime: at(-10) });
		polling.poll(0, occupied(over, 'Available'));
		expect(polling.names(10, occupied(over))).toEqual([]);
		expect(polling.poll(25)).toMatchObject([{ since: at(10) }]);
	});

	it('reports the next car, although no poll saw the connector free', () => {
		const polling = poller(15);
		expect(polling.names(0, occupied(car('A')))).toHaveLength(1);
		expect(polling.names(1, occupied(car('A')))).toEqual([]);
		const next = car('B', { startTime: at(2), chargingStartTime: null, chargingEndTime: null });
		expect(polling.names(10, occupied(next))).toEqual([]);
		expect(polling.poll(17)).toMatchObject([{ since: at(2) }]);
		expect(polling.names(18)).toEqual([]);
	});

	it('waits if the API shows that the car charged in between', () => {
		const polling = poller(15);
		polling.poll(0, occupied(car('A', { chargingEndTime: at(-1) })));
		const later = car('A', { chargingStartTime: at(2), chargingEndTime: at(10) });
		expect(polling.names(14, occupied(later))).toEqual([]);
		expect(polling.poll(25)).toMatchObject([{ since: at(10) }]);
	});

	it('does not come while it charges', () => {
		const polling = poller(0);
		expect(polling.names(0, occupied(car('A'), 'Charging'))).toEqual([]);
	});
});

describe('flapping', () => {
	it('is bounded for each event at each place, and counted in the next event', () => {
		const poller = new Poller(0);
		poller.poll(0, online, station('T'));
		const reported: string[] = [];
		for (let minute = 1; minute <= 50; minute++) {
			const s = minute % 2 === 1 ? offline : online;
			reported.push(
				...poller.names(minute, s, station('T', 'Online', minute === 49 ? 'Faulted' : 'Operative')),
			);
		}
		const count = (name: string) => reported.filter((one) => one === name).length;
		expect(count('S stationOffline')).toBe(6);
		expect(count('S stationOnline')).toBe(6);
		// Another place has its own bound.
		expect(count('T stationFaulted')).toBe(1);
		// 25 times offline: 6 were reported. It stays offline now, and is reported when the hour is over.
		expect(poller.names(51, offline)).toEqual([]);
		expect(poller.poll(61)).toMatchObject([
			{ event: 'stationOffline', since: at(51), unreported: 19 },
		]);
	});

	it('of any status is bounded, too: the next change counts those before, and no change is lost', () => {
		const poller = new Poller(0, ['statusChanged']);
		const shown = (minute: number) =>
			station('S', 'Online', 'Operative', minute % 2 === 0 ? 'Available' : 'Faulted');
		poller.poll(0, shown(0));
		let reported = 0;
		for (let minute = 1; minute <= 45; minute++)
			reported += poller.poll(minute, shown(minute)).length;
		expect(reported).toBe(30);
		expect(poller.poll(62)).toMatchObject([
			{ status: { status: 'Faulted', previous: 'Available' }, unreported: 7 },
		]);
	});
});

describe('the state', () => {
	it('is the same object while nothing changes', () => {
		const poller = new Poller(10);
		poller.poll(0, online);
		poller.poll(1, offline);
		const { state } = poller;
		poller.poll(2);
		expect(poller.state).toEqual(state);
		poller.poll(11);
		expect(poller.state).not.toEqual(state);
	});

	it('polled again, gives the same eventId, whatever the time', () => {
		const poller = new Poller(0, [...STATES, 'statusChanged']);
		poller.poll(0, online);
		poller.poll(1, offline);
		poller.poll(2, online);
		const { state } = poller;
		const bad = station('S', 'Offline', 'Faulted');
		const ids = (minute: number) => poller.poll(minute, bad).map(({ eventId }) => eventId);
		const first = ids(3);
		expect(first).toHaveLength(4);
		expect(new Set(first).size).toBe(4);
		poller.state = state;
		expect(ids(300)).toEqual(first);
	});

	it('never gives one eventId to two events', () => {
		const poller = new Poller(0, [...STATES, 'statusChanged']);
		const ids: string[] = [];
		for (let minute = 0; minute < 600; minute += 7) {
			const word = ['Available', 'Faulted', 'Occupied', 'Unavailable'][minute % 4];
			const shown = station('S', minute % 2 ? 'Online' : 'Offline', word, word, word);
			ids.push(...poller.poll(minute, shown).map(({ eventId }) => eventId));
		}
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(100);
	});

	it('is read only by a trigger that watches the same', () => {
		const poller = new Poller(0);
		poller.poll(0, online);
		expect(readState(poller.state, WATCH)).toEqual(poller.state);
		expect(readState(poller.state, { ...WATCH, credentialId: '2' })).toBeUndefined();
		expect(readState(poller.state, { ...WATCH, scope: { type: 'location' } })).toBeUndefined();
		expect(readState(undefined, WATCH)).toBeUndefined();
	});

	it('takes few bytes for each connector, also after events', () => {
		const poller = new Poller(0);
		const fleet = (status: string) =>
			Array.from({ length: 500 }, (_, index) =>
				station(`FI*KEM*E${100_000 + index}`, 'Online', 'Operative', status, status),
			);
		const bytes = () => JSON.stringify(poller.state).length / 1000;
		poller.poll(0, ...fleet('Available'));
		expect(bytes()).toBeLessThanOrEqual(30);
		poller.poll(1, ...fleet('Faulted'));
		poller.poll(2, ...fleet('Available'));
		expect(bytes()).toBeLessThanOrEqual(80);
	});

	it('goes on when n8n’s clock is set back', () => {
		const poller = new Poller(10);
		poller.poll(100, online);
		poller.poll(101, offline);
		expect(poller.names(0)).toEqual([]);
		expect(poller.names(10)).toEqual(['S stationOffline']);
	});
});

it('reports the oldest first, and a station before its connectors', () => {
	const poller = new Poller(10);
	poller.poll(0, station('S', 'Online', 'Operative', 'Available'), station('T'));
	poller.poll(1, station('S', 'Online', 'Operative', 'Available'), station('T', 'Offline'));
	poller.poll(2, station('S', 'Offline', 'Faulted', 'Faulted'), station('T', 'Offline'));
	expect(poller.names(20)).toEqual([
		'T stationOffline',
		'S stationOffline',
		'S stationFaulted',
		'S/1 connectorFaulted',
	]);
});
