import { readFileSync } from 'node:fs';
import axios from 'axios';
import { RPCClient } from 'ocpp-rpc';
import { parse } from 'yaml';
import { controlClient } from '../../host/controlClient.mts';
import type { SandboxAddresses } from '../../host/sandbox.mts';
import { runProcess, startProcess } from '../../host/support/processes.mts';
import { until } from '../../host/support/until.mts';
import type { ScriptedAnswer } from '../../sandbox/stations/scriptedAnswers.mts';
import { connectorIdOf, startSite, type Site } from '../support/site.mts';

interface Message {
	direction: string;
	payload: {
		evseId?: number;
		chargingProfileId?: number;
		chargingProfile?: Record<string, unknown>;
		transactionInfo?: Record<string, unknown>;
		[field: string]: unknown;
	};
	answer?: { status: string };
}

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

let sandbox: Site;
const exercised = new Set<string>();

/** Calls the API with the access token; resolves to status and body, also of errors. */
async function api(method: string, url: string, data?: unknown) {
	const { status, data: body } = await sandbox.restClient.request<Record<string, unknown>>({
		method,
		url,
		data,
	});
	return { status, body };
}

const evse = async (id: string, evseId = 1) => (await sandbox.station(id)).evses[evseId - 1];
const plugIn = (id: string, evseId = 1, car: Parameters<Site['plugIn']>[2] = {}) =>
	sandbox.plugIn(id, evseId, { soc: 40, ...car });
const messages = async (id: string, action: string) =>
	(await sandbox.messages(id, action)) as Message[];
const lastMessage = async (id: string, action: string): Promise<Message> => {
	const message = (await messages(id, action)).at(-1);
	if (!message) throw new Error(`${id} has seen no ${action}`);
	return message;
};
const connector = async (id: string, evseId = 1): Promise<Record<string, unknown>> => {
	const { body } = await api('GET', `/stations?stationIds=${id}`);
	const [{ connectors }] = body.stations as { connectors: Record<string, unknown>[] }[];
	return connectors[evseId - 1];
};
const transactionId = async (id: string, evseId = 1): Promise<string> =>
	(await evse(id, evseId)).transaction?.transactionId ?? '';

beforeAll(async () => {
	sandbox = await startSite(['--page-size', '2', '--answer-timeout', '1']);
}, 20_000);

afterEach(async () => {
	for (const { operationId, status } of await sandbox.requests()) {
		if (operationId && status === 200) exercised.add(operationId);
	}
	await sandbox.reset();
});

afterAll(async () => {
	await sandbox.stop();
});

describe('power limits', () => {
	it('lowers a station’s power, and restores it', async () => {
		await plugIn(DC, 1, { maxPowerKw: 110 });
		expect((await evse(DC)).powerKw).toBe(110);

		expect(
			await api('PUT', `/chargingStations/${DC}/powerLimit?comment=Tariff%20peak`, {
				limit: { dcMaxPowerKw: 40.5 },
			}),
		).toEqual({ status: 200, body: { response: 'Accepted' } });
		expect((await evse(DC)).powerKw).toBe(40.5);
		const { direction, payload, answer } = await lastMessage(DC, 'SetChargingProfile');
		expect({ direction, answer }).toEqual({
			direction: 'received',
			answer: { status: 'Accepted' },
		});
		expect(payload).toEqual({
			evseId: 0,
			chargingProfile: {
				id: 3000,
				stackLevel: 0,
				chargingProfilePurpose: 'ChargingStationMaxProfile',
				chargingProfileKind: 'Absolute',
				chargingSchedule: [
					{
						id: 1,
						chargingRateUnit: 'W',
						startSchedule: expect.stringMatching(/^\d{4}-.*Z$/) as string,
						chargingSchedulePeriod: [{ startPeriod: 0, limit: 40_500 }],
					},
				],
			},
		});
		await until('the API to show it', 5, async () => {
			const { latestTransaction } = await connector(DC);
			return (latestTransaction as { powerKw: number }).powerKw === 40.5 ? true : undefined;
		});

		expect(await api('DELETE', `/chargingStations/${DC}/powerLimit`)).toEqual({
			status: 200,
			body: { response: 'Accepted' },
		});
		expect((await evse(DC)).powerKw).toBe(110);
		expect((await lastMessage(DC, 'ClearChargingProfile')).payload).toEqual({
			chargingProfileId: 3000,
		});
		expect((await api('DELETE', `/chargingStations/${DC}/powerLimit`)).body).toEqual({
			response: 'Unknown',
		});
	});

	it('shares a station limit among its sessions', async () => {
		await plugIn(DC, 1);
		await plugIn(DC, 2, { maxPowerKw: 20 });
		const { body } = await api('GET', `/stations?stationIds=${DC}`);
		expect(body.stations).toMatchObject([{ currentPowerKw: 120 }]);
		await api('PUT', `/chargingStations/${DC}/powerLimit`, { limit: { dcMaxPowerKw: 60 } });
		expect((await sandbox.station(DC)).evses.map(({ powerKw }) => powerKw)).toEqual([40, 20]);
	});

	it('limits a connector, in amperes if the station supports them', async () => {
		await plugIn(AC3);
		expect((await evse(AC3)).currentA).toEqual([32, 32, 32]);
		const url = `/chargingStations/${AC3}/evse/12/powerLimit`;
		expect((await api('PUT', url, { limit: { acMaxPowerA: 8.1 } })).body).toEqual({
			response: 'Accepted',
		});
		expect((await evse(AC3)).currentA).toEqual([8.1, 8.1, 8.1]);
		const { payload } = await lastMessage(AC3, 'SetChargingProfile');
		expect(payload).toMatchObject({
			evseId: 1,
			chargingProfile: {
				chargingProfilePurpose: 'TxDefaultProfile',
				chargingSchedule: [{ chargingRateUnit: 'A', chargingSchedulePeriod: [{ limit: 8.1 }] }],
			},
		});
		expect((await api('DELETE', url)).body).toEqual({ response: 'Accepted' });
		expect((await evse(AC3)).currentA).toEqual([32, 32, 32]);
	});

	it('pauses an AC car below 6 A, and 0 is a limit', async () => {
		await plugIn(AC1);
		const url = `/chargingStations/${AC1}/evse/1/powerLimit`;
		for (const acMaxPowerA of [5.9, 0]) {
			await api('PUT', url, { limit: { acMaxPowerA } });
			const { powerKw, transaction } = await evse(AC1);
			expect({ powerKw, state: transaction?.chargingState }).toEqual({
				powerKw: 0,
				state: 'SuspendedEVSE',
			});
		}
	});

	it('limits a transaction until it ends', async () => {
		await plugIn(DC, 2);
		const txId = await transactionId(DC, 2);
		const url = `/transactions/${txId}/powerLimit`;
		expect((await api('PUT', url, { limit: { dcMaxPowerKw: 30 } })).body).toEqual({
			response: 'Accepted',
		});
		expect((await evse(DC, 2)).powerKw).toBe(30);
		expect((await lastMessage(DC, 'SetChargingProfile')).payload).toMatchObject({
			evseId: 2,
			chargingProfile: { chargingProfilePurpose: 'TxProfile', transactionId: txId },
		});
		expect((await api('DELETE', url)).body).toEqual({ response: 'Accepted' });

		await api('PUT', url, { limit: { dcMaxPowerKw: 30 } });
		await api('POST', `/transactions/${txId}/stop`);
		expect((await sandbox.station(DC)).profiles).toEqual([]);
		expect((await api('PUT', url, { limit: { dcMaxPowerKw: 30 } })).body).toMatchObject({
			response: 'Rejected',
			statusInfo: { reasonCode: 'TxNotFound' },
		});
	});

	it('applies a limit with a condition only while the condition is met', async () => {
		await plugIn(DC);
		await api('PUT', `/chargingStations/${DC}/powerLimit?condition=whenNoCloudConnection`, {
			limit: { dcMaxPowerKw: 22 },
		});
		const { payload } = await lastMessage(DC, 'SetChargingProfile');
		expect(payload.chargingProfile).toMatchObject({
			stackLevel: 1000,
			customData: { vendorId: 'ChargeEye', condition: { whenNoCloudConnection: true } },
		});
		expect((await evse(DC)).powerKw).toBe(120);
		await sandbox.setOnline(DC, false);
		expect((await evse(DC)).powerKw).toBe(22);
		await sandbox.setOnline(DC, true);
		expect((await evse(DC)).powerKw).toBe(120);
	});

	it('applies a limit to sessions that nobody has authorized', async () => {
		const url = `/chargingStations/${AC1}/evse/1/powerLimit?condition=whenSessionNotAuthorized`;
		await api('PUT', url, { limit: { acMaxPowerKw: 3 } });
		expect((await evse(AC1)).limitW).toBe(7360);
		await plugIn(AC1, 1, { authorize: false });
		expect((await evse(AC1)).limitW).toBeCloseTo(3000, -2);
		await api('POST', `/chargingStations/${AC1}/evse/1/startTransaction`, {});
		expect((await evse(AC1)).limitW).toBe(7360);
	});

	it('applies a limit after its delay', async () => {
		await sandbox.setSpeed(0);
		await plugIn(AC3);
		const url = `/chargingStations/${AC3}/evse/12/powerLimit?relativeDelay=600`;
		await api('PUT', url, { limit: { acMaxPowerA: 10 } });
		expect((await evse(AC3)).currentA).toEqual([32, 32, 32]);
		const now = await sandbox.now();
		await sandbox.setClock(new Date(Date.parse(now) + 601_000).toISOString());
		expect((await evse(AC3)).currentA).toEqual([10, 10, 10]);
	});

	it.each([
		[{ limit: { acMaxPowerA: 8.15 } }, /body\.limit\.acMaxPowerA .*one decimal/],
		[{ limit: { acMaxPowerKw: -1 } }, /body\.limit\.acMaxPowerKw must be >= 0/],
		[{ limit: { acMaxPowerKw: '11' } }, /body\.limit\.acMaxPowerKw must be number/],
		[{ limit: { watts: 11 } }, /body\.limit\.watts is not known/],
		[{ limit: {} }, /body\.limit/],
		[{}, /body\.limit is required/],
		[undefined, /A JSON body is required/],
	])('refuses %j with the field and the reason', async (body, message) => {
		expect(await api('PUT', `/chargingStations/${AC1}/powerLimit`, body)).toEqual({
			status: 400,
			body: {
				statusCode: 400,
				error: 'Bad Request',
				message: expect.stringMatching(message) as string,
			},
		});
		expect(await messages(AC1, 'SetChargingProfile')).toEqual([]);
	});
});

describe('charging profiles', () => {
	const profile = (overrides: object = {}) => ({
		id: 7,
		stackLevel: 3,
		chargingProfilePurpose: 'TxDefaultProfile',
		chargingProfileKind: 'Absolute',
		chargingSchedule: [
			{
				id: 1,
				startSchedule: '2026-01-01T00:00:00Z',
				chargingRateUnit: 'W',
				chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }],
			},
		],
		...overrides,
	});

	it('reach the station without fields that OCPP does not have', async () => {
		const answer = await api('PUT', `/chargingStations/${AC3}/evse/12/chargingProfile?comment=x`, {
			chargingProfile: profile({ meta: { comment: 'mine' }, condition: {} }),
		});
		expect(answer).toEqual({ status: 200, body: { response: 'Accepted' } });
		expect((await lastMessage(AC3, 'SetChargingProfile')).payload).toEqual({
			evseId: 1,
			chargingProfile: profile({ customData: { vendorId: 'ChargeEye', condition: {} } }),
		});
	});

	it('are set and cleared on a station by purpose', async () => {
		const url = `/chargingStations/${AC3}/chargingProfile`;
		const max = profile({ chargingProfilePurpose: 'ChargingStationExternalConstraints' });
		expect((await api('PUT', url, { chargingProfile: max })).body).toEqual({
			response: 'Accepted',
		});
		expect((await sandbox.station(AC3)).profiles).toHaveLength(1);
		const criteria = { chargingProfileCriteria: { chargingProfilePurpose: 'TxProfile' } };
		expect((await api('DELETE', url, criteria)).body).toEqual({ response: 'Unknown' });
		expect((await api('DELETE', url, {})).body).toEqual({ response: 'Accepted' });
		expect((await sandbox.station(AC3)).profiles).toEqual([]);
	});

	it.each([
		['DuplicateProfile', 1, profile({ id: 8 })],
		['DuplicateProfile', 0, profile({ id: 8 })],
		['InvalidStackLevel', 1, profile({ stackLevel: 2001 })],
		['TxNotFound', 1, profile({ chargingProfilePurpose: 'TxProfile', transactionId: 'none' })],
		['InvalidSchedule', 1, withPeriods([{ startPeriod: 60, limit: 11_000 }])],
		[
			'TooManyElements',
			1,
			withPeriods(Array.from({ length: 301 }, (_, startPeriod) => ({ startPeriod, limit: 6000 }))),
		],
		['UnsupportedRateUnit', 1, withUnit('A')],
	])('are refused with %s', async (reasonCode, evseId, chargingProfile) => {
		const target = `/chargingStations/${DC}${evseId === 0 ? '' : `/evse/${connectorIdOf(DC, evseId)}`}/chargingProfile`;
		await api('PUT', `/chargingStations/${DC}/evse/1/chargingProfile`, {
			chargingProfile: profile(),
		});
		expect(await api('PUT', target, { chargingProfile })).toEqual({
			status: 200,
			body: {
				response: 'Rejected',
				statusInfo: { reasonCode, additionalInfo: expect.any(String) as string },
			},
		});
	});

	function withPeriods(chargingSchedulePeriod: object[]) {
		const [schedule] = profile().chargingSchedule;
		return profile({ chargingSchedule: [{ ...schedule, chargingSchedulePeriod }] });
	}

	function withUnit(chargingRateUnit: string) {
		const [schedule] = profile().chargingSchedule;
		return profile({ chargingSchedule: [{ ...schedule, chargingRateUnit }] });
	}
});

describe('availability and restart', () => {
	const availability = (id: string, type: string) =>
		api('PUT', `/chargingStations/${id}/evse/${connectorIdOf(id, 1)}/availability`, {
			type,
			disableTextReason: 'Back at noon',
		});
	const shown = (id: string, status: string) =>
		until(`${id} to be ${status}`, 5, async () =>
			(await connector(id)).status === status ? true : undefined,
		);

	it('takes an idle connector out of service and back', async () => {
		expect((await availability(AC1, 'Inoperative')).body).toEqual({
			responseFromStation: 'Accepted',
		});
		expect((await lastMessage(AC1, 'ChangeAvailability')).payload).toEqual({
			evse: { id: 1 },
			operationalStatus: 'Inoperative',
			customData: { vendorId: 'ChargeEye', disableTextReason: 'Back at noon' },
		});
		await shown(AC1, 'Unavailable');
		await availability(AC1, 'Operative');
		await shown(AC1, 'Available');
	});

	it('waits for a running transaction', async () => {
		await plugIn(AC1);
		expect((await availability(AC1, 'Inoperative')).body).toEqual({
			responseFromStation: 'Scheduled',
		});
		expect((await evse(AC1)).availability).toBe('InoperativeWhenIdle');
		await sandbox.unplug(AC1, 1);
		await shown(AC1, 'Unavailable');
	});

	it('restarts at once, which ends transactions but keeps profiles', async () => {
		await plugIn(DC);
		const txId = await transactionId(DC);
		await api('PUT', `/chargingStations/${DC}/powerLimit`, { limit: { dcMaxPowerKw: 50 } });
		expect(
			(await api('POST', `/chargingStations/${DC}/restart`, { type: 'Immediate' })).body,
		).toEqual({ responseFromStation: 'Accepted' });
		await until('the station to boot again', 5, async () =>
			(await messages(DC, 'BootNotification')).length === 2 && (await sandbox.station(DC)).connected
				? true
				: undefined,
		);
		expect((await lastMessage(DC, 'BootNotification')).payload.reason).toBe('RemoteReset');
		expect((await sandbox.station(DC)).profiles).toHaveLength(1);
		expect((await api('GET', `/transactions/${txId}`)).body).toMatchObject({
			transaction: { status: 'Ended', endReason: 'ImmediateReset' },
		});
	});

	it('restarts when idle', async () => {
		await plugIn(AC3);
		const restart = () => api('POST', `/chargingStations/${AC3}/restart`, { type: 'OnIdle' });
		expect((await restart()).body).toEqual({ responseFromStation: 'Scheduled' });
		await sandbox.unplug(AC3, 1);
		await until('the station to boot again', 5, async () =>
			(await messages(AC3, 'BootNotification')).length === 2 ? true : undefined,
		);
	});
});

describe('transactions', () => {
	const start = (id: string, body: object = {}) =>
		api('POST', `/chargingStations/${id}/evse/${connectorIdOf(id, 1)}/startTransaction`, body);
	const ACCEPTED = { transactionStartResponse: { status: 'Accepted' } };
	const rejected = (reasonCode: string) => ({
		transactionStartResponse: {
			status: 'Rejected',
			statusInfo: { reasonCode, additionalInfo: expect.any(String) as string },
		},
	});
	const eventsOf = async (id: string) =>
		(await messages(id, 'TransactionEvent')).map(({ payload }) => [
			payload.eventType,
			payload.triggerReason,
			payload.transactionInfo?.chargingState,
			payload.seqNo,
		]);

	it('start remotely, wait for the cable, charge and stop', async () => {
		const body = { idToken: 'ABC', idTokenType: 'RFID', authorizationReference: 'payment-1' };
		expect((await start(AC1, body)).body).toEqual(ACCEPTED);
		expect((await lastMessage(AC1, 'RequestStartTransaction')).payload).toMatchObject({
			evseId: 1,
			idToken: { idToken: 'ABC', type: 'ISO14443' },
		});
		await until('the API to show it', 5, async () => {
			// This station has the API's other spelling.
			const last = (await connector(AC1)).lastTransaction as Record<string, unknown> | null;
			return last?.status === 'AuthorizedNotPluggedIn' ? true : undefined;
		});
		await plugIn(AC1, 1, { authorize: false });
		const txId = await transactionId(AC1);
		expect((await api('GET', `/transactions/${txId}`)).body).toMatchObject({
			transaction: {
				txId,
				stationId: AC1,
				evseId: 1,
				status: 'Charging',
				startReason: 'RemoteStart',
				authorizationReference: 'payment-1',
				powerKw: 7.36,
				cableConnected: true,
			},
		});
		expect((await start(AC1)).body).toEqual(rejected('TxInProgress'));

		expect((await api('POST', `/transactions/${txId}/stop`)).body).toEqual({
			transactionStopResponse: { status: 'Accepted' },
		});
		await until('the transaction to end', 5, async () => {
			const { body } = await api('GET', `/transactions/${txId}`);
			return (body.transaction as { endReason?: string }).endReason === 'Remote' ? true : undefined;
		});
		expect(await eventsOf(AC1)).toEqual([
			['Started', 'RemoteStart', 'Idle', 0],
			['Updated', 'CablePluggedIn', 'EVConnected', 1],
			['Updated', 'ChargingStateChanged', 'Charging', 2],
			['Ended', 'RemoteStop', 'EVConnected', 3],
		]);
		expect((await api('POST', `/transactions/${txId}/stop`)).body).toMatchObject({
			transactionStopResponse: { status: 'Rejected', statusInfo: { reasonCode: 'UnknownTxId' } },
		});
	});

	it('start with their own profile', async () => {
		await plugIn(DC, 1, { authorize: false });
		const chargingProfile = {
			id: 9,
			stackLevel: 0,
			chargingProfilePurpose: 'TxProfile',
			chargingProfileKind: 'Relative',
			chargingSchedule: [
				{
					id: 1,
					chargingRateUnit: 'W',
					chargingSchedulePeriod: [{ startPeriod: 0, limit: 25_000 }],
				},
			],
		};
		expect((await start(DC, { chargingProfile })).body).toEqual(ACCEPTED);
		expect((await evse(DC)).powerKw).toBe(25);
	});

	it('do not start on an EVSE that is out of order', async () => {
		await sandbox.setFaulted(AC1, 1, true);
		expect((await start(AC1)).body).toEqual(rejected('InternalError'));
		expect((await connector(AC1)).status).toBe('Faulted');
		await sandbox.setFaulted(AC1, 1, false);
		await api('PUT', `/chargingStations/${AC1}/evse/1/availability`, { type: 'Inoperative' });
		expect((await start(AC1)).body).toEqual(rejected('NotEnabled'));
	});

	it('end when the driver never comes', async () => {
		await start(AC1);
		await sandbox.setSpeed(3600);
		await until('the timeout', 10, async () =>
			(await eventsOf(AC1)).at(-1)?.[1] === 'EVConnectTimeout' ? true : undefined,
		);
	});

	it('fill the battery, slow down and end', async () => {
		await plugIn(DC, 1, { batteryKwh: 50, soc: 70 });
		const txId = await transactionId(DC);
		await sandbox.setSpeed(3600);
		const ended = await until('the battery to be full', 20, async () => {
			const { body } = await api('GET', `/transactions/${txId}`);
			const transaction = body.transaction as Record<string, unknown>;
			return transaction.status === 'Ended' ? transaction : undefined;
		});
		expect(ended).toMatchObject({
			endReason: 'StoppedByEV',
			socStart: 70,
			socEnd: 100,
			// Of which the battery stores 15 kWh.
			chargedEnergyKwh: 15.79,
			powerKw: 0,
		});
		const samples = await messages(DC, 'TransactionEvent');
		expect(samples.map(({ payload }) => payload.transactionInfo?.chargingState)).toEqual(
			expect.arrayContaining(['Charging', 'SuspendedEV']),
		);
		expect(samples.map(({ payload }) => payload.seqNo)).toEqual(samples.map((_, index) => index));
	});

	it('are listed in pages, by station and by time', async () => {
		await sandbox.setClock('2026-03-01T10:00:00Z');
		for (const [id, hour] of [
			[AC1, 10],
			[AC3, 11],
			[AC1, 12],
			[DC, 13],
			[AC1, 14],
		] as const) {
			await sandbox.setClock(`2026-03-01T${hour}:00:00Z`);
			await plugIn(id);
			await sandbox.unplug(id, 1);
		}
		const starts = async (url: string, query = '') => {
			const collected: string[][] = [];
			let next = '';
			do {
				const { body } = await api('GET', `${url}?${query}${next}`);
				const page = body as { transactions: { startTime: string }[]; lastEvaluatedKey?: object };
				collected.push(page.transactions.map(({ startTime }) => startTime.slice(11, 13)));
				const key =
					page.lastEvaluatedKey && encodeURIComponent(JSON.stringify(page.lastEvaluatedKey));
				next = key ? `&exclusiveStartKey=${key}` : '';
			} while (next);
			return collected;
		};
		expect(await starts('/transactions')).toEqual([['10', '11'], ['12', '13'], ['14']]);
		expect(await starts(`/chargingStations/${AC1}/transactions`)).toEqual([['10', '12'], ['14']]);
		expect(
			await starts('/transactions', 'startDate=2026-03-01T11:00:00Z&endDate=2026-03-01T13:00:00Z'),
		).toEqual([['11', '12']]);
		expect((await api('GET', '/transactions?exclusiveStartKey=nonsense')).status).toBe(400);
	});
});

describe('what the API can report', () => {
	const shown = (id: string, evseId: number, expected: object) =>
		until(JSON.stringify(expected), 5, async () => {
			const { status, latestTransaction } = await connector(id, evseId);
			const { powerLimitation, status: state } = latestTransaction as Record<string, unknown>;
			const seen = JSON.stringify({ status, state, powerLimitation });
			return seen === JSON.stringify(expected) ? true : undefined;
		});

	it('an insulation test, what limits the power, and an alarm', async () => {
		await sandbox.setSpeed(0);
		await plugIn(DC, 1, { insulationTestS: 20 });
		await shown(DC, 1, { status: 'Occupied', state: 'InsulationTest', powerLimitation: null });
		await sandbox.setSpeed(600);
		await shown(DC, 1, { status: 'Charging', state: 'Charging', powerLimitation: 'Charger' });
		await plugIn(DC, 2);
		await shown(DC, 1, { status: 'Charging', state: 'Charging', powerLimitation: 'Shared' });
		await sandbox.raiseAlarm(DC, 1);
		await shown(DC, 1, { status: 'Faulted', state: 'Alarm', powerLimitation: null });
		await sandbox.setFaulted(DC, 1, false);
		await shown(DC, 1, { status: 'Charging', state: 'Charging', powerLimitation: 'Shared' });
	});

	it('a reservation, which only its token may use', async () => {
		const start = (idToken: string) =>
			api('POST', `/chargingStations/${AC3}/evse/12/startTransaction`, {
				idToken,
				idTokenType: 'RFID',
			});
		const refusal = /EVSE 1 is reserved for another token/;
		await sandbox.reserve(AC3, 1, 'MINE');
		expect((await connector(AC3)).status).toBe('Reserved');
		expect(JSON.stringify((await start('YOURS')).body)).toMatch(refusal);
		expect(JSON.stringify((await start('MINE')).body)).toMatch('"Accepted"');
		expect((await evse(AC3)).reservedFor).toBeNull();
		await sandbox.reserve(AC1, 1, 'MINE');
		await sandbox.reserve(AC1, 1, undefined);
		expect((await connector(AC1)).status).toBe('Available');
	});

	it('the totals of all pages of a list', async () => {
		await sandbox.setClock('2026-03-01T10:00:00Z');
		for (const id of [DC, AC3, AC1]) await plugIn(id);
		await sandbox.setSpeed(3600);
		await until('some charging', 10, async () =>
			(await evse(DC)).energyKwh > 5 ? true : undefined,
		);
		for (const id of [DC, AC3, AC1]) await sandbox.unplug(id, 1);
		await sandbox.setSpeed(0);
		const { body } = await api('GET', '/transactions');
		const second = await api(
			'GET',
			`/transactions?exclusiveStartKey=${encodeURIComponent(JSON.stringify(body.lastEvaluatedKey))}`,
		);
		const all = [body, second.body].flatMap(
			({ transactions }) => transactions as Record<string, number>[],
		);
		expect(all).toHaveLength(3);
		const total = (field: string) => all.reduce((sum, one) => sum + one[field], 0);
		expect(body.summary).toEqual({
			count: 3,
			chargedEnergyKwh: expect.closeTo(total('chargedEnergyKwh'), 3) as number,
			chargingTimeMs: total('chargingDurationMs'),
			occupiedTimeMs: total('sessionDurationMs'),
		});
		expect(total('chargingDurationMs')).toBeGreaterThan(60_000);
		expect(second.body.summary).toEqual(body.summary);
	});
});

describe('look-ups', () => {
	it('show locations and stations', async () => {
		const { body } = await api('GET', '/locations');
		const [{ id }] = body.locations as { id: string }[];
		const stations = async (query: string) => {
			const answer = await api('GET', `/stations${query}`);
			return (answer.body.stations as { stationId: string }[]).map(({ stationId }) => stationId);
		};
		expect(await stations('')).toEqual([DC, AC3, AC1]);
		expect(await stations(`?locationUid=${id}`)).toEqual([DC]);
		expect(await stations(`?stationIds=${AC1},${DC}`)).toEqual([DC, AC1]);
		expect((await api('GET', `/stations?stationIds=${AC3}`)).body).toMatchObject({
			stations: [
				{
					onlineStatus: 'Online',
					status: 'Operative',
					maxPowerKw: 22.08,
					connectors: [
						{
							connectorId: '12',
							status: 'Available',
							type: 'Type2',
							// Nothing has ever charged at this connector.
							latestTransaction: { txId: null, status: null, startTime: null },
						},
					],
				},
			],
		});
	});
});

describe('what the API refuses', () => {
	const refusal = (statusCode: number, message: RegExp) => ({
		status: statusCode,
		body: {
			statusCode,
			error: expect.any(String) as string,
			message: expect.stringMatching(message) as string,
		},
	});

	it.each([
		['GET', '/nothing', 404, /GET \/nothing/],
		['POST', '/stations', 405, /\/stations does not allow POST, only GET/],
		['GET', '/chargingStations/NOPE/transactions', 404, /no charging station NOPE/],
		['DELETE', '/chargingStations/a%2Fb%3Fc/powerLimit', 404, /no charging station a\/b\?c/],
		['DELETE', '/chargingStations/OFFICE-AC-1/evse/9/powerLimit', 404, /no connector 9/],
		['DELETE', '/chargingStations/OFFICE-AC-3/evse/1/powerLimit', 404, /no connector 1/],
		['GET', '/transactions/NOPE', 404, /no transaction NOPE/],
		['GET', '/transactions?startDate=yesterday', 400, /query\.startDate .*date-time/],
		['GET', '/transactions?limit=10', 400, /query\.limit is not known/],
	])('%s %s with %i', async (method, url, status, message) => {
		expect(await api(method, url)).toEqual(refusal(status, message));
	});

	it('a body that is not JSON', async () => {
		const { status, data } = await sandbox.restClient.put<unknown>(
			`/chargingStations/${AC1}/powerLimit`,
			Buffer.from('{"limit":'),
			{ headers: { 'Content-Type': 'application/json' } },
		);
		expect({ status, body: data }).toEqual(refusal(400, /not JSON/));
	});

	it('a missing, foreign, expired or wrong token, and renews with the refresh token', async () => {
		const call = async (url: string, token?: string) => {
			const { status, data } = await axios.get<Record<string, string>>(`${sandbox.rest}${url}`, {
				validateStatus: () => true,
				headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
			});
			return { status, body: data };
		};
		expect(await call('/locations')).toEqual(refusal(401, /missing/));
		expect(await call('/locations', 'foreign')).toEqual(refusal(401, /invalid/));
		expect(await call('/locations', sandbox.refreshToken)).toEqual(
			refusal(401, /needs the access token/),
		);
		expect(await call('/auth/refreshAccessToken', sandbox.accessToken)).toEqual(
			refusal(401, /needs the refresh token/),
		);
		await sandbox.expire('access');
		expect(await call('/locations', sandbox.accessToken)).toEqual(refusal(401, /expired/));

		const renewed = await call('/auth/refreshAccessToken', sandbox.refreshToken);
		expect(renewed.status).toBe(200);
		const lifetimeS = (Date.parse(renewed.body.validUntil) - Date.now()) / 1000;
		expect(Math.round(lifetimeS / 60)).toBe(8 * 60);
		expect((await call('/locations', renewed.body.token)).status).toBe(200);

		await sandbox.expire('refresh');
		expect(await call('/auth/refreshAccessToken', sandbox.refreshToken)).toEqual(
			refusal(401, /expired/),
		);
	});
});

describe('faults', () => {
	it('a station that is offline gives a 504, and reports later what happened meanwhile', async () => {
		await plugIn(AC1);
		const txId = await transactionId(AC1);
		await sandbox.setOnline(AC1, false);
		expect(await api('DELETE', `/chargingStations/${AC1}/powerLimit`)).toEqual({
			status: 504,
			body: {
				statusCode: 504,
				error: 'Gateway Timeout',
				message: `Charging station ${AC1} is offline: ClearChargingProfile was not sent.`,
			},
		});
		await sandbox.unplug(AC1, 1);
		await sandbox.setOnline(AC1, true);
		await until('the event to come through', 5, async () => {
			const { body } = await api('GET', `/transactions/${txId}`);
			return (body.transaction as { status: string }).status === 'Ended' ? true : undefined;
		});
		expect((await lastMessage(AC1, 'TransactionEvent')).payload).toMatchObject({
			eventType: 'Ended',
			offline: true,
		});
	});

	it('a station that does not answer gives a 504, one that answers with an error a 502', async () => {
		const script = (behaviour: 'stall' | 'error') =>
			sandbox.script(AC1, { action: 'Reset', behaviour, times: 1 });
		const restart = () => api('POST', `/chargingStations/${AC1}/restart`, { type: 'Immediate' });
		await script('stall');
		expect(await restart()).toMatchObject({
			status: 504,
			body: { message: `Charging station ${AC1} did not answer Reset within 1 s.` },
		});
		await script('error');
		expect(await restart()).toMatchObject({
			status: 502,
			body: { message: expect.stringMatching(/answered Reset with InternalError/) as string },
		});
	});

	it('a station can refuse, with its reason', async () => {
		const statusInfo = { reasonCode: 'NotEnabled', additionalInfo: 'Limited by the grid operator' };
		await sandbox.script(AC1, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo,
			times: 1,
		});
		const set = () =>
			api('PUT', `/chargingStations/${AC1}/powerLimit`, { limit: { acMaxPowerA: 16 } });
		expect(await set()).toEqual({ status: 200, body: { response: 'Rejected', statusInfo } });
		expect((await set()).body).toEqual({ response: 'Accepted' });
	});

	it('a station can accept a command and not carry it out', async () => {
		await plugIn(AC1);
		await sandbox.waitForPower(AC1, 1, (kw) => kw > 7);
		await sandbox.script(AC1, { action: 'SetChargingProfile', behaviour: 'ignore', times: 1 });
		expect(
			(await api('PUT', `/chargingStations/${AC1}/powerLimit`, { limit: { acMaxPowerA: 10 } }))
				.body,
		).toEqual({ response: 'Accepted' });
		expect(await sandbox.station(AC1)).toMatchObject({ limitW: 7360, powerW: 7360, profiles: [] });
	});

	it('a station can say that it has scheduled a command, where OCPP has this answer', async () => {
		await sandbox.script(AC1, { behaviour: 'schedule', times: 1 });
		expect(
			(await api('POST', `/chargingStations/${AC1}/restart`, { type: 'Immediate' })).body,
		).toEqual({ responseFromStation: 'Scheduled' });
		await expect(
			sandbox.script(AC1, { action: 'SetChargingProfile', behaviour: 'schedule' }),
		).rejects.toThrow(
			/400.*no answer Scheduled to SetChargingProfile, only to ChangeAvailability and Reset/,
		);
	});

	it('a station can lose its profiles at a reboot and have a wrong clock', async () => {
		const settings = {
			keepsProfilesAtReboot: false,
			clockOffsetS: -90,
			clockDriftPpm: 50,
			syncsClock: false,
		};
		expect((await sandbox.configure(AC1, settings)).settings).toMatchObject({
			...settings,
			clockOffsetS: expect.closeTo(-90, 1) as number,
		});
		await expect(sandbox.configure(AC1, { clockDriftPpm: 1e6 })).rejects.toThrow(
			/400.*clockDriftPpm must be <= 100000/,
		);
	});

	it('the API can be throttled, broken, slow or unreachable', async () => {
		await sandbox.fault({ status: 429, headers: { 'Retry-After': '7' } });
		const throttled = await sandbox.restClient.get('/locations');
		expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '7']);

		await sandbox.fault({ status: 500, body: '<h1>Oops</h1>', operationId: 'listStations' });
		expect((await api('GET', '/locations')).status).toBe(200);
		expect(await api('GET', '/stations')).toEqual({ status: 500, body: '<h1>Oops</h1>' });

		await sandbox.fault({ answer: 'reset' });
		await expect(api('GET', '/locations')).rejects.toThrow(/ECONNRESET|socket hang up/);

		await sandbox.fault({ status: 503, times: 100 });
		await sandbox.clearFaults();
		expect((await api('GET', '/locations')).status).toBe(200);
	});

	it('a station can refuse all commands, until it answers as usual', async () => {
		await sandbox.script(AC1, { behaviour: 'refuse' });
		const restart = async () =>
			(await api('POST', `/chargingStations/${AC1}/restart`, { type: 'OnIdle' })).body;
		expect(await restart()).toMatchObject({ responseFromStation: 'Rejected' });
		const { answers } = await sandbox.script(AC1, { behaviour: 'usual' });
		expect(answers).toEqual([]);
		expect(await restart()).toMatchObject({ responseFromStation: 'Accepted' });
	});

	it('a driver can present a card to a car that is plugged in', async () => {
		await sandbox.plugIn(AC1, 1, { authorize: false });
		expect((await sandbox.station(AC1)).powerW).toBe(0);
		await sandbox.presentCard(AC1, 1);
		expect((await sandbox.station(AC1)).powerW).toBeGreaterThan(1000);
	});

	it('the control API says what is wrong with a request', async () => {
		const sulk = JSON.parse('{"action":"Reset","behaviour":"sulk"}') as ScriptedAnswer;
		await expect(sandbox.script(AC1, sulk)).rejects.toThrow(
			`The sandbox refused POST /stations/${AC1}/answers (400): body.behaviour must be one of refuse, ignore, schedule, stall, error, usual`,
		);
		await expect(sandbox.unplug(AC1, 1)).rejects.toThrow(
			`The sandbox refused POST /stations/${AC1}/evse/1/unplug (409): No car is plugged into EVSE 1.`,
		);
	});
});

describe('the OCPP server', () => {
	const connect = (identity: string, protocol: string): RPCClient => {
		const options = { endpoint: sandbox.ocpp, identity, protocols: [protocol], reconnect: false };
		// All options have defaults, whatever their type says.
		return new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
	};

	it.each([
		['NOPE', 'ocpp2.0.1', 'Not Found'],
		[AC1, 'ocpp1.6', 'Bad Request'],
	])('refuses %s with %s', async (identity, protocol, answer) => {
		await expect(connect(identity, protocol).connect()).rejects.toThrow(answer);
	});

	it('takes another station in place of a simulated one', async () => {
		await sandbox.setOnline(AC1, false);
		const other = connect(AC1, 'ocpp2.0.1');
		other.handle('GetVariables', () => Promise.reject(new Error('not known')));
		other.handle('Reset', () => Promise.resolve({ status: 'Rejected' }));
		await other.connect();
		await other.call('BootNotification', {
			reason: 'PowerUp',
			chargingStation: { model: 'Other', vendorName: 'Other' },
		});
		await other.call('StatusNotification', {
			timestamp: '2026-03-01T10:00:00Z',
			connectorStatus: 'Reserved',
			evseId: 1,
			connectorId: 1,
		});
		expect((await connector(AC1)).status).toBe('Reserved');
		expect(
			(await api('POST', `/chargingStations/${AC1}/restart`, { type: 'OnIdle' })).body,
		).toEqual({ responseFromStation: 'Rejected' });
		await other.close();
	});
});

describe('the process', () => {
	const MAIN = ['--import', 'tsx', 'sandbox/main.mts', '--ocpp-port', '0'];

	it('exercises every operation of the contract', () => {
		const { paths } = parse(readFileSync('nodes/shared/chargeye/openapi.yaml', 'utf8')) as {
			paths: Record<string, Record<string, { operationId?: string }>>;
		};
		const operationIds = Object.values(paths)
			.flatMap((path) => Object.values(path))
			.flatMap(({ operationId }) => operationId ?? []);
		expect([...exercised].sort()).toEqual(operationIds.sort());
	});

	it('starts with charging cars, prints one line, and stops on SIGTERM', async () => {
		const other = await startProcess(process.execPath, [...MAIN, '--port', '0']);
		const line = await until('its addresses', 20, () => other.output() || undefined);
		const { control, ...addresses } = JSON.parse(line) as SandboxAddresses;
		const stations = await controlClient(control).stations();
		expect(stations.map(({ stationId, powerKw }) => [stationId, powerKw])).toEqual([
			[DC, 110],
			[AC3, 11],
			[AC1, 0],
		]);
		await other.stop();
		expect(await other.ended).toEqual({ code: 0, signal: null });
		expect(Object.keys(addresses).sort()).toEqual([
			'accessToken',
			'csms',
			'ocpp',
			'page',
			'refreshToken',
			'rest',
		]);
		expect(other.output()).toBe(line);
	}, 20_000);

	it('says in a sentence that a port is in use', async () => {
		const { port } = new URL(sandbox.rest);
		const { code, output } = await runProcess(process.execPath, [...MAIN, '--port', port]);
		expect(code).toBe(1);
		expect(output).toMatch(new RegExp(`^Port ${port} is in use: .*--port.*$`));
	}, 20_000);
});
