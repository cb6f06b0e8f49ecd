import { readFile } from 'node:fs/promises';

import axios from 'axios';

import { workflowOf } from '../../host/workflows.mts';
import { schemaFiles } from '../../tools/schemas/schemaFiles.mts';
import { useEditor } from '../support/browser.mts';

const { host, editor } = useEditor();

it.each([
	['chargerOperations', {}, ['stationId', 'response', 'message', 'limit', 'acMaxPowerKw']],
	[
		'smartChargingProfile',
		{ resource: 'schedule', operation: 'buildFromTariffHours' },
		['chargingProfile', 'stackLevel', 'summary', 'sendAgainBefore'],
	],
	['transaction', { operation: 'get' }, ['txId', 'stationId', 'chargedEnergyKwh', 'endTime']],
])('before any run of %s %j, the next node offers %j', async (type, parameters, fields) => {
	const { id } = await host.client.importWorkflow(
		workflowOf(
			{ name: 'Node', type: `n8n-nodes-charger-operations.${type}`, typeVersion: 1, parameters },
			{ name: 'Edit Fields', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: {} },
		),
	);
	await editor.openWorkflow(id);
	await editor.openNode('Edit Fields');
	const input = editor.page.locator('[data-test-id=ndv-input-panel]');
	await input.getByText('Usually outputs the following fields').waitFor();
	for (const field of fields) await input.getByText(field, { exact: true }).first().waitFor();
});

it('n8n finds the output fields of every operation and version', async () => {
	const files = await schemaFiles();
	expect(files.length).toBeGreaterThan(20);
	for (const path of files) {
		const place = /^nodes\/(.)(.*)\/__schema__\/v(.*)$/.exec(path)!;
		const [, initial, rest, below] = place;
		const node = `n8n-nodes-charger-operations.${initial.toLowerCase()}${rest}`;
		const { data } = await axios.get<object>(`${host.url}/schemas/${node}/${below}`);
		expect([path, data]).toEqual([path, JSON.parse(await readFile(path, 'utf8'))]);
	}
});
