import { readFile } from 'node:fs/promises';

import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { workflowOf } from '../../host/workflows.mts';
import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import { useEditor } from '../support/browser.mts';
import { useSite } from '../support/site.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';

const AC3 = 'OFFICE-AC-3';

const site = useSite();
const { host, editor } = useEditor();

/** The node as added from the node panel, or with the given parameters. */
const chargerOperations = (parameters: INodeParameters = {}) =>
	workflowOf({
		name: 'Charger Operations',
		type: 'n8n-nodes-charger-operations.chargerOperations',
		typeVersion: 1,
		parameters,
		credentials: { chargeEyeApi: { id: '', name: '' } },
	});

it('an operator limits a station by clicks', async () => {
	await site.plugIn(AC3, 1);
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 10);
	const { id } = await host.client.importWorkflow(
		chargerOperations(),
		await host.credentialFor(site),
	);
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Charger Operations');

	await page.locator('[data-test-id=resource-locator-stationId] input').last().click();
	const stations = page.locator('[data-test-id=rlc-item]');
	await stations.first().waitFor();
	expect(await stations.allInnerTexts()).toEqual([
		expect.stringContaining('DEPOT-DC-1'),
		expect.stringContaining('OFFICE-AC-1'),
		expect.stringContaining('OFFICE-AC-3'),
	]);
	await editor.picture('choose-station');
	await stations.filter({ hasText: 'three phases' }).click();

	const limit = page.locator('[data-test-id=parameter-input-limitValue] input');
	await limit.fill('1');
	await limit.press('Tab');
	await page.getByText('most AC cars pause').first().waitFor();
	await limit.fill('9');
	await limit.press('Tab');
	await page.getByText('most AC cars pause').first().waitFor({ state: 'hidden' });

	await page.locator('[data-test-id=node-execute-button]').click();
	await page.getByText('The charger accepted the power limit.').first().waitFor();
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw <= 9);
});

it('an operator who chooses another station has to choose the connector again', async () => {
	const locator = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: value });
	const workflow = chargerOperations({
		resource: 'connector',
		operation: 'setPowerLimit',
		stationId: locator('DEPOT-DC-1'),
		connectorId: locator('DEPOT-DC-1_connector2'),
	});
	const { id } = await host.client.importWorkflow(workflow, await host.credentialFor(site));
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Charger Operations');
	const input = (name: string) => page.locator(`[data-test-id=resource-locator-${name}] input`);
	expect(await input('connectorId').last().inputValue()).toBe('DEPOT-DC-1_connector2');

	await input('stationId').last().click();
	await page.locator('[data-test-id=rlc-item]').filter({ hasText: 'three phases' }).click();
	await until('the connector to be empty', 10, async () =>
		(await input('connectorId').last().inputValue()) === '' ? true : undefined,
	);
});

it('an added limit comes empty and is refused while it is, and an added switch is on', async () => {
	const workflow = chargerOperations({ stationId: { __rl: true, mode: 'id', value: AC3 } });
	const { id } = await host.client.importWorkflow(workflow, await host.credentialFor(site));
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Charger Operations');
	const add = async (option: string) => {
		await page.getByPlaceholder('Add Option').first().click();
		await page.getByText(option, { exact: true }).last().click();
	};

	await add('Also Limit DC Power (kW)');
	const limit = page.locator('[data-test-id=parameter-input-dcMaxPowerKw] input');
	await limit.waitFor();
	expect(await limit.inputValue()).toBe('');
	await page.locator('[data-test-id=node-execute-button]').click();
	await page.getByText('Also Limit DC Power (kW) is empty').first().waitFor();
	expect(await site.messages(AC3, 'SetChargingProfile')).toEqual([]);

	await limit.fill('0');
	await limit.press('Tab');
	await page.getByText('0 stops charging until the limit is cleared').first().waitFor();

	await add('Dry Run');
	const dryRun = page.locator('[data-test-id=parameter-input-dryRun] [role=switch]');
	await dryRun.waitFor({ state: 'attached' });
	expect(await dryRun.isChecked()).toBe(true);
});

it('an operator sees why a charger refused', async () => {
	await site.script(AC3, {
		action: 'SetChargingProfile',
		behaviour: 'refuse',
		statusInfo: { reasonCode: 'OutOfMemory' },
	});
	const workflow = chargerOperations({
		stationId: { __rl: true, mode: 'id', value: AC3 },
		limitValue: 9,
	});
	const { id } = await host.client.importWorkflow(workflow, await host.credentialFor(site));
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Charger Operations');
	await page.locator('[data-test-id=node-execute-button]').click();
	const output = page.locator('[data-test-id=output-panel]');
	await output
		.getByText(`The charger refused to set the power limit of 9 kW (AC) on ${AC3}`)
		.first()
		.waitFor();
	await output.getByText('Reason: OutOfMemory. The charger has no memory left.').first().waitFor();
	await editor.picture('refused');
});

it('an operator sends a charging profile, and sees the fields that apply to the choices', async () => {
	const { id } = await host.client.importWorkflow(
		workflowOf({
			name: 'Smart Charging Profile',
			type: 'n8n-nodes-charger-operations.smartChargingProfile',
			typeVersion: 1,
			parameters: { stationId: { __rl: true, mode: 'id', value: AC3 } },
			credentials: { chargeEyeApi: { id: '', name: '' } },
		}),
		await host.credentialFor(site),
	);
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Smart Charging Profile');
	const { field, choose } = editor;

	await field('startSchedule').waitFor();
	expect(await field('recurrencyKind').count()).toBe(0);
	expect(await field('transactionId').count()).toBe(0);
	expect(await page.getByText('Limit (W)').count()).toBe(1);
	expect(await page.getByText('Limit (A)').count()).toBe(0);

	await choose('chargingProfileKind', 'Recurring');
	await field('recurrencyKind').waitFor();
	await choose('chargingRateUnit', 'A');
	await page.getByText('Limit (A)').first().waitFor();
	await field('startSchedule').locator('input').fill('2026-01-15 17:00:00');
	await page.keyboard.press('Enter');
	await page.locator('[data-test-id=node-execute-button]').click();
	await page.getByText('The charger accepted the charging profile.').first().waitFor();
	const [{ payload }] = await site.messages(AC3, 'SetChargingProfile');
	expect(payload).toMatchObject({
		evseId: 0,
		chargingProfile: {
			chargingProfileKind: 'Recurring',
			recurrencyKind: 'Daily',
			chargingSchedule: [
				{ chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
			],
		},
	});
});

/** A Recurring profile in W, every day starting at a given time. */
const daily = (
	changes: Pick<ChargingProfile, 'id' | 'stackLevel' | 'chargingProfilePurpose'>,
	chargingSchedule: { startSchedule: string; duration?: number; limit: number },
) => {
	const { limit, ...schedule } = chargingSchedule;
	return chargingProfile(
		{ ...changes, chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
		{
			...schedule,
			chargingRateUnit: 'W',
			chargingSchedulePeriod: [{ startPeriod: 0, limit }],
		},
	);
};

it('an operator sees what the charger will do, as a chart', async () => {
	const profiles = [
		daily(
			{ id: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile' },
			{ startSchedule: '2026-01-15T04:00:00Z', duration: 57_600, limit: 11_000 },
		),
		daily(
			{ id: 2, stackLevel: 1, chargingProfilePurpose: 'ChargingStationMaxProfile' },
			{ startSchedule: '2026-01-15T15:00:00Z', duration: 10_800, limit: 4200 },
		),
	];
	const { id } = await host.client.importWorkflow(
		workflowOf({
			name: 'Preview',
			type: 'n8n-nodes-charger-operations.smartChargingProfile',
			typeVersion: 1,
			parameters: {
				resource: 'schedule',
				operation: 'preview',
				specifyProfiles: 'json',
				profilesJson: JSON.stringify(profiles, null, 2),
				start: '={{ $now.setZone("Europe/Helsinki").startOf("day").toISO() }}',
				timezone: 'Europe/Helsinki',
			},
		}),
	);
	const { page } = editor;
	await editor.openWorkflow(id);
	await editor.openNode('Preview');
	await page.locator('[data-test-id=parameter-input-profilesJson]').waitFor();
	// The label that a node has in the editor if it needs a credential.
	expect(await page.getByText('Credential', { exact: true }).count()).toBe(0);
	await page.locator('[data-test-id=node-execute-button]').click();
	const output = page.locator('[data-test-id=output-panel]');
	await output.locator('[data-test-id=radio-button-binary]').click();
	await output.locator('[data-test-id=ndv-view-binary-data]').first().click();
	await output.locator('img').waitFor();
	const drawnWidth = "document.querySelector('[data-test-id=output-panel] img').naturalWidth";
	const width = await until('the chart to be drawn', 20, async () => {
		const pixels = await page.evaluate<number>(drawnWidth);
		return pixels > 0 ? pixels : undefined;
	});
	expect(width).toBe(1200);
	await editor.picture('preview');
});

it('shows the peak-hour workflow', async () => {
	const file = JSON.parse(await readFile('workflows/peak-hour-limit.json', 'utf8')) as WorkflowFile;
	const { id } = await host.client.importWorkflow(file, await host.credentialFor(site));
	await editor.openWorkflow(id);
	const nodes = editor.page.locator('[data-test-id=canvas-default-node]');
	// What the node does stands under its name, in words.
	await nodes.filter({ hasText: 'Set Power Limit: Station' }).waitFor();
	await editor.picture('peak-hour-limit');
	expect(await nodes.filter({ hasText: 'Install this node' }).count()).toBe(0);
});
