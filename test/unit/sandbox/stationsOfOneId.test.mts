import { until } from '../../../host/support/until.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { SimulatedFleet } from '../../../sandbox/stations/simulatedFleet.mts';
import { boot, otherStation, startCsms } from '../../support/otherStation.mts';

const ID = STATIONS[0].stationId;

let sandbox: Awaited<ReturnType<typeof startCsms>>;
let fleet: SimulatedFleet;
const opened: Array<ReturnType<typeof otherStation>> = [];

beforeEach(async () => {
	sandbox = await startCsms();
	fleet = new SimulatedFleet({
		assets: STATIONS,
		clock: sandbox.clock,
		csms: { endpoint: sandbox.endpoint },
	});
	await start();
});

afterEach(async () => {
	await Promise.all(opened.splice(0).map((station) => station.close({ force: true })));
	await fleet.close();
	await sandbox.close();
});

const start = async () => {
	await fleet.start((stationId) => sandbox.csms.isTaken(stationId));
	await sandbox.csms.until('the stations', () =>
		STATIONS.every(
			({ stationId }) =>
				sandbox.csms.isTaken(stationId) || sandbox.csms.stations.get(stationId)?.reported,
		),
	);
};

async function takePlace() {
	const other = otherStation(sandbox.endpoint, ID);
	opened.push(other);
	other.handle('Reset', () => Promise.resolve({ status: 'Rejected' }));
	await boot(other);
	return other;
}

const answersReset = async () => {
	const { status } = await sandbox.csms.call(ID, 'Reset', { type: 'OnIdle' });
	return status;
};

it('a station of another make takes the place of the simulated one, and keeps it', async () => {
	await takePlace();
	await until('the simulated one to be gone', 5, () =>
		fleet.get(ID)?.link.online ? undefined : true,
	);
	await expect(fleet.get(ID)?.link.connect()).rejects.toThrow('Conflict');
	expect(await answersReset()).toBe('Rejected');
});

it('a reset leaves it connected, and starts the other stations again', async () => {
	const other = await takePlace();
	await fleet.close();
	await sandbox.csms.reset();
	await start();
	expect(fleet.all().map(({ link }) => link.online)).toEqual([false, true, true]);
	await other.call('Heartbeat', {});
	expect(await answersReset()).toBe('Rejected');
});

it('its messages are logged, as it saw them', async () => {
	const before = sandbox.messages.all().length;
	await takePlace();
	await answersReset();
	expect(
		sandbox.messages
			.all()
			.slice(before)
			.map(({ direction, action, answer }) => [direction, action, answer !== undefined]),
	).toEqual([
		['sent', 'BootNotification', true],
		['received', 'GetVariables', true],
		['received', 'Reset', true],
	]);
});

it('a message that is too long ends its connection, and is not read', async () => {
	const other = await takePlace();
	const gone = new Promise((resolve) => other.once('disconnect', resolve));
	const call = other.call('DataTransfer', { vendorId: 'Other', data: 'x'.repeat(5_000_000) });
	await expect(call).rejects.toThrow();
	expect(await gone).toMatchObject({ code: 1009 });
	await until('the others to be there', 5, () =>
		sandbox.csms.stations.get(STATIONS[1].stationId)?.online ? true : undefined,
	);
});
