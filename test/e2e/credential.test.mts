import { outputOf } from '../../host/n8nClient.mts';
import { workflowOf } from '../../host/workflows.mts';
import { openEditor, type Editor } from '../support/browser.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';

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

/** Saves a credential and presses "Test", as the editor does. */
async function test(data: Record<string, string>) {
	const complete = {
		authentication: 'accessToken',
		accessToken: site.accessToken,
		refreshToken: '',
		baseUrl: site.rest,
		endpointOverrides: '',
		...data,
	};
	const saved = await host.client.createCredential('ChargeEye', 'chargeEyeApi', complete);
	return host.client.testCredential(saved, complete);
}

describe('the credential’s test in the editor', () => {
	it('succeeds with an access token', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('succeeds with a refresh token', async () => {
		const refreshToken = { authentication: 'refreshToken', refreshToken: site.refreshToken };
		expect(await test(refreshToken)).toMatchObject({ status: 'OK' });
	});

	it.each([
		[{ accessToken: 'wrong-4711' }, /did not accept the token \(401\)/],
		[
			{ authentication: 'refreshToken', refreshToken: 'wrong-4711' },
			/^ChargEye refused the refresh token \(401\)/,
		],
		[{ baseUrl: 'http://example.com/api' }, /plain http/],
		[{ endpointOverrides: '{"restart": "POST /x"}' }, /"restart" is not an operation/],
		[{ endpointOverrides: 'not json' }, /Endpoint Overrides must be a JSON object/],
	])('says what is wrong with %j', async (data, message) => {
		const result = await test(data);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.message).not.toContain('4711');
	});
});

it('works in the HTTP Request node', async () => {
	const workflow = workflowOf({
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${site.rest}/stations`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'chargeEyeApi',
		},
	});
	const { id } = await host.client.importWorkflow(workflow, await host.credentialFor(site));
	const execution = await host.client.run(id, 'Start');
	expect(execution.status).toBe('success');
	const [{ stations }] = outputOf(execution, 'HTTP Request');
	expect(stations).toHaveLength(3);
});

it('fills the lists of the editor', async () => {
	const credential = await host.credentialFor(site);
	const nodeType = 'n8n-nodes-charger-operations.chargerOperations';
	const search = (methodName: string, path: string, parameters = {}) =>
		host.client.searchList({ methodName, path, nodeType, parameters, credential });
	const stations = await search('searchStations', 'parameters.stationId');
	expect(stations.results.map(({ value }) => value)).toContain('DEPOT-DC-1');
	const connectors = await search('searchConnectors', 'parameters.connectorId', {
		resource: 'connector',
		operation: 'setPowerLimit',
		stationId: { __rl: true, mode: 'list', value: 'DEPOT-DC-1' },
	});
	expect(connectors.results.map(({ value }) => value)).toEqual(['1', 'DEPOT-DC-1_connector2']);
});

describe('the form of a new credential', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await openEditor(host);
	});
	afterAll(() => editor?.close());

	it('shows no error, and where the refresh token comes from', async () => {
		const { page } = editor;
		await page.clock.install();
		await page.goto(`${host.url}/home/credentials/create`);
		await page.locator('[data-test-id=new-credential-type-select] input').fill('ChargeEye');
		await page
			.locator('[data-test-id=node-creator-item-name], .el-select-dropdown__item')
			.filter({ hasText: 'ChargeEye API' })
			.first()
			.click();
		await page.locator('[data-test-id=new-credential-type-button]').click();
		await page
			.getByText('An administrator of your organisation creates it in ChargEye’s account')
			.waitFor();
		const overrides = page.locator('[data-test-id=endpointOverrides]');
		const errors = overrides.locator('.cm-lint-marker-error, .cm-lintRange-error');
		await overrides.locator('.cm-content').waitFor();
		// n8n checks JSON some time after the last change.
		await page.clock.fastForward('00:10');
		expect(await errors.count()).toBe(0);

		await overrides.locator('.cm-content').fill('');
		await page.clock.fastForward('00:10');
		await errors.first().waitFor();
	});
});
