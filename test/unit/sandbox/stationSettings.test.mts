import { until } from '../../../host/support/until.mts';
import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { OwnClock } from '../../../sandbox/stations/ownClock.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import { startOtherCsms, type Answers, type OtherCsms } from '../../support/otherCsms.mts';

const TEN = '2026-03-01T10:00:00.000Z';
const EARLIER = '2026-03-01T09:58:30.000Z';

let clock: SimulatedClock;
let csms: OtherCsms;
let station: Station;

async function start(answers: Answers = {}): Promise<void> {
	clock = new SimulatedClock({ now: Date.parse(TEN), speed: 0 });
	csms = await startOtherCsms(answers);
	station = new Station({ asset: STATIONS[1], csms, clock });
	await station.link.connect();
	await csms.waitFor('the status', () => csms.methods().includes('StatusNotification'));
}

async function stop(): Promise<void> {
	clock.stop();
	await station.close();
	await csms.close();
}

const profile = {
	id: 1,
	stackLevel: 0,
	chargingProfilePurpose: 'TxDefaultProfile',
	chargingProfileKind: 'Absolute',
	chargingSchedule: [
		{
			id: 1,
			startSchedule: TEN,
			chargingRateUnit: 'A',
			chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
		},
	],
};
const setProfile = () => csms.call('SetChargingProfile', { evseId: 1, chargingProfile: profile });

describe('a reboot', () => {
	afterEach(stop);

	it.each([
		[true, 6900],
		[false, 22_080],
	])('keeps charging profiles: %s', async (keepsProfilesAtReboot, limitW) => {
		await start();
		station.configure({ keepsProfilesAtReboot });
		await setProfile();
		await csms.call('Reset', { type: 'Immediate' });
		await csms.waitFor(
			'a second boot',
			() => csms.methods().filter((method) => method === 'BootNotification').length === 2,
		);
		await until('the station to be online', 5, () => station.link.online || undefined);
		expect(
			await csms.call('GetCompositeSchedule', { evseId: 1, duration: 60, chargingRateUnit: 'W' }),
		).toMatchObject({ schedule: { chargingSchedulePeriod: [{ limit: limitW }] } });
	});
});

describe('a station’s own clock', () => {
	afterEach(stop);

	it('is in what the station reports and in its schedules', async () => {
		await start();
		station.configure({ clockOffsetS: -90 });
		station.plugIn(station.evse(1)!, { batteryKwh: 60, soc: 20, maxPowerKw: 11, phases: 3 });
		await csms.waitFor('the event', () => csms.events().length > 0);
		const [{ timestamp, meterValue }] = csms.events();
		expect([timestamp, meterValue?.[0].timestamp]).toEqual([EARLIER, EARLIER]);
		await setProfile();
		expect(await csms.call('GetCompositeSchedule', { evseId: 1, duration: 120 })).toMatchObject({
			schedule: {
				scheduleStart: EARLIER,
				chargingSchedulePeriod: [
					{ startPeriod: 0, limit: 32 },
					{ startPeriod: 90, limit: 10 },
				],
			},
		});
	});

	const interval: Answers = {
		BootNotification: () => ({ status: 'Accepted', currentTime: TEN, interval: 1 }),
	};
	const heartbeats = () => csms.methods().filter((method) => method === 'Heartbeat').length;

	it('is set right by a Heartbeat', async () => {
		await start(interval);
		station.configure({ clockOffsetS: -90 });
		await until('the clock to be right', 5, () => station.now() === Date.parse(TEN) || undefined);
		expect(heartbeats()).toBeGreaterThan(0);
	});

	it('stays wrong if the station does not follow the CSMS’s time', async () => {
		await start(interval);
		station.configure({ clockOffsetS: -90, syncsClock: false });
		await csms.waitFor('two heartbeats', () => heartbeats() === 2);
		expect(station.settings).toEqual({
			keepsProfilesAtReboot: true,
			clockOffsetS: -90,
			clockDriftPpm: 0,
			syncsClock: false,
		});
	});
});

it('a station’s own clock goes wrong by its drift while time passes, but not when the time is set', () => {
	const told: number[] = [];
	const tell = (now: number) => void told.push(now);
	const own = new OwnClock(0, { runTo: tell, jumpTo: tell });
	own.driftPpm = 100;
	own.runTo(86_400_000);
	own.jumpTo(0);
	own.setOffset(0);
	own.driftPpm = -100;
	own.runTo(10_000_000);
	expect(told).toEqual([86_408_640, 8640, 0, 9_999_000]);
});
