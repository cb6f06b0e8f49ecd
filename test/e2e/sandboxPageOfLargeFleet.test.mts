// The page with a thousand stations.
import type { Page } from 'playwright-core';

import { useSandboxPage } from '../support/sandboxPage.mts';
import { useSite } from '../support/site.mts';

const site = useSite(['--stations', '1000']);
let page: Page;
useSandboxPage(site, (opened) => (page = opened));
beforeEach(() => page.getByText('1000 stations').waitFor());

const tiles = () => page.locator('.station');
const charts = () => page.locator('.station canvas');

it('draws only the stations near the view, wherever it is', async () => {
	await charts().first().waitFor();
	expect(await tiles().count()).toBe(1000);
	expect(await charts().count()).toBeLessThan(40);
	const last = tiles().last();
	await last.scrollIntoViewIfNeeded();
	await last.locator('canvas').waitFor();
	await last.getByText('Available').first().waitFor();
	expect(await charts().count()).toBeLessThan(40);
});

it('goes from tile to tile by keyboard, and draws each before it is reached', async () => {
	await charts().first().waitFor();
	const focused = () =>
		page.evaluate<string>(
			`document.activeElement.closest('.station')?.dataset.station ?? document.activeElement.tagName`,
		);
	const visited: string[] = [];
	await tiles().first().getByRole('button').first().focus();
	while (new Set(visited).size < 12) {
		visited.push(await focused());
		await page.keyboard.press('Tab');
	}
	const ids = await tiles().evaluateAll((elements) =>
		elements
			.slice(0, 12)
			.map((element) => (element as unknown as { dataset: { station: string } }).dataset.station),
	);
	expect([...new Set(visited)]).toEqual(ids);
});

it('finds stations by name, ID, location and status, and sums up all of them', async () => {
	await page.getByLabel('Find').fill('site 040, charger 07');
	const found = tiles().first();
	await found.getByText('Site 040 · SITE-040-').waitFor();
	await page.getByText('1 found').waitFor();
	expect(await tiles().count()).toBe(1);
	await found
		.getByRole('button', { name: /^Plug in:/ })
		.first()
		.focus();
	await page.keyboard.press('Enter');
	await page.getByText('1000 stations · 1 car charges').waitFor();
	await page.getByLabel('Find').fill('');
	await page.getByLabel('Which stations').selectOption('that charge');
	await found.getByText('Site 040 · SITE-040-').waitFor();
	expect(await tiles().count()).toBe(1);
});
