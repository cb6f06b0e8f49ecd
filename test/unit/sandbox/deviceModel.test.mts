import { until } from '../../../host/support/until.mts';
import { SimulatedClock } from '../../../sandbox/clock.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { Station } from '../../../sandbox/stations/station.mts';
import type { StationMessages } from '../../../sandbox/ocpp/messages.mts';
import { startOtherCsms, type OtherCsms } from '../../support/otherCsms.mts';

type Answer<Action extends keyof StationMessages> = StationMessages[Action]['response'];

const [DC] = STATIONS;

let clock: SimulatedClock;
let csms: OtherCsms;
let station: Station;

beforeEach(async () => {
	clock = new SimulatedClock({ now: Date.parse('2026-03-01T10:00:00Z'), speed: 0 });
	csms = await startOtherCsms();
	const capacity = { periods: 24, levels: 4, profiles: 10, replacesBy: 'id' } as const;
	station = new Station({ asset: DC, csms, clock, capacity });
	await station.link.connect();
	await csms.waitFor('the statuses', () => sent('StatusNotification').length === 2);
});

afterEach(async () => {
	clock.stop();
	await station.close();
	await csms.close();
});

const sent = (action: string) =>
	csms.received.filter(({ method }) => method === action).map(({ params }) => params);

const named = (component: string, name: string, more: object = {}) => {
	const [variable, instance] = name.split('/');
	return {
		component: { name: component },
		variable: instance === undefined ? { name } : { name: variable, instance },
		...more,
	};
};

async function set(...setVariableData: object[]) {
	const answer = await csms.call('SetVariables', { setVariableData });
	return (answer as Answer<'SetVariables'>).setVariableResult.map(
		({ attributeStatus, attributeStatusInfo }) =>
			attributeStatusInfo?.reasonCode ?? attributeStatus,
	);
}

async function get(...getVariableData: object[]) {
	const answer = await csms.call('GetVariables', { getVariableData });
	return (answer as Answer<'GetVariables'>).getVariableResult.map(
		({ attributeStatus, attributeValue }) => attributeValue ?? attributeStatus,
	);
}

interface Reported {
	component: { name: string; evse?: { id: number; connectorId?: number } };
	variable: { name: string; instance?: string };
	variableAttribute: [{ value: string; mutability: string }];
	variableCharacteristics: Record<string, unknown>;
}

/** The variables of a base report, and how many of them came in each message. */
async function report(reportBase: string) {
	expect(await csms.call('GetBaseReport', { requestId: 7, reportBase })).toEqual({
		status: 'Accepted',
	});
	await csms.waitFor('the report', () => sent('NotifyReport').at(-1)?.tbc === false);
	const messages = sent('NotifyReport');
	expect(messages.map(({ requestId, seqNo }) => [requestId, seqNo])).toEqual(
		messages.map((_message, index) => [7, index]),
	);
	expect(messages.slice(0, -1).every(({ tbc }) => tbc === true)).toBe(true);
	return messages.map(({ reportData }) => reportData as Reported[]);
}

describe('GetBaseReport', () => {
	it('reports the whole inventory in parts, as GetVariables shows it', async () => {
		const parts = await report('FullInventory');
		expect(parts.length).toBeGreaterThan(1);
		const variables = parts.flat();
		expect(variables.find(({ variable: { name } }) => name === 'Entries')).toEqual({
			...named('SmartChargingCtrlr', 'Entries/ChargingProfiles'),
			variableAttribute: [{ type: 'Actual', value: '0', mutability: 'ReadOnly' }],
			variableCharacteristics: { dataType: 'integer', maxLimit: 10, supportsMonitoring: false },
		});
		expect(
			await get(...variables.map(({ component, variable }) => ({ component, variable }))),
		).toEqual(variables.map(({ variableAttribute: [{ value }] }) => value));
	});

	it('reports what can be set', async () => {
		const variables = (await report('ConfigurationInventory')).flat();
		expect(
			variables.map(({ variable, variableAttribute: [{ mutability }] }) => [
				variable.name,
				mutability,
			]),
		).toEqual(
			[
				'HeartbeatInterval',
				'MessageAttempts',
				'MessageAttemptInterval',
				'TxUpdatedInterval',
				'EVConnectionTimeOut',
			].map((name) => [name, 'ReadWrite']),
		);
	});

	it('sums up what the station can do now', async () => {
		station.fault(station.evses[1]);
		const variables = (await report('SummaryInventory')).flat();
		expect(
			variables.map(({ component: { name, evse }, variable, variableAttribute: [{ value }] }) =>
				[name, evse?.id ?? '', variable.name, value].join(' '),
			),
		).toEqual([
			'ChargingStation  AvailabilityState Available',
			'EVSE 1 AvailabilityState Available',
			'Connector 1 AvailabilityState Available',
			'EVSE 2 AvailabilityState Faulted',
			'EVSE 2 Problem true',
			'Connector 2 AvailabilityState Faulted',
		]);
	});
});

it('GetVariables says what is not known, and does not tell capital letters apart', async () => {
	expect(
		await get(
			named('smartchargingctrlr', 'RATEUNIT'),
			named('NoCtrlr', 'RateUnit'),
			named('SmartChargingCtrlr', 'Nonsense'),
			named('SmartChargingCtrlr', 'Entries'),
			named('EVSE', 'Power'),
			named('SmartChargingCtrlr', 'RateUnit', { attributeType: 'Target' }),
		),
	).toEqual([
		'W',
		'UnknownComponent',
		'UnknownVariable',
		'UnknownVariable',
		'UnknownComponent',
		'NotSupportedAttributeType',
	]);
	const many = Array.from({ length: 101 }, () => named('AuthCtrlr', 'LocalPreAuthorize'));
	await expect(get(...many)).rejects.toMatchObject({
		rpcErrorCode: 'OccurrenceConstraintViolation',
	});
});

describe('SetVariables', () => {
	it('answers for each variable', async () => {
		const value = (attributeValue: string) => ({ attributeValue });
		expect(
			await set(
				named('TxCtrlr', 'EVConnectionTimeOut', value('60')),
				named('TxCtrlr', 'EVConnectionTimeOut', value('soon')),
				named('TxCtrlr', 'EVConnectionTimeOut', value('0')),
				named('TxCtrlr', 'EVConnectionTimeOut', value('1000000')),
				named('TxCtrlr', 'StopTxOnInvalidId', value('false')),
				named('TxCtrlr', 'Nonsense', value('1')),
				named('NoCtrlr', 'Nonsense', value('1')),
				named('TxCtrlr', 'EVConnectionTimeOut', { ...value('60'), attributeType: 'Target' }),
			),
		).toEqual([
			'Accepted',
			'InvalidValue',
			'ValueTooLow',
			'ValueTooHigh',
			'ReadOnly',
			'UnknownVariable',
			'UnknownComponent',
			'NotSupportedAttributeType',
		]);
		expect(await get(named('TxCtrlr', 'EVConnectionTimeOut'))).toEqual(['60']);
	});

	const car = { batteryKwh: 100, soc: 20, maxPowerKw: 50, phases: 3 } as const;
	/** The times, on the first two minutes, of the events that a timer caused. */
	const timesOf = async (trigger: string) => {
		clock.set({ speed: 3600 });
		const end = Date.parse('2026-03-01T10:02:00Z');
		await until('two minutes to pass', 5, () => station.now() > end || undefined);
		clock.set({ speed: 0 });
		await station.link.settled();
		return csms
			.events()
			.filter(({ triggerReason, timestamp }) => {
				return triggerReason === trigger && Date.parse(timestamp) <= end;
			})
			.map(({ timestamp }) => timestamp.slice(14, 19));
	};

	it.each([
		['40', ['00:40', '01:20', '02:00']],
		['0', []],
	])('a TxUpdatedInterval of %s s gives samples at %j', async (attributeValue, times) => {
		await set(named('SampledDataCtrlr', 'TxUpdatedInterval', { attributeValue }));
		station.plugIn(station.evses[0], car);
		expect(await timesOf('MeterValuePeriodic')).toEqual(times);
	});

	it('an EVConnectionTimeOut ends a transaction without a car', async () => {
		await set(named('TxCtrlr', 'EVConnectionTimeOut', { attributeValue: '60' }));
		await station.presentCard(station.evses[0], { idToken: 'A', type: 'ISO14443' });
		expect(await timesOf('EVConnectTimeout')).toEqual(['01:00']);
	});

	it('a HeartbeatInterval is the time between heartbeats', async () => {
		await set(named('OCPPCommCtrlr', 'HeartbeatInterval', { attributeValue: '1' }));
		await csms.waitFor('two heartbeats', () => sent('Heartbeat').length === 2);
	});

	it('MessageAttempts is how often an event is sent that the CSMS does not take', async () => {
		await set(
			named('OCPPCommCtrlr', 'MessageAttempts/TransactionEvent', { attributeValue: '2' }),
			named('OCPPCommCtrlr', 'MessageAttemptInterval/TransactionEvent', { attributeValue: '0' }),
		);
		csms.answers.TransactionEvent = () => Promise.reject(new Error('Not now'));
		station.plugIn(station.evses[0], car);
		await station.link.settled();
		expect(csms.events()).toHaveLength(2);
	});
});
