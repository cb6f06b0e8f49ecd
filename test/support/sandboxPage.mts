import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.mts';
import type { Site } from './site.mts';

/** Opens the sandbox’s page in the browser for each test of a file. */
export function useSandboxPage(site: Site, opened: (page: Page) => void): void {
	let browser: Browser | undefined;
	let page: Page | undefined;
	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterAll(() => browser?.close());
	beforeEach(async () => {
		page = await browser!.newPage({ locale: 'en-GB' });
		page.setDefaultTimeout(20_000);
		await page.goto(site.page);
		opened(page);
	});
	afterEach(() => page?.close());
}

/** What the chart of a station shows: from each time (s) on, power and limit (kW) until the next. */
export interface Drawn {
	at: number;
	powerKw: number;
	limitKw: number;
}

/** What the sandbox’s page draws of a station, from the modules that the page itself uses. */
export async function drawn(page: Page, stationId: string): Promise<Drawn[]> {
	const [times, powers, limits] = await page.evaluate<number[][]>(`(async () => {
		const { seriesOf } = await import('/page/series.mjs');
		const { stationOf } = await import('/page/fleet.mjs');
		return seriesOf('${stationId}', stationOf('${stationId}')?.state.value.details?.time);
	})()`);
	return times.map((at, index) => ({ at, powerKw: powers[index], limitKw: limits[index] }));
}

/** The area under the power curve, kWh. */
export const areaOf = (points: readonly Drawn[]): number =>
	points
		.slice(1)
		.reduce(
			(sum, { at }, index) => sum + (points[index].powerKw * (at - points[index].at)) / 3600,
			0,
		);
