import type { AddressInfo } from 'node:net';
import { RPCServer } from 'ocpp-rpc';
import { SimulatedClock } from '../../../sandbox/clock.mts';
import type { StationClient } from '../../../sandbox/csms/connectedStation.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { Station } from '../../../sandbox/stations/station.mts';

/** Another CSMS than the sandbox's: only ocpp-rpc and the messages that the station sends. */
describe('a simulated station with another CSMS', () => {
	const clock = new SimulatedClock({ now: Date.parse('2026-03-01T10:00:00Z'), speed: 0 });
	const received: { method: string; params: unknown }[] = [];
	let csms: RPCServer;
	let client: StationClient;
	let station: Station;

	beforeAll(async () => {
		csms = new RPCServer({ protocols: ['ocpp2.0.1'], strictMode: true });
		const booted = new Promise<void>((resolve) => {
			csms.on('client', (connected: StationClient) => {
				client = connected;
				connected.handle(({ method = '', params }) => {
					received.push({ method, params });
					if (method === 'StatusNotification') resolve();
					return Promise.resolve(
						method === 'BootNotification'
							? { status: 'Accepted', currentTime: clock.timestamp(), interval: 300 }
							: {},
					);
				});
			});
		});
		const server = await csms.listen(0, '127.0.0.1');
		const { port } = server.address() as AddressInfo;
		const [, asset] = STATIONS;
		station = new Station({ asset, endpoint: `ws://127.0.0.1:${port}`, clock });
		await station.link.connect();
		await booted;
	});

	afterAll(async () => {
		clock.stop();
		await station.close();
		await csms.close({ force: true });
	});

	it('boots and reports its connectors', () => {
		expect(received).toMatchObject([
			{ method: 'BootNotification', params: { reason: 'PowerUp' } },
			{ method: 'StatusNotification', params: { evseId: 1, connectorStatus: 'Available' } },
		]);
	});

	it('answers with its composite schedule', async () => {
		await client.call('SetChargingProfile', {
			evseId: 1,
			chargingProfile: {
				id: 1,
				stackLevel: 0,
				chargingProfilePurpose: 'TxDefaultProfile',
				chargingProfileKind: 'Absolute',
				chargingSchedule: [
					{
						id: 1,
						startSchedule: '2026-03-01T10:10:00Z',
						duration: 600,
						chargingRateUnit: 'A',
						chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
					},
				],
			},
		});
		expect(
			await client.call('GetCompositeSchedule', {
				evseId: 1,
				duration: 3600,
				chargingRateUnit: 'W',
			}),
		).toMatchObject({
			status: 'Accepted',
			schedule: {
				evseId: 1,
				duration: 3600,
				scheduleStart: '2026-03-01T10:00:00.000Z',
				chargingRateUnit: 'W',
				chargingSchedulePeriod: [
					{ startPeriod: 0, limit: 22_080 },
					{ startPeriod: 600, limit: 6_900 },
					{ startPeriod: 1200, limit: 22_080 },
				],
			},
		});
		expect(await client.call('GetCompositeSchedule', { evseId: 7, duration: 60 })).toMatchObject({
			status: 'Rejected',
			statusInfo: { reasonCode: 'UnknownEvse' },
		});
	});

	it('reports its smart charging settings', async () => {
		const variables = ['RateUnit', 'ProfileStackLevel', 'Nonsense'];
		const answer = await client.call('GetVariables', {
			getVariableData: variables.map((name) => ({
				component: { name: 'SmartChargingCtrlr' },
				variable: { name },
			})),
		});
		expect(answer).toMatchObject({
			getVariableResult: [
				{ attributeStatus: 'Accepted', attributeValue: 'A,W' },
				{ attributeStatus: 'Accepted', attributeValue: '2000' },
				{ attributeStatus: 'UnknownVariable' },
			],
		});
	});

	it('refuses what it cannot do', async () => {
		expect(await client.call('Reset', { type: 'Immediate', evseId: 1 })).toMatchObject({
			status: 'Rejected',
			statusInfo: { reasonCode: 'UnsupportedRequest' },
		});
		await expect(client.call('ClearCache', {})).rejects.toThrow(/ClearCache/);
	});
});
