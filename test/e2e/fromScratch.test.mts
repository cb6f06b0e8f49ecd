// The promised flows, built from nothing by clicks in the editor, and run.
import axios from 'axios';
import type { Page } from 'playwright-core';

import { until } from '../../host/support/until.mts';
import { PICTURES, useEditor } from '../support/browser.mts';
import { recordPage } from '../support/movingPicture.mts';
import { Person } from '../support/person.mts';
import { drawn, type Drawn } from '../support/sandboxPage.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite();
const { host, editor } = useEditor();
let person: Person;

beforeEach(async () => {
	// A new node takes the only credential of its type by itself.
	await host.client.deleteCredentials('chargeEyeApi');
	await host.credentialFor(site);
	person = new Person(editor);
});

/** Opens the sandbox’s page beside the editor, with its requests. */
async function openSandboxPage(): Promise<Page> {
	const page = await editor.page
		.context()
		.browser()!
		.newPage({ colorScheme: 'light', locale: 'en-GB', viewport: { width: 1360, height: 980 } });
	await page.goto(site.page);
	await page.locator('details.requests > summary').click();
	return page;
}

/** Waits until the page’s chart of the three-phase wallbox ends with the wanted values. */
const watchedUntil = (watched: Page, wanted: (last: Drawn) => boolean): Promise<unknown> =>
	until('the chart on the page', 30, async () => {
		const last = (await drawn(watched, AC3)).at(-1);
		return (last && wanted(last)) || undefined;
	});

/** Presses the button beside a trigger that runs the workflow, once no other run is under way: n8n would ignore it. */
async function execute(page: Page, trigger: string): Promise<void> {
	await page.locator('[data-test-id=stop-execution-button]').waitFor({ state: 'hidden' });
	// The button slides away from a mouse that moves towards it.
	await page.locator(`[data-test-id="execute-workflow-button-${trigger}"]`).dispatchEvent('click');
}

it(
	'at 17:00 a limit for all stations of a location, at 20:00 none',
	async () => {
		const { page } = editor;
		await person.beginWorkflow();
		await person.takeNode('schedule', 'Schedule Trigger');
		await person.choose('triggerAtHour', '5pm');
		await person.closeNode();
		await person.addAfterLast();
		await person.takeNode(
			'power limit',
			'Charger Operations',
			'Set power limit on charging station',
		);
		await person.choose('stations', 'Location');
		await person.chooseFromList('locationId', 'Head Office');
		await person.enter('limitValue', '7');
		await editor.picture('limit-a-location');
		await person.closeNode();
		await person.duplicateAll();
		await person.openNode('Schedule Trigger1');
		await person.choose('triggerAtHour', '8pm');
		await person.closeNode();
		await person.openNode('Set power limit on charging station1');
		await person.choose('operation', 'Clear Power Limit');
		await person.closeNode();
		expect(await person.nodes()).toBeLessThanOrEqual(4);
		expect(person.clicks).toBeLessThanOrEqual(20);

		const watched = await openSandboxPage();
		await site.plugIn(DC, 1, { maxPowerKw: 110, authorize: true });
		await site.plugIn(AC3, 1);
		await site.plugIn(AC1, 1);
		await watchedUntil(watched, ({ powerKw, limitKw }) => powerKw > 20 && powerKw <= limitKw);
		const recording = recordPage(watched);
		await recording.hold(8);
		await execute(page, 'Schedule Trigger');
		// The curve falls under the line, which falls to 7 kW, and the page says who set the limit, and what n8n sent for it.
		await watchedUntil(watched, ({ powerKw, limitKw }) => limitKw <= 7 && powerKw > 0);
		for (const { powerKw, limitKw } of await drawn(watched, AC3)) {
			expect(powerKw).toBeLessThanOrEqual(limitKw);
		}
		const tile = watched.locator(`[data-station=${AC3}]`);
		await tile.getByText(/^by the power limit of the station: profile 3000/).waitFor();
		for (const stationId of [AC3, AC1]) {
			await watched
				.getByRole('row', {
					name: new RegExp(
						`PUT .*${stationId}/powerLimit 200 .*${stationId} SetChargingProfile Accepted`,
					),
				})
				.waitFor();
		}
		await recording.hold(12);
		await execute(page, 'Schedule Trigger1');
		await watchedUntil(watched, ({ powerKw, limitKw }) => limitKw > 20 && powerKw > 20);
		expect(await site.messages(DC, 'SetChargingProfile')).toEqual([]);
		await recording.hold(5);
		await recording.write('power-falls');
		await watched.close();
	},
	PICTURES === undefined ? 120_000 : 300_000,
);

it('a schedule that all stations of a location keep by themselves', async () => {
	const { page } = editor;
	await person.beginWorkflow();
	await person.takeNode('manual', 'Trigger manually');
	await person.addAfterLast();
	await person.takeNode('tariff', 'Smart Charging Profile', 'Build schedule from tariff hours');
	await person.closeNode();
	await person.addAfterLast();
	await person.takeNode(
		'charging profile',
		'Smart Charging Profile',
		'Set charging profile on charging station',
	);
	await person.choose('stations', 'Location');
	await person.chooseFromList('locationId', 'Head Office');
	await person.closeNode();
	expect(await person.nodes()).toBeLessThanOrEqual(4);
	expect(person.clicks).toBeLessThanOrEqual(20);

	await execute(page, 'When clicking ‘Execute workflow’');
	for (const station of [AC3, AC1]) {
		await page.getByText('Workflow executed successfully').first().waitFor();
		const sent = await site.messages(station, 'SetChargingProfile');
		expect(sent.length).toBeGreaterThan(0);
		for (const { answer } of sent) expect(answer).toMatchObject({ status: 'Accepted' });
	}
});

it('a payment starts a transaction', async () => {
	const { page } = editor;
	await person.beginWorkflow();
	await person.takeNode('webhook', 'Webhook');
	await person.choose('httpMethod', 'POST');
	const address = await page.getByText('/webhook-test/').first().innerText();
	await person.closeNode();
	await person.addAfterLast();
	await person.takeNode('start charging', 'Charging Transaction', 'Start transaction');
	await person.chooseFromList('stationId', AC3);
	await person.chooseFromList('connectorId', 'Type 2');
	await person.click(person.field('authorizationReference'));
	await page.keyboard.type('={{ $json.body.payment');
	await person.closeNode();
	expect(await person.nodes()).toBe(2);
	expect(person.clicks).toBeLessThanOrEqual(20);

	await site.plugIn(AC3, 1, { authorize: false });
	await execute(page, 'Webhook');
	await page.getByText('Waiting for trigger event').first().waitFor();
	await axios.post(address.trim(), { payment: 'pay_29384' }, { proxy: false });
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0);
	const [{ payload }] = await site.messages(AC3, 'RequestStartTransaction');
	expect(payload).toBeDefined();
});
