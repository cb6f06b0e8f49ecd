import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS, type StationAsset } from '../../../sandbox/fleet.mts';
import type { TransactionEvent } from '../../../sandbox/ocpp/messages.mts';
import type { CarSpec } from '../../../sandbox/stations/car.mts';
import type { Delivery } from '../../../sandbox/stations/outbox.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import { startOtherCsms, type Answers, type OtherCsms } from '../../support/otherCsms.mts';

const [DC, AC3] = STATIONS;
const CAR: CarSpec = { batteryKwh: 100, soc: 20, maxPowerKw: 150, phases: 3 };
const CARD = { idToken: '04A1B2C3', type: 'ISO14443' } as const;

const DELIVERY: Delivery = { timeoutMs: 2000, attempts: 3, intervalMs: 1 };

let clock: SimulatedClock;
let csms: OtherCsms;
let station: Station;

/** A station that has booted. */
async function start(asset: StationAsset, answers: Answers = {}): Promise<void> {
	clock = new SimulatedClock({ now: Date.parse('2026-03-01T10:00:00Z'), speed: 0 });
	csms = await startOtherCsms(answers);
	station = new Station({ asset, csms, clock, delivery: DELIVERY });
	await station.link.connect();
	await csms.waitFor(
		'the statuses',
		() =>
			csms.methods().filter((method) => method === 'StatusNotification').length ===
			asset.evses.length,
	);
}

afterEach(async () => {
	clock.stop();
	await station.close();
	await csms.close();
});

/** A car with a driver who presents a card. */
async function charge(evseId: number, car: Partial<CarSpec> = {}): Promise<void> {
	const evse = station.evse(evseId)!;
	station.plugIn(evse, { ...CAR, ...car });
	await station.presentCard(evse, CARD);
	await station.link.settled();
}

const powerIn = ({ meterValue = [] }: TransactionEvent): number =>
	meterValue.at(-1)?.sampledValue.find(({ measurand }) => measurand === 'Power.Active.Import')
		?.value ?? 0;

const shown = () =>
	csms
		.events()
		.map((event) => [event.evse?.id, event.triggerReason, powerIn(event) / 1000] as const);

describe('a changed share of the station’s power', () => {
	it('is reported at once, what falls before what rises', async () => {
		await start(DC);
		await charge(1);
		await charge(2);
		expect(shown().slice(-5)).toEqual([
			[1, 'ChargingStateChanged', 120],
			[2, 'CablePluggedIn', 0],
			[2, 'Authorized', 0],
			[1, 'ChargingRateChanged', 60],
			[2, 'ChargingStateChanged', 60],
		]);
		station.unplug(station.evse(1)!);
		await station.link.settled();
		expect(shown().slice(-2)).toEqual([
			[1, 'EVCommunicationLost', 0],
			[2, 'ChargingRateChanged', 120],
		]);
	});
});

describe('a TransactionEvent that the CSMS does not take', () => {
	/** The first attempts at an event fail, in one way or the other. */
	const failing = (seqNo: number, times: number, failure: () => Promise<never>): Answers => ({
		TransactionEvent: (event) => (event.seqNo === seqNo && times-- > 0 ? failure() : {}),
	});
	const sequence = () => csms.events().map(({ seqNo }) => seqNo);
	const noAnswer = () => new Promise<never>(() => undefined);
	const error = () => Promise.reject(new Error('The database is down'));

	it.each([
		['no answer', noAnswer, [0, 1, 1, 2]],
		['two errors', error, [0, 1, 1, 1, 2]],
	])('is sent again in order after %s (E13.FR.02)', async (_name, failure, sent) => {
		await start(AC3, failing(1, sent.length - 3, failure));
		await charge(1);
		expect(sequence()).toEqual(sent);
		expect(csms.events().map(({ offline }) => offline)).not.toContain(true);
		expect(csms.events().at(-2)).toMatchObject({ triggerReason: 'Authorized', idToken: CARD });
	});

	it('is given up after the last attempt, and the next ones follow', async () => {
		const logged = jest.spyOn(console, 'error').mockImplementation();
		await start(AC3, failing(1, 9, error));
		await charge(1);
		expect(sequence()).toEqual([0, 1, 1, 1, 2]);
		expect(logged.mock.calls.flat()).toEqual([
			expect.stringContaining('OFFICE-AC-3: gave up TransactionEvent 1: '),
		]);
		logged.mockRestore();
	});

	it('stays first in the queue if the connection is lost meanwhile', async () => {
		await start(AC3, failing(1, 1, noAnswer));
		station.plugIn(station.evse(1)!, CAR);
		await station.presentCard(station.evse(1)!, CARD);
		await csms.waitFor('the event', () => sequence().includes(1));
		await station.link.disconnect({ lost: true });
		station.unplug(station.evse(1)!);
		await station.link.connect();
		await csms.waitFor('the end', () => csms.events().at(-1)?.eventType === 'Ended');
		expect(csms.events().map(({ seqNo, offline = false }) => [seqNo, offline])).toEqual([
			[0, false],
			[1, false],
			[1, false],
			[2, false],
			[3, true],
		]);
	});
});

describe('a boot that is not accepted', () => {
	it.each(['Pending', 'Rejected'] as const)(
		'%s: is tried again after the interval',
		async (status) => {
			const statuses = [status, 'Accepted'] as const;
			let boots = 0;
			await start(AC3, {
				BootNotification: () => ({
					status: statuses[boots++],
					currentTime: clock.timestamp(),
					interval: 1,
				}),
			});
			expect(csms.methods()).toEqual([
				'BootNotification',
				'BootNotification',
				'StatusNotification',
			]);
			await charge(1);
			expect(csms.events()).toHaveLength(3);
		},
	);
});

describe('a token that the CSMS does not accept', () => {
	it('ends the transaction as soon as the CSMS says so (E05)', async () => {
		await start(AC3, {
			TransactionEvent: ({ idToken }) =>
				idToken === undefined ? {} : { idTokenInfo: { status: 'Invalid' } },
		});
		await charge(1);
		await csms.waitFor('the end', () => csms.events().at(-1)?.eventType === 'Ended');
		expect(csms.events().at(-1)).toMatchObject({
			triggerReason: 'Deauthorized',
			transactionInfo: { stoppedReason: 'DeAuthorized', chargingState: 'EVConnected' },
		});
		expect(station.evse(1)).toMatchObject({ flow: { powerW: 0 }, status: 'Occupied' });
	});
});

describe('the end of a transaction', () => {
	it.each([
		['the cable is pulled', () => station.unplug(station.evse(1)!), 'Idle'],
		['the station fails', () => station.evse(1)!.fault(), 'EVConnected'],
	])(
		'says, when %s, that nothing flows, and whether the car is still there',
		async (_, end, state) => {
			await start(AC3);
			await charge(1);
			end();
			await station.link.settled();
			const last = csms.events().at(-1)!;
			expect(last).toMatchObject({ eventType: 'Ended', transactionInfo: { chargingState: state } });
			const flows = (last.meterValue ?? [])
				.flatMap(({ sampledValue }) => sampledValue)
				.filter(({ measurand }) => /^(Power|Current)/.test(measurand ?? ''));
			expect(flows.map(({ value }) => value)).toEqual([0, 0, 0, 0]);
		},
	);
});
