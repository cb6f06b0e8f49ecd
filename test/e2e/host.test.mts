import axios from 'axios';
import { credentialsFor } from '../../host/credentials.mts';
import type { WorkflowFile } from '../../host/n8nClient.mts';
import { showPeakHour } from '../../host/peakHour.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';

const NODE = 'n8n-nodes-charger-operations.chargerOperations';

let site: Site;
let host: Host;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
}, 900_000);
afterAll(async () => {
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

	const show = async (change: (file: WorkflowFile) => void = () => undefined) => {
		const file = await readWorkflow('peak-hour-limit');
		change(file);
		const workflow = await host.client.importWorkflow(file, await host.credentialFor(site));
		return showPeakHour(host.client, workflow, site.control, new AbortController().signal);
	};

	it('succeeds if the stations’ power falls under the limit, and shows what was sent', async () => {
		expect(await show()).toBe(0);
		expect(complained).toBe('');
		expect(printed).toMatch(/At 17:00 +│ DEPOT-DC-1 .*PUT …\/DEPOT-DC-1\/powerLimit .*SetCharging/);
		expect(printed).toMatch(/At 20:00 +│ OFFICE-AC-3 .*DELETE .*ClearChargingProfile .*Accepted/);
		expect(printed).toContain('fell under 20 kW at 17:00 and came back at 20:00.');
	});

	it('fails when a station refuses the limit, and says so', async () => {
		await site.script('OFFICE-AC-3', { action: 'SetChargingProfile', behaviour: 'refuse' });
		expect(await show()).toBe(1);
		expect(complained).toMatch(/The run ended with "error": OFFICE-AC-3: The charger refused/);
		expect(complained).toMatch(
			/The power of OFFICE-AC-3 did not fall under the limit of 20 kW: it charges with 2\d/,
		);
		expect(printed).toMatch(/OFFICE-AC-3 .* Rejected /);
	});
});
