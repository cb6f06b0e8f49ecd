import type { Browser, Page } from 'playwright-core';

import { launchBrowser } from '../support/browser.mts';
import { connectorIdOf, useSite } from '../support/site.mts';

const AC3 = 'OFFICE-AC-3';

const site = useSite();
let browser: Browser;
let page: Page;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
	page = await browser.newPage({ locale: 'en-GB' });
	page.setDefaultTimeout(20_000);
	await page.goto(site.page);
});
afterEach(() => page.close());

const tile = (stationId: string) => page.locator(`[data-station=${stationId}]`);
const shown = (stationId: string, value: 'power' | 'limit', text: string) =>
	tile(stationId).locator(`.${value}`).filter({ hasText: text }).waitFor();

/** How many points of a station’s chart are in the colour of the power line. */
const pointsOfPower = (stationId: string) =>
	tile(stationId)
		.locator('canvas')
		.evaluate((element) => {
			// This function runs in the browser, whose types are not known here.
			const canvas = element as unknown as {
				width: number;
				height: number;
				getContext(kind: '2d'): {
					getImageData(...box: number[]): { data: Uint8ClampedArray };
				};
			};
			const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
			let points = 0;
			for (let index = 0; index < data.length; index += 4) {
				const [red, green, blue] = data.subarray(index, index + 3);
				if (red === 11 && green === 122 && blue === 83 && data[index + 3] === 255) points++;
			}
			return points;
		});

it('shows how a station’s power falls under a limit', async () => {
	await site.plugIn(AC3, 1);
	await shown(AC3, 'power', '22.1 kW');
	await shown(AC3, 'limit', 'Maximum, no limit set');
	await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });
	await shown(AC3, 'limit', 'Limit');
	await shown(AC3, 'limit', '9.0 kW');
	await shown(AC3, 'power', '9.0 kW');
	expect(await pointsOfPower(AC3)).toBeGreaterThan(10);
});

it('plugs cars in, unplugs them and takes stations offline by keyboard', async () => {
	const press = async (name: string) => {
		await tile(AC3).getByRole('button', { name }).focus();
		await page.keyboard.press('Enter');
	};
	await press('Plug in');
	await shown(AC3, 'power', '22.1 kW');
	await press('Unplug');
	await shown(AC3, 'power', '0.0 kW');
	await press('Take offline');
	await tile(AC3).getByText('offline').first().waitFor();
	const { status } = await site.restClient.put(
		`/chargingStations/${AC3}/evse/${connectorIdOf(AC3, 1)}/powerLimit`,
		{ limit: { acMaxPowerKw: 9 } },
	);
	expect(status).not.toBe(200);
	await press('Bring online');
	await tile(AC3).getByRole('button', { name: 'Take offline' }).waitFor();
});
