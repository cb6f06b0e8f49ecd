import type { Locator, Page } from 'playwright-core';

import { until } from '../../host/support/until.mts';
import type { Editor } from './browser.mts';

/** A person who builds a workflow in n8n's editor. Each press of a mouse button counts as a click; keys do not count. */
export class Person {
	clicks = 0;
	readonly #page: Page;

	constructor(private readonly editor: Editor) {
		this.#page = editor.page;
	}

	async click(target: Locator): Promise<void> {
		this.clicks += 1;
		await target.click();
	}

	/** Opens an empty workflow, and its list of triggers. */
	async beginWorkflow(): Promise<void> {
		await this.editor.newWorkflow();
		await this.click(this.#page.locator('[data-test-id=canvas-add-button]').first());
	}

	/**
	 * Searches the list of nodes for words, takes the first node with the Enter key, and its action if it has several.
	 * @param node the node that has to be the first
	 */
	async takeNode(words: string, node: string, action?: string): Promise<void> {
		const names = this.#page.locator('[data-test-id=node-creator-item-name]');
		await this.#page.locator('[data-test-id=node-creator-search-bar]').fill(words);
		await until(`${node} to be the first result`, 10, async () =>
			(await names.first().innerText()).trim() === node ? true : undefined,
		);
		await this.#page.keyboard.press('Enter');
		if (action !== undefined) {
			const exactly = new RegExp(`^\\s*${action}\\s*$`);
			await this.click(names.filter({ hasText: exactly }).first());
		}
		await names.first().waitFor({ state: 'detached' });
	}

	/** Opens the list of nodes to add one after the last. */
	async addAfterLast(): Promise<void> {
		await this.click(this.#page.locator('[data-test-id=canvas-handle-plus]').last());
	}

	/** Opens a node’s form: selects it, and presses Enter. */
	async openNode(name: string): Promise<void> {
		await this.click(this.#page.locator(`[data-node-name="${name}"]`).first());
		await this.#page.keyboard.press('Enter');
		await this.#page.locator('[data-test-id=node-parameters]').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.click(this.#page.locator('[data-test-id=ndv-close-button]').first());
		await this.#page.locator('[data-test-id=node-parameters]').waitFor({ state: 'detached' });
	}

	/** Enters a value in a field. */
	async enter(name: string, value: string): Promise<void> {
		await this.click(this.field(name));
		await this.field(name).fill(value);
	}

	/** The input of a field. */
	field(name: string): Locator {
		return this.editor.field(name).locator('input').first();
	}

	/** Chooses an option of a field: a click opens the list, another one takes the option. */
	async choose(name: string, option: string): Promise<void> {
		this.clicks += 2;
		await this.editor.choose(name, option);
	}

	/** Chooses from the list of stations, connectors or locations. */
	async chooseFromList(name: string, words: string): Promise<void> {
		await this.click(this.#page.locator(`[data-test-id=resource-locator-${name}] input`).last());
		await this.click(this.#page.locator('[data-test-id=rlc-item]').filter({ hasText: words }));
	}

	/** Selects all nodes and duplicates them, by keys. */
	async duplicateAll(): Promise<void> {
		const nodes = this.#page.locator('[data-test-id=canvas-node]');
		const before = await nodes.count();
		await this.#page.keyboard.press('Control+a');
		await this.#page.keyboard.press('Control+d');
		await nodes.nth(2 * before - 1).waitFor();
	}

	/** How many nodes are on the canvas. */
	async nodes(): Promise<number> {
		return this.#page.locator('[data-test-id=canvas-node]').count();
	}
}
