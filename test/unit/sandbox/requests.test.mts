import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import { startOtherCsms, type Answers, type OtherCsms } from '../../support/otherCsms.mts';

const [DC] = STATIONS;
const TEN = '2026-03-01T10:00:00.000Z';
const CARD = { idToken: '04A1B2C3', type: 'ISO14443' } as const;

let clock: SimulatedClock;
let csms: OtherCsms;
let station: Station;

async function start(answers: Answers = {}): Promise<void> {
	clock = new SimulatedClock({ now: Date.parse(TEN), speed: 0 });
	csms = await startOtherCsms(answers);
	station = new Station({ asset: DC, csms, clock });
	await station.link.connect();
}

/** A station that has booted, with a car at EVSE 1. */
async function startWithCar({ authorized = true } = {}): Promise<void> {
	await start();
	await csms.waitFor('the statuses', () => sent('StatusNotification').length === 2);
	const [evse] = station.evses;
	station.plugIn(evse, { batteryKwh: 100, soc: 20, maxPowerKw: 50, phases: 3 });
	if (authorized) await station.presentCard(evse, CARD);
	await station.link.settled();
}

afterEach(async () => {
	clock.stop();
	await station.close();
	await csms.close();
});

const sent = (action: string) =>
	csms.received.filter(({ method }) => method === action).map(({ params }) => params);

/** What a station sends after its answer to a TriggerMessage. */
async function triggered(requestedMessage: string, evse?: object) {
	const before = sent(requestedMessage).length;
	const frames = csms.frames.length;
	expect(await csms.call('TriggerMessage', { requestedMessage, evse })).toEqual({
		status: 'Accepted',
	});
	await csms.waitFor(requestedMessage, () => sent(requestedMessage).length > before);
	expect(csms.frames.slice(frames, frames + 2)).toEqual(['response', requestedMessage]);
	await station.link.settled();
	return sent(requestedMessage).slice(before);
}

describe('TriggerMessage', () => {
	it('sends a Heartbeat', async () => {
		await startWithCar();
		expect(await triggered('Heartbeat')).toEqual([{}]);
	});

	it('sends the status of a connector', async () => {
		await startWithCar();
		expect(await triggered('StatusNotification', { id: 1, connectorId: 1 })).toEqual([
			{ evseId: 1, connectorId: 1, connectorStatus: 'Occupied', timestamp: TEN },
		]);
	});

	it('sends the meter values of one EVSE, or of all', async () => {
		await startWithCar();
		const powers = (messages: Array<Record<string, unknown>>) =>
			messages.map(({ evseId, meterValue }) => {
				const [{ sampledValue }] = meterValue as [{ sampledValue: Array<Record<string, unknown>> }];
				const power = sampledValue.find(({ measurand }) => measurand === 'Power.Active.Import');
				return [evseId, power?.context, power?.value];
			});
		expect(powers(await triggered('MeterValues', { id: 2 }))).toEqual([[2, 'Trigger', 0]]);
		expect(powers(await triggered('MeterValues'))).toEqual([
			[1, 'Trigger', 50_000],
			[2, 'Trigger', 0],
		]);
	});

	it('sends an event of each running transaction', async () => {
		await startWithCar();
		const { seqNo } = csms.events().at(-1)!;
		expect(await triggered('TransactionEvent')).toMatchObject([
			{
				eventType: 'Updated',
				triggerReason: 'Trigger',
				seqNo: seqNo + 1,
				evse: { id: 1 },
				transactionInfo: { chargingState: 'Charging' },
				meterValue: [{ sampledValue: [{ context: 'Trigger' }, {}, {}] }],
			},
		]);
	});

	it('boots at once while the CSMS has not accepted the boot', async () => {
		await start({
			BootNotification: () => ({ status: 'Pending', currentTime: TEN, interval: 3600 }),
		});
		await csms.waitFor('the boot', () => sent('BootNotification').length === 1);
		expect(await triggered('BootNotification')).toMatchObject([{ reason: 'Triggered' }]);
	});

	it.each([
		[
			'BootNotification',
			undefined,
			{ status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled' } },
		],
		['StatusNotification', undefined, { statusInfo: { reasonCode: 'MissingParam' } }],
		['StatusNotification', { id: 1 }, { statusInfo: { reasonCode: 'MissingParam' } }],
		[
			'StatusNotification',
			{ id: 1, connectorId: 2 },
			{ statusInfo: { reasonCode: 'UnknownConnectorId' } },
		],
		['MeterValues', { id: 3 }, { statusInfo: { reasonCode: 'UnknownEvse' } }],
		['TransactionEvent', { id: 2 }, { statusInfo: { reasonCode: 'TxNotFound' } }],
		['LogStatusNotification', undefined, { status: 'NotImplemented' }],
	])('of %s for %j is not done', async (requestedMessage, evse, answer) => {
		await startWithCar();
		expect(await csms.call('TriggerMessage', { requestedMessage, evse })).toMatchObject(answer);
	});
});

describe('GetChargingProfiles', () => {
	const profile = (id: number, stackLevel: number) => ({
		id,
		stackLevel,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Relative',
		chargingSchedule: [
			{
				id,
				chargingRateUnit: 'W',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 10_000.5 }],
			},
		],
	});

	beforeEach(async () => {
		await startWithCar();
		for (const [evseId, id, stackLevel] of [
			[1, 1, 3],
			[1, 2, 1],
			[2, 3, 1],
		]) {
			const request = { evseId, chargingProfile: profile(id, stackLevel) };
			expect(await csms.call('SetChargingProfile', request)).toEqual({ status: 'Accepted' });
		}
	});

	it('reports the profiles of each EVSE as they were set, lowest stack level first', async () => {
		const asked = { requestId: 9, chargingProfile: { chargingProfilePurpose: 'TxDefaultProfile' } };
		expect(await csms.call('GetChargingProfiles', asked)).toEqual({ status: 'Accepted' });
		await csms.waitFor('both reports', () => sent('ReportChargingProfiles').length === 2);
		const source = { requestId: 9, chargingLimitSource: 'CSO' };
		expect(sent('ReportChargingProfiles')).toEqual([
			{ ...source, evseId: 1, tbc: true, chargingProfile: [profile(2, 1), profile(1, 3)] },
			{ ...source, evseId: 2, tbc: false, chargingProfile: [profile(3, 1)] },
		]);
	});

	it.each([
		[{ evseId: 1 }, { stackLevel: 1 }, [2]],
		[{}, { stackLevel: 1 }, [2, 3]],
		[{}, { chargingProfileId: [3, 1] }, [1, 3]],
		[{}, { chargingLimitSource: ['CSO', 'EMS'], stackLevel: 3 }, [1]],
	])('with %j and %j reports %j', async (more, chargingProfile, ids) => {
		await csms.call('GetChargingProfiles', { requestId: 9, ...more, chargingProfile });
		await csms.waitFor('all', () => sent('ReportChargingProfiles').at(-1)?.tbc === false);
		expect(
			sent('ReportChargingProfiles').flatMap(({ chargingProfile: reported }) =>
				(reported as Array<{ id: number }>).map(({ id }) => id),
			),
		).toEqual(ids);
	});

	it.each([
		[{ evseId: 0 }, { stackLevel: 1 }],
		[{}, { chargingProfileId: [4] }],
		[{}, { chargingLimitSource: ['EMS'] }],
	])('with %j and %j answers NoProfiles', async (more, chargingProfile) => {
		expect(
			await csms.call('GetChargingProfiles', { requestId: 9, ...more, chargingProfile }),
		).toEqual({ status: 'NoProfiles' });
	});
});

describe('UnlockConnector', () => {
	it.each([
		[1, 1, true, 'OngoingAuthorizedTransaction'],
		[1, 1, false, 'Unlocked'],
		[2, 1, true, 'Unlocked'],
		[2, 2, true, 'UnknownConnector'],
		[3, 1, true, 'UnknownConnector'],
	])('%i/%i, authorized: %s → %s', async (evseId, connectorId, authorized, status) => {
		await startWithCar({ authorized });
		expect(await csms.call('UnlockConnector', { evseId, connectorId })).toEqual({ status });
	});
});

describe('GetTransactionStatus', () => {
	it('tells whether a transaction is running', async () => {
		await startWithCar();
		const { transactionId } = csms.events()[0].transactionInfo;
		const ask = (id?: string) => csms.call('GetTransactionStatus', { transactionId: id });
		expect(await ask(transactionId)).toEqual({ ongoingIndicator: true, messagesInQueue: false });
		expect(await ask('other')).toEqual({ ongoingIndicator: false, messagesInQueue: false });
		expect(await ask()).toEqual({ messagesInQueue: false });
	});

	it('tells whether events wait to be sent', async () => {
		await start();
		await csms.waitFor('the statuses', () => sent('StatusNotification').length === 2);
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		csms.answers.TransactionEvent = () => held.then(() => ({}));
		station.plugIn(station.evses[0], { batteryKwh: 100, soc: 20, maxPowerKw: 50, phases: 3 });
		await csms.waitFor('the event', () => csms.events().length === 1);
		const { transactionId } = csms.events()[0].transactionInfo;
		const ask = (id?: string) => csms.call('GetTransactionStatus', { transactionId: id });
		expect(await ask(transactionId)).toEqual({ ongoingIndicator: true, messagesInQueue: true });
		expect(await ask('other')).toEqual({ ongoingIndicator: false, messagesInQueue: false });
		expect(await ask()).toEqual({ messagesInQueue: true });
		release();
		await station.link.settled();
		expect(await ask()).toEqual({ messagesInQueue: false });
	});
});

it('there is no authorization cache and no local authorization list', async () => {
	await startWithCar();
	expect(await csms.call('ClearCache', {})).toEqual({ status: 'Rejected' });
	expect(await csms.call('GetLocalListVersion', {})).toEqual({ versionNumber: 0 });
	await expect(
		csms.call('SendLocalList', { versionNumber: 1, updateType: 'Full' }),
	).rejects.toMatchObject({ rpcErrorCode: 'NotImplemented' });
});
