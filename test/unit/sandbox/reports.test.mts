import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS, type StationAsset } from '../../../sandbox/fleet.mts';
import type { TransactionEvent } from '../../../sandbox/ocpp/messages.mts';
import type { CarSpec } from '../../../sandbox/stations/car.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import { startOtherCsms, type Answers, type OtherCsms } from './otherCsms.mts';

const [DC] = STATIONS;
const CAR: CarSpec = { batteryKwh: 100, soc: 20, maxPowerKw: 150, phases: 3 };
const CARD = { idToken: '04A1B2C3', type: 'ISO14443' } as const;

let clock: SimulatedClock;
let csms: OtherCsms;
let station: Station;

/** A station that has booted. */
async function start(asset: StationAsset, answers: Answers = {}): Promise<void> {
	clock = new SimulatedClock({ now: Date.parse('2026-03-01T10:00:00Z'), speed: 0 });
	csms = await startOtherCsms(answers);
	station = new Station({ asset, endpoint: csms.endpoint, clock });
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
