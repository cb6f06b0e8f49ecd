// A sandbox that lets stations connect which nobody has registered.
import type { RPCClient } from 'ocpp-rpc';
import { until } from '../../host/support/until.mts';
import type { Schema } from '../../nodes/shared/chargeye/contract.ts';
import { boot, otherStation, TIME } from '../support/otherStation.mts';
import { useSite } from '../support/site.mts';

const ID = 'Vendor:X-1';

const site = useSite(['--unknown-stations', 'accept']);
const opened: RPCClient[] = [];

afterEach(async () => {
	await Promise.all(opened.splice(0).map((station) => station.close({ force: true })));
});

function open(id = ID): RPCClient {
	const station = otherStation(site.ocpp, id);
	opened.push(station);
	return station;
}

/** A station with two EVSEs that has booted. */
async function connect(): Promise<RPCClient> {
	const station = open();
	await boot(station);
	for (const evseId of [2, 1, 0]) await report(station, evseId, 'Available');
	return station;
}

const report = (station: RPCClient, evseId: number, connectorStatus: string, connectorId = 1) =>
	station.call('StatusNotification', { timestamp: TIME, evseId, connectorId, connectorStatus });

const get = async <T,>(path: string): Promise<T> => (await site.restClient.get<T>(path)).data;
const shown = async () => {
	const { stations } = await get<{ stations: Schema<'Station'>[] }>(`/stations?stationIds=${ID}`);
	return stations.at(0);
};

it('the API shows it at a location of its own, with the connectors that it reports', async () => {
	const station = await connect();
	await report(station, 2, 'Faulted');
	expect(await shown()).toMatchObject({
		stationId: ID,
		status: 'Operative',
		onlineStatus: 'Online',
		location: { name: 'Not registered' },
		connectors: [
			{ connectorId: '1', name: 'EVSE 1', status: 'Available', type: null },
			{ connectorId: '2', name: 'EVSE 2', status: 'Faulted', type: null },
		],
	});
	const { locations } = await get<{ locations: Schema<'Location'>[] }>('/locations');
	expect(locations.map(({ name }) => name)).toContain('Not registered');
});

it('an EVSE with two connectors is one connector of the API, in use while one of them is', async () => {
	const station = await connect();
	const statuses = async () => (await shown())?.connectors?.map(({ status }) => status);
	await report(station, 1, 'Available', 2);
	await report(station, 1, 'Occupied', 1);
	await report(station, 1, 'Unavailable', 2);
	expect(await statuses()).toEqual(['Occupied', 'Available']);
	await report(station, 1, 'Available', 2);
	await report(station, 1, 'Faulted', 1);
	expect(await statuses()).toEqual(['Available', 'Available']);
});

it('its transactions are read and stopped, and its power is limited, as those of any other', async () => {
	const station = await connect();
	const asked: unknown[] = [];
	for (const action of ['SetChargingProfile', 'RequestStopTransaction']) {
		station.handle(action, ({ params }) => {
			asked.push(params);
			return Promise.resolve({ status: 'Accepted' });
		});
	}
	await station.call('TransactionEvent', {
		eventType: 'Started',
		triggerReason: 'CablePluggedIn',
		timestamp: TIME,
		seqNo: 0,
		evse: { id: 2, connectorId: 1 },
		transactionInfo: { transactionId: 'tx-1', chargingState: 'EVConnected' },
	});
	const { transaction } = await get<{ transaction: Schema<'Transaction'> }>('/transactions/tx-1');
	expect(transaction).toMatchObject({ stationId: ID, evseId: '2', status: 'PluggedInIdle' });
	const limit = { limit: { acMaxPowerA: 16 } };
	await site.restClient.put(`/chargingStations/${ID}/evse/2/powerLimit`, limit);
	await site.restClient.post('/transactions/tx-1/stop', {});
	expect(asked).toMatchObject([
		{
			evseId: 2,
			chargingProfile: {
				chargingSchedule: [{ chargingRateUnit: 'A', chargingSchedulePeriod: [{ limit: 16 }] }],
			},
		},
		{ transactionId: 'tx-1' },
	]);
});

it('a reset keeps it while it is connected, and forgets it otherwise', async () => {
	const station = await connect();
	await site.reset();
	expect(await shown()).toMatchObject({ onlineStatus: 'Online', connectors: [{}, {}] });
	await station.close({ force: true });
	await until('it to be offline', 5, async () =>
		(await shown())?.onlineStatus === 'Offline' ? true : undefined,
	);
	await site.reset();
	expect(await shown()).toBeUndefined();
});

it('an ID that OCPP does not allow is refused', async () => {
	await expect(open('a station').connect()).rejects.toThrow('Bad Request');
});
