import axios from 'axios';
import { controlClient } from '../../host/controlClient.mts';
import type { SandboxAddresses } from '../../host/sandbox.mts';
import { startProcess } from '../../host/support/processes.mts';
import { until } from '../../host/support/until.mts';
import { useSite } from '../support/site.mts';

const IDS = ['DEPOT-DC-1', 'OFFICE-AC-3', 'OFFICE-AC-1'];

const site = useSite();

describe('requests that another site can make a browser send', () => {
	const send = (headers: Record<string, string>, data: string = '{"cars":true}') =>
		axios.post<{ message: string }>(`${site.control}/reset`, data, {
			headers: { 'Content-Type': 'application/json', ...headers },
			validateStatus: () => true,
		});
	const cars = async () =>
		(await site.stations()).flatMap(({ evses }) => evses).filter(({ cable }) => cable).length;

	it.each([
		[
			'another name for this computer',
			{ Host: 'evil.example:4010' },
			403,
			/host is "evil\.example/,
		],
		['another origin', { Origin: 'https://evil.example' }, 403, /Pages of https:\/\/evil\.example/],
		['another local port', { Origin: 'http://127.0.0.1:1' }, 403, /Pages of http:\/\/127/],
		['a sandboxed frame', { Origin: 'null' }, 403, /Pages of null/],
		['a form’s body', { 'Content-Type': 'text/plain' }, 415, /must be JSON.*not text\/plain/],
	])('are refused: %s', async (_name, headers, status, message) => {
		const answer = await send(headers);
		expect([answer.status, answer.data.message]).toEqual([status, expect.stringMatching(message)]);
		expect(await cars()).toBe(0);
	});

	it('are accepted from the sandbox’s own page, also by the name localhost', async () => {
		const host = `localhost:${new URL(site.control).port}`;
		const { status } = await send({ Host: host, Origin: `http://${host}` });
		expect(status).toBe(200);
		expect(await cars()).toBe(2);
	});

	it('do not reach the page’s data by another name either', async () => {
		const { status, data } = await axios.get<{ message: string }>(`${site.page}page/updates`, {
			headers: { Host: 'evil.example' },
			validateStatus: () => true,
		});
		expect([status, data.message]).toEqual([403, expect.stringMatching(/host is/)]);
	});
});

describe('an OCPP request to a station', () => {
	const send = async (stationId: string, body: object) => {
		const url = `${site.control}/stations/${stationId}/request`;
		const { status, data } = await axios.post<Record<string, unknown>>(url, body, {
			validateStatus: () => true,
		});
		return [status, data.message ?? data];
	};

	it('is answered by the station', async () => {
		const request = {
			getVariableData: [
				{ component: { name: 'SmartChargingCtrlr' }, variable: { name: 'RateUnit' } },
			],
		};
		expect(await send('OFFICE-AC-3', { action: 'GetVariables', request })).toEqual([
			200,
			{ getVariableResult: [expect.objectContaining({ attributeValue: 'A,W' })] },
		]);
	});

	it('is followed by what the station then sends', async () => {
		const request = { requestId: 3, reportBase: 'FullInventory' };
		expect(await send('OFFICE-AC-1', { action: 'GetBaseReport', request })).toEqual([
			200,
			{ status: 'Accepted' },
		]);
		const reports = await until('the report', 5, async () => {
			const messages = await site.messages('OFFICE-AC-1', 'NotifyReport');
			const last = messages.at(-1);
			return last?.payload.tbc === false && last.answer !== undefined ? messages : undefined;
		});
		expect(reports.flatMap(({ payload }) => payload.reportData)).toContainEqual(
			expect.objectContaining({
				component: { name: 'SmartChargingCtrlr' },
				variable: { name: 'Entries', instance: 'ChargingProfiles' },
				variableCharacteristics: { dataType: 'integer', maxLimit: 20, supportsMonitoring: false },
			}),
		);
	});

	it.each([
		['NOPE', { action: 'ClearCache', request: {} }, 404, /no charging station NOPE/],
		['OFFICE-AC-3', { action: 'Reset', request: {} }, 400, /no Reset of OCPP.*type/],
		['OFFICE-AC-3', { action: 'Dance', request: {} }, 400, /no Dance of OCPP/],
		[
			'OFFICE-AC-3',
			{ action: 'GetReport', request: { requestId: 1 } },
			502,
			/GetReport with NotImpl/,
		],
		['OFFICE-AC-3', { request: {} }, 400, /body\.action is required/],
	])('to %s with %j gets a %i', async (stationId, body, status, message) => {
		expect(await send(stationId, body)).toEqual([status, expect.stringMatching(message)]);
	});

	it('to a station that is offline gets a 504', async () => {
		await site.setOnline('OFFICE-AC-3', false);
		expect(await send('OFFICE-AC-3', { action: 'ClearCache', request: {} })).toEqual([
			504,
			expect.stringMatching(/offline/),
		]);
	});
});

describe('parallel resets', () => {
	it('all succeed, one after the other, and leave one station of each ID', async () => {
		await Promise.all(Array.from({ length: 6 }, () => site.reset()));
		expect(
			(await site.stations()).map(({ stationId, connected }) => [stationId, connected]),
		).toEqual(IDS.map((id) => [id, true]));
		for (const id of IDS) {
			expect(await site.messages(id, 'BootNotification')).toHaveLength(1);
		}
	});

	it('do not keep the first SIGTERM from ending the process', async () => {
		const args = ['--import', 'tsx', 'sandbox/main.mts', '--port', '0', '--ocpp-port', '0'];
		const other = await startProcess(process.execPath, args);
		const line = await until('its addresses', 20, () => other.output() || undefined);
		const control = controlClient((JSON.parse(line) as SandboxAddresses).control);
		const reset = () => control.reset();
		await Promise.allSettled([reset(), reset(), reset()]);
		const interrupted = Promise.allSettled([reset(), reset(), reset()]);
		await other.stop();
		expect(await other.ended).toEqual({ code: 0, signal: null });
		await interrupted;
	}, 40_000);
});
