import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import packagedChromium from '@sparticuz/chromium';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import { startHost, type Host } from './n8n.mts';

/** The folder for pictures of the editor, if pictures are wanted. */
export const PICTURES = process.env.PICTURES;

/** No sandbox, because CI runs as root; no background connections, because the tests do not need them. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * A real browser: on Linux (x64) the Chromium that npm installed, elsewhere the user's own Chrome.
 * @throws if there is no browser
 */
export async function launchBrowser(): Promise<Browser> {
	const packaged = process.platform === 'linux' && process.arch === 'x64';
	return chromium.launch({
		args: ARGUMENTS,
		...(packaged
			? { executablePath: await packagedChromium.executablePath() }
			: { channel: 'chrome' }),
	});
}

/** n8n's editor in a browser, signed in. */
export interface Editor {
	page: Page;
	/** Opens a new, empty workflow. */
	newWorkflow(): Promise<void>;
	/** Opens a saved workflow on the canvas. */
	openWorkflow(id: string): Promise<void>;
	/** Opens the panel of a node of the workflow on the canvas. */
	openNode(name: string): Promise<void>;
	/** A field of the open node. */
	field: (name: string) => Locator;
	/** Chooses an option of a field of the open node. */
	choose: (name: string, option: string) => Promise<void>;
	/** Takes pictures for the README, one in light and one in dark colours, if pictures are wanted. */
	picture(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Opens the editor of an n8n as its owner. */
export async function openEditor({ url, owner }: Host): Promise<Editor> {
	const browser = await launchBrowser();
	const page = await browser.newPage({
		colorScheme: 'light',
		viewport: { width: 1400, height: 860 },
		// n8n takes a browser that calls itself headless for a bot, and ignores its approvals.
		userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
	});
	page.setDefaultTimeout(30_000);
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/(home|projects|workflow)/);
	return {
		page,
		async newWorkflow() {
			await page.goto(`${url}/workflow/new`);
			await page.locator('[data-test-id=canvas-add-button]').first().waitFor();
		},
		async openWorkflow(id) {
			await page.goto(`${url}/workflow/${id}`);
			await page.locator('[data-test-id=canvas-node]').first().waitFor();
		},
		async openNode(name) {
			await page.locator(`[data-node-name="${name}"]`).first().dblclick();
			await page.locator('[data-test-id=node-parameters]').waitFor();
		},
		field: (name) => page.locator(`[data-test-id=parameter-input-${name}]`),
		async choose(name, option) {
			const input = page.locator(`[data-test-id=parameter-input-${name}] input`).first();
			await input.click();
			const list = page.locator(`[id="${await input.getAttribute('aria-controls')}"]`);
			await list.getByText(option, { exact: true }).click();
		},
		picture: (name) => takePictures(page, name),
		close: () => browser.close(),
	};
}

/** Takes pictures of a page for the README, one in light and one in dark colours, if pictures are wanted. */
export async function takePictures(page: Page, name: string): Promise<void> {
	if (PICTURES === undefined) return;
	await mkdir(PICTURES, { recursive: true });
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		const file = colorScheme === 'dark' ? `${name}.dark.png` : `${name}.png`;
		await page.screenshot({ path: join(PICTURES, file), animations: 'disabled' });
	}
}

/** A real n8n and its editor in a browser, for the tests of a file. */
export function useEditor(): { host: Host; editor: Editor } {
	// The properties are added before the first test.
	const host = {} as Host;
	const editor = {} as Editor;
	beforeAll(async () => {
		Object.assign(host, await startHost());
		Object.assign(editor, await openEditor(host));
	}, 900_000);
	afterAll(async () => {
		// They are missing if they did not start.
		await (editor as Partial<Editor>).close?.();
		await (host as Partial<Host>).stop?.();
	});
	return { host, editor };
}
