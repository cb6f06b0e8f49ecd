import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import { startOtherCsms, type OtherCsms } from '../../support/otherCsms.mts';

describe('a simulated station with another CSMS', () => {
	const clock = new SimulatedClock({ now: Date.parse('2026-03-01T10:00:00Z'), speed: 0 });
	let csms: OtherCsms;
	let station: Station;

	beforeAll(async () => {
		csms = await startOtherCsms();
		const [, asset] = STATIONS;
		station = new Station({ asset, csms, clock });
		await station.link.connect();
		await csms.waitFor('the status', () => csms.methods().includes('StatusNotification'));
	});

	afterAll(async () => {
		clock.stop();
		await station.close();
		await csms.close();
	});

	it('boots and reports its connectors', () => {
		expect(csms.received).toMatchObject([
			{ method: 'BootNotification', params: { reason: 'PowerUp' } },
			{ method: 'StatusNotification', params: { evseId: 1, connectorStatus: 'Available' } },
		]);
	});

	it('answers with its composite schedule', async () => {
		await csms.call('SetChargingProfile', {
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
			await csms.call('GetCompositeSchedule', {
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
		expect(await csms.call('GetCompositeSchedule', { evseId: 7, duration: 60 })).toMatchObject({
			status: 'Rejected',
			statusInfo: { reasonCode: 'UnknownEvse' },
		});
	});

	it('reports its smart charging settings', async () => {
		const variables = ['RateUnit', 'ProfileStackLevel', 'Nonsense'];
		const answer = await csms.call('GetVariables', {
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
		expect(await csms.call('Reset', { type: 'Immediate', evseId: 1 })).toMatchObject({
			status: 'Rejected',
			statusInfo: { reasonCode: 'UnsupportedRequest' },
		});
	});
});
