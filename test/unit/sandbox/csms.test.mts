import type { RPCClient } from 'ocpp-rpc';
import type { Csms } from '../../../sandbox/csms/csms.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { boot, otherStation, startCsms, TIME } from '../../support/otherStation.mts';

const [, AC3] = STATIONS;
const ID = AC3.stationId;

describe('the central system and a station of another make', () => {
	let csms: Csms;
	let close: () => Promise<void>;
	let station: RPCClient;

	beforeAll(async () => {
		const started = await startCsms();
		({ csms, close } = started);
		station = otherStation(started.endpoint, ID);
		station.handle('RequestStartTransaction', () => Promise.resolve({ status: 'Accepted' }));
		await boot(station);
	});

	afterEach(() => csms.cards.clear());

	afterAll(async () => {
		await station.close({ force: true });
		await close();
	});

	it.each([
		['Heartbeat', {}, { currentTime: TIME }],
		['ClearedChargingLimit', { chargingLimitSource: 'EMS' }, {}],
		['DataTransfer', { vendorId: 'Other' }, { status: 'UnknownVendorId' }],
		['DataTransfer', { vendorId: 'ChargeEye' }, { status: 'UnknownMessageId' }],
		['FirmwareStatusNotification', { status: 'Idle' }, {}],
		['LogStatusNotification', { status: 'Idle' }, {}],
		['NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'SO' } }, {}],
		[
			'NotifyEvent',
			{
				generatedAt: TIME,
				seqNo: 0,
				eventData: [
					{
						eventId: 1,
						timestamp: TIME,
						trigger: 'Alerting',
						actualValue: '1',
						eventNotificationType: 'HardWiredMonitor',
						component: { name: 'EVSE' },
						variable: { name: 'Problem' },
					},
				],
			},
			{},
		],
		['NotifyReport', { requestId: 1, generatedAt: TIME, seqNo: 0 }, {}],
		['NotifyMonitoringReport', { requestId: 1, generatedAt: TIME, seqNo: 0 }, {}],
		['NotifyCustomerInformation', { data: '', seqNo: 0, generatedAt: TIME, requestId: 1 }, {}],
		['NotifyDisplayMessages', { requestId: 1 }, {}],
		[
			'NotifyEVChargingNeeds',
			{
				evseId: 1,
				chargingNeeds: {
					requestedEnergyTransfer: 'AC_three_phase',
					acChargingParameters: {
						energyAmount: 1,
						evMinCurrent: 6,
						evMaxCurrent: 16,
						evMaxVoltage: 230,
					},
				},
			},
			{ status: 'Rejected' },
		],
		['PublishFirmwareStatusNotification', { status: 'Idle' }, {}],
		['ReservationStatusUpdate', { reservationId: 1, reservationUpdateStatus: 'Expired' }, {}],
		['SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp: TIME }, {}],
		['SignCertificate', { csr: 'x' }, { status: 'Rejected' }],
		['GetCertificateStatus', certificate(), { status: 'Failed' }],
		[
			'Get15118EVCertificate',
			{ iso15118SchemaVersion: '2', action: 'Install', exiRequest: 'x' },
			{ status: 'Failed', exiResponse: '' },
		],
		['NotifyEVChargingSchedule', schedule(), { status: 'Accepted' }],
		['ReportChargingProfiles', profiles(), {}],
	])('%s is answered as OCPP says', async (action, request, answer) => {
		expect(await station.call(action, request)).toEqual(answer);
	});

	function certificate() {
		const ocspRequestData = {
			hashAlgorithm: 'SHA256',
			issuerNameHash: 'a',
			issuerKeyHash: 'b',
			serialNumber: '1',
			responderURL: 'http://x',
		};
		return { ocspRequestData };
	}

	function schedule() {
		const chargingSchedulePeriod = [{ startPeriod: 0, limit: 16 }];
		const chargingSchedule = { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod };
		return { timeBase: TIME, evseId: 1, chargingSchedule };
	}

	function profiles() {
		const { chargingSchedule } = schedule();
		return {
			requestId: 1,
			chargingLimitSource: 'CSO',
			evseId: 1,
			chargingProfile: [
				{
					id: 1,
					stackLevel: 0,
					chargingProfilePurpose: 'TxDefaultProfile',
					chargingProfileKind: 'Relative',
					chargingSchedule: [chargingSchedule],
				},
			],
		};
	}

	const report = (transactionId: string, seqNo: number, event: object = {}) =>
		station.call('TransactionEvent', {
			eventType: seqNo === 0 ? 'Started' : 'Updated',
			triggerReason: 'Authorized',
			timestamp: TIME,
			seqNo,
			evse: { id: 1 },
			transactionInfo: { transactionId, chargingState: 'Charging' },
			...event,
		});
	const measure = (sampledValue: object[]) =>
		station.call('MeterValues', { evseId: 1, meterValue: [{ timestamp: TIME, sampledValue }] });

	it('MeterValues count for the running transaction', async () => {
		await report('metered', 0);
		await measure([{ value: 1000 }]);
		await measure([
			{ value: 3.5, unitOfMeasure: { unit: 'kWh' } },
			{ measurand: 'Power.Active.Import', value: 11, unitOfMeasure: { unit: 'kW' } },
		]);
		expect(csms.transactions.get('metered')).toMatchObject({
			chargedEnergyKwh: 2.5,
			powerKw: 11,
			sequenceNumber: 2,
		});
		// The station's own numbers go on, and count.
		await report('metered', 1, { eventType: 'Ended' });
		await measure([{ value: 9000 }]);
		expect(csms.transactions.get('metered')).toMatchObject({
			status: 'Ended',
			chargedEnergyKwh: 2.5,
			sequenceNumber: 3,
		});
	});

	it('powers of single phases are added up, currents are not', async () => {
		await report('phases', 0);
		await measure(
			['L1', 'L2', 'L3', 'N'].flatMap((phase) => [
				{ phase, measurand: 'Power.Active.Import', value: phase === 'N' ? 50 : 2300 },
				{ phase, measurand: 'Current.Import', value: 10 },
			]),
		);
		expect(csms.transactions.get('phases')).toMatchObject({ powerKw: 6.9, current: 10 });
	});

	describe('with a list of cards', () => {
		beforeEach(() =>
			csms.cards.set([
				{ idToken: 'GOOD', status: 'Accepted' },
				{ idToken: 'LOST', status: 'Blocked' },
			]),
		);
		const card = (idToken: string, type = 'ISO14443') => ({ idToken: { idToken, type } });

		it.each([
			['good', 'Accepted'],
			['LOST', 'Blocked'],
			['NEW', 'Invalid'],
		])('%s is %s', async (idToken, status) => {
			expect(await station.call('Authorize', card(idToken))).toEqual({ idTokenInfo: { status } });
			const id = `by ${idToken}`;
			expect(await report(id, 0, card(idToken))).toEqual({ idTokenInfo: { status } });
			expect(csms.transactions.get(id)?.authenticated).toBe(status === 'Accepted');
		});

		it('a token that the central system started with, and no token at all, are accepted', async () => {
			await csms.call(ID, 'RequestStartTransaction', {
				remoteStartId: 1,
				idToken: { idToken: 'remote', type: 'Central' },
			});
			expect(await report('remote', 0, card('remote', 'Central'))).toEqual({
				idTokenInfo: { status: 'Accepted' },
			});
			expect(await report('free', 0, card('', 'NoAuthorization'))).toEqual({
				idTokenInfo: { status: 'Accepted' },
			});
		});
	});

	it('every card is accepted without a list', async () => {
		expect(
			await station.call('Authorize', { idToken: { idToken: 'ANY', type: 'ISO14443' } }),
		).toEqual({ idTokenInfo: { status: 'Accepted' } });
	});
});
