import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

import { useSandboxPage } from '../support/sandboxPage.mts';
import { useSite } from '../support/site.mts';

const site = useSite();
let page: Page;
useSandboxPage(site, (opened) => (page = opened));

const panel = () => page.locator('details.laboratory');
const open = async () => {
	await panel().locator('> summary').focus();
	await page.keyboard.press('Enter');
};
const press = async (name: string) => {
	await panel().getByRole('button', { name, exact: true, disabled: false }).focus();
	await page.keyboard.press('Enter');
};
const fault = (text: string | RegExp) => panel().getByRole('listitem').filter({ hasText: text });
const status = async () => {
	const { status } = await site.restClient.get('/locations');
	return status;
};

describe('faults, by keyboard alone', () => {
	it('are added, shown with what they hit, and cleared', async () => {
		await open();
		await fault('The API works as usual.').waitFor();
		await press('503 page');
		await fault('the page of a gateway, 503: 0 requests hit').waitFor();
		expect(await status()).toBe(503);
		await fault('the page of a gateway, 503: 1 request hit').waitFor();
		await panel().getByText('Faults and scenarios · 1 fault in force').waitFor();
		await press('Clear all faults');
		await fault('The API works as usual.').waitFor();
		expect(await status()).toBe(200);
	});

	it.each([
		['Slow answers', '1 s to 3 s later: 1 request hit', 200],
		['No permission', 'no permission: 1 request hit', 403],
		['Connection breaks', 'the connection breaks: 1 request hit', 'ECONNRESET'],
		['Answers get lost', 'the connection breaks, after the effect: 1 request hit', 'ECONNRESET'],
	])('%s', async (name, shown, outcome) => {
		await open();
		await press(name);
		await fault(/: 0 requests hit/).waitFor();
		expect(await status().catch(({ code }: { code: string }) => code)).toBe(outcome);
		await fault(shown).waitFor();
	});

	it('Too many requests', async () => {
		await open();
		await press('Too many requests');
		await fault('at most 1 request a second, 5 at once: 0 requests hit').waitFor();
		const statuses = await Promise.all(Array.from({ length: 12 }, status));
		expect(new Set(statuses)).toEqual(new Set([200, 429]));
	});
});

describe('a scenario, by keyboard alone', () => {
	it('is chosen, started with a seed, shown with its steps, and stopped', async () => {
		await open();
		await panel().getByText('profiles lost at a reboot').waitFor();
		// Typing the first letters chooses in a list that has the focus.
		await panel().getByRole('combobox', { name: 'Scenario' }).focus();
		await page.keyboard.type('B');
		await page.keyboard.press('Enter');
		await panel().getByText('an offline station').waitFor();
		await panel().getByLabel('Seed').focus();
		await page.keyboard.type('7');
		await press('Start');
		await panel()
			.getByRole('status')
			.filter({ hasText: /Bad network, seed 7: running, 2 of \d+ steps; next 00:01:00 addFault/ })
			.waitFor();
		await panel().getByText('1 fault in force · Bad network is running').waitFor();
		await fault('0.2 s to 2 s later').waitFor();
		await press('Stop');
		await panel().getByRole('status').filter({ hasText: 'stopped' }).waitFor();
	});

	it('says which step was refused, and why', async () => {
		const unplug = {
			at: '00:00:00',
			operation: 'unplug',
			stationId: 'OFFICE-AC-3',
			evseId: 1,
		};
		const scenario = { title: 'Leaving', end: '00:00:01', steps: [unplug] };
		await site.startScenario({ scenario });
		await open();
		await fault(/^00:00:00 unplug, OFFICE-AC-3, EVSE 1: .*car/).waitFor();
	});
});

it.each(['light', 'dark'] as const)('has no barriers that axe-core finds: %s', async (scheme) => {
	await page.emulateMedia({ colorScheme: scheme });
	await open();
	await press('Slow answers');
	await press('Start');
	await panel().getByRole('status').waitFor();
	await page.addScriptTag({ content: axe.source });
	const { violations } = await page.evaluate<AxeResults>('axe.run()');
	expect(
		violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html }) => html)]),
	).toEqual([]);
});
