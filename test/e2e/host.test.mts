import axios from 'axios';
import { credentialsFor } from '../../host/credentials.mts';
import { plugInCars } from '../../host/demo/cars.mts';
import { showFlows } from '../../host/once/showFlows.mts';
import { startDemo, type Demo } from '../support/demo.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';

const NODE = 'n8n-nodes-charger-operations.chargerOperations';

let site: Site;
let host: Host;
let demo: Demo;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	demo = await startDemo(host, site);
}, 900_000);
afterAll(async () => {
	await demo?.stop();
	await host?.stop();
	await site?.stop();
});
beforeEach(() => site.reset());

describe('the packed package in a real n8n', () => {
	it('shows its node, and the node as a tool, with an icon for light and for dark', async () => {
		const types = await host.client.nodeTypes();
		for (const name of [NODE, `${NODE}Tool`]) {
			const { iconUrl } = types.find((type) => type.name === name)!;
			const icons = iconUrl as { light: string; dark: string };
			for (const path of [icons.light, icons.dark]) {
				const icon = await axios.get<string>(`${host.url}/${path}`);
				expect(icon.headers['content-type']).toMatch(/^image\/svg\+xml/);
				expect(icon.data).toMatch(/^<svg /);
			}
		}
	});

	it('tests a good credential with success', async () => {
		const credential = await host.credentialFor(site);
		expect(
			await host.client.testCredential(credential, credentialsFor(site).refreshToken()),
		).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	it('says what is wrong with a refresh token that ChargEye refuses, without showing it', async () => {
		const credential = await host.credentialFor(site);
		const wrong = credentialsFor(site).refreshToken({ refreshToken: 'mistyped-token' });
		const { status, message } = await host.client.testCredential(credential, wrong);
		expect(status).toBe('Error');
		expect(message).toMatch(/^ChargEye refused the refresh token \(401\)/);
		expect(message).not.toContain('mistyped-token');
	});

	it('lists and finds the stations under "From List"', async () => {
		const search = {
			path: 'parameters.stationId',
			methodName: 'searchStations',
			nodeType: NODE,
			parameters: { resource: 'chargingStation', operation: 'setPowerLimit' },
			credential: await host.credentialFor(site),
		};
		const all = await host.client.searchList(search);
		expect(all.results.map(({ value }) => value).sort()).toEqual([
			'DEPOT-DC-1',
			'OFFICE-AC-1',
			'OFFICE-AC-3',
		]);
		const found = await host.client.searchList({ ...search, filter: 'harbour' });
		expect(found.results.map(({ value }) => value)).toEqual(['DEPOT-DC-1']);
	});
});

describe('npm start -- --once', () => {
	let printed: string;
	let complained: string;
	beforeEach(() => {
		printed = complained = '';
		jest.spyOn(console, 'log').mockImplementation((text) => (printed += `${text}\n`));
		jest.spyOn(console, 'error').mockImplementation((text) => (complained += `${text}\n`));
	});
	afterEach(() => jest.restoreAllMocks());

	const show = async () => {
		await plugInCars(site);
		await site.waitForPower('DEPOT-DC-1', 1, (powerKw) => powerKw > 100);
		await site.waitForPower('OFFICE-AC-3', 1, (powerKw) => powerKw > 20);
		const signal = new AbortController().signal;
		const scene = { client: host.client, fleet: site, signal };
		return await showFlows(scene, demo.workflows, demo.services);
	};

	it('succeeds if each flow is proven at a station, and shows what was sent', async () => {
		const code = await show();
		expect(complained).toBe('');
		expect(code).toBe(0);
		expect(printed).toMatch(/At 17:00 +│ DEPOT-DC-1 .*PUT …\/DEPOT-DC-1\/powerLimit .*SetCharging/);
		expect(printed).toMatch(/At 20:00 +│ DEPOT-DC-1 .*DELETE .*ClearChargingProfile .*Accepted/);
		expect(printed).toContain('DEPOT-DC-1: 110.0 → 18.4 kW');
		expect(printed).toMatch(/"charging" +│ OFFICE-AC-1|payment: +│ OFFICE-AC-1 .*RequestStart/);
		expect(printed).toContain('the same webhook again started nothing.');
		expect(printed.match(/will follow the schedule without n8n\./g)).toHaveLength(2);
		expect(printed.match(/^ {2}proven/gm)).toHaveLength(4);
	});

	it('fails when a station refuses, and says which and what did not happen', async () => {
		await site.script('DEPOT-DC-1', {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			times: 99,
		});
		await site.script('OFFICE-AC-1', { action: 'RequestStartTransaction', behaviour: 'refuse' });
		expect(await show()).toBe(1);
		expect(complained).toMatch(/The run ended with "error": .*DEPOT-DC-1/);
		expect(complained).toContain('DEPOT-DC-1 has no limit: it charges with 110 kW.');
		expect(complained).toContain(
			'The payment was answered with "refunded", and OFFICE-AC-1 draws 0 kW.',
		);
		expect(complained).toContain('DEPOT-DC-1 answered Rejected.');
		expect(printed.match(/^ {2}NOT proven/gm)).toHaveLength(4);
	});
});
