import type { Page } from 'playwright-core';

import { plugInCars } from '../../host/demo/cars.mts';
import { until } from '../../host/support/until.mts';
import { useEditor } from '../support/browser.mts';
import { startDemo, type Demo } from '../support/demo.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const HOUR = 3600;

const site = useSite();
const { host, editor } = useEditor();
let demo: Demo;

beforeAll(async () => {
	demo = await startDemo(host, site);
});
afterAll(() => demo?.stop());
beforeEach(async () => {
	demo.services.inbox.forget();
	await plugInCars(site);
	await site.waitForPower(DC, 1, (powerKw) => powerKw > 100);
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20);
});

/** Clicks "Execute workflow" as `click` does, and waits until the workflow has run. */
async function execute(file: string, trigger?: string) {
	await click(file, trigger);
	await editor.page.getByText('Workflow executed successfully').first().waitFor();
}

/** Opens an example in the editor and clicks "Execute workflow", from the trigger that is offered or another one. */
async function click(file: string, trigger?: string) {
	await editor.openWorkflow(demo.workflows.get(file)!.id);
	const { page } = editor;
	if (trigger !== undefined) {
		await page.getByLabel('Select trigger node').click();
		await page.getByRole('menuitem').filter({ hasText: trigger }).click();
	}
	await page.locator('[data-test-id=execute-workflow-button]').click();
}

/** The different limits (W) of the next hours, by the station's own composite schedule. */
async function limitsOf(stationId: string, hours: number): Promise<Set<number>> {
	const { chargingSchedulePeriod } = await site.compositeSchedule(stationId, {
		evseId: 1,
		duration: hours * HOUR,
		chargingRateUnit: 'W',
	});
	return new Set(chargingSchedulePeriod.map(({ limit }) => limit));
}

/** @returns the run of an example, once n8n has stored that it waits */
async function waitingRun(file: string) {
	const { id } = demo.workflows.get(file)!;
	return await until(`${file} to wait`, 60, async () =>
		(await host.client.executions(id)).find(({ status }) => status === 'waiting'),
	);
}

/** Waits until an example waits, and ends that run. */
const stopWaiting = async (file: string) => host.client.stopExecution((await waitingRun(file)).id);

/** Opens one of the pages in a window of its own. */
async function openPage(url: string): Promise<Page> {
	const page = await editor.page.context().browser()!.newPage();
	page.setDefaultTimeout(30_000);
	await page.goto(url);
	return page;
}

describe('the first click on each example of npm start', () => {
	it('peak-hour-limit: power falls at once, and comes back from “At 20:00”', async () => {
		await execute('peak-hour-limit', 'At 17:00');
		await site.waitForPower(DC, 1, (powerKw) => powerKw > 0 && powerKw < 20);
		await execute('peak-hour-limit', 'At 20:00');
		await site.waitForPower(DC, 1, (powerKw) => powerKw > 100);
	});

	it('weekday-tariff-schedule: the station has the limits of the week', async () => {
		await execute('weekday-tariff-schedule');
		const limits = await limitsOf(DC, 7 * 24);
		expect(limits).toContain(20_000);
		expect(Math.max(...limits)).toBeGreaterThan(20_000);
	});

	it('price-driven-charging: the limits of the stations follow the local prices', async () => {
		await execute('price-driven-charging');
		for (const stationId of [DC, AC3]) {
			expect((await site.messages(stationId, 'SetChargingProfile')).at(-1)).toMatchObject({
				answer: { status: 'Accepted' },
			});
			expect((await limitsOf(stationId, 24)).size).toBeGreaterThan(1);
		}
	});

	it('rebuild-tariff-schedule: the wallboxes have the limits of the week', async () => {
		await execute('rebuild-tariff-schedule');
		expect(await limitsOf(AC3, 7 * 24)).toEqual(new Set([11_000, 22_000]));
		// The other examples need the full power of the wallboxes.
		await site.reset();
	});

	it('grid-emergency: the power of the location falls, and the inbox says what each station answered', async () => {
		await execute('grid-emergency', 'By Hand');
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw < 10);
		const inbox = await openPage(demo.services.inboxUrl);
		await inbox.getByText(`${AC3}: accepted.`).waitFor();
		await inbox.close();
		await site.reset();
	});

	it('fleet-ready-by-departure: the truck has a plan, and the inbox says that the van is not there', async () => {
		await click('fleet-ready-by-departure');
		const inbox = await openPage(demo.services.inboxUrl);
		await inbox.getByText(`Van is not plugged in at ${DC}`).waitFor();
		await inbox.close();
		const { payload, answer } = await until('the plan of the truck', 20, async () =>
			(await site.messages(DC, 'SetChargingProfile')).at(-1),
		);
		expect(payload).toMatchObject({ chargingProfile: { chargingProfilePurpose: 'TxProfile' } });
		expect(answer).toMatchObject({ status: 'Accepted' });
		// It waits for half time.
		for (const { id, status } of await host.client.executions(
			demo.workflows.get('fleet-ready-by-departure')!.id,
		)) {
			if (status === 'waiting') await host.client.stopExecution(id);
		}
		await site.reset();
	});

	it('monthly-report: the report of the last 30 days is in the inbox', async () => {
		await execute('monthly-report', 'By Hand');
		const inbox = await openPage(demo.services.inboxUrl);
		await inbox.getByText(`Station ${DC}: `).waitFor();
		await inbox.close();
	});

	it('stuck-station: a broken wallbox is restarted', async () => {
		await site.setFaulted(AC1, 1, true);
		await click('stuck-station', 'By Hand');
		await until('the restart', 20, async () => (await site.messages(AC1, 'Reset')).at(0));
		await stopWaiting('stuck-station');
		await site.reset();
	});

	it('overstay: the driver of the car that waits is told', async () => {
		await click('overstay');
		const inbox = await openPage(demo.services.inboxUrl);
		await inbox.getByText('Please make room for the next car.').waitFor();
		await inbox.close();
		await stopWaiting('overstay');
	});

	it('session-receipt: the receipt of the latest transaction is in the inbox', async () => {
		await execute('session-receipt');
		const inbox = await openPage(demo.services.inboxUrl);
		const receipt = inbox.locator('article').first();
		await receipt.getByText('energyKwh').waitFor();
		const [, energyKwh] = /energyKwh\n([\d.]+)/.exec(await receipt.innerText())!;
		expect(Number(energyKwh)).toBeGreaterThan(10);
		await inbox.close();
	});

	it('agent-asks-first: the agent asks in the chat, and the power falls only after Approve', async () => {
		await editor.openWorkflow(demo.workflows.get('agent-asks-first')!.id);
		const { page } = editor;
		await page.locator('[data-test-id=workflow-chat-button]').click();
		const message = page.locator('[data-test-id=chat-input], .chat-input textarea').first();
		await message.fill('Limit DEPOT-DC-1 to 50 kW');
		await message.press('Enter');
		const approve = page.locator('a, button').filter({ hasText: /^\s*Approve\s*$/ });
		await approve.waitFor();
		// n8n shows the button before it has stored the run, and refuses an approval until then: a person is slower.
		await waitingRun('agent-asks-first');
		await approve.scrollIntoViewIfNeeded();
		await editor.picture('agent-asks-first');
		expect(await site.messages(DC, 'SetChargingProfile')).toEqual([]);
		await approve.click();
		await page.getByText('The charger accepted the power limit.').waitFor();
		await site.waitForPower(DC, 1, (powerKw) => powerKw > 0 && powerKw < 50);
	});
});

describe('the shop', () => {
	const connector = (page: Page, text: string) =>
		page.locator('#connectors > section').filter({ hasText: text });
	const newest = (page: Page) => page.locator('#payments > article').first();

	it('starts the wallbox, starts nothing twice, and the receipt is in the inbox', async () => {
		const shop = await openPage(demo.services.shopUrl);
		const wallbox = connector(shop, `${AC1} / 1`);
		await wallbox.getByText('A car waits for its driver to pay').waitFor();
		await wallbox.getByRole('radio').check();
		await shop.getByRole('button', { name: 'Pay € 5' }).click();
		const charging = newest(shop).getByText('Charging: transaction');
		await charging.waitFor();
		await wallbox.getByText('Charges with 7.4 kW').waitFor();
		const transactionId = (await charging.innerText()).split(' ').at(-1)!;

		await newest(shop).getByRole('button', { name: 'Send the webhook again' }).click();
		await newest(shop).getByText('nothing was started again').waitFor();
		expect(await site.messages(AC1, 'RequestStartTransaction')).toHaveLength(1);

		await wallbox.getByRole('button', { name: 'Unplug' }).click();
		await wallbox.getByText('No car').waitFor();
		await shop.close();

		const inbox = await openPage(demo.services.inboxUrl);
		// The workflow polls every minute.
		await inbox.getByText(transactionId).first().waitFor({ timeout: 90_000 });
		await inbox.close();
	}, 150_000);

	it('shows the refund when the charger refuses', async () => {
		const shop = await openPage(demo.services.shopUrl);
		await connector(shop, `${DC} / 1`).getByText('Charges with').waitFor();
		await connector(shop, `${DC} / 1`).getByRole('radio').first().check();
		await shop.getByRole('button', { name: 'Pay € 5' }).click();
		await newest(shop).getByText('Refunded: The charger refused').waitFor();
		await newest(shop).getByText('The provider got the request to refund').waitFor();
		await shop.close();
	});
});

describe('the pages', () => {
	const brightness = (page: Page) =>
		page.locator('body').evaluate((body) => {
			// This function runs in the browser, whose types are not known here.
			const { getComputedStyle } = globalThis as unknown as {
				getComputedStyle: (element: unknown) => { backgroundColor: string; color: string };
			};
			const sum = (color: string) =>
				[...color.matchAll(/\d+/g)].slice(0, 3).reduce((total, [part]) => total + Number(part), 0);
			const style = getComputedStyle(body);
			return { background: sum(style.backgroundColor), text: sum(style.color) };
		});

	it('show a message as it arrives, as text and not as HTML, on light and on dark', async () => {
		const inbox = await openPage(demo.services.inboxUrl);
		const body = JSON.stringify({ text: '<b>5 kWh</b>', energyKwh: 0 });
		await fetch(`${demo.services.inboxUrl}/alerts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		});
		await inbox.getByText('<b>5 kWh</b>').waitFor();
		await inbox.getByText('energyKwh').waitFor();
		await inbox.getByText('/alerts').waitFor();

		await inbox.emulateMedia({ colorScheme: 'light' });
		const light = await brightness(inbox);
		expect(light.background).toBeGreaterThan(light.text + 300);
		await inbox.emulateMedia({ colorScheme: 'dark' });
		const dark = await until('the dark page', 10, async () => {
			const now = await brightness(inbox);
			return now.background < light.background ? now : undefined;
		});
		expect(dark.text).toBeGreaterThan(dark.background + 300);
		await inbox.close();
	});
});
