import { EVENT_NAMES } from '../../../nodes/TransactionTrigger/events.ts';
import { readState } from '../../../nodes/TransactionTrigger/polling/triggerState.ts';
import type { Transaction } from '../../../nodes/shared/chargeye/transactions.ts';
import { at, charging, ended, Poller, SETTINGS, station, WATCH } from './poller.mts';

let poller: Poller;
beforeEach(() => {
	poller = new Poller();
});

it('reports nothing at activation, and afterwards what has changed since then', async () => {
	poller.stations = [station('S', charging('A', 1), ended('B', 1, 5), null)];
	expect(await poller.pollIds(10)).toEqual([]);
	poller.stations = [station('S', ended('A', 1, 12), ended('B', 1, 5), null)];
	expect(await poller.pollIds(13)).toEqual([`A:chargingStopped:${at(12)}`, 'A:transactionEnded']);
	expect(await poller.pollIds(14)).toEqual([]);
});

it('reports ongoing transactions at activation if that option is on', async () => {
	poller.settings = { ...SETTINGS, emitOngoing: true };
	poller.stations = [station('S', charging('A', 1), ended('B', 1, 5))];
	expect(await poller.pollIds(10)).toEqual(['A:transactionStarted', `A:chargingStarted:${at(2)}`]);
	expect(await poller.pollIds(11)).toEqual([]);
});

it('reports a transaction that began and ended between two polls, and those before and after it, in order', async () => {
	poller.stations = [station('S', charging('A', 1))];
	await poller.poll(5);
	poller.stations = [station('S', charging('C', 30))];
	poller.lists.S = [ended('A', 1, 10), ended('B', 12, 20), charging('C', 30)];
	const events = await poller.poll(35);
	expect(events.map(({ eventId, occurredAt }) => [eventId, occurredAt])).toEqual([
		[`A:chargingStopped:${at(10)}`, at(10)],
		['A:transactionEnded', at(10)],
		['B:transactionStarted', at(12)],
		[`B:chargingStarted:${at(13)}`, at(13)],
		[`B:chargingStopped:${at(20)}`, at(20)],
		['B:transactionEnded', at(20)],
		['C:transactionStarted', at(30)],
		[`C:chargingStarted:${at(31)}`, at(31)],
	]);
	expect(poller.requests).toEqual([`S ${at(1)}`]);
	expect(await poller.pollIds(36)).toEqual([]);
});

it('requests only the stations, and keeps the state, while no transaction changes', async () => {
	poller.stations = [station('S', charging('A', 1), ended('B', 1, 5))];
	await poller.poll(10);
	const { state } = poller;
	await poller.poll(11);
	expect(poller.requests).toEqual([]);
	expect(poller.state).toEqual(state);
});

it('requests the list from the connector’s last known transaction on, however long ago it started', async () => {
	poller.stations = [station('S', ended('A', -100_000, -99_000))];
	await poller.poll(0);
	poller.stations = [station('S', charging('B', 5))];
	poller.lists.S = [charging('B', 5)];
	await poller.poll(6);
	expect(poller.requests).toEqual([`S ${at(-100_000)}`]);
});

it('reports transactions that appear late, from a charger that was offline', async () => {
	poller.stations = [station('S', ended('A', 1, 2))];
	await poller.poll(3);
	poller.stations = [station('S', ended('C', 10, 20))];
	poller.lists.S = [ended('A', 1, 2), ended('B', 5, 8), ended('C', 10, 20)];
	expect((await poller.pollIds(500)).filter((id) => id.endsWith('Ended'))).toEqual([
		'B:transactionEnded',
		'C:transactionEnded',
	]);
});

it('reports nothing wrong or twice if answers come late, twice or in the wrong order', async () => {
	const early = [station('S', charging('A', 1))];
	const middle = [station('S', charging('B', 20))];
	const late = [station('S', ended('B', 20, 25))];
	poller.stations = early;
	await poller.poll(2);
	poller.lists.S = [ended('A', 1, 10), charging('B', 20)];
	poller.stations = middle;
	expect(await poller.poll(21)).toHaveLength(4);
	poller.stations = early;
	expect(await poller.pollIds(22)).toEqual([]);
	poller.stations = late;
	expect(await poller.pollIds(26)).toEqual([`B:chargingStopped:${at(25)}`, 'B:transactionEnded']);
	for (const stations of [middle, early, late, middle]) {
		poller.stations = stations;
		expect(await poller.pollIds(27)).toEqual([]);
	}
});

it('trusts sequenceNumber more than updateTime', async () => {
	poller.stations = [station('S', charging('A', 1, { sequenceNumber: 5 }))];
	await poller.poll(2);
	const stale = { sequenceNumber: 4, updateTime: at(50), status: 'PluggedInIdle' } as const;
	poller.stations = [station('S', charging('A', 1, stale))];
	expect(await poller.pollIds(3)).toEqual([]);
	const fresh = { sequenceNumber: 6, updateTime: at(0), status: 'PluggedInIdle' } as const;
	poller.stations = [station('S', charging('A', 1, fresh))];
	expect(await poller.pollIds(4)).toEqual([`A:chargingStopped:${at(2)}`]);
});

it('reports what happened while a station was missing once the station is back', async () => {
	poller.stations = [station('S', charging('A', 1)), station('T', null)];
	await poller.poll(2);
	poller.stations = [station('T', null)];
	expect(await poller.pollIds(3)).toEqual([]);
	poller.stations = [station('S', ended('A', 1, 3)), station('T', null)];
	expect(await poller.pollIds(4)).toEqual([`A:chargingStopped:${at(3)}`, 'A:transactionEnded']);
});

it('reports no events from before a station that is added later was seen', async () => {
	poller.stations = [];
	await poller.poll(10);
	poller.stations = [station('S', ended('A', 1, 5), charging('B', 6))];
	expect(await poller.pollIds(11)).toEqual([]);
	poller.stations = [station('S', charging('C', 12), ended('B', 6, 14))];
	expect(await poller.pollIds(14)).toEqual([
		'C:transactionStarted',
		`C:chargingStarted:${at(13)}`,
		`B:chargingStopped:${at(14)}`,
		'B:transactionEnded',
	]);
});

it('reads both spellings of the latest transaction, and connectors as number and text', async () => {
	poller.stations = [
		{ stationId: 'S', connectors: [{ connectorId: '1', latestTransaction: charging('A', 1) }] },
	];
	await poller.poll(2);
	poller.stations = [station('S', ended('A', 1, 3, { evseId: '1' }))];
	expect(await poller.pollIds(4)).toHaveLength(2);
	poller.stations = [station('S', charging('B', 5, { evseId: '1' }))];
	poller.lists.S = [ended('A', 1, 3, { evseId: null }), charging('B', 5, { evseId: 1 })];
	expect(await poller.pollIds(6)).toEqual(['B:transactionStarted', `B:chargingStarted:${at(6)}`]);
});

it('looks up a transaction that is shown without a status, but only when it has changed', async () => {
	const hidden = (minute: number) => charging('A', 1, { status: null, updateTime: at(minute) });
	poller.stations = [station('S', hidden(2))];
	poller.details.A = charging('A', 1);
	await poller.poll(3);
	expect(poller.requests).toEqual(['A']);
	await poller.poll(5);
	expect(poller.requests).toEqual([]);
	poller.stations = [station('S', hidden(6))];
	poller.details.A = ended('A', 1, 6);
	expect(await poller.pollIds(7)).toEqual([`A:chargingStopped:${at(6)}`, 'A:transactionEnded']);
});

it('follows a transaction that has been replaced until it ends', async () => {
	poller.stations = [station('S', charging('A', 1))];
	await poller.poll(2);
	poller.stations = [station('S', charging('B', 20))];
	poller.lists.S = [charging('A', 1), charging('B', 20)];
	expect(await poller.poll(21)).toHaveLength(2);
	poller.lists.S = [ended('A', 1, 19), charging('B', 20)];
	expect(await poller.pollIds(22)).toEqual([`A:chargingStopped:${at(19)}`, 'A:transactionEnded']);
	await poller.poll(23);
	expect(poller.requests).toEqual([]);
});

it('requests a list again if it lags behind what the connector shows', async () => {
	poller.stations = [station('S', ended('A', 1, 2))];
	await poller.poll(3);
	poller.stations = [station('S', charging('C', 10))];
	poller.lists.S = [ended('A', 1, 2)];
	expect(await poller.poll(11)).toHaveLength(2);
	poller.lists.S = [ended('A', 1, 2), ended('B', 4, 8), charging('C', 10)];
	expect((await poller.poll(12)).map(({ transaction }) => transaction.txId)).toEqual(
		Array(4).fill('B'),
	);
	await poller.poll(13);
	expect(poller.requests).toEqual([]);
});

it('reports the end of a transaction once when the list is newer than what the connector shows', async () => {
	poller.stations = [station('S', charging('A', 1), ended('B', 2, 3))];
	await poller.poll(4);
	// The fleet was read before A ended, the list after A's successor D ended; the list was requested because of C.
	poller.stations = [station('S', charging('A', 1), charging('C', 5))];
	poller.lists.S = [
		ended('A', 1, 6),
		ended('D', 7, 8),
		ended('B', 2, 3, { evseId: 2 }),
		charging('C', 5, { evseId: 2 }),
	];
	const reported = await poller.pollIds(9);
	poller.stations = [station('S', ended('D', 7, 8), charging('C', 5))];
	reported.push(...(await poller.pollIds(10)));
	expect(reported.filter((id) => id === 'A:transactionEnded')).toHaveLength(1);
});

it('stops requesting a list that never contains what the connector shows', async () => {
	poller.stations = [station('S', null)];
	await poller.poll(3);
	poller.stations = [station('S', charging('C', 10))];
	const requests: number[] = [];
	for (let minute = 11; minute < 20; minute++) {
		await poller.poll(minute);
		requests.push(poller.requests.length);
	}
	expect(requests).toEqual([2, 1, 1, 1, 0, 0, 0, 0, 0]);
});

it('reports the transactions of a charger whose clock was set back', async () => {
	poller.stations = [station('S', ended('A', 30, 40))];
	await poller.poll(41);
	poller.stations = [station('S', charging('B', 10, { updateTime: at(31) }))];
	expect(await poller.pollIds(42)).toEqual(['B:transactionStarted', `B:chargingStarted:${at(11)}`]);
	poller.stations = [station('S', ended('B', 10, 45))];
	expect(await poller.pollIds(46)).toEqual([`B:chargingStopped:${at(45)}`, 'B:transactionEnded']);
});

it('reports in the next polls what one poll has no time for', async () => {
	const names = Array.from({ length: 30 }, (_, index) => `S${index}`);
	poller.stations = names.map((name) => station(name, charging(`${name}-A`, 1)));
	await poller.poll(2);
	poller.stations = names.map((name) => station(name, charging(`${name}-C`, 30)));
	for (const name of names) {
		poller.lists[name] = [
			ended(`${name}-A`, 1, 10),
			ended(`${name}-B`, 12, 20),
			charging(`${name}-C`, 30),
		];
	}
	poller.hasTime = () => false;
	const reported: string[] = [];
	let polls = 0;
	for (; reported.length < 30 * 8 && polls < 30; polls++)
		reported.push(...(await poller.pollIds(31)));
	expect(polls).toBeGreaterThan(1);
	expect(new Set(reported).size).toBe(30 * 8);
	expect(reported).toHaveLength(30 * 8);
	expect(await poller.pollIds(32)).toEqual([]);
});

it('leaves out a simulated transaction, and still reports the end of the real one that it replaces', async () => {
	poller.settings = { ...SETTINGS, isWatched: ({ simulated }) => simulated !== true };
	poller.stations = [station('S', charging('A', 1))];
	await poller.poll(2);
	poller.stations = [station('S', charging('SIM', 5, { simulated: true }))];
	poller.lists.S = [ended('A', 1, 4), charging('SIM', 5, { simulated: true })];
	expect(await poller.pollIds(6)).toEqual([`A:chargingStopped:${at(4)}`, 'A:transactionEnded']);
});

it('keeps a state that does not grow with the number of past transactions', async () => {
	const sizes: number[] = [];
	for (let round = 0; round < 50; round++) {
		const session = ended(`${round}`, round * 10, round * 10 + 5);
		poller.stations = [station('S', session)];
		poller.lists.S = [session];
		await poller.poll(round * 10 + 6);
		sizes.push(JSON.stringify(poller.state).length);
	}
	expect(Math.max(...sizes.slice(5)) - Math.min(...sizes.slice(5))).toBeLessThan(10);
});

it('reports every event in the list', async () => {
	poller.settings = {
		...SETTINGS,
		wanted: { ...SETTINGS.wanted, events: EVENT_NAMES, energyKwh: 1, stateOfCharge: 50 },
	};
	poller.stations = [station('S', null)];
	await poller.poll(0);
	const reported: string[] = [];
	const tx = {
		powerLimitation: 'Shared',
		authenticated: true,
		chargedEnergyKwh: 2,
		soc: 60,
	} as const;
	for (const transaction of [
		charging('A', 1, tx),
		charging('A', 1, { ...tx, status: 'Alarm', updateTime: at(4) }),
		ended('A', 1, 5, tx),
	]) {
		poller.stations = [station('S', transaction)];
		reported.push(...(await poller.poll(6)).map(({ event }) => event));
	}
	expect([...new Set(reported)].sort()).toEqual([...EVENT_NAMES].sort());
});

describe('the stored state', () => {
	it('is read again only if the same is watched', async () => {
		await poller.poll(1);
		expect(readState(poller.state, WATCH)).toBe(poller.state);
		for (const other of [
			{ ...WATCH, baseUrl: 'https://other.example/api' },
			{ ...WATCH, credentialId: '2' },
			{ ...WATCH, scope: {} },
			{ ...WATCH, includeSimulated: true },
		]) {
			expect(readState(poller.state, other)).toBeUndefined();
		}
	});

	it.each([undefined, null, 'text', {}, { version: 0, fingerprint: '', since: 0, stations: {} }])(
		'is ignored if it is %j',
		(stored) => expect(readState(stored, WATCH)).toBeUndefined(),
	);
});

describe('a summary of the latest transaction', () => {
	const whole = { authenticated: false, simulated: false, authorizationReference: 'REF' };
	const events = [...EVENT_NAMES];

	beforeEach(async () => {
		poller.settings = {
			...SETTINGS,
			wanted: { ...SETTINGS.wanted, events, energyKwh: 20, stateOfCharge: 80 },
			isWatched: ({ simulated }) => simulated !== true,
		};
		poller.stations = [station('S', null)];
		await poller.poll(0);
	});

	const idle = (changes: Partial<Transaction> = {}) =>
		charging('A', 1, {
			status: 'PluggedInIdle',
			chargingStartTime: null,
			triggerReason: 'CablePluggedIn',
			updateTime: at(1),
			...changes,
		});

	it('is completed by the whole transaction if there is an event to report', async () => {
		poller.stations = [station('S', idle())];
		poller.lists.S = [idle(whole)];
		const [started] = await poller.poll(2);
		expect(poller.requests).toHaveLength(1);
		expect(started).toMatchObject({
			event: 'transactionStarted',
			transaction: { stationId: 'S', authorizationReference: 'REF' },
		});
		const authorized = { triggerReason: 'Authorized', updateTime: at(3) };
		poller.stations = [station('S', idle(authorized))];
		poller.details.A = idle({ ...authorized, ...whole, authenticated: true });
		const [event] = await poller.poll(4);
		expect(poller.requests).toEqual(['A']);
		expect(event).toMatchObject({
			eventId: 'A:authorized',
			transaction: { authorizationReference: 'REF' },
		});
		await poller.poll(5);
		expect(poller.requests).toEqual([]);
	});

	it('needs no further request while only meter values change', async () => {
		const shown = (minute: number) =>
			charging('A', 1, {
				triggerReason: 'MeterValuePeriodic',
				updateTime: at(minute),
				chargedEnergyKwh: minute,
				soc: minute,
				powerKw: minute,
			});
		poller.stations = [station('S', shown(2))];
		poller.lists.S = [shown(2)];
		// The whole transaction does not say either whether the driver is authorized.
		await poller.poll(2);
		const requests: string[] = [];
		for (let minute = 3; minute < 20; minute++) {
			poller.stations = [station('S', shown(minute))];
			await poller.poll(minute);
			requests.push(...poller.requests);
		}
		expect(requests).toEqual([]);
		poller.stations = [station('S', shown(20))];
		poller.details.A = { ...shown(20), ...whole };
		expect(await poller.pollIds(20)).toEqual(['A:energyReached:20']);
		expect(poller.requests).toEqual(['A']);
	});

	it('is enough for events if the API does not know the transaction', async () => {
		poller.stations = [station('S', charging('A', 1))];
		expect(await poller.pollIds(3)).toContain('A:transactionStarted');
		expect(poller.requests).toContain('A');
		poller.lists.S = [charging('A', 1)];
		await poller.poll(4);
		await poller.poll(5);
		expect(poller.requests).toEqual([]);
		poller.stations = [station('S', ended('A', 1, 6))];
		expect(await poller.pollIds(6)).toContain('A:transactionEnded');
	});

	it('of a simulated transaction is looked up once, and then left out', async () => {
		const simulated = { ...whole, simulated: true };
		poller.stations = [station('S', charging('A', 1))];
		poller.details.A = charging('A', 1, simulated);
		expect(await poller.pollIds(3)).toEqual([]);
		poller.lists.S = [charging('A', 1, simulated)];
		await poller.poll(4);
		poller.stations = [station('S', ended('A', 1, 5))];
		expect(await poller.pollIds(5)).toEqual([]);
		expect(poller.requests).toEqual([]);
	});

	it('of a driver who was authorized before watching began leads to no Authorized event', async () => {
		poller.state = undefined;
		poller.stations = [station('S', charging('A', 1), idle({ txId: 'B' }))];
		poller.details.B = idle({ ...whole, txId: 'B', authenticated: true });
		expect(await poller.pollIds(3)).toEqual([]);
		expect(poller.requests).toEqual(['B']);
		poller.stations = [station('S', ended('A', 1, 5), ended('B', 1, 5))];
		poller.details.A = ended('A', 1, 5, { ...whole, authenticated: true });
		poller.details.B = ended('B', 1, 5, { ...whole, authenticated: true });
		expect((await poller.pollIds(6)).filter((id) => id.includes('authorized'))).toEqual([]);
	});

	it('leads to at most 200 look-ups per poll, and no event is lost', async () => {
		const names = Array.from({ length: 450 }, (_, index) => `S${index}`);
		const shown = (index: number) => charging(`T${index}`, 1);
		poller.state = undefined;
		poller.stations = names.map((name, index) => station(name, shown(index)));
		await poller.poll(2);
		poller.stations = names.map((name, index) => station(name, ended(`T${index}`, 1, 5)));
		const reported: string[] = [];
		const lookUps: number[] = [];
		for (let minute = 6; minute < 10; minute++) {
			reported.push(
				...(await poller.pollIds(minute)).filter((id) => id.includes('transactionEnded')),
			);
			lookUps.push(poller.requests.length);
		}
		expect(lookUps).toEqual([200, 200, 50, 0]);
		expect(new Set(reported).size).toBe(450);
		expect(reported).toHaveLength(450);
	});

	it('leaves out no transaction forever, even if there are always too many to look up', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `S${index}`);
		// Without a triggerReason, any update may be the authorization.
		const shown = (index: number, minute: number) =>
			charging(`T${index}`, 1, {
				status: 'PluggedInIdle',
				chargingStartTime: null,
				updateTime: at(minute),
			});
		poller.state = undefined;
		const reported: string[] = [];
		for (let minute = 2; minute < 8; minute++) {
			const now = names.map((_, index) =>
				index === 299 && minute > 4 ? ended('T299', 1, 4) : shown(index, minute),
			);
			poller.stations = now.map((transaction, index) => station(`S${index}`, transaction));
			poller.details = Object.fromEntries(now.map((one) => [one.txId, { ...one, ...whole }]));
			reported.push(...(await poller.pollIds(minute)));
			expect(poller.requests.length).toBeLessThanOrEqual(200);
		}
		expect(reported.filter((id) => id === 'T299:transactionEnded')).toHaveLength(1);
	});
});
