import { EVENT_NAMES } from '../../../nodes/TransactionTrigger/events.ts';
import { readState } from '../../../nodes/TransactionTrigger/polling/triggerState.ts';
import type { Transaction } from '../../../nodes/shared/chargeye/transactions.ts';
import { at, charging, ended, Poller, SETTINGS, station, WATCH } from './poller.mts';

/** A state exactly as version 1 stored it. */
const STORED = {
	version: 1,
	fingerprint: '1o4t1r6',
	since: Date.parse(at(5)),
	stations: {
		S: {
			// A, in alarm after it had charged; its driver is authorized.
			1: '1ie980c,mm7kxxeo,8,6fhc,0,1,1,1aao,6fhc,9ix,55.5,1,1,1,0',
			// B, plugged in; its driver was not authorized when that was last looked up.
			2: '1j88139,mm7l0i00,,0,5,0,0,,,,,,0,0,0,,orj2cw',
			// C, which has ended.
			3: '1iy8fea,mm7kxxeo',
			// D, whose end is not known, and E, for which the list is to be requested three more times.
			4: '1hkaexf,mm7kxxeo,,3uw0,2,3,1,1aao,,,,,0,0,0|1haat8g,mm7l6xhc,,0,5,0,0,,,,,,0,1,0,3,np7t5r',
			5: '',
			// F, which is simulated.
			6: '1i49mbd,mm7l4cw0,,x',
		},
	},
};

const KNOWN = { authenticated: false, simulated: false };
const B = charging('B', 3, {
	chargingStartTime: at(11),
	updateTime: at(11),
	triggerReason: 'ChargingStateChanged',
});
const D: Partial<Transaction> = { evseId: 4, authenticated: true, simulated: false };
const E = charging('E', 8, {
	...KNOWN,
	status: 'PluggedInIdle',
	chargingStartTime: null,
	updateTime: at(8),
});

const poller = new Poller();
beforeEach(() => {
	poller.settings = {
		...SETTINGS,
		wanted: { ...SETTINGS.wanted, events: EVENT_NAMES, energyKwh: 20, stateOfCharge: 80 },
		isWatched: ({ simulated }) => simulated !== true,
	};
	poller.lists = {};
	poller.details = {};
	poller.state = readState(STORED, WATCH);
});

it('is read by the next version, which reports what has happened since, and nothing twice', async () => {
	poller.stations = [
		station(
			'S',
			ended('A', 1, 12, {
				chargingStartTime: at(10),
				sequenceNumber: 12,
				chargedEnergyKwh: 21,
				soc: 81,
				authenticated: true,
				simulated: false,
			}),
			B,
			ended('C', 1, 4, { chargingStartTime: null, chargingEndTime: null }),
			E,
			null,
			ended('F', 6, 10, { simulated: true, authenticated: true }),
		),
	];
	poller.lists.S = [ended('D', 1, 7, D), { ...E, evseId: 4 }];
	poller.details.B = { ...B, ...KNOWN, authenticated: true };
	expect(await poller.pollIds(13)).toEqual([
		`D:chargingStopped:${at(7)}`,
		'D:transactionEnded',
		'D:statusChanged:1:Charging-Ended',
		`A:chargingStarted:${at(10)}`,
		'B:authorized',
		`B:chargingStarted:${at(11)}`,
		'B:statusChanged:1:PluggedInIdle-Charging',
		'A:energyReached:20',
		'A:stateOfChargeReached:80',
		`A:chargingStopped:${at(12)}`,
		'A:transactionEnded',
		'A:statusChanged:2:Alarm-Ended',
	]);
	expect(poller.requests).toEqual([`S ${at(1)}`, 'B']);
	expect(await poller.pollIds(14)).toEqual([]);
	expect(poller.requests).toEqual([]);
	expect(readState(poller.state, WATCH)).toBe(poller.state);
});

it('is read even if it was stored before the trigger used summaries', async () => {
	// A, which is charging; whether its driver is authorized was never looked up.
	const stations = { S: { 1: '1ie980c,mm7kxxeo,,1aao,2,2,1,1aao,,,,,0,0,0' } };
	poller.state = readState({ ...STORED, stations }, WATCH);
	poller.stations = [station('S', charging('A', 1))];
	expect(await poller.pollIds(6)).toEqual([]);
	expect(poller.requests).toEqual([]);
	poller.stations = [station('S', ended('A', 1, 7))];
	poller.details.A = ended('A', 1, 7, { ...KNOWN, authenticated: true });
	expect(await poller.pollIds(8)).toEqual([
		`A:chargingStopped:${at(7)}`,
		'A:transactionEnded',
		'A:statusChanged:1:Charging-Ended',
	]);
});

it('is not read if something else was watched', () => {
	expect(readState(STORED, { ...WATCH, credentialId: '2' })).toBeUndefined();
});

it('keeps when watching began, so that what began later at a new connector is news', () => {
	expect(readState(STORED, WATCH)).toMatchObject({ version: 2, since: STORED.since });
});
