import type { INodeParameters } from 'n8n-workflow';

import { workflowOf } from '../../host/workflows.mts';
import { useEditor } from '../support/browser.mts';
import { useSite } from '../support/site.mts';

const AC3 = 'OFFICE-AC-3';

const site = useSite();
const { host, editor } = useEditor();

/** The node as it is added from the node panel. */
const added = (name: string, parameters: INodeParameters) => ({
	name,
	type: 'n8n-nodes-charger-operations.smartChargingProfile',
	typeVersion: 1.1,
	parameters,
	credentials: { chargeEyeApi: { id: '', name: '' } },
});

it('what Build outputs is sent to the charging station that is chosen, and nothing else', async () => {
	const { id } = await host.client.importWorkflow(
		workflowOf(
			added('Build', { resource: 'schedule', operation: 'buildFromTariffHours' }),
			added('Set', {}),
		),
		await host.credentialFor(site),
	);
	const { page, field, choose } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Set');
	expect(await field('specifyProfile').locator('input').inputValue()).toBe('From Input Items');
	expect(await field('startSchedule').count()).toBe(0);
	await page.locator('[data-test-id=resource-locator-stationId] input').last().click();
	await page.locator('[data-test-id=rlc-item]').getByText(AC3).click();
	await page.locator('[data-test-id=node-execute-button]').click();
	await page.getByText('The charger accepted the charging profile.').first().waitFor();
	const [{ payload }] = await site.messages(AC3, 'SetChargingProfile');
	expect(payload).toMatchObject({
		evseId: 0,
		chargingProfile: { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 2 },
	});

	await choose('specifyProfile', 'Using JSON');
	await page.getByText('Example: { "id": 1').waitFor();
	expect((await field('profileJson').locator('.cm-content').innerText()).trim()).toBe('');

	await choose('specifyProfile', 'Using Fields');
	await field('startSchedule').waitFor();
});

it('Preview asks for an account only if a charging station is to be looked up', async () => {
	const { id } = await host.client.importWorkflow(
		workflowOf(added('Preview', { resource: 'schedule', operation: 'preview' })),
		await host.credentialFor(site),
	);
	const { page, field, choose } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Preview');
	const account = page.getByText('Credential', { exact: true });
	await field('supply').waitFor();
	expect(await account.count()).toBe(0);
	await choose('specifyCharger', 'From Charging Station');
	await account.waitFor();
	await page.locator('[data-test-id=resource-locator-stationId] input').last().click();
	await page.locator('[data-test-id=rlc-item]').getByText(AC3).click();
	expect(await field('supply').count()).toBe(0);
});
